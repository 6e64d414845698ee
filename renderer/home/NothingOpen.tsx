import { BookOpen } from 'lucide-react';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import styles from './NothingOpen.module.css';

/** The reading pane with no article in it: says so, and which keys open one. */
export function NothingOpen() {
  const words = useWords();
  const letters = useAsk('settings', {}).value?.letterShortcuts ?? true;
  const { value: library } = useAsk('library', {});
  // With nothing to choose from there is nothing to say.
  if (library?.counts.all === 0) return null;
  const hints = [
    { keys: ['J', 'K'], says: words.search.hints.move },
    { keys: ['O'], says: words.search.hints.open },
    { keys: ['?'], says: words.commands.shortcuts },
  ];
  return (
    <div className={styles.nothing}>
      <BookOpen size={20} strokeWidth={1.5} aria-hidden />
      <p>{words.reader.none}</p>
      {letters && (
        <ul className={styles.hints}>
          {hints.map(({ keys, says }) => (
            <li key={says}>{keys.map((key) => <kbd key={key} className={controls.cap}>{key}</kbd>)}{says}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import styles from './Preferences.module.css';
import { Group } from './Row.tsx';

/** The dictionaries that words can be looked up in, and where to put them. */
export function Dictionaries() {
  const words = useWords();
  const { value } = useAsk('dictionaries', {});
  return (
    <Group title={words.dictionary.plural}>
      <div className={styles['fact']}>
        <p className={controls['hint']}>{words.dictionary.about}</p>
        {value === undefined ? null : <p className={styles['path']}>{value.path}</p>}
        {value === undefined || value.files.length === 0 ? null : (
          <ul>
            {value.files.map(({ name, title, words: count, problem }) => (
              <li key={name}>
                <bdi>{title === '' ? name : title}</bdi>{' '}
                <span className={controls['hint']}>{problem === null ? words.dictionary.words(count) : words.dictionary.problems[problem]}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Group>
  );
}

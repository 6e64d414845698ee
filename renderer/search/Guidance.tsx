import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import type { Asked } from './choices.ts';
import styles from './Search.module.css';

/** The operators of the search box, each to be tried by pressing it. */
function Operators({ onTry }: { onTry: (text: string) => void }) {
  const words = useWords().search;
  return (
    <ul className={styles['operators']}>
      {words.operators.map(({ example, says }) => (
        <li key={example}>
          <button type="button" onClick={() => onTry(example)}>
            <code>{example}</code>
          </button>
          <span>{says}</span>
        </li>
      ))}
    </ul>
  );
}

/** Before anything is typed. */
export function Start({ onClear, onTry }: { onClear: (() => void) | null; onTry: (text: string) => void }) {
  const words = useWords().search;
  return (
    <div className={styles['guidance']}>
      {onClear === null ? null : (
        <button type="button" className={controls['link']} onClick={onClear}>
          {words.clearRecent}
        </button>
      )}
      <p>{words.start}</p>
      <Operators onTry={onTry} />
    </div>
  );
}

/** When nothing was found. */
export function NoResults({ asked, onTry }: { asked: Asked; onTry: (text: string) => void }) {
  const words = useWords().search;
  if (asked.mode === 'start') return null;
  if (asked.mode === 'commands')
    return (
      <div className={styles['guidance']}>
        <p className={styles['nothing']}>{words.noCommand(asked.name)}</p>
      </div>
    );
  return (
    <div className={styles['guidance']}>
      <p className={styles['nothing']}>{words.nothing(asked.query)}</p>
      <p>{words.nothingHint}</p>
      <Operators onTry={onTry} />
    </div>
  );
}

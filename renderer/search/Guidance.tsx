import { operators } from '../../shared/query-operators.ts';
import type { QueryProblem } from '../../shared/query.ts';
import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import type { Asked } from './choices.ts';
import styles from './Search.module.css';

/** How the search box is written, each line to be tried by pressing it. */
export function Help({ onTry }: { onTry: (text: string) => void }) {
  const words = useWords().search;
  return (
    <section className={styles['guidance']} aria-label={words.help}>
      <p>{words.start}</p>
      <ul className={styles['operators']}>
        {words.syntax.map(({ example, says }) => <Line key={example} example={example} says={says} onTry={onTry} />)}
        {operators.map((each) => <Line key={each} example={words.examples[each]} says={words.operatorSays[each]} onTry={onTry} />)}
      </ul>
    </section>
  );
}

function Line({ example, says, onTry }: { example: string; says: string; onTry: (text: string) => void }) {
  return (
    <li>
      <button type="button" onClick={() => onTry(example)}>
        <code>{example}</code>
      </button>
      <span>{says}</span>
    </li>
  );
}

/** Before anything is typed. */
export function Start({ onClear, onTry }: { onClear: (() => void) | null; onTry: (text: string) => void }) {
  const words = useWords().search;
  return (
    <>
      {onClear === null ? null : (
        <div className={styles['guidance']}>
          <button type="button" className={controls['link']} onClick={onClear}>
            {words.clearRecent}
          </button>
        </div>
      )}
      <Help onTry={onTry} />
    </>
  );
}

/** When nothing was found. */
export function NoResults({ asked, onTry }: { asked: Asked; onTry: (text: string) => void }) {
  const words = useWords().search;
  if (asked.mode === 'start') return null;
  return (
    <>
      <div className={styles['guidance']}>
        <p className={styles['nothing']}>{asked.mode === 'commands' ? words.noCommand(asked.name) : words.nothing(asked.query.trim())}</p>
        {asked.mode === 'commands' ? null : <p>{words.nothingHint}</p>}
      </div>
      {asked.mode === 'commands' ? null : <Help onTry={onTry} />}
    </>
  );
}

/** What is not understood in the field, in sentences; the rest is searched for all the same. */
export function Problems({ id, problems }: { id: string; problems: readonly QueryProblem[] }) {
  const words = useWords().search;
  return (
    <div id={id} role="status" className={styles['problems']}>
      {problems.map(({ kind, from, value }) => (
        <p key={`${kind} ${from}`}>{words.problem[kind](value.replace(/^tag:/iu, ''))}</p>
      ))}
    </div>
  );
}

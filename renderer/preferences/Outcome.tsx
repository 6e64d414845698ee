import type { Failure, Reply } from '../../shared/failure.ts';
import controls from '../parts/controls.module.css';
import { tell, useWords } from '../words.ts';
import styles from './Preferences.module.css';

/** Something that takes a while, started by a button. */
export type Work<T> = { state: 'idle' } | { state: 'working' } | { state: 'done'; value: T } | { state: 'failed'; failure: Failure };

/** What an answer makes of it. */
export function workOf<T>(reply: Reply<T>): Work<T> {
  return reply.ok ? { state: 'done', value: reply.value } : { state: 'failed', failure: reply.failure };
}

type OutcomeProps<T> = { work: Work<T>; working: string; children: (value: T) => React.ReactNode };

/** How far it is, what came of it, or why nothing did; read out as it changes. */
export function Outcome<T>({ work, working, children }: OutcomeProps<T>) {
  const words = useWords();
  return (
    <div className={styles['outcome']} aria-live="polite">
      {work.state === 'working' ? <p className={controls['hint']}>{working}</p> : null}
      {work.state === 'done' ? children(work.value) : null}
      {work.state === 'failed' ? <p className={controls['alert']}>{tell(words, work.failure)}</p> : null}
    </div>
  );
}

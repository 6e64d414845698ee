import { useEffect, useEffectEvent, useState } from 'react';
import type { CheckReport } from '../../shared/contract.ts';
import type { CareProgress } from '../../shared/library-folder.ts';
import type { Reply } from '../../shared/failure.ts';
import { useActivity } from '../activity.ts';
import { ask } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { sayFailure } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import { Outcome, workOf, type Work } from './Outcome.tsx';
import folder from './Folder.module.css';
import styles from './Preferences.module.css';

/** Verifies everything there is; nothing is changed. */
export function Check() {
  const words = useWords().preferences;
  return (
    <LongWork work="check" title={words.check} hint={words.checkHint} now={words.checkNow} run={() => ask('check', {})}>
      {(report) => <Report report={report} />}
    </LongWork>
  );
}

/** Makes the index anew from what is kept. */
export function Rebuild() {
  const words = useWords().preferences;
  return (
    <LongWork work="rebuild" title={words.rebuild} hint={words.rebuildHint} now={words.rebuildNow} run={() => ask('rebuild', {})}>
      {({ articles }) => <p className={styles['good']}>{words.rebuilt(articles)}</p>}
    </LongWork>
  );
}

/** Stopped by hand it is as if never begun. */
const outcomeOf = <T,>(reply: Reply<T>): Work<T> => (!reply.ok && reply.failure.kind === 'cancelled' ? { state: 'idle' } : workOf(reply));

type LongWorkProps<T> = {
  work: CareProgress['work'];
  title: string;
  hint: string;
  now: string;
  run: () => Promise<Reply<T>>;
  children: (value: T) => React.ReactNode;
};

/** Work that takes minutes in a large library: it says how far it is, can be stopped, and goes on when the preferences are closed. */
function LongWork<T>({ work: name, title, hint, now, run, children }: LongWorkProps<T>) {
  const words = useWords().preferences;
  const care = useActivity((activity) => activity.care);
  const [work, setWork] = useState<Work<T>>({ state: 'idle' });
  const begin = async () => {
    setWork({ state: 'working' });
    setWork(outcomeOf(await run()));
  };
  const stop = async () => {
    const reply = await ask('stopCare', {});
    if (!reply.ok) sayFailure(reply.failure);
  };
  const isUnder = care?.work === name;
  const isBusy = isUnder || work.state === 'working';
  // Asked for while it is under way, it is not begun again: its end is told here too.
  const rejoin = useEffectEvent(() => (work.state === 'working' ? null : run()));
  useEffect(() => {
    if (isUnder) void rejoin()?.then((reply) => setWork(outcomeOf(reply)));
  }, [isUnder]);
  return (
    <div className={styles['act']}>
      <div>
        <h3>{title}</h3>
        <p className={controls['hint']}>{hint}</p>
      </div>
      {isBusy ? (
        <button type="button" className={controls['button']} disabled={!isUnder} onClick={() => void stop()}>{words.stopCare}</button>
      ) : (
        <button type="button" className={controls['button']} onClick={() => void begin()}>{now}</button>
      )}
      {isBusy ? (
        <div className={styles['outcome']}>
          <p className={controls['hint']} aria-live="polite">{name === 'check' ? words.checking : words.rebuilding}</p>
          <progress className={folder['bar']} aria-label={title} max={1} value={isUnder ? care.share : 0} />
        </div>
      ) : (
        <Outcome work={work} working="">{children}</Outcome>
      )}
    </div>
  );
}

/** What a check found, in words. */
function Report({ report }: { report: CheckReport }) {
  const words = useWords().preferences;
  if (report.problems.length === 0) return <p className={styles['good']}>{words.checkWhole(report.articles, report.files)}</p>;
  return (
    <div className={controls['alert']}>
      <p>
        <strong>{words.checkProblems(report.problems.length)}</strong> {words.checkProblemsHint}
      </p>
      <ul className={styles['problems']}>
        {report.problems.map(({ what, where }) => (
          <li key={`${what} ${where}`}>{words.problemAt(what, where)}</li>
        ))}
      </ul>
    </div>
  );
}

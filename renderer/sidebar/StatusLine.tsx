import { CirclePause, CloudOff, HardDrive, LoaderCircle } from 'lucide-react';
import { useActivity } from '../activity.ts';
import { useWords } from '../words.ts';
import styles from './StatusLine.module.css';

/** Whether the network is used now, and by what: the one place that says so, always in sight. */
export function StatusLine() {
  const words = useWords();
  const { facts, working, online } = useActivity();
  const left = facts === null ? 0 : facts.waiting + facts.working;
  const host = working.map((item) => hostOf(item.url)).find((name) => name !== null) ?? null;
  if (facts?.paused === true || (!online && left === 0))
    return <p className={styles.line} role="status"><CloudOff size={16} strokeWidth={1.5} aria-hidden />{words.sidebar.offline}</p>;
  if (left === 0)
    return <p className={styles.line} role="status"><HardDrive size={16} strokeWidth={1.5} aria-hidden />{words.sidebar.resting}</p>;
  if (facts?.held === true)
    return <p className={styles.line} role="status"><CirclePause size={16} strokeWidth={1.5} aria-hidden />{words.sidebar.held(left)}</p>;
  return (
    <p className={styles.line} data-working="true">
      <LoaderCircle className={styles.turning} size={16} strokeWidth={1.5} aria-hidden />
      {/* The host on a line of its own: there it is seen whole. */}
      <span className={styles.two}>{words.sidebar.working(left)}{host !== null && <span title={host}>{host}</span>}</span>
    </p>
  );
}

function hostOf(url: string | null): string | null {
  return url === null || !URL.canParse(url) ? null : new URL(url).hostname.replace(/^www\./u, '');
}

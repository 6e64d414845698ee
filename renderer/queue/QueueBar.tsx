import { useEffect, useRef, useState } from 'react';
import type { QueueFacts } from '../../shared/contract.ts';
import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import styles from './Queue.module.css';

/** How often a screen reader is told how far the queue is, in milliseconds: each article would be a flood. */
const TELL_EVERY = 5_000;

/** The newest text, at most every few seconds, but at once when it is the last. */
function useCalm(text: string, last: boolean): string {
  const [told, setTold] = useState('');
  const at = useRef(0);
  useEffect(() => {
    const wait = last ? 0 : Math.max(0, at.current + TELL_EVERY - Date.now());
    const timer = setTimeout(() => {
      at.current = Date.now();
      setTold(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text, last]);
  return told;
}

/** One honest bar: what is saved, what failed, what is still to do, with the same in words. */
export function QueueBar({ facts }: { facts: QueueFacts }) {
  const words = useWords().queue;
  const { total, done, failed, paused, waiting, working, secondsLeft } = facts;
  const over = waiting + working === 0;
  const told = useCalm(words.live(done, total, failed), over);
  const share = (count: number) => `${total === 0 ? 0 : (100 * count) / total}%`;
  return (
    <div className={styles['progress']}>
      <div className={styles['totals']}>
        <span>{over && failed === 0 ? words.allDone(done) : words.summary(done, total)}</span>
        {over || secondsLeft === null ? null : <span className={styles['left']}>{words.timeLeft(secondsLeft)}</span>}
        {failed === 0 ? null : <span className={styles['failures']}>{words.failedCount(failed)}</span>}
      </div>
      <div
        className={styles['bar']}
        role="progressbar"
        aria-label={words.progress}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done + failed}
        aria-valuetext={words.live(done, total, failed)}
      >
        <span className={styles['done']} style={{ inlineSize: share(done) }} />
        <span className={styles['lost']} style={{ inlineSize: share(failed) }} />
      </div>
      {paused && !over ? <p className={controls['alert']}>{words.paused}</p> : null}
      <p className="visually-hidden" aria-live="polite">
        {told}
      </p>
    </div>
  );
}

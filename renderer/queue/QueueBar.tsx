import { Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { QueueFacts } from '../../shared/contract.ts';
import { ask } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { sayFailure } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import styles from './Queue.module.css';

/** Sites left alone that are named; the others are counted. */
const SITES = 4;
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

/** Lets the queue stand still, or go on. */
export async function holdSaving(savingHeld: boolean): Promise<void> {
  const reply = await ask('changeSettings', { savingHeld });
  if (!reply.ok) sayFailure(reply.failure);
}

/** That the reader has paused the queue, with the way on. */
function Held() {
  const words = useWords().queue;
  return (
    <div className={`${controls['alert']} ${styles['held']}`}>
      <p>{words.held}</p>
      <button type="button" className={controls['button']} onClick={() => void holdSaving(false)}>
        <Play size={16} strokeWidth={1.5} aria-hidden />
        {words.goOn}
      </button>
    </div>
  );
}

/** One honest bar: what is saved, what failed, what is still to do, with the same in words. */
export function QueueBar({ facts }: { facts: QueueFacts }) {
  const words = useWords().queue;
  const { total, done, failed, paused, held, resting, waiting, working, secondsLeft } = facts;
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
      {held && !over ? <Held /> : null}
      {paused && !held && !over ? <p className={controls['alert']}>{words.paused}</p> : null}
      {resting.length === 0 ? null : (
        <ul className={styles['resting']} aria-label={words.resting}>
          {resting.slice(0, SITES).map(({ host, until, why, waiting: count }) => (
            <li key={host}>
              {words.rests[why](host, until)} <span className={styles['left']}>· {words.waitFor(count)}</span>
            </li>
          ))}
          {resting.length > SITES ? <li className={styles['left']}>{words.moreSites(resting.length - SITES)}</li> : null}
        </ul>
      )}
      <p className="visually-hidden" aria-live="polite">
        {told}
      </p>
    </div>
  );
}

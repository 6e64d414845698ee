import { useEffect } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import { ask } from '../ask.ts';
import { sayFailure } from '../parts/toasts.ts';

/** Who gives no sign for longer was not reading: that stretch is not counted at all. In milliseconds. */
export const idle = 120_000;
/** Told once so much has come together, and when the article is left; less than this says nothing. In seconds. */
const [together, least] = [60, 3];

/** A stopwatch that goes only between signs of life. */
export type Stopwatch = {
  /** The reader did something. */
  sign(): void;
  /** The reader goes away, or comes back: what lies between is nobody's. */
  leave(): void;
  back(): void;
};

/** Counts the time spent reading; `tell` gets whole seconds. `now` is in milliseconds, and only ever asked for: there is no timer. */
export function stopwatch(tell: (seconds: number) => void, now: () => number = () => performance.now()): Stopwatch {
  let last: number | null = now();
  let kept = 0;
  const take = () => {
    const at = now();
    if (last !== null && at - last <= idle) kept += at - last;
    last = at;
  };
  const hand = (from: number) => {
    const seconds = Math.floor(kept / 1_000);
    if (seconds < from) return;
    kept -= seconds * 1_000;
    tell(seconds);
  };
  return {
    sign() {
      take();
      hand(together);
    },
    leave() {
      if (last === null) return;
      take();
      last = null;
      hand(least);
    },
    back() {
      last = now();
    },
  };
}

/** Has the library count how long an article is read, while it is seen and something is done with it. */
export function useReadingTime(document: Document, id: ArticleId, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return undefined;
    const watch = stopwatch((seconds) => void send(id, Math.min(3_600, seconds)));
    const stop = new AbortController();
    const options = { signal: stop.signal, passive: true, capture: true };
    for (const target of [document, window.document]) {
      for (const kind of ['scroll', 'wheel', 'pointermove', 'pointerdown', 'keydown', 'touchmove']) target.addEventListener(kind, watch.sign, options);
    }
    window.document.addEventListener('visibilitychange', () => (window.document.hidden ? watch.leave() : watch.back()), options);
    window.addEventListener('pagehide', watch.leave, options);
    return () => {
      stop.abort();
      watch.leave();
    };
  }, [document, id, wanted]);
}

async function send(id: ArticleId, seconds: number): Promise<void> {
  const reply = await ask('read', { id, seconds });
  if (!reply.ok && reply.failure.kind !== 'not-found' && reply.failure.kind !== 'read-only') sayFailure(reply.failure);
}

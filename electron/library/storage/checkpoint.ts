import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Done } from './checkpoint-worker.ts';
import { endWorker } from './end-worker.ts';

/**
 * Keeps an index's write-ahead log short from a thread of its own: the syncing that this takes would hold up every answer
 * meanwhile. `written` is to be called after a change; `close` resolves when the thread has let go of the index, for good.
 */
export type Checkpoints = { written(): void; close(): Promise<void> };

/**
 * The log is looked at once in so many changes, and taken over when it has grown to so many bytes; since it is begun anew
 * without getting shorter, not more often than so, in milliseconds.
 */
const every = 16;
const longest = 4_000_000;
const pause = 200;
/** Pages in a log that has not been begun anew for long, though all but its end is taken over. */
const overdue = 2_500;

/**
 * `path` is the index's. `finish` takes over the little that was written meanwhile, on the writer's own thread: where writing
 * never pauses, the log is begun anew only then.
 */
export function keepCheckpoints(path: string, finish: () => void): Checkpoints {
  let changes = 0;
  let worker: Worker | null = null;
  let busy = false;
  let next = 0;
  let closed = false;

  function start(): Worker {
    // Written so that no bundler mistakes it for a browser's worker: the file stands beside this one, source or built.
    const name = import.meta.url.endsWith('.ts') ? './checkpoint-worker.ts' : './checkpoint-worker.js';
    const made = new Worker(new URL(name, import.meta.url), { workerData: { path } });
    made.on('message', ({ log }: Done) => {
      if (made !== worker) return;
      busy = false;
      if (log > overdue) finish();
    });
    // Without it the log only grows longer, until SQLite itself takes it over: nothing is lost.
    made.on('error', () => {
      if (worker === made) worker = null;
      busy = false;
    });
    made.unref();
    return made;
  }

  return {
    written() {
      if (++changes % every !== 0 || busy || closed || performance.now() < next || lengthOf(`${path}-wal`) < longest) return;
      busy = true;
      next = performance.now() + pause;
      worker ??= start();
      worker.postMessage('take over');
    },
    async close() {
      const old = worker;
      worker = null;
      closed = true;
      // The library's lock is let go of only after it.
      if (old !== null) await endWorker(old);
    },
  };
}

function lengthOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // What cannot be looked at is not worth failing a change that is done; SQLite takes the log over by itself in the end.
    return 0;
  }
}

import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/**
 * Keeps an index's write-ahead log short from a thread of its own: the syncing that this takes would hold up every answer
 * meanwhile. `written` is to be called after a change; `close` resolves when the thread has let go of the index, for good.
 */
export type Checkpoints = { written(): void; close(): Promise<void> };

/** The log is looked at once in so many changes, and taken over when it has grown to so many bytes. */
const every = 16;
const longest = 4_000_000;

/** `path` is the index's. */
export function keepCheckpoints(path: string): Checkpoints {
  let changes = 0;
  let worker: Worker | null = null;
  let busy = false;
  let closed = false;

  function start(): Worker {
    // Written so that no bundler mistakes it for a browser's worker: the file stands beside this one, source or built.
    const name = import.meta.url.endsWith('.ts') ? './checkpoint-worker.ts' : './checkpoint-worker.js';
    const made = new Worker(new URL(name, import.meta.url), { workerData: { path } });
    made.on('message', () => (busy = false));
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
      if (++changes % every !== 0 || busy || closed || lengthOf(`${path}-wal`) < longest) return;
      busy = true;
      worker ??= start();
      worker.postMessage('take over');
    },
    async close() {
      const old = worker;
      worker = null;
      closed = true;
      await old?.terminate();
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

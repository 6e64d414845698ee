import { Worker } from 'node:worker_threads';
import { FailureError, type Failure } from '../../../shared/failure.ts';
import type { CareJob, CareResult } from './care-jobs.ts';
import { endWorker } from './end-worker.ts';

type Message = { progress: [number, number] } | { done: unknown } | { failed: Failure };

/** Runs jobs on a library's folder one after the other in a thread of its own, so that nothing else waits for the disk. */
export type Care = {
  /** Throws FailureError, `cancelled` when it is closed before the end. */
  run<J extends CareJob>(job: J, progress?: (done: number, of: number) => void): Promise<CareResult<J>>;
  close(): Promise<void>;
};

/** Starts the thread with its first job; what it knows of earlier jobs (what is copied already) is lost with `close`. */
export function openCare(): Care {
  let worker: Worker | null = null;
  /** How often it was closed: what was asked for before is not begun any more. */
  let closes = 0;
  let last: Promise<unknown> = Promise.resolve();
  const start = (): Worker => {
    // Written so that no bundler mistakes it for a browser's worker: the file stands beside this one, source or built.
    const name = import.meta.url.endsWith('.ts') ? './care-worker.ts' : './care-worker.js';
    const made = new Worker(new URL(name, import.meta.url));
    made.unref();
    return made;
  };
  const one = <J extends CareJob>(job: J, progress?: (done: number, of: number) => void): Promise<CareResult<J>> => {
    const thread = (worker ??= start());
    const { promise, resolve, reject } = Promise.withResolvers<CareResult<J>>();
    const hear = (message: Message): void => {
      // Closed, it may say a last word before it is gone: nobody asks for that any more.
      if (worker !== thread) reject(new FailureError({ kind: 'cancelled' }));
      else if ('progress' in message) progress?.(...message.progress);
      else if ('done' in message) resolve(message.done as CareResult<J>);
      else reject(new FailureError(message.failed));
    };
    const fail = (error: unknown): void => {
      if (worker === thread) worker = null;
      reject(error instanceof Error ? error : new FailureError({ kind: 'cancelled' }));
    };
    thread.on('message', hear).once('error', fail).once('exit', fail);
    thread.ref();
    thread.postMessage(job);
    return promise.finally(() => {
      thread.off('message', hear).off('error', fail).off('exit', fail);
      thread.unref();
    });
  };
  return {
    run(job, progress) {
      const asked = closes;
      const next = last.catch(() => undefined).then(() => {
        if (asked !== closes) throw new FailureError({ kind: 'cancelled' });
        return one(job, progress);
      });
      last = next.catch(() => undefined);
      return next;
    },
    async close() {
      closes += 1;
      const old = worker;
      worker = null;
      if (old !== null) await endWorker(old);
    },
  };
}

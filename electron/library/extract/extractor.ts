import { Worker } from 'node:worker_threads';
import { FailureError } from '../../../shared/failure.ts';
import type { Answer } from './extract-worker.ts';
import type { ExtractJob, ExtractResult } from './job.ts';

export type { ExtractJob, ExtractResult } from './job.ts';
export type Extractor = ReturnType<typeof createExtractor>;

type Waiting = { job: ExtractJob; signal: AbortSignal | undefined; resolve(result: ExtractResult): void; reject(error: unknown): void };

/** A fresh worker after this many pages: whatever a page left behind goes with the old one. */
const pagesPerWorker = 400;
/** Beside other programs a page may take longer than its processor time, but no more than so many times as long. */
const patience = 4;
/** A worker that does not even say how busy it was, within so many milliseconds, is stuck. */
const answersWithin = 2_000;

/**
 * Reads pages off the main thread, one at a time in a worker that is killed when a page takes more than `seconds`
 * (15) of processor time or `megabytes` of heap (512). `extract` rejects with FailureError: no-article, not-a-page, too-complex,
 * cancelled, bad-input, internal.
 */
export function createExtractor(limits: { seconds?: number; megabytes?: number } = {}) {
  const seconds = limits.seconds ?? 15;
  const megabytes = limits.megabytes ?? 512;
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;
  let pages = 0;
  let current: { task: Waiting; timer: NodeJS.Timeout; onAbort: () => void } | null = null;
  let closed = false;

  function start(): Worker {
    // Written so that no bundler mistakes it for a browser's worker: the file stands beside this one, source or built.
    const name = import.meta.url.endsWith('.ts') ? './extract-worker.ts' : './extract-worker.js';
    const made = new Worker(new URL(name, import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: megabytes, stackSizeMb: 16 } });
    pages = 0;
    made.on('message', (answer: Answer) => {
      if (made !== worker) return;
      if (answer.ok) finish((task) => task.resolve(answer.value));
      else finish((task) => task.reject(new FailureError(answer.failure)));
    });
    made.on('error', (error: NodeJS.ErrnoException) => {
      if (made !== worker) return;
      worker = null;
      const failure = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { kind: 'too-complex' as const } : { kind: 'internal' as const, detail: String(error.stack ?? error) };
      finish((task) => task.reject(new FailureError(failure)));
    });
    made.on('exit', () => {
      if (made !== worker) return;
      worker = null;
      finish((task) => task.reject(new FailureError({ kind: 'too-complex' })));
    });
    made.unref();
    return made;
  }

  function finish(tell: (task: Waiting) => void): void {
    if (current === null) return;
    const { task, timer, onAbort } = current;
    current = null;
    clearTimeout(timer);
    task.signal?.removeEventListener('abort', onAbort);
    if (++pages >= pagesPerWorker) drop();
    tell(task);
    next();
  }

  /** Ends the worker without waiting for it; the next page starts another. */
  function drop(): void {
    const old = worker;
    worker = null;
    void old?.terminate();
  }

  function kill(failure: FailureError): void {
    drop();
    finish((task) => task.reject(failure));
  }

  function next(): void {
    if (current !== null) return;
    const task = waiting.shift();
    if (task === undefined) {
      worker?.unref();
      return;
    }
    if (task.signal?.aborted === true) {
      task.reject(new FailureError({ kind: 'cancelled' }));
      return next();
    }
    worker ??= start();
    worker.ref();
    const onAbort = (): void => kill(new FailureError({ kind: 'cancelled' }));
    const used = meter(worker);
    const begun = performance.now();
    const check = async (): Promise<void> => {
      const spent = await used();
      if (current?.task !== task) return;
      if (spent >= seconds || performance.now() - begun >= seconds * patience * 1_000) kill(new FailureError({ kind: 'too-complex' }));
      else current.timer = setTimeout(() => void check(), Math.max(0.05, seconds - spent) * 1_000);
    };
    task.signal?.addEventListener('abort', onAbort, { once: true });
    current = { task, timer: setTimeout(() => void check(), seconds * 1_000), onAbort };
    worker.postMessage(task.job);
  }

  function extract(job: ExtractJob, signal?: AbortSignal): Promise<ExtractResult> {
    return new Promise((resolve, reject) => {
      if (closed || signal?.aborted === true) return reject(new FailureError({ kind: 'cancelled' }));
      waiting.push({ job, signal, resolve, reject });
      next();
    });
  }

  async function close(): Promise<void> {
    closed = true;
    const cancelled = new FailureError({ kind: 'cancelled' });
    for (const task of waiting.splice(0)) task.reject(cancelled);
    const old = worker;
    worker = null;
    finish((task) => task.reject(cancelled));
    await old?.terminate();
  }

  return { extract, close };
}

/** Counts a worker's processor time from now on: answers seconds, infinitely many where the worker does not answer. */
function meter(worker: Worker): () => Promise<number> {
  const total = (): Promise<number> => {
    const late = new Promise<number>((resolve) => setTimeout(resolve, answersWithin, Number.POSITIVE_INFINITY).unref());
    const told = worker.cpuUsage().then(({ user, system }) => (user + system) / 1e6, () => Number.POSITIVE_INFINITY);
    return Promise.race([told, late]);
  };
  const before = total();
  return async () => {
    const start = await before;
    return (await total()) - (Number.isFinite(start) ? start : 0);
  };
}

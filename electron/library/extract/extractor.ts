import { FailureError } from '../../../shared/failure.ts';
import { startNode, type Child, type StartChild } from './child.ts';
import type { Task } from './extract-process.ts';
import type { Answer } from './extract-worker.ts';
import type { ExtractJob, ExtractResult } from './job.ts';

export type { ExtractJob, ExtractResult } from './job.ts';
export type Extractor = ReturnType<typeof createExtractor>;

type Waiting = { job: ExtractJob; signal: AbortSignal | undefined; resolve(result: ExtractResult): void; reject(error: unknown): void };

/** A fresh process after this many pages: whatever a page left behind goes with the old one. */
const pagesPerProcess = 400;
/** Milliseconds after which a process without work is ended. */
const idleFor = 60_000;
/** Beside other programs a page may take longer than its processor time, but no more than so many times as long. */
const patience = 4;
/** Seconds for the process to keep its own limit before it is taken for stuck. */
const grace = 5;

/**
 * Reads pages in a process beside this one, one at a time; it is killed when a page takes more than `seconds` (15) of
 * processor time or `megabytes` of heap (512), and whatever a page does to it, this process goes on. `start` is the
 * host's way to start it. `extract` rejects with FailureError: no-article, not-a-page, too-complex, cancelled, bad-input, internal.
 */
export function createExtractor(options: { seconds?: number; megabytes?: number; start?: StartChild } = {}) {
  const { seconds = 15, megabytes = 512, start = startNode } = options;
  const waiting: Waiting[] = [];
  let child: Child | null = null;
  let pages = 0;
  let current: { task: Waiting; timer: NodeJS.Timeout; onAbort: () => void } | null = null;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;

  function begin(): Child {
    // Source or built, the script stands beside this file.
    const name = import.meta.url.endsWith('.ts') ? './extract-process.ts' : './extract-process.js';
    pages = 0;
    const made: Child = start(new URL(name, import.meta.url), {
      message(value) {
        if (made !== child) return;
        const answer = value as Answer;
        finish((task) => (answer.ok ? task.resolve(answer.value) : task.reject(new FailureError(answer.failure))));
      },
      ended(error) {
        if (made !== child) return;
        child = null;
        const failure = error === null ? { kind: 'too-complex' as const } : { kind: 'internal' as const, detail: String(error) };
        finish((task) => task.reject(new FailureError(failure)));
      },
    });
    return made;
  }

  function finish(tell: (task: Waiting) => void): void {
    if (current === null) return;
    const { task, timer, onAbort } = current;
    current = null;
    clearTimeout(timer);
    task.signal?.removeEventListener('abort', onAbort);
    if (++pages >= pagesPerProcess) drop();
    tell(task);
    next();
  }

  /** Ends the process without waiting for it; the next page starts another. */
  function drop(): void {
    const old = child;
    child = null;
    void old?.kill();
  }

  function kill(failure: FailureError): void {
    drop();
    finish((task) => task.reject(failure));
  }

  function next(): void {
    if (current !== null) return;
    clearTimeout(idle);
    const task = waiting.shift();
    if (task === undefined) {
      child?.hold(false);
      idle = setTimeout(drop, idleFor).unref();
      return;
    }
    if (task.signal?.aborted === true) {
      task.reject(new FailureError({ kind: 'cancelled' }));
      return next();
    }
    child ??= begin();
    child.hold(true);
    const onAbort = (): void => kill(new FailureError({ kind: 'cancelled' }));
    const stuck = (): void => kill(new FailureError({ kind: 'too-complex' }));
    task.signal?.addEventListener('abort', onAbort, { once: true });
    current = { task, timer: setTimeout(stuck, (seconds * patience + grace) * 1_000), onAbort };
    child.send({ job: task.job, seconds, longest: seconds * patience, megabytes } satisfies Task);
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
    const old = child;
    child = null;
    finish((task) => task.reject(cancelled));
    clearTimeout(idle);
    await old?.kill();
  }

  return { extract, close };
}

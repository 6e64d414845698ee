import { Worker } from 'node:worker_threads';
import type { Answer } from './extract-worker.ts';
import type { ExtractJob } from './job.ts';

/*
 * The process in which pages are read. The work is done in a thread that has limits; should a page break even those (a
 * heap that grows within one step of the engine's own ends its whole process), this process falls and no other.
 */

/** What the process is sent: a page, and what may be spent on it: `seconds` of processor time, `longest` by the clock. */
export type Task = { job: ExtractJob; seconds: number; longest: number; megabytes: number };

/** How Electron's utility processes speak to the one that started them. */
type ParentPort = { on(event: 'message', listener: (event: { data: Task }) => void): void; postMessage(value: Answer): void };

/** A worker that does not even say how busy it was, within so many milliseconds, is stuck. */
const answersWithin = 2_000;

const port = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;
let worker: Worker | null = null;
let watch: NodeJS.Timeout | undefined;

if (port) port.on('message', ({ data }) => take(data));
else process.on('message', take);
// The one that started this process is gone, or has no more use for it.
process.on('disconnect', () => process.exit());
// Ctrl+C goes to a terminal's whole group: whoever started this process ends in its own time, and this one with it.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

function take({ job, seconds, longest, megabytes }: Task): void {
  const at = (worker ??= start(megabytes));
  const used = meter(at);
  const begun = performance.now();
  const check = async (): Promise<void> => {
    const turn = watch;
    const spent = await used();
    if (turn !== watch) return;
    if (spent >= seconds || performance.now() - begun >= longest * 1_000) tell({ ok: false, failure: { kind: 'too-complex' } }, true);
    else watch = setTimeout(() => void check(), Math.max(0.05, seconds - spent) * 1_000);
  };
  watch = setTimeout(() => void check(), seconds * 1_000);
  at.postMessage(job);
}

function start(megabytes: number): Worker {
  // Written so that no bundler mistakes it for a browser's worker: the file stands beside this one, source or built.
  const name = import.meta.url.endsWith('.ts') ? './extract-worker.ts' : './extract-worker.js';
  const made = new Worker(new URL(name, import.meta.url), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: megabytes, stackSizeMb: 16 } });
  made.on('message', (answer: Answer) => tell(answer, false));
  made.on('error', (error: NodeJS.ErrnoException) => {
    const tooMuch = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    tell({ ok: false, failure: tooMuch ? { kind: 'too-complex' } : { kind: 'internal', detail: String(error.stack ?? error) } }, true);
  });
  return made;
}

/** Answers; a worker that is `spent` goes, and the next page gets another. */
function tell(answer: Answer, spent: boolean): void {
  clearTimeout(watch);
  watch = undefined;
  if (spent) {
    const old = worker;
    worker = null;
    old?.removeAllListeners();
    // An end that fails is the end as well.
    old?.on('error', () => undefined);
    void old?.terminate();
  }
  if (port) port.postMessage(answer);
  else process.send?.(answer);
}

/** Counts a worker's processor time from now on: answers seconds, infinitely many where the worker does not answer. */
function meter(of: Worker): () => Promise<number> {
  const total = (): Promise<number> => {
    const late = new Promise<number>((resolve) => setTimeout(resolve, answersWithin, Number.POSITIVE_INFINITY).unref());
    const told = of.cpuUsage().then(({ user, system }) => (user + system) / 1e6, () => Number.POSITIVE_INFINITY);
    return Promise.race([told, late]);
  };
  const before = total();
  return async () => {
    const begun = await before;
    return (await total()) - (Number.isFinite(begun) ? begun : 0);
  };
}

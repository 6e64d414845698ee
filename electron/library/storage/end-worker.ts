import type { Worker } from 'node:worker_threads';

/** What a thread of ours is told when it is to end. */
export const endMessage = 'end';
/** So long a thread has to end by itself, in milliseconds. */
const patience = 1_000;

/**
 * Ends a thread that works with SQLite; resolves when it is gone. It is asked first and ends between two steps: one that is
 * ended from outside just as SQLite hands it something takes the whole process along.
 */
export async function endWorker(worker: Worker): Promise<void> {
  // Gone already.
  if (worker.threadId < 0) return;
  // Waited for even where nothing else keeps the process.
  worker.ref();
  // An end that fails is the end as well.
  worker.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage(endMessage);
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, patience)))]);
  clearTimeout(timer);
  await worker.terminate();
}

import { parentPort } from 'node:worker_threads';
import { faultOf } from '../../../shared/failure.ts';
import { runCare, type CareJob } from './care-jobs.ts';
import { storageFailure } from './disk.ts';
import { endMessage } from './end-worker.ts';

/* Long work on a library's folder, in a thread of its own: one job a message, answered by `done` or `failed`, with `progress` before. */

/** Milliseconds between two tellings of how far it is. */
const pause = 100;

parentPort?.on('message', async (job: CareJob | typeof endMessage) => {
  if (job === endMessage) return process.exit();
  let told = 0;
  const tell = (done: number, of: number): void => {
    if (performance.now() - told < pause) return;
    told = performance.now();
    parentPort?.postMessage({ progress: [done, of] });
  };
  try {
    parentPort?.postMessage({ done: await runCare(job, tell) });
  } catch (error) {
    parentPort?.postMessage({ failed: faultOf(storageFailure(error, 'root' in job ? job.root : '')) });
  }
});

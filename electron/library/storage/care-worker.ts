import { parentPort } from 'node:worker_threads';
import { faultOf } from '../../../shared/failure.ts';
import { runCare, type CareJob } from './care-jobs.ts';

/* Long work on a library's folder, in a thread of its own: one job a message, answered by `done` or `failed`, with `progress` before. */

parentPort?.on('message', (job: CareJob) => {
  try {
    const value = runCare(job, (done, of) => parentPort?.postMessage({ progress: [done, of] }));
    parentPort?.postMessage({ done: value });
  } catch (error) {
    parentPort?.postMessage({ failed: faultOf(error) });
  }
});

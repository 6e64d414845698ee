import { parentPort } from 'node:worker_threads';
import { FailureError, type Failure } from '../../../shared/failure.ts';
import { runJob, type ExtractJob, type ExtractResult } from './job.ts';

/** What the worker answers to each job, in order. */
export type Answer = { ok: true; value: ExtractResult } | { ok: false; failure: Failure };

parentPort?.on('message', (job: ExtractJob) => {
  parentPort?.postMessage(attempt(job));
});

function attempt(job: ExtractJob): Answer {
  try {
    return { ok: true, value: runJob(job) };
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, failure: error.failure };
    if (error instanceof RangeError) return { ok: false, failure: { kind: 'too-complex' } };
    return { ok: false, failure: { kind: 'internal', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) } };
  }
}

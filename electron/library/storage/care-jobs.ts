import type { Sizes } from '../../../shared/library-folder.ts';
import { completeCopy, copyFolder } from './copy.ts';
import { removeCopied, sizesOf } from './folder-files.ts';
import { copyMark } from './target.ts';
import { makeTight } from './tighten.ts';

/** What can be done in the thread for long work. */
export type CareJob =
  | { job: 'sizes'; root: string }
  | { job: 'copy'; from: string; to: string; live: boolean }
  | { job: 'complete'; from: string; to: string }
  /** Takes `gone` away where `kept` has the same. */
  | { job: 'remove'; gone: string; kept: string }
  /** A tight copy of the index, at `to`. */
  | { job: 'tighten'; from: string; to: string };

type Results = { sizes: Sizes; copy: null; complete: null; remove: boolean; tighten: null };
export type CareResult<J extends CareJob> = Results[J['job']];

/** Does a job; runs in its thread. */
export function runCare(job: CareJob, tell: (done: number, of: number) => void): Results[CareJob['job']] {
  switch (job.job) {
    case 'sizes':
      return sizesOf(job.root);
    case 'copy':
      copyFolder(job.from, job.to, job.live, tell);
      return null;
    case 'complete':
      completeCopy(job.from, job.to);
      return null;
    case 'remove':
      return removeCopied(job.gone, job.kept, copyMark);
    case 'tighten':
      makeTight(job.from, job.to);
      return null;
    default:
      return job satisfies never;
  }
}

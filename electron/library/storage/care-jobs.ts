import type { CheckReport, Sizes } from '../../../shared/library-folder.ts';
import type { FilesChecked } from './check.ts';
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
  | { job: 'tighten'; from: string; to: string }
  /** Brings the index to today's shape and up to its journals, or makes it anew. */
  | { job: 'index'; root: string }
  /** Makes an index anew, at `to`. */
  | { job: 'make'; root: string; to: string }
  /** Reads everything there is, and makes an index to compare with. */
  | { job: 'check'; root: string; readOnly: boolean }
  /** Compares the index with that one; null when it had not taken in everything. */
  | { job: 'compare'; root: string; damaged: string[] };

type Results = {
  sizes: Sizes; copy: null; complete: null; remove: boolean; tighten: null;
  index: null; make: null; check: FilesChecked; compare: CheckReport['problems'] | null;
};
export type CareResult<J extends CareJob> = Results[J['job']];

/** Does a job; runs in its thread. */
export async function runCare(job: CareJob, tell: (done: number, of: number) => void): Promise<Results[CareJob['job']]> {
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
    // What reads articles is loaded only for work on them.
    case 'index':
      await (await import('./rebuild.ts')).finishIndex(job.root, tell);
      return null;
    case 'make':
      (await (await import('./rebuild.ts')).makeIndex(job.root, job.to, tell)).close();
      return null;
    case 'check':
      return (await import('./check.ts')).checkFolder(job.root, job.readOnly, tell);
    case 'compare':
      return (await import('./check.ts')).compareIndex(job.root, job.damaged, tell);
    default:
      return job satisfies never;
  }
}

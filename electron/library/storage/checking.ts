import { join } from 'node:path';
import type { CheckReport } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { openCare } from './care.ts';
import { removeDatabase } from './database-files.ts';
import type { Progress } from './rebuild.ts';
import type { OpenStore } from './store.ts';

/** A check under way. */
type Checking = { report: Promise<CheckReport>; stop(): Promise<void> };

const running = new WeakMap<object, Checking>();

/**
 * Verifies the whole library: journals, every article's parts, every picture, and the index against one made anew. Nothing is
 * changed or repaired. It is done in a thread of its own, beside all other work; who asks while one is under way gets that one's
 * report. Throws FailureError, `cancelled` when it was stopped.
 */
export function checkLibrary(store: Pick<OpenStore, 'root' | 'readOnly' | 'settled'>, progress: Progress = () => undefined): Promise<CheckReport> {
  const under = running.get(store);
  if (under !== undefined) return under.report;
  const care = openCare();
  let stopped = false;
  const report = run().finally(async () => {
    running.delete(store);
    await care.close();
    if (!store.readOnly) removeDatabase(join(store.root, 'check.db'));
  });
  running.set(store, { report, stop });
  return report;

  function stop(): Promise<void> {
    stopped = true;
    return care.close();
  }

  async function settled(): Promise<void> {
    await store.settled();
    if (stopped) throw new FailureError({ kind: 'cancelled' });
  }

  async function run(): Promise<CheckReport> {
    const { root } = store;
    const readOnly = store.readOnly !== null;
    await settled();
    const { damaged, ...found } = await care.run({ job: 'check', root, readOnly }, (done, of) => progress((0.9 * done) / of, 1));
    if (readOnly) return found;
    for (;;) {
      await settled();
      // Null when an act came in between: once more, then.
      const problems = await care.run({ job: 'compare', root, damaged }, (done, of) => progress(0.9 + (0.1 * done) / of, 1));
      if (problems !== null) return { ...found, problems: [...found.problems, ...problems] };
    }
  }
}

/** Stops the check of a library, if one is under way; whoever asked for it is told `cancelled`. */
export async function stopCheck(store: object): Promise<void> {
  await running.get(store)?.stop();
}

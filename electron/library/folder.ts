import type { Answers } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import type { CareProgress, FolderFacts, folderQuestions } from '../../shared/library-folder.ts';
import { countOf } from './lists.ts';
import { adoptFolders } from './storage/adopt.ts';
import { openCare } from './storage/care.ts';
import { checkLibrary, stopCheck } from './storage/checking.ts';
import { compactLibrary } from './storage/compact.ts';
import type { Progress } from './storage/rebuild.ts';
import type { OpenStore } from './storage/store.ts';
import { freeRoom } from './storage/target.ts';

type FolderAnswers = Pick<Answers, keyof typeof folderQuestions>;

/**
 * What a library can say and do about its own folder. Going elsewhere is for the host that opened it (`house.ts`), which
 * answers those questions in its place; a library opened without one stays where it is. `flush` writes down what has yet to be.
 */
export function answerFolder(store: OpenStore, flush: () => void): FolderAnswers {
  const fixed = (): never => {
    throw new FailureError({ kind: 'bad-folder', path: store.root, why: 'fixed' });
  };
  /** What reads or rewrites the whole library goes one after the other; asked for twice, it is done once. */
  let last: Promise<unknown> = Promise.resolve();
  const under = new Map<string, Promise<unknown>>();
  const inTurn = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const known = under.get(name) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const next = last.then(work).finally(() => under.delete(name));
    under.set(name, next);
    last = next.catch(() => undefined);
    return next;
  };
  const told = async <T>(work: CareProgress['work'], run: (progress: Progress) => Promise<T>): Promise<T> => {
    const progress: Progress = (done, of) => store.tell({ about: 'care', care: { work, share: done / of } });
    try {
      progress(0, 1);
      return await run(progress);
    } finally {
      store.tell({ about: 'care', care: null });
    }
  };
  return {
    folder: (): FolderFacts => ({ path: store.root, free: freeRoom(store.root), known: [], canSwitch: false, canChoose: false, canShow: false, moving: null }),
    async sizes() {
      const care = openCare();
      try {
        return await care.run({ job: 'sizes', root: store.root });
      } finally {
        await care.close();
      }
    },
    compact: () =>
      inTurn('compact', () => {
        const care = openCare();
        return compactLibrary(store, care).finally(() => care.close());
      }),
    check: () =>
      inTurn('check', () => told('check', async (progress) => {
        flush();
        return checkLibrary(store, progress);
      })),
    rebuild: () =>
      inTurn('rebuild', () => told('rebuild', async (progress) => {
        await adoptFolders(store);
        await store.rebuild(progress);
        store.tell({ about: 'articles', ids: null });
        return { articles: countOf(store, 'all') + countOf(store, 'trash') };
      })),
    stopCare: async () => {
      await Promise.all([stopCheck(store), store.stopRebuild()]);
      return null;
    },
    opening: () => ({ state: 'open' }),
    openAgain: () => null,
    heedOthers: async () => {
      await store.heedOthers();
      return null;
    },
    chooseFolder: fixed,
    showFolder: fixed,
    planFolder: fixed,
    moveLibrary: fixed,
    openLibrary: fixed,
    forgetLibrary: fixed,
  };
}

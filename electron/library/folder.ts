import type { Answers } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import type { FolderFacts, folderQuestions } from '../../shared/library-folder.ts';
import { openCare } from './storage/care.ts';
import { compactLibrary } from './storage/compact.ts';
import type { OpenStore } from './storage/store.ts';
import { freeRoom } from './storage/target.ts';

type FolderAnswers = Pick<Answers, Exclude<keyof typeof folderQuestions, 'check' | 'rebuild'>>;

/**
 * What a library can say and do about its own folder. Going elsewhere is for the host that opened it (`house.ts`), which
 * answers those questions in its place; a library opened without one stays where it is.
 */
export function answerFolder(store: OpenStore): FolderAnswers {
  const fixed = (): never => {
    throw new FailureError({ kind: 'bad-folder', path: store.root, why: 'fixed' });
  };
  let compacting: ReturnType<typeof compactLibrary> | null = null;
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
    async compact() {
      const care = openCare();
      compacting ??= compactLibrary(store, care).finally(() => {
        compacting = null;
        return care.close();
      });
      return compacting;
    },
    chooseFolder: fixed,
    showFolder: fixed,
    planFolder: fixed,
    moveLibrary: fixed,
    openLibrary: fixed,
    forgetLibrary: fixed,
  };
}

import type { Answers, News } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import type { folderQuestions } from '../../shared/library-folder.ts';

/** What the fake library says of its folder: a path that is not whole is refused, one called `full` is on a full disk, one called `new` is empty. */
export function answerFolder(library: { path: string; known: string[] }, tell: (news: News) => void): Pick<Answers, Exclude<keyof typeof folderQuestions, 'check' | 'rebuild' | 'stopCare'>> {
  return {
    folder: () => ({
      path: library.path, free: 5e9, known: library.known.map((path) => ({ path, there: !path.includes('gone') })),
      canSwitch: true, canChoose: false, canShow: true, moving: null,
    }),
    sizes: () => ({ articles: 2e8, pictures: 1e9, journals: 7e6, index: 3e8, other: 1_000, total: 1_507_001_000 }),
    opening: () => ({ state: 'open' }), openAgain: () => null, heedOthers: () => null,
    chooseFolder: () => ({ path: null }), showFolder: () => null,
    planFolder: ({ path, act }) => {
      if (!path.startsWith('/')) throw new FailureError({ kind: 'bad-folder', path, why: 'relative' });
      if (path.includes('full')) return { act: 'move', path, needed: 2e9, free: 1e9 };
      return act === 'move' ? { act, path, needed: 2e9, free: 5e9 } : { act, path, made: path.includes('new') };
    },
    moveLibrary: ({ path }) => {
      library.path = path;
      queueMicrotask(() => tell({ about: 'moving', progress: null }));
      return { path };
    },
    openLibrary: ({ path }) => ({ path }),
    forgetLibrary: ({ path }) => {
      library.known = library.known.filter((each) => each !== path);
      tell({ about: 'moving', progress: null });
      return null;
    },
    compact: () => ({ index: 8e7, journals: 2e6, leftovers: 3, acts: 1_200 }),
  };
}

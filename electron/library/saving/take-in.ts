import type { ArticleId } from '../../../shared/article.ts';
import type { Answers, Saved } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { Job } from '../storage/acts.ts';
import { storeArrival } from '../storage/files.ts';
import type { Store } from '../storage/store.ts';
import { whenAsked } from '../when-asked.ts';
import { type Taken, takeAddresses, takeGiven, webJob } from './arrivals.ts';
import type { Given } from './given.ts';
import { pieces } from './pieces.ts';
import type { QueueNews } from './queue-news.ts';

/** Takes in what is handed to the library. `arriving` is true while bytes are on their way to the disk. */
export type TakeIn = {
  answers: Pick<Answers, 'save' | 'saveText' | 'saveFile' | 'capture' | 'importPart' | 'lookImport' | 'runImport' | 'dropImport'>;
  arriving(): boolean;
  close(): Promise<void>;
};

/** So few at once are somebody's wish of this moment: they have their turn before what waits already. */
const fewAtOnce = 5;

/** Encodings are large tables, needed only for what is handed in. */
const reading = () => import('./given.ts');

/** `enqueue` gets what is to be worked on once it is on the disk; `stop` ends what is being made of another source. */
export function createTakeIn(store: Store, news: QueueNews, enqueue: (ids: readonly ArticleId[], urgent: boolean) => void, stop: (id: ArticleId) => void): TakeIn {
  let arriving = 0;

  async function taken({ saved, work }: Taken): Promise<Saved[]> {
    for await (const some of pieces(work)) enqueue(some, work.length <= fewAtOnce);
    news.flush();
    return saved;
  }

  /** `anew` makes also what is there already, or is being made from something else. */
  async function take(given: Given, tags: readonly string[], anew = false): Promise<Saved> {
    if (store.readOnly) throw new FailureError({ kind: 'read-only', why: store.readOnly });
    arriving++;
    try {
      const stored = await storeArrival(store.root, given.bytes);
      const took = takeGiven(store, given, stored, tags, anew);
      took.work.forEach(stop);
      const [saved] = await taken(took);
      if (saved === undefined) throw new FailureError({ kind: 'internal', detail: 'a save without an outcome' });
      return saved;
    } finally {
      arriving--;
    }
  }

  const imports = whenAsked(['importPart', 'lookImport', 'runImport', 'dropImport'], async () => (await import('../arrive/imports.ts')).openImports(store, (ids) => enqueue(ids, ids.length <= fewAtOnce)));

  const answers: TakeIn['answers'] = {
    ...imports.answers,
    async runImport(input) {
      arriving++;
      try {
        return await imports.answers.runImport(input);
      } finally {
        arriving--;
      }
    },
    async save({ urls, tags, typed }) {
      const wanted: Array<{ url: string; job: Job }> = [];
      for await (const some of pieces(urls)) wanted.push(...some.map((url) => ({ url, job: webJob(url, typed) })));
      const saved: Saved[][] = [];
      const work: ArticleId[][] = [];
      // From the last to the first, since what is saved later stands higher.
      for await (const some of pieces(wanted.toReversed())) {
        const part = takeAddresses(store, some.toReversed(), tags);
        saved.unshift(part.saved);
        work.unshift(part.work);
      }
      await store.synced();
      return taken({ saved: saved.flat(), work: work.flat() });
    },
    saveText: async (input) => take((await reading()).textGiven(input), input.tags),
    saveFile: async (input) => take((await reading()).fileGiven(input), input.tags),
    capture: async (input) => take((await reading()).captureGiven(input), input.tags, true),
  };
  return { answers, arriving: () => arriving > 0, close: () => imports.end(({ close }) => close()) };
}

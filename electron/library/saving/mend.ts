import type { ArticleId } from '../../../shared/article.ts';
import type { Answers } from '../../../shared/contract.ts';
import { toFetch } from '../articles.ts';
import { indexRow, sealedOf } from '../rows.ts';
import type { QueueNews } from './queue-news.ts';
import type { SaveContext } from './save.ts';

/** Fetches the pictures that articles miss, each article once at a time. `settled` resolves when none is at it any more. */
export type Mending = Pick<Answers, 'retryPictures'> & { settled(): Promise<void> };

type Mended = Awaited<ReturnType<Answers['retryPictures']>>;

/** `signal` ends it all. */
export function createMending(context: SaveContext, news: QueueNews, signal: AbortSignal): Mending {
  const { store } = context;
  const mending = new Map<ArticleId, Promise<Mended>>();

  async function mend(id: ArticleId): Promise<Mended> {
    const folder = () => sealedOf(indexRow(store.db, id))?.folder;
    const before = folder();
    const { makePictures } = await import('./save.ts');
    const { act, pictures } = await makePictures(context, toFetch(store, id), signal, (done, of) => store.tell({ about: 'pictures', id, done, of }));
    if (act !== null) {
      // Extracted again meanwhile: the pictures belong to that text now.
      if (folder() !== before) return mend(id);
      store.act([act]);
      news.articles([id]);
      news.flush();
    }
    return { pictures };
  }

  return {
    retryPictures({ id }) {
      const under = mending.get(id) ?? mend(id).catch((error: unknown) => {
        // Nobody is to wait for the rest of a progress that has ended.
        store.tell({ about: 'pictures', id, done: 0, of: 0 });
        throw error;
      }).finally(() => mending.delete(id));
      mending.set(id, under);
      return under;
    },
    async settled() {
      await Promise.allSettled(mending.values());
    },
  };
}

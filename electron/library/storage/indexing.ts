import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { News } from '../../../shared/contract.ts';
import { pairNext } from '../duplicates/pairing.ts';
import { indexNext, indexSome, isBehind, nextLarge } from '../search/search-index.ts';

type Work = {
  root: string;
  /** The index; null when nothing is to be changed in it. */
  db(): DatabaseSync | null;
  now(): number;
  tell(news: News): void;
  /** Something was changed. */
  written(): void;
  trouble(error: unknown): void;
};

/** What changed is taken into the search index in the background. */
export type Indexing = {
  /** Begins, if there is anything and nothing is under way; the first few at once where `atOnce`. */
  start(atOnce: boolean): void;
  /** Resolves when what is under way is done. */
  under(): Promise<void> | null;
};

/** How often the search index tells how far it is while it takes much in, in milliseconds. */
const progressPause = 1_000;

/** Keeps the search index, and what is taken for the same, up with the acts, a little at a time. */
export function keepIndexing({ root, db, now, tell, written, trouble }: Work): Indexing {
  let under: Promise<void> | null = null;
  return {
    start(atOnce) {
      const into = db();
      if (into === null) return;
      try {
        // Also while much is taken in: what was just done by hand is found at once.
        if (atOnce && nextLarge(into) === null) indexSome(into, 25, root);
      } catch (error) {
        return trouble(error);
      }
      if (under || !isBehind(into)) return;
      under = inTheBackground().finally(() => (under = null));
    },
    under: () => under,
  };

  async function inTheBackground(): Promise<void> {
    let told = now();
    try {
      for (;;) {
        await setImmediate();
        const into = db();
        if (into === null) return;
        const more = (await indexNext(into, root)) || (await pairMore(into));
        written();
        if (!more || now() - told >= progressPause) {
          told = now();
          tell({ about: 'searches' });
        }
        if (!more) return;
      }
    } catch (error) {
      trouble(error);
    }
  }

  /** What is to be found comes before what is alike. */
  async function pairMore(into: DatabaseSync): Promise<boolean> {
    const { more, changed } = await pairNext(into, root);
    if (changed.length > 0) tell({ about: 'articles', ids: changed });
    return more;
  }
}

import type { ArticleId } from '../../../shared/article.ts';
import type { Copy, SameBy } from '../../../shared/duplicate.ts';
import { rowsOf } from '../rows.ts';
import type { Store } from '../storage/store.ts';
import { openPairs } from './pairs.ts';

/** What else the library has of an article, and why it is taken for the same. */
export function copiesOf(store: Store, id: ArticleId): Copy[] {
  const why = new Map(openPairs(store.db, id).map(({ one, other, ...same }): [ArticleId, SameBy] => [one === id ? other : one, same]));
  return rowsOf(store, [...why.keys()]).flatMap((row) => {
    const same = why.get(row.id);
    return same === undefined ? [] : [{ row, ...same }];
  });
}

import type { ArticleId } from '../../../shared/article.ts';
import type { Failure } from '../../../shared/failure.ts';
import { type IndexRow, sealedOf } from '../rows.ts';
import type { ActBody } from '../storage/acts.ts';
import { get } from '../storage/database.ts';
import type { Store } from '../storage/store.ts';

/**
 * The act for an article that could not be made. One that is there already, and was only to be made anew from a page
 * captured in a browser, stays as it was, and the reader is told why.
 */
export function outcomeOf(store: Store, id: ArticleId, failure: Failure): ActBody {
  const row = get<IndexRow>(store.db, 'SELECT * FROM articles WHERE id = ?', id);
  const former = row === undefined ? null : sealedOf(row);
  // A bookmark whose page is not wanted after all.
  if (former === null && row?.bookmarked === 1 && failure.kind === 'cancelled') return { act: 'bookmark', id };
  if (former === null || row?.state !== 'waiting') return { act: 'failed', id, failure };
  if (failure.kind !== 'cancelled') store.tell({ about: 'trouble', failure });
  return { act: 'ready', id, ...former };
}

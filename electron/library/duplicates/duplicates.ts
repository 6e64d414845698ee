import type { ArticleId } from '../../../shared/article.ts';
import type { DuplicateGroup, SameBy, Side } from '../../../shared/duplicate.ts';
import { FailureError } from '../../../shared/failure.ts';
import { readMeta } from '../articles.ts';
import { highlightsOf } from '../highlights.ts';
import { indexRow, rowsOf } from '../rows.ts';
import { blockDifference } from '../saving/block-difference.ts';
import { textOf } from '../search/search-index.ts';
import type { Answer, Store } from '../storage/store.ts';
import { groupsOf, openPairs } from './pairs.ts';

/** So many of one group are shown at a time; the others follow when these are dealt with. */
const mostRows = 50;

/** Groups of articles that are taken for the same. */
export const duplicates =
  (store: Store): Answer<'duplicates'> =>
  ({ from, count }) => {
    const all = groupsOf(store.db);
    const groups = all.slice(from, from + count).map(({ ids, pairs }): DuplicateGroup => {
      const shown = new Set(ids.slice(0, mostRows));
      return { rows: rowsOf(store, [...shown]), pairs: pairs.filter(({ one, other }) => shown.has(one) && shown.has(other)) };
    });
    return { total: all.length, groups };
  };

/** Two articles side by side, and how their texts differ, paragraph by paragraph. */
export const compare =
  (store: Store): Answer<'compare'> =>
  ({ one, other }) => {
    const sides: [Side, Side] = [sideOf(store, one), sideOf(store, other)];
    const pair = openPairs(store.db, one).find((each) => each.one === other || each.other === other);
    const lines = (id: ArticleId) => textOf(store.db, id).split('\n').filter((line) => line.trim() !== '');
    return { sides, same: pair === undefined ? null : ({ why: pair.why, share: pair.share } as SameBy), ...blockDifference(lines(one), lines(other)) };
  };

function sideOf(store: Store, id: ArticleId): Side {
  const { words, note, folder } = indexRow(store.db, id);
  const [row] = rowsOf(store, [id]);
  if (row === undefined) throw new FailureError({ kind: 'not-found', what: id });
  const certificate = folder === null ? null : certificateOf(store, id);
  return { row, words, note, highlights: highlightsOf(store, id).length, pictures: { stored: certificate?.stored ?? 0, of: certificate?.pictures ?? 0 } };
}

function certificateOf(store: Store, id: ArticleId) {
  try {
    return readMeta(store, id).certificate;
  } catch (error) {
    // Damaged: the reader is told when it is opened.
    if (error instanceof FailureError && error.failure.kind === 'damaged') return null;
    throw error;
  }
}

import type { ArticleId } from '../../../shared/article.ts';
import type { Undo } from '../../../shared/contract.ts';
import { joinedNote } from '../bookmarks.ts';
import { highlightMoves } from '../highlights.ts';
import { indexRow, placeOf, type IndexRow } from '../rows.ts';
import type { ActBody } from '../storage/acts.ts';
import type { Answer, Store } from '../storage/store.ts';
import { changeWithUndo } from '../undo.ts';

/** What is to be done and what takes it back exactly. */
type Change = { acts: ActBody[]; back: ActBody[] };

/** Carries everything of the reader's over from others to one article and puts the others into the trash. */
export const merge =
  (store: Store): Answer<'merge'> =>
  ({ id, others }): Undo => {
    const kept = indexRow(store.db, id);
    const from = [...new Set(others)].filter((other) => other !== id).map((other) => indexRow(store.db, other)).filter((row) => row.trashed_at === null);
    if (from.length === 0) return { undo: null };
    const changes = [carryTags, carryNote, carryHighlights, carryMarks, carryPlace].map((carry) => carry(store, kept, from));
    const now = store.now();
    changes.push({
      acts: from.map((row): ActBody => ({ act: 'set', id: row.id, field: 'trashed', value: now })),
      back: from.map((row): ActBody => ({ act: 'set', id: row.id, field: 'trashed', value: null })),
    });
    return changeWithUndo(store, changes.flatMap(({ acts }) => acts), changes.flatMap(({ back }) => back));
  };

function carryTags(_store: Store, kept: IndexRow, from: readonly IndexRow[]): Change {
  const has = JSON.parse(kept.tags) as string[];
  const fresh = [...new Set(from.flatMap((row) => JSON.parse(row.tags) as string[]))].filter((tag) => !has.includes(tag));
  const set = (on: boolean) => fresh.map((tag): ActBody => ({ act: 'tag', id: kept.id, tag, on }));
  return { acts: set(true), back: set(false) };
}

function carryNote(_store: Store, kept: IndexRow, from: readonly IndexRow[]): Change {
  const note = from.reduce((joined, row) => joinedNote(joined, row.note), kept.note);
  if (note === kept.note) return { acts: [], back: [] };
  const set = (value: string | null): ActBody[] => [{ act: 'set', id: kept.id, field: 'note', value }];
  return { acts: set(note), back: set(kept.note) };
}

/** Each to the same words in the article that stays; one that both have stands once. */
function carryHighlights(store: Store, kept: IndexRow, from: readonly IndexRow[]): Change {
  return highlightMoves(store, from.map(({ id }) => id), kept.id);
}

/** Favourite, the earliest time of saving, and having been read to the end. */
function carryMarks(_store: Store, kept: IndexRow, from: readonly IndexRow[]): Change {
  const { id } = kept;
  const change: Change = { acts: [], back: [] };
  if (kept.favourite === 0 && from.some((row) => row.favourite === 1)) {
    change.acts.push({ act: 'set', id, field: 'favourite', value: true });
    change.back.push({ act: 'set', id, field: 'favourite', value: false });
  }
  const earliest = from.reduce((at, row) => (row.added_at < at ? row.added_at : at), kept.added_at);
  if (earliest < kept.added_at) {
    change.acts.push({ act: 'bump', id, at: earliest });
    change.back.push({ act: 'bump', id, at: kept.added_at });
  }
  const [finished] = from.flatMap((row) => row.finished_at ?? []).toSorted();
  if (kept.finished_at === null && finished !== undefined) {
    change.acts.push({ act: 'set', id, field: 'finished', value: finished });
    change.back.push({ act: 'set', id, field: 'finished', value: null });
  }
  return change;
}

/** The place of whichever was read further; it is found again by its words. */
function carryPlace(store: Store, kept: IndexRow, from: readonly IndexRow[]): Change {
  const mine = placeOf(store, kept);
  const best = from.map((row) => ({ row, place: placeOf(store, row) })).reduce<{ row: IndexRow; progress: number } | null>((furthest, { row, place }) => {
    const progress = place?.progress ?? 0;
    return progress > (furthest?.progress ?? mine?.progress ?? 0) ? { row, progress } : furthest;
  }, null);
  const place = best && placeOf(store, best.row);
  if (best === null || place === null) return { acts: [], back: [] };
  const at = store.places.get(best.row.id)?.at ?? best.row.read_at ?? store.now();
  const before = store.places.get(kept.id)?.at ?? kept.read_at ?? store.now();
  // Not written down yet, it would come after this and take it back.
  store.places.delete(kept.id);
  return { acts: [{ act: 'place', id: kept.id, at, place, carried: true }], back: [{ act: 'place', id: kept.id, at: before, place: mine, carried: true }] };
}

/** Remembers that the reader does not take one article for the same as these others. */
export const keepApart =
  (store: Store): Answer<'keepApart'> =>
  ({ id, others }): Undo => {
    indexRow(store.db, id);
    const set = (on: boolean) => [...new Set(others)].filter((other) => other !== id).map((other): ActBody => ({ act: 'apart', ...inOrder(id, other), on }));
    return changeWithUndo(store, set(true), set(false));
  };

const inOrder = (a: ArticleId, b: ArticleId): { one: ArticleId; other: ArticleId } => (a < b ? { one: a, other: b } : { one: b, other: a });

import type { SavedSearch, SearchId } from '../../../shared/search-questions.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { SearchValue } from '../storage/acts.ts';
import { randomName } from '../storage/clock.ts';
import { all, get } from '../storage/database.ts';
import type { Answer, Store } from '../storage/store.ts';
import { changeWithUndo } from '../undo.ts';

type Row = SavedSearch & { place: number };

const columns = 'id, name, query, sort, place';

/** The searches kept, in their order. */
export const searches =
  (store: Store): Answer<'searches'> =>
  () => rows(store).map(({ id, name, query, sort }) => ({ id, name, query, sort }));

const rows = (store: Store) => all<Row>(store.db, `SELECT ${columns} FROM searches ORDER BY place, id`);

/** Keeps a search, or changes one that is kept. */
export const keepSearch =
  (store: Store): Answer<'keepSearch'> =>
  ({ id: asked, name, query, sort }) => {
    const before = asked === null ? null : rowOf(store, asked);
    const last = get<{ place: number | null }>(store.db, 'SELECT max(place) AS place FROM searches')?.place ?? 0;
    const id = asked ?? randomName(12);
    return { id, ...change(store, id, before, { name, query, sort, place: before?.place ?? last + 1 }) };
  };

/** Puts a kept search before another, or last: between its new neighbours, so that the others need not move. */
export const moveSearch =
  (store: Store): Answer<'moveSearch'> =>
  ({ id, before }) => {
    const row = rowOf(store, id);
    const others = rows(store).filter((each) => each.id !== id);
    const at = before === null ? others.length : others.findIndex((each) => each.id === before);
    if (at < 0) throw new FailureError({ kind: 'not-found', what: before ?? '' });
    const [left, right] = [others[at - 1]?.place, others[at]?.place];
    const place = left === undefined ? (right ?? 1) - 1 : right === undefined ? left + 1 : (left + right) / 2;
    return change(store, id, row, { name: row.name, query: row.query, sort: row.sort, place });
  };

/** Keeps a search no longer. */
export const forgetSearch =
  (store: Store): Answer<'forgetSearch'> =>
  ({ id }) => change(store, id, rowOf(store, id), null);

function rowOf(store: Store, id: SearchId): Row {
  const row = get<Row>(store.db, `SELECT ${columns} FROM searches WHERE id = ?`, id);
  if (!row) throw new FailureError({ kind: 'not-found', what: id });
  return row;
}

function change(store: Store, id: SearchId, before: Row | null, value: SearchValue | null): { undo: string | null } {
  const back = before && { name: before.name, query: before.query, sort: before.sort, place: before.place };
  return changeWithUndo(store, [{ act: 'search', search: id, value }], [{ act: 'search', search: id, value: back }]);
}

/** The hosts of articles that begin so: from one to the next over their index, however many articles each has. */
export const hosts =
  (store: Store): Answer<'hosts'> =>
  ({ begin, count }) => {
    const found: string[] = [];
    const next = 'SELECT host FROM articles WHERE host IS NOT NULL AND host >= ? ORDER BY host LIMIT 1';
    const after = 'SELECT host FROM articles WHERE host IS NOT NULL AND host > ? ORDER BY host LIMIT 1';
    const wanted = begin.toLowerCase();
    let host = get<{ host: string }>(store.db, next, wanted)?.host;
    while (host !== undefined && host.startsWith(wanted) && found.length < count) {
      found.push(host);
      host = get<{ host: string }>(store.db, after, host)?.host;
    }
    return found;
  };

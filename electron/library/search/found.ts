import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ArticleId } from '../../../shared/article.ts';
import type { Sort, Within } from '../../../shared/listing.ts';
import { parseQuery } from '../../../shared/query.ts';
import type { Chosen } from '../listing.ts';
import { chosen } from '../listing.ts';
import { orders } from '../orders.ts';
import { all, get } from '../storage/database.ts';
import type { Store } from '../storage/store.ts';
import { conditionsOf, type Conditions } from './conditions.ts';
import { bestOf } from './ranking.ts';

/*
 * What a search finds, as a list: all of it, in any order. An order over everything found takes a moment when that is much
 * of the library, so it is kept until something changes, and the pages of the list are cut from it.
 */

type Kept = { changes: number; seats: Uint32Array; minutes: number };
const kept = new WeakMap<DatabaseSync, Map<string, Kept>>();
const keptOrders = 4;

/** What a search finds, over `articles AS a`, for lists and their groups; null where it asks nothing. */
export function foundBy(store: Store, query: string): Chosen | null {
  const conditions = conditionsOf(store.db, parseQuery(query, new Date(store.now())));
  if (conditions === null) return null;
  const { match, text, values } = conditions;
  const inIndex = match === null ? [] : ['s.seat IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)'];
  return { from: 'seats AS s CROSS JOIN articles AS a ON a.seat = s.seat', holds: [...inIndex, text], values: [...(match === null ? [] : [match]), ...values] };
}

/** How many a search finds, and the minutes they take. */
export function foundTotal(store: Store, query: string): { total: number; minutes: number } {
  const { seats, minutes } = ordered(store, query, 'newest', undefined);
  return { total: seats.length, minutes };
}

/** The ids of a stretch of what a search finds, or of one group of it. */
export function foundIds(store: Store, query: string, sort: Sort, within: Within | undefined, from: number, count: number): ArticleId[] {
  const { seats } = ordered(store, query, sort === 'unread' || sort === 'manual' ? 'newest' : sort, within);
  const text = 'SELECT a.id FROM json_each(?) AS j JOIN articles AS a ON a.seat = j.value ORDER BY j.key';
  return all<{ id: ArticleId }>(store.db, text, JSON.stringify([...seats.subarray(from, from + count)])).map(({ id }) => id);
}

function ordered(store: Store, query: string, sort: Sort, within: Within | undefined): Kept {
  const known = kept.get(store.db) ?? new Map<string, Kept>();
  kept.set(store.db, known);
  // Relative dates mean another day tomorrow.
  const key = JSON.stringify([query, sort, within, store.now().slice(0, 13)]);
  const changes = get<{ n: number }>(store.db, 'SELECT total_changes() AS n')?.n ?? 0;
  const before = known.get(key);
  if (before?.changes === changes) return before;
  const made = { changes, ...orderOf(store, query, sort, within) };
  known.delete(key);
  known.set(key, made);
  for (const oldest of known.keys()) {
    if (known.size <= keptOrders) break;
    known.delete(oldest);
  }
  return made;
}

type Found = { seat: number; minutes: number };
const made = (rows: readonly Found[]) => ({ seats: Uint32Array.from(rows, ({ seat }) => seat), minutes: rows.reduce((sum, { minutes }) => sum + minutes, 0) });

function orderOf(store: Store, text: string, sort: Sort, within: Within | undefined): Omit<Kept, 'changes'> {
  const query = parseQuery(text, new Date(store.now()));
  const conditions = conditionsOf(store.db, query);
  if (conditions === null) return made([]);
  const direction = sort === 'newest' || sort === 'relevance' ? 'DESC' : sort === 'oldest' ? 'ASC' : null;
  if (within !== undefined || direction === null) {
    const source = chosen(store, { list: 'search', query: text }, within);
    if (source === null) return made([]);
    return made(all<Found>(store.db, `SELECT s.seat, s.minutes FROM ${source.from} WHERE ${source.holds.join(' AND ')} ORDER BY ${orders[sort]}`, ...source.values));
  }
  const { seats, minutes } = made(bySeat(store, conditions, direction));
  if (sort !== 'relevance') return { seats, minutes };
  const best = bestOf(store.db, query, conditions, Date.parse(store.now())).seats;
  const first = new Set(best);
  return { seats: Uint32Array.from([...best, ...seats.filter((seat) => !first.has(seat))]), minutes };
}

/** Seats are in the order of saving: the search index gives them so without sorting. */
function bySeat(store: Store, { match, text, values }: Conditions, direction: 'ASC' | 'DESC'): Found[] {
  const source = match === null ? 'seats AS s WHERE' : 'search_index AS x CROSS JOIN seats AS s ON s.seat = x.rowid WHERE search_index MATCH ? AND';
  const asked: SQLInputValue[] = [...(match === null ? [] : [match]), ...values];
  return all<Found>(store.db, `SELECT s.seat, s.minutes FROM ${source} ${text} ORDER BY ${match === null ? 's.seat' : 'x.rowid'} ${direction}`, ...asked);
}

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ArticleId } from '../../shared/article.ts';
import { all, get } from './storage/database.ts';

/*
 * A stretch of a list by its place, without counting all that comes before it: from the list's end where that is nearer, or
 * from the nearest stretch that was asked for since anything last changed. Whoever scrolls goes on where they were; a jump
 * into the middle is counted once.
 */

/** Which rows a list has, in which order: `order` as SQL, each part with or without DESC; `id` is the column with the article's id. `gaps` where an order's value may be empty. */
export type Listing = { from: string; holds: readonly string[]; values: readonly SQLInputValue[]; order: string; id: string; gaps?: boolean };

type Anchor = { at: number; keys: SQLInputValue[] };
type Memory = { changes: number; lists: Map<string, Anchor[]> };
const memories = new WeakMap<DatabaseSync, Memory>();
/** So many lists are remembered, and so many places of each. */
const [lists, places] = [8, 100];

/** The ids of a list from a place on; `total` is how many it has, where a counter tells. */
export function idsAt(db: DatabaseSync, { from, holds, values, order, id, gaps = false }: Listing, at: number, count: number, total: number | null): ArticleId[] {
  const parts = order.split(/,\s*(?![^(]*\))/).map((part) => ({ column: part.replace(/ DESC$/, ''), down: part.endsWith(' DESC') }));
  const anchors = anchorsOf(db, JSON.stringify([from, holds, values, order]));
  const near = anchors.filter((anchor) => anchor.at <= at).at(-1);
  const [ahead, behind] = [at - (near?.at ?? 0), total === null ? at : total - at - count];
  type Found = { id: ArticleId } & Record<string, SQLInputValue>;
  const select = `SELECT ${id} AS id, ${parts.map(({ column }, index) => `${column} AS key${index}`).join(', ')} FROM ${from} WHERE`;
  const ask = (text: string, ...more: SQLInputValue[]) => all<Found>(db, `${select} ${text} LIMIT ? OFFSET ?`, ...values, ...more);
  let rows: Found[] | null = null;
  if (total !== null && behind < ahead) {
    const backwards = parts.map(({ column, down }) => `${column}${down ? '' : ' DESC'}`).join(', ');
    const wanted = Math.max(0, Math.min(count, total - at));
    const found = ask(`${holds.join(' AND ')} ORDER BY ${backwards}`, wanted, Math.max(0, behind));
    if (found.length === wanted) rows = found.toReversed();
  }
  if (rows === null && near !== undefined) {
    const beyond = `(${parts.map(({ column }) => column).join(', ')}) ${parts[0]?.down === true ? '<=' : '>='} (${parts.map(() => '?').join(', ')})`;
    rows = ask(`${[...holds, beyond].join(' AND ')} ORDER BY ${order}`, ...near.keys, count, ahead);
  }
  rows ??= ask(`${holds.join(' AND ')} ORDER BY ${order}`, count, at);
  // Only where all parts go one way can SQLite begin in the middle of an index, and what is empty compares with nothing.
  if (!gaps && parts.every(({ down }) => down === parts[0]?.down)) {
    const [first, last] = [rows[0], rows.at(-1)];
    if (first !== undefined) remember(anchors, at, first, parts.length);
    if (last !== undefined) remember(anchors, at + rows.length - 1, last, parts.length);
  }
  return rows.map((row) => row.id);
}

function remember(anchors: Anchor[], at: number, row: Record<string, SQLInputValue>, parts: number): void {
  const keys = Array.from({ length: parts }, (_, index) => row[`key${index}`] ?? null);
  if (at === 0 || anchors.some((anchor) => anchor.at === at)) return;
  if (anchors.length >= places) anchors.shift();
  anchors.push({ at, keys });
  anchors.sort((a, b) => a.at - b.at);
}

function anchorsOf(db: DatabaseSync, key: string): Anchor[] {
  const changes = get<{ n: number }>(db, 'SELECT total_changes() AS n')?.n ?? 0;
  let memory = memories.get(db);
  if (memory?.changes !== changes) memories.set(db, (memory = { changes, lists: new Map() }));
  const anchors = memory.lists.get(key) ?? [];
  memory.lists.delete(key);
  memory.lists.set(key, anchors);
  for (const oldest of memory.lists.keys()) {
    if (memory.lists.size <= lists) break;
    memory.lists.delete(oldest);
  }
  return anchors;
}

import type { DatabaseSync } from 'node:sqlite';
import type { SameBy } from '../../../shared/duplicate.ts';
import { all, get, run } from '../storage/database.ts';

/** Two articles taken for the same; `one` is the smaller id. */
export type Pair = { one: string; other: string } & SameBy;
/** Articles that hang together by pairs, oldest first. */
export type Group = { ids: string[]; pairs: Pair[] };

const groups = new WeakMap<DatabaseSync, Group[]>();

/** Pairs have come, gone, or count otherwise than before. */
export function changedPairs(db: DatabaseSync): void {
  groups.delete(db);
}

/** Keeps that two articles are taken for the same. */
export function insertPair(db: DatabaseSync, a: string, b: string, { why, share }: SameBy): void {
  const [one, other] = a < b ? [a, b] : [b, a];
  run(db, 'INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?)', one, other, why, share, isOpen(db, one, other) ? 1 : 0);
}

/** Forgets all pairs of an article. */
export function removePairs(db: DatabaseSync, id: string): void {
  if (run(db, 'DELETE FROM pairs WHERE one = ?', id) + run(db, 'DELETE FROM pairs WHERE other = ?', id) > 0) changedPairs(db);
}

/** Brings up to date which pairs of an article are shown, after it went into the trash or came back. */
export function standPairs(db: DatabaseSync, id: string): void {
  for (const { one, other } of all<{ one: string; other: string }>(db, `${ofArticle('one, other')}`, id, id)) standPair(db, one, other);
}

/** Brings up to date whether a pair is shown: both are there, and the reader has not said that they differ. */
export function standPair(db: DatabaseSync, one: string, other: string): void {
  const open = isOpen(db, one, other) ? 1 : 0;
  if (run(db, 'UPDATE pairs SET open = ? WHERE one = ? AND other = ? AND open <> ?', open, one, other, open) > 0) changedPairs(db);
}

function isOpen(db: DatabaseSync, one: string, other: string): boolean {
  if (get(db, 'SELECT 1 FROM apart WHERE one = ? AND other = ? AND present = 1', one, other)) return false;
  return get<{ n: number }>(db, 'SELECT count(*) AS n FROM articles WHERE id IN (?, ?) AND lists & 16', one, other)?.n === 2;
}

const ofArticle = (columns: string): string => `SELECT ${columns} FROM pairs WHERE one = ? UNION ALL SELECT ${columns} FROM pairs WHERE other = ?`;

/** The shown pairs of one article. */
export function openPairs(db: DatabaseSync, id: string): Pair[] {
  return all<Pair & { open: number }>(db, ofArticle('one, other, why, share, open'), id, id).flatMap(({ open, ...pair }) => (open === 1 ? pair : []));
}

/** All that is taken for the same, by what hangs together, the group with the newest article first. Counted once for as long as no pair changes. */
export function groupsOf(db: DatabaseSync): Group[] {
  const known = groups.get(db);
  if (known !== undefined) return known;
  const pairs = all<Pair>(db, 'SELECT one, other, why, share FROM pairs WHERE open = 1 ORDER BY one, other');
  const leader = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let up = leader.get(at); up !== undefined && up !== at; up = leader.get(at)) at = up;
    leader.set(id, at);
    return at;
  };
  for (const { one, other } of pairs) {
    const [a, b] = [find(one), find(other)];
    if (a !== b) leader.set(a < b ? b : a, a < b ? a : b);
  }
  const made = new Map<string, { ids: Set<string>; pairs: Pair[] }>();
  for (const pair of pairs) {
    const first = find(pair.one);
    const group = made.get(first) ?? { ids: new Set<string>(), pairs: [] };
    made.set(first, group);
    group.ids.add(pair.one).add(pair.other);
    group.pairs.push(pair);
  }
  const sorted = [...made.values()].map((group): Group => ({ ids: [...group.ids].toSorted(), pairs: group.pairs }));
  sorted.sort((a, b) => ((a.ids.at(-1) ?? '') < (b.ids.at(-1) ?? '') ? 1 : -1));
  groups.set(db, sorted);
  return sorted;
}

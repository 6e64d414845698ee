import type { DatabaseSync } from 'node:sqlite';
import { dayOf } from '../../../shared/day.ts';
import { all, get, run, transaction } from './database.ts';

/*
 * Counts and reading minutes, kept as they change so that no question adds up a whole list: of every list (`list`), and of
 * each list by day, site and first tag (`day 1`, `site 1`, `tag 1`, where 1 is the list's bit); `finished` is by the day of
 * finishing. Tags have their own, in `tags`.
 */

/** What an article adds to the tallies. */
export type Counted = { lists: number; minutes: number; added_at: string; finished_at: string | null; host: string | null; first_tag: string };

/** The lists that are seen in groups and have their minutes shown. */
const grouped = [1, 2, 4, 8, 16, 32, 64, 512, 1_024];
const listed = 16;

type Change = { scope: string; key: string; count: number; minutes: number };

/** Brings the tallies from what an article added before to what it adds now. */
export function tally(db: DatabaseSync, before: Counted, now: Counted): void {
  const changes = new Map<string, Change>();
  add(changes, before, -1);
  add(changes, now, 1);
  for (const { scope, key, count, minutes } of changes.values()) {
    if (count === 0 && minutes === 0) continue;
    const text =
      'INSERT INTO tallies VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count, minutes = minutes + excluded.minutes RETURNING count';
    if (get<{ count: number }>(db, text, scope, key, count, minutes)?.count === 0) run(db, 'DELETE FROM tallies WHERE scope = ? AND key = ?', scope, key);
  }
}

/** The count and minutes of one thing; nothing where nothing is. */
export function tallyOf(db: DatabaseSync, scope: string, key: string): { count: number; minutes: number } {
  return get<{ count: number; minutes: number }>(db, 'SELECT count, minutes FROM tallies WHERE scope = ? AND key = ?', scope, key) ?? { count: 0, minutes: 0 };
}

function add(changes: Map<string, Change>, counted: Counted, sign: 1 | -1): void {
  const { lists } = counted;
  if (lists === 0) return;
  const put = (scope: string, key: string) => {
    const name = `${scope} ${key}`;
    const change = changes.get(name);
    const minutes = sign * counted.minutes;
    if (change === undefined) changes.set(name, { scope, key, count: sign, minutes });
    else {
      change.count += sign;
      change.minutes += minutes;
    }
  };
  const day = dayOf(counted.added_at);
  for (const bit of grouped) {
    if ((lists & bit) === 0) continue;
    put('list', String(bit));
    put(`day ${bit}`, day);
    put(`site ${bit}`, counted.host ?? '');
    put(`tag ${bit}`, counted.first_tag);
  }
  if ((lists & listed) !== 0 && counted.finished_at !== null) put('finished', dayOf(counted.finished_at));
}

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether the days were counted in this machine's time zone. */
export function isOfThisZone(db: DatabaseSync): boolean {
  return get<{ value: string }>(db, "SELECT value FROM facts WHERE name = 'zone'")?.value === zoneHere();
}

/** Days are those of this machine's time zone: where it has moved, or nothing was counted yet, all is counted anew. */
export function heedZone(db: DatabaseSync): void {
  const zone = zoneHere();
  if (isOfThisZone(db)) return;
  transaction(db, () => {
    run(db, 'DELETE FROM tallies');
    const sums = new Map<string, Change>();
    for (const row of all<Counted>(db, 'SELECT lists, minutes, added_at, finished_at, host, first_tag FROM articles')) add(sums, row, 1);
    for (const { scope, key, count, minutes } of sums.values()) run(db, 'INSERT INTO tallies VALUES (?, ?, ?, ?)', scope, key, count, minutes);
    run(db, "INSERT INTO facts VALUES ('zone', ?) ON CONFLICT DO UPDATE SET value = excluded.value", zone);
  });
}

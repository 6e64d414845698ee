import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { Act } from './acts.ts';
import { applyActs } from './apply.ts';
import { all, get, hasRightShape, openDatabase, run, transaction } from './database.ts';
import { removeDatabase } from './database-files.ts';
import { devicesOf, holdsPosition, readJournal, type Position } from './journal.ts';
import { heedZone } from './tallies.ts';
import { pairSome } from '../duplicates/pairing.ts';
import { indexSome } from '../search/search-index.ts';

/** Told while an index is made: articles indexed so far, and of how many. */
export type Progress = (done: number, of: number) => void;

const start: Position = { segment: 0, offset: 0, sum: '' };

/** How far a device's journal has gone into the index. */
export function positionOf(db: DatabaseSync, device: string): Position {
  return get<Position>(db, 'SELECT segment, offset, sum FROM journals WHERE device = ?', device) ?? start;
}

/** Notes, in the caller's transaction, how far a device's journal has gone in, and the latest clock seen. */
export function setPosition(db: DatabaseSync, device: string, position: Position, acts: readonly Act[]): void {
  run(
    db,
    `INSERT INTO journals VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET segment = excluded.segment, offset = excluded.offset, sum = excluded.sum`,
    device, position.segment, position.offset, position.sum,
  );
  const latest = acts.reduce((clock, act) => (act.clock > clock ? act.clock : clock), '');
  if (latest === '') return;
  run(db, "INSERT INTO facts VALUES ('clock', ?) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)", latest);
}

/** The latest clock in the index, '' for none. */
export function latestClock(db: DatabaseSync): string {
  return get<{ value: string }>(db, "SELECT value FROM facts WHERE name = 'clock'")?.value ?? '';
}

/**
 * Applies what the journals hold beyond the index. False when the journals are not those the index was made from:
 * then it has to be made anew.
 */
export function catchUp(db: DatabaseSync, root: string): boolean {
  const devices = devicesOf(root);
  const known = all<{ device: string }>(db, 'SELECT device FROM journals');
  if (known.some(({ device }) => !devices.includes(device))) return false;
  if (!devices.every((device) => holdsPosition(root, device, positionOf(db, device)))) return false;
  for (const device of devices) {
    for (const { acts, end } of readJournal(root, device, positionOf(db, device))) {
      transaction(db, () => {
        applyActs(db, root, acts);
        setPosition(db, device, end, acts);
      });
    }
  }
  return true;
}

/** Makes an index from nothing but the journals and the articles' folders, letting other work run in between. */
export async function makeIndex(root: string, path: string, progress: Progress = () => undefined): Promise<DatabaseSync> {
  if (path !== ':memory:') removeDatabase(path);
  const db = openDatabase(path);
  try {
    heedZone(db);
    for (const device of devicesOf(root)) {
      for (const { acts, end } of readJournal(root, device, start)) {
        for (let from = 0; from < acts.length; from += 50) {
          transaction(db, () => applyActs(db, root, acts.slice(from, from + 50)));
          await setImmediate();
        }
        transaction(db, () => setPosition(db, device, end, acts));
      }
    }
    const total = get<{ count: number }>(db, 'SELECT count(*) AS count FROM unsearched')?.count ?? 0;
    for (let done = 0; indexSome(db, 25); done += 25) {
      progress(Math.min(done + 25, total), total);
      await setImmediate();
    }
    while (pairSome(db, root, 2).more) await setImmediate();
    progress(total, total);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * The library's index, caught up with its journals. One that is missing, unreadable, of a newer shape, or not made from
 * these journals is made anew; the old file is set aside, never deleted.
 */
export async function openIndex(root: string, progress?: Progress): Promise<DatabaseSync> {
  const path = join(root, 'index.db');
  if (existsSync(path) && !existsSync(`${path}.damaged`)) {
    const db = usable(path);
    if (db) {
      try {
        heedZone(db);
        if (catchUp(db, root)) return db;
      } catch (error) {
        if (!isDamage(error)) {
          db.close();
          throw error;
        }
      }
      db.close();
    }
  }
  return replaceIndex(root, await makeIndex(root, `${path}.new`, progress));
}

/** Puts an index made beside into its place; the old one must be closed and is set aside. */
export function replaceIndex(root: string, made: DatabaseSync): DatabaseSync {
  const path = join(root, 'index.db');
  made.close();
  setAside(path);
  renameSync(`${path}.new`, path);
  rmSync(`${path}.damaged`, { force: true });
  return openDatabase(path);
}

function usable(path: string): DatabaseSync | null {
  try {
    const db = openDatabase(path);
    if (hasRightShape(db)) return db;
    db.close();
    return null;
  } catch (error) {
    if (isDamage(error) || (error instanceof Error && error.message.startsWith('The index has version'))) return null;
    throw error;
  }
}

/** SQLite's "error", "corrupt", "cannot open", "not a database": the file is of no use as it is. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && [1, 11, 14, 26].includes(Number(error.errcode) & 0xff);
}

function setAside(path: string): void {
  if (existsSync(path)) renameSync(path, path.replace(/\.db$/, '-set-aside.db'));
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
}

import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import type { Act } from './acts.ts';
import { applyActs } from './apply.ts';
import { all, cacheWhileMade, get, hasRightShape, openDatabase, run, transaction } from './database.ts';
import { removeDatabase } from './database-files.ts';
import type { Care } from './care.ts';
import { bytesAfter, devicesOf, fewActs, holdsPosition, readJournal, type Position } from './journal.ts';
import { migrations } from './migrations.ts';
import { heedZone, isOfThisZone } from './tallies.ts';
import { pairSome } from '../duplicates/pairing.ts';
import { indexSome, lackingOf } from '../search/search-index.ts';

/** Told while an index is made: how much of the work is done. */
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

/** How far each device's journal has gone into the index. */
export function positionsOf(db: DatabaseSync): Map<string, Position> {
  const rows = all<Position & { device: string }>(db, 'SELECT device, segment, offset, sum FROM journals');
  return new Map(rows.map(({ device, ...position }) => [device, position]));
}

/**
 * Applies what the journals hold beyond the index. False when the journals are not those the index was made from:
 * then it has to be made anew.
 */
export function catchUp(db: DatabaseSync, root: string): boolean {
  if (!isMadeFrom(db, root)) return false;
  for (const device of devicesOf(root)) for (const { acts, end } of readJournal(root, device, positionOf(db, device))) takeIn(db, root, device, acts, end);
  return true;
}

/** The same, a few acts at a time, letting other work run in between. */
export async function catchUpSlowly(db: DatabaseSync, root: string, until: ReadonlyMap<string, Position> | null = null): Promise<boolean> {
  if (!isMadeFrom(db, root)) return false;
  for (const device of until?.keys() ?? devicesOf(root)) {
    for (const { acts, end } of readJournal(root, device, positionOf(db, device), fewActs, until?.get(device) ?? null)) {
      takeIn(db, root, device, acts, end);
      await setImmediate();
    }
  }
  return true;
}

/** Whether the journals still hold what the index was made from. */
function isMadeFrom(db: DatabaseSync, root: string): boolean {
  const devices = devicesOf(root);
  return [...positionsOf(db)].every(([device, position]) => devices.includes(device) && holdsPosition(root, device, position));
}

/** Applies what was read of a journal, and notes how far that was. */
export function takeIn(db: DatabaseSync, root: string, device: string, acts: readonly Act[], end: Position): Set<string> {
  return transaction(db, () => {
    const touched = applyActs(db, root, acts);
    setPosition(db, device, end, acts);
    return touched;
  });
}

/**
 * Makes an index from nothing but the journals (no further than `until`, where it is given) and the articles' folders, letting
 * other work run in between.
 */
export async function makeIndex(
  root: string, path: string, progress: Progress = () => undefined, until: ReadonlyMap<string, Position> | null = null,
): Promise<DatabaseSync> {
  if (path !== ':memory:') removeDatabase(path);
  const db = openDatabase(path, cacheWhileMade);
  try {
    heedZone(db);
    const devices = until === null ? devicesOf(root) : [...until.keys()];
    const bytes = devices.reduce((sum, device) => sum + bytesAfter(root, device, start), 0);
    for (const device of devices) {
      for (const { acts, end } of readJournal(root, device, start, fewActs, until?.get(device) ?? null)) {
        takeIn(db, root, device, acts, end);
        const left = devices.reduce((sum, each) => sum + bytesAfter(root, each, positionOf(db, each)), 0);
        progress(shares.acts * (1 - left / Math.max(1, bytes)), 1);
        await setImmediate();
      }
    }
    await makeReady(db, root, (done, of) => progress(shares.acts + (1 - shares.acts) * (done / of), 1));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Which part of making an index each step takes, about: the acts, then of the rest what is to be found. */
const shares = { acts: 0.4, words: 0.8 };

/** Takes everything into the search index and compares it with what is like it, letting other work run in between. */
export async function makeReady(db: DatabaseSync, root: string, progress: Progress = () => undefined): Promise<void> {
  const words = Math.max(1, lackingOf(db));
  while (indexSome(db, 25)) {
    progress(shares.words * (1 - Math.min(words, lackingOf(db)) / words), 1);
    await setImmediate();
  }
  const alike = Math.max(1, get<{ n: number }>(db, 'SELECT count(*) AS n FROM unpaired')?.n ?? 0);
  for (let done = 0; pairSome(db, root, 2).more; done += 2) {
    if (done % 100 === 0) progress(shares.words + (1 - shares.words) * Math.min(1, done / alike), 1);
    await setImmediate();
  }
  progress(1, 1);
}

/**
 * The library's index, of today's shape and caught up with its journals. What takes long is done in the thread for long work
 * (`finishIndex`), so that others are answered meanwhile.
 */
export async function openIndex(root: string, care: Care, progress?: Progress): Promise<DatabaseSync> {
  const path = join(root, 'index.db');
  if (!isLongWork(root)) {
    const db = readyIndex(root);
    if (db !== null) return db;
    if (journalBytes(root) < littleBytes) return replaceIndex(root, await makeIndex(root, `${path}.new`, progress));
  }
  await care.run({ job: 'index', root }, progress);
  return openDatabase(path);
}

/** Journals of no more than so many bytes are read at once. */
const littleBytes = 100_000;

const journalBytes = (root: string): number => devicesOf(root).reduce((sum, device) => sum + bytesAfter(root, device, start), 0);

/** Whether an index needs more than a moment before it can be used: a newer shape, many acts, or to be made at all. */
function isLongWork(root: string): boolean {
  const path = join(root, 'index.db');
  if (!existsSync(path) || existsSync(`${path}.damaged`)) return journalBytes(root) >= littleBytes;
  const db = new DatabaseSync(path, { timeout: 5_000 });
  try {
    const version = Number(get<{ user_version: number }>(db, 'PRAGMA user_version')?.user_version ?? 0);
    if (version === 0 || (version === migrations.length && isOfThisZone(db))) {
      const behind = version === 0 ? journalBytes(root) : devicesOf(root).reduce((sum, device) => sum + bytesAfter(root, device, positionOf(db, device)), 0);
      return behind >= littleBytes;
    }
    return statSync(path).size > 10 * littleBytes;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return journalBytes(root) >= littleBytes;
  } finally {
    db.close();
  }
}

/** Brings the index to today's shape and up to its journals, or makes it anew; for the thread for long work. */
export async function finishIndex(root: string, progress: Progress): Promise<void> {
  const path = join(root, 'index.db');
  const db = readyIndex(root) ?? replaceIndex(root, await makeIndex(root, `${path}.new`, progress));
  db.close();
}

/**
 * The index as it is, caught up with its journals; null for one that is missing, unreadable, of a newer shape, or not made
 * from these journals.
 */
function readyIndex(root: string): DatabaseSync | null {
  const path = join(root, 'index.db');
  if (!existsSync(path) || existsSync(`${path}.damaged`)) return null;
  const db = usable(path);
  if (db === null) return null;
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
  return null;
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

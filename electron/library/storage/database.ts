import { chmodSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { FailureError } from '../../../shared/failure.ts';
import { migrations } from './migrations.ts';

/** Earlier ones can lose committed transactions of a WAL database when it is reset. */
const oldestSqlite = [3, 51, 3] as const;

/** Kilobytes of an open index held in memory: more made no question faster, the system holds the file's pages anyway. */
const cacheInUse = 8_192;
/** And while one is made, when the same pages are written again and again. */
export const cacheWhileMade = 65_536;

/** Opens (or makes) an index and brings it to today's shape. Throws what SQLite throws when it is not usable. */
export function openDatabase(path: string, cache: number = cacheInUse): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  try {
    if (path !== ':memory:') chmodSync(path, 0o600);
    assertSqlite(db);
    // The journals are fsynced; after a power cut the index may be a little behind them and is caught up.
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${cache};`);
    // Usually done before by a thread of its own (`checkpoint.ts`): here it is the last resort, at 64 MB.
    db.exec('PRAGMA wal_autocheckpoint = 16000');
    migrate(db, migrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Runs the entries a database has not seen yet, each in its own transaction. Throws when the database is newer. */
export function migrate(db: DatabaseSync, list: readonly string[]): void {
  const version = Number(get<{ user_version: number }>(db, 'PRAGMA user_version')?.user_version ?? 0);
  if (version > list.length) throw new Error(`The index has version ${version}, newer than ${list.length}`);
  for (const [index, step] of list.slice(version).entries()) {
    transaction(db, () => {
      db.exec(step);
      db.exec(`PRAGMA user_version = ${version + index + 1}`);
    });
  }
}

/** True when the database has exactly the tables and indexes that our migrations make. */
export function hasRightShape(db: DatabaseSync): boolean {
  const wanted = new DatabaseSync(':memory:');
  try {
    migrate(wanted, migrations);
    return shapeOf(db) === shapeOf(wanted);
  } finally {
    wanted.close();
  }
}

function shapeOf(db: DatabaseSync): string {
  return JSON.stringify(all(db, 'SELECT name, sql FROM sqlite_master ORDER BY name'));
}

/** Fails with words when the SQLite at hand is too old or lacks full-text search. */
export function assertSqlite(db: DatabaseSync): void {
  const version = get<{ version: string }>(db, 'SELECT sqlite_version() AS version')?.version ?? '0';
  const parts = version.split('.').map(Number);
  const older = oldestSqlite.reduce((sign, want, index) => sign || Math.sign((parts[index] ?? 0) - want), 0);
  if (older < 0) throw new FailureError({ kind: 'internal', detail: `SQLite ${version} is older than ${oldestSqlite.join('.')}` });
  try {
    db.exec("CREATE VIRTUAL TABLE temp.probe USING fts5 (text, content = '', contentless_delete = 1); DROP TABLE temp.probe;");
  } catch (error) {
    throw new FailureError({ kind: 'internal', detail: `SQLite ${version} has no FTS5` }, { cause: error });
  }
}

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

function statement(db: DatabaseSync, text: string): StatementSync {
  let known = prepared.get(db);
  if (!known) prepared.set(db, (known = new Map()));
  let made = known.get(text);
  if (!made) known.set(text, (made = db.prepare(text)));
  return made;
}

/** The first row, typed as its query promises, or undefined. */
export function get<T>(db: DatabaseSync, text: string, ...values: SQLInputValue[]): T | undefined {
  return statement(db, text).get(...values) as T | undefined;
}

/** All rows, typed as their query promises. */
export function all<T>(db: DatabaseSync, text: string, ...values: SQLInputValue[]): T[] {
  return statement(db, text).all(...values) as T[];
}

/** Runs a change; answers how many rows it touched. */
export function run(db: DatabaseSync, text: string, ...values: SQLInputValue[]): number {
  return Number(statement(db, text).run(...values).changes);
}

/** All of it or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

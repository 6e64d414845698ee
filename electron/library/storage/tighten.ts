import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { storageFailure } from './disk.ts';
import { removeDatabase } from './database-files.ts';

/**
 * Writes a tight copy of an index beside it, as of one moment, while the index itself goes on being used: without its free
 * pages, the search index merged into one piece.
 */
export function makeTight(from: string, to: string): void {
  removeDatabase(to);
  try {
    const db = new DatabaseSync(from, { timeout: 5_000 });
    try {
      db.prepare('VACUUM INTO ?').run(to);
    } finally {
      db.close();
    }
    chmodSync(to, 0o600);
    const made = new DatabaseSync(to);
    try {
      // Nothing is lost when this is cut short: the copy is not in its place yet.
      made.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; INSERT INTO search_index (search_index) VALUES ('optimize'); VACUUM;");
      made.exec('PRAGMA journal_mode = DELETE');
    } finally {
      made.close();
    }
  } catch (error) {
    removeDatabase(to);
    throw storageFailure(error, to);
  }
}

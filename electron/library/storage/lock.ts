import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FailureError } from '../../../shared/failure.ts';

/**
 * Makes this process the library's owner: an SQLite file held in an exclusive transaction, which the system lets go
 * of however the process ends. Throws `in-use` at once when another process holds it.
 */
export function lockLibrary(root: string): { release(): void } {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const path = join(root, 'lock.db');
  // What SQLite keeps beside it gets its rights. Never opened by us when it is there: closing it would drop a lock we hold.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
    chmodSync(path, 0o600);
  } catch (error) {
    db.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) {
      throw new FailureError({ kind: 'in-use', path: root }, { cause: error });
    }
    throw error;
  }
  return {
    release() {
      if (db.isOpen) db.close();
    },
  };
}

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { FailureError } from '../../../shared/failure.ts';

/** A file system's or SQLite's error as a failure with words for it; anything else is handed back as it is. */
export function storageFailure(error: unknown, path: string): unknown {
  if (error instanceof FailureError || !(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : null;
  const sqlite = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
  if (code === 'ENOSPC' || code === 'EDQUOT' || sqlite === 13) {
    return new FailureError({ kind: 'disk-full', path }, { cause: error });
  }
  if (code === 'EROFS' || sqlite === 8) return new FailureError({ kind: 'read-only', why: 'folder' }, { cause: error });
  if (sqlite === 11 || sqlite === 26) return new FailureError({ kind: 'damaged', part: 'index.db' }, { cause: error });
  if (sqlite !== null) return new FailureError({ kind: 'storage', path, reason: `SQLite ${sqlite}` }, { cause: error });
  if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) {
    return new FailureError({ kind: 'storage', path, reason: code }, { cause: error });
  }
  return error;
}

/** SHA-256 in lower-case hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder to sync it, and needs none: its rename is in the file system's own journal.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Makes the names in a folder durable, before this returns. */
export function syncFolderNow(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

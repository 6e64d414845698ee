import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FailureError } from '../../shared/failure.ts';
import { get, run } from './storage/database.ts';
import { storageFailure } from './storage/disk.ts';
import type { Answer, Store } from './storage/store.ts';

/*
 * Small pictures for lists, beside the library's files under `thumbs/`: made by a window, which can decode, when a list
 * first shows an article's picture. They can be deleted at any time and are made again.
 */

const picture = /^(([0-9a-f]{2})[0-9a-f]{62})\.[a-z0-9]{2,5}$/;

/** Where the small picture of a stored one lies; null for what is no picture's name. */
export function thumbPath(root: string, file: string): string | null {
  const [, sha, two] = picture.exec(file) ?? [];
  return sha === undefined || two === undefined ? null : join(root, 'thumbs', two, `${sha}.webp`);
}

/** Whether one was made, as far as the index knows. */
export function hasThumb(store: Store, file: string): boolean {
  return get(store.db, 'SELECT 1 FROM thumbs WHERE file = ?', file) !== undefined;
}

/** Keeps the small picture of a stored one; a library that can only be read goes without. */
export const keepThumb =
  (store: Store): Answer<'keepThumb'> =>
  ({ file, base64 }) => {
    if (store.readOnly) return null;
    const path = thumbPath(store.root, file);
    // Only of what an article uses: nothing else would ever be swept.
    const used = get<{ id: string }>(store.db, 'SELECT article AS id FROM pictures WHERE file = ? LIMIT 1', file);
    if (path === null || used === undefined) throw new FailureError({ kind: 'not-found', what: file });
    const bytes = Buffer.from(base64, 'base64');
    if (!isWebP(bytes)) throw new FailureError({ kind: 'not-a-picture', type: 'image/webp' });
    const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(beside, bytes, { mode: 0o600 });
      renameSync(beside, path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw storageFailure(error, path);
    }
    run(store.db, 'INSERT OR IGNORE INTO thumbs VALUES (?)', file);
    return null;
  };

/** Removes the small picture of one that goes. */
export function dropThumb(store: Store, file: string): void {
  const path = thumbPath(store.root, file);
  if (path !== null) rmSync(path, { force: true });
  run(store.db, 'DELETE FROM thumbs WHERE file = ?', file);
}

/** RIFF….WEBP: what Chromium's canvas writes. */
function isWebP(bytes: Buffer): boolean {
  return bytes.length > 12 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}

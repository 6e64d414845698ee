import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FailureError } from '../../shared/failure.ts';

const name = /^([0-9a-f]{2})[0-9a-f]{62}\.[a-z0-9]{2,5}$/;

/** Where a stored picture lies; only names of the form `<sha256>.<ext>` lead anywhere, all others throw `not-found`. */
export function filePath(root: string, file: string): string {
  return join(root, 'files', ...relativeParts(file));
}

/** The stored picture's place below `files/`, with `/`, as pages and articles name it. */
export function fileAddress(file: string): string {
  return relativeParts(file).join('/');
}

/**
 * Stores bytes under the name of their content and answers that name and their length. Durable once it answers;
 * writers of the same picture never meet, since each writes beside under its own name and renames.
 */
export async function storeFile(root: string, bytes: Uint8Array, ext: string): Promise<{ file: string; bytes: number }> {
  const sha = createHash('sha256').update(bytes).digest('hex');
  const file = `${sha}.${ext}`;
  const path = filePath(root, file);
  if (await holds(path, sha, bytes.length)) return { file, bytes: bytes.length };
  const folder = dirname(path);
  const beside = join(folder, `.${sha.slice(0, 8)}-${randomBytes(8).toString('hex')}.tmp`);
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
    await syncFolder(folder);
    if (made !== undefined) await syncFolder(dirname(folder));
  } catch (error) {
    await rm(beside, { force: true });
    throw storageFailure(error, path);
  }
  return { file, bytes: bytes.length };
}

/** A file that is there but no longer matches its own name is written anew. */
async function holds(path: string, sha: string, length: number): Promise<boolean> {
  try {
    if ((await stat(path)).size !== length) return false;
    return createHash('sha256').update(await readFile(path)).digest('hex') === sha;
  } catch {
    return false;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for syncing; NTFS journals the rename itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function relativeParts(file: string): [string, string] {
  const two = name.exec(file)?.[1];
  if (two === undefined) throw new FailureError({ kind: 'not-found', what: file });
  return [two, file];
}

function storageFailure(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new FailureError({ kind: 'disk-full', path }, { cause: error });
  return new FailureError({ kind: 'storage', path, reason: code }, { cause: error });
}

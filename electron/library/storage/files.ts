import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { sha256, storageFailure, syncFolder } from './disk.ts';
import { assertThere } from './layout.ts';

const picture = /^([0-9a-f]{2})[0-9a-f]{62}\.[a-z0-9]{2,5}$/;
const arrival = /^[0-9a-f]{64}$/;

/** Where a stored picture lies; only names of the form `<sha256>.<ext>` lead anywhere, all others throw `not-found`. */
export function filePath(root: string, file: string): string {
  return join(root, 'files', ...relativeParts(file));
}

/** The stored picture's place below `files/`, with `/`, as pages and articles name it. */
export function fileAddress(file: string): string {
  return relativeParts(file).join('/');
}

/** Where the bytes of a text or file wait until they are an article; only names of the form `<sha256>` lead anywhere. */
export function arrivalPath(root: string, stored: string): string {
  if (!arrival.test(stored)) throw new FailureError({ kind: 'not-found', what: stored });
  return join(root, 'arrivals', stored);
}

/** Stores a picture under the name of its content and answers that name and its length. Durable once it answers. */
export async function storeFile(root: string, bytes: Uint8Array, ext: string): Promise<{ file: string; bytes: number }> {
  const sha = sha256(bytes);
  const file = `${sha}.${ext}`;
  assertThere(root);
  await storeWhole(filePath(root, file), bytes, sha);
  return { file, bytes: bytes.length };
}

/** Stores what was handed in, for the queue to read, and answers the name for its job. Durable once it answers. */
export async function storeArrival(root: string, bytes: Uint8Array): Promise<string> {
  const sha = sha256(bytes);
  assertThere(root);
  await storeWhole(arrivalPath(root, sha), bytes, sha);
  return sha;
}

/** Writers of the same content never meet: each writes beside under its own name and renames. */
async function storeWhole(path: string, bytes: Uint8Array, sha: string): Promise<void> {
  if (await holds(path, sha, bytes.length)) return;
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
    // What was begun is only in the way; when it cannot even be removed, the next start sweeps it.
    await rm(beside, { force: true }).catch(() => undefined);
    throw storageFailure(error, path);
  }
}

/** A file that is there but no longer matches its own name is written anew. */
async function holds(path: string, sha: string, length: number): Promise<boolean> {
  try {
    if ((await stat(path)).size !== length) return false;
    if (sha256(await readFile(path)) !== sha) return false;
    // Renewed, so that no sweep takes it away between being found and being named by an act.
    const now = new Date();
    await utimes(path, now, now);
    return true;
  } catch {
    return false;
  }
}

function relativeParts(file: string): [string, string] {
  const two = picture.exec(file)?.[1];
  if (two === undefined) throw new FailureError({ kind: 'not-found', what: file });
  return [two, file];
}

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { storageFailure, syncFolderNow } from './disk.ts';
import { filesOf } from './folder-files.ts';

/** What is written once and never changed: it may be copied while the library is in use. */
const lasting = /^(?:articles|files)\//;
/** Put in place last of all: with it a folder is a library. */
export const libraryFile = 'lectern.json';

/** Files that this thread has copied and compared: a second pass need not read them again. */
const copied = new Map<string, number>();

/**
 * Copies a library's folder, each file synced and read back to compare its SHA-256 with what was read. With `live` only what
 * never changes; without it everything that is not there yet but `lectern.json`, and what went meanwhile goes from the copy too.
 */
export function copyFolder(from: string, to: string, live: boolean, tell: (done: number, of: number) => void): void {
  // The first pass of a move: what an earlier one copied may have been taken away since.
  if (live) copied.clear();
  try {
    const files = [...filesOf(from)].filter(({ path }) => path !== libraryFile && (!live || lasting.test(path)));
    const of = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const folders = new Set<string>();
    let done = 0;
    let told = 0;
    for (const { path, bytes } of files) {
      const target = join(to, path);
      if (copied.get(target) !== bytes || !lasting.test(path)) copyFile(join(from, path), target);
      for (let folder = dirname(target); !folders.has(folder) && folder.length >= to.length; folder = dirname(folder)) folders.add(folder);
      copied.set(target, bytes);
      done += bytes;
      if (done - told > of / 200) tell((told = done), of);
    }
    for (const folder of folders) syncFolderNow(folder);
    if (!live) removeSurplus(from, to);
    tell(of, of);
  } catch (error) {
    throw storageFailure(error, to);
  }
}

/** Makes the copy a library: its `lectern.json` is copied like everything else, only last. */
export function completeCopy(from: string, to: string): void {
  try {
    copyFile(join(from, libraryFile), join(to, libraryFile));
    syncFolderNow(to);
  } catch (error) {
    throw storageFailure(error, to);
  }
}

function removeSurplus(from: string, to: string): void {
  const kept = new Set([...filesOf(from)].map(({ path }) => path));
  for (const { path } of filesOf(to)) if (!kept.has(path)) rmSync(join(to, path));
}

function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const beside = `${to}.copying`;
  let sum: string;
  try {
    sum = stream(from, beside);
  } catch (error) {
    rmSync(beside, { force: true });
    // Erased while the copy went on.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && statSync(from, { throwIfNoEntry: false }) === undefined) return;
    throw error;
  }
  if (stream(beside, null) !== sum) {
    rmSync(beside, { force: true });
    throw new FailureError({ kind: 'bad-copy', path: to });
  }
  renameSync(beside, to);
}

const chunk = Buffer.allocUnsafe(1 << 20);

/** Writes the beginning of the chunk: a system may take less at once than it was given. */
function writeWholly(file: number, length: number): void {
  for (let at = 0; at < length; ) at += writeSync(file, chunk, at, length - at);
}

/** Reads a file, writes it where it is to go, synced, and answers the SHA-256 of what was read. */
function stream(from: string, to: string | null): string {
  const hash = createHash('sha256');
  const source = openSync(from, 'r');
  try {
    const target = to === null ? null : openSync(to, 'w', 0o600);
    try {
      for (;;) {
        const read = readSync(source, chunk, 0, chunk.length, null);
        if (read === 0) break;
        hash.update(chunk.subarray(0, read));
        if (target !== null) writeWholly(target, read);
      }
      if (target !== null) fsyncSync(target);
    } finally {
      if (target !== null) closeSync(target);
    }
  } finally {
    closeSync(source);
  }
  return hash.digest('hex');
}

import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';

/** The library folder's own format; a higher number is opened for reading only. */
export const libraryFormat = 1;

/** What `lectern.json` says. */
export type LibraryFile = { format: number; id: string };

/** Reads `lectern.json`; null when there is none or it cannot be understood. */
export function readLibraryFile(root: string): LibraryFile | null {
  try {
    const found = JSON.parse(readFileSync(join(root, 'lectern.json'), 'utf8')) as Partial<LibraryFile>;
    return typeof found.format === 'number' && typeof found.id === 'string' ? { format: found.format, id: found.id } : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null;
    throw error;
  }
}

/** Whether a library lies there, be it one whose `lectern.json` was lost. */
export function isLibraryThere(root: string): boolean {
  return existsSync(join(root, 'lectern.json')) || existsSync(join(root, 'journal'));
}

/** For who is about to make folders in a library: where its own has vanished with its disk, nothing is put in its place. */
export function assertThere(root: string): void {
  if (!isLibraryThere(root)) throw new FailureError({ kind: 'bad-folder', path: root, why: 'missing' });
}

/** Makes the folder a library, or brings one back whose `lectern.json` was lost (a damaged one is set aside). */
export function prepareFolder(root: string): LibraryFile {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  chmodSync(root, 0o700);
  for (const name of ['journal', 'articles', 'files', 'arrivals']) mkdirSync(join(root, name), { recursive: true, mode: 0o700 });
  const known = readLibraryFile(root);
  if (known) return known;
  const path = join(root, 'lectern.json');
  if (existsSync(path)) renameSync(path, join(root, `lectern-damaged-${Date.now()}.json`));
  const made: LibraryFile = { format: libraryFormat, id: randomUUID() };
  writeWhole(path, `${JSON.stringify({ ...made, app: 'Lectern' }, null, 2)}\n`);
  return made;
}

/** Writes a small file so that after a crash there is the old one or the new one, never a part. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.part`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}

/**
 * This machine's name among the library's journals. Made from the machine and its user rather than kept in a file: a
 * folder shared by file sync must not make two machines one, and a lost index must not make one machine two.
 */
export function deviceName(libraryId: string): string {
  const machine = ['/etc/machine-id', '/var/lib/dbus/machine-id'].find((path) => existsSync(path));
  const facts = [libraryId, machine ? readFileSync(machine, 'utf8').trim() : '', hostname(), userInfo().username];
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 12);
}

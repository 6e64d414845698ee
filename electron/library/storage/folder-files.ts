import { existsSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Sizes } from '../../../shared/library-folder.ts';

/** A file of a library's folder, its path relative and with `/`. */
export type FolderFile = { path: string; bytes: number };

/** What belongs to a running process and to no library: never moved, and gone with the folder. */
const passing = /^(?:lock\.db.*|check\.db.*|index\.db\.new.*|index\.db-(?:wal|shm)|\.door|\.lectern-copy)$/;
/** Begun and never finished: what a crash left, swept at the next start. */
const half = /^\..*\.(?:part|tmp)$|\.copying$/;

/** What may lie elsewhere by a link of the reader's own, as large things do; any other link may lead to all that somebody has. */
const parts: ReadonlySet<string> = new Set(['articles', 'files', 'journal', 'thumbs', 'dictionaries', 'rules']);

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Every file of the folder that is kept, folder by folder. What vanishes meanwhile is passed over, and so are links, but for whole parts of the library that lie elsewhere. */
export function* filesOf(root: string, within = ''): Generator<FolderFile> {
  let entries;
  try {
    entries = readdirSync(join(root, within), { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) return;
    throw error;
  }
  for (const entry of entries) {
    const { name } = entry;
    const path = within === '' ? name : `${within}/${name}`;
    if (half.test(name) || (within === '' && passing.test(name))) continue;
    if (entry.isDirectory() || (within === '' && entry.isSymbolicLink() && parts.has(name) && isFolder(join(root, path)))) yield* filesOf(root, path);
    else if (entry.isFile()) {
      try {
        yield { path, bytes: statSync(join(root, path)).size };
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Removes from `gone` what `kept` has as well, and what belongs to no library; first of all what makes it one. A folder that
 * is empty then goes too; anything else that somebody put there stays. Answers whether the whole folder is gone.
 */
export function removeCopied(gone: string, kept: string, mark: string): boolean {
  rmSync(join(gone, 'lectern.json'), { force: true });
  const within = (path: string): void => {
    for (const entry of readdirSync(join(gone, path), { withFileTypes: true })) {
      const { name } = entry;
      const at = path === '' ? name : `${path}/${name}`;
      if (entry.isDirectory()) within(at);
      else if (entry.isSymbolicLink() || half.test(name) || (path === '' && passing.test(name)) || existsSync(join(kept, at))) {
        if (path !== '' || name !== mark) rmSync(join(gone, at), { force: true });
      }
    }
    if (path !== '') removeEmpty(join(gone, path));
  };
  within('');
  const left = readdirSync(gone).filter((name) => name !== mark);
  if (left.length > 0) return false;
  rmSync(join(gone, mark), { force: true });
  return removeEmpty(gone);
}

function removeEmpty(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOTEMPTY', 'EEXIST'].includes(String(error.code))) return false;
    throw error;
  }
}

const kinds: ReadonlyArray<[Exclude<keyof Sizes, 'total' | 'other'>, RegExp]> = [
  ['articles', /^articles\//],
  ['pictures', /^files\//],
  ['journals', /^journal\//],
  ['index', /^index[^/]*\.db/],
];

/** What the folder's parts take, by kind. */
export function sizesOf(root: string): Sizes {
  const sizes: Sizes = { articles: 0, pictures: 0, journals: 0, index: 0, other: 0, total: 0 };
  for (const { path, bytes } of filesOf(root)) {
    const kind = kinds.find(([, pattern]) => pattern.test(path))?.[0] ?? 'other';
    sizes[kind] += bytes;
    sizes.total += bytes;
  }
  return sizes;
}

import { accessSync, constants, existsSync } from 'node:fs';
import { storageFailure } from './disk.ts';
import { libraryFormat, readLibraryFile } from './layout.ts';
import type { Store } from './store.ts';

/** Why a library can only be read: a newer Lectern's, or a folder that may not be written to; null for one that can be changed. */
export function whyReadOnly(root: string, asked: boolean): Store['readOnly'] {
  const file = readLibraryFile(root);
  if (file && file.format > libraryFormat) return 'newer-library';
  if (asked) return 'folder';
  if (!existsSync(root)) return null;
  try {
    // Asked, not tried: opening and closing `lock.db` ourselves would drop the lock this process may hold on it.
    accessSync(root, constants.W_OK);
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['EROFS', 'EACCES', 'EPERM'].includes(String(error.code))) return 'folder';
    throw storageFailure(error, root);
  }
}

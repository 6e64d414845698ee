import { existsSync, readdirSync, realpathSync, statSync, statfsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { FolderPlan, FolderTrouble } from '../../../shared/library-folder.ts';
import { libraryFile } from './copy.ts';
import { storageFailure } from './disk.ts';
import { isLibraryThere, readLibraryFile } from './layout.ts';

/** Lies in a copy that is not finished, with the library's id; goes when the library has moved. */
export const copyMark = '.lectern-copy';

function trouble(path: string, why: FolderTrouble): FailureError {
  return new FailureError({ kind: 'bad-folder', path, why });
}

/** The folder as the system knows it, links resolved; what is not there yet by the folder it would be in. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realFolder(parent), basename(path));
  }
}

const holds = (outer: string, inner: string): boolean => {
  const way = relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
};

/** Bytes free on the disk a path is or would be on; null where the system does not say. */
export function freeRoom(path: string): number | null {
  for (let at = path; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = statfsSync(at);
      return bavail * bsize;
    } catch {
      if (dirname(at) === at) return null;
    }
  }
}

/** Whether a rename is enough: both on one disk. */
export function onOneDisk(from: string, to: string): boolean {
  try {
    return statSync(from).dev === statSync(dirname(to)).dev;
  } catch {
    return false;
  }
}

/**
 * The folder that the library at `from` would become when `asked` is chosen: that one where it is empty or not there yet,
 * one called Lectern within where it holds other things. Throws FailureError `bad-folder`.
 */
export function moveTarget(from: string, asked: string): string {
  try {
    if (!isAbsolute(asked)) throw trouble(asked, 'relative');
    const path = resolve(asked);
    const own = realFolder(from);
    let target = path;
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts !== undefined && !facts.isDirectory()) throw trouble(path, 'not-a-folder');
    if (realFolder(path) === own) throw trouble(path, 'same');
    if (facts !== undefined && !isFree(path)) {
      if (holdsLibrary(path)) throw trouble(path, 'not-empty');
      target = join(path, 'Lectern');
      if (realFolder(target) === own) throw trouble(target, 'same');
      const within = statSync(target, { throwIfNoEntry: false });
      if (within !== undefined && (!within.isDirectory() || !isFree(target))) throw trouble(target, 'not-empty');
    } else if (facts === undefined && !existsSync(dirname(path))) throw trouble(path, 'no-parent');
    const real = realFolder(target);
    if (holds(own, real)) throw trouble(target, 'inside');
    if (holds(real, own)) throw trouble(target, 'around');
    return target;
  } catch (error) {
    throw storageFailure(error, asked);
  }
}

/** Empty, or holding nothing but a copy that was never finished. */
function isFree(path: string): boolean {
  const names = readdirSync(path);
  return names.length === 0 || (names.includes(copyMark) && !names.includes(libraryFile));
}

/** Also one whose `lectern.json` was lost: its journals are what counts. */
function holdsLibrary(path: string): boolean {
  return readLibraryFile(path) !== null || (existsSync(join(path, 'journal')) && existsSync(join(path, 'articles')));
}

/** What opening a folder would do: the library there, or a new one where it is empty or not there. Throws FailureError `bad-folder`. */
export function openPlan(from: string, asked: string): FolderPlan & { act: 'open' } {
  try {
    if (!isAbsolute(asked)) throw trouble(asked, 'relative');
    const path = resolve(asked);
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts !== undefined && !facts.isDirectory()) throw trouble(path, 'not-a-folder');
    // Where the library's own folder is not there, a new one may be made in its place.
    if (realFolder(path) === realFolder(from) && isLibraryThere(path)) throw trouble(path, 'same');
    if (facts === undefined) {
      if (!existsSync(dirname(path))) throw trouble(path, 'no-parent');
      return { act: 'open', path, made: true };
    }
    if (holdsLibrary(path)) return { act: 'open', path, made: false };
    if (readdirSync(path).length > 0) throw trouble(path, 'no-library');
    return { act: 'open', path, made: true };
  } catch (error) {
    throw storageFailure(error, asked);
  }
}

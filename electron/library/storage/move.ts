import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { Care } from './care.ts';
import { libraryFile } from './copy.ts';
import { storageFailure, syncFolderNow } from './disk.ts';
import { readLibraryFile, writeWhole } from './layout.ts';
import { lockLibrary } from './lock.ts';
import { copyMark, freeRoom, onOneDisk, realFolder } from './target.ts';

/*
 * A library moves to another folder. On one disk its folder is renamed; to another disk it is copied while it is used, the
 * rest copied once it is closed, every file compared, and only when the library has been opened in its new place is the old
 * folder removed. A note beside the preferences says what is under way: whatever kills this, the next start knows which of
 * the two folders is the library, and clears the other away.
 */

/** A move under way. `follow` is whether the preferences name the library: then they decide where it is. */
type MoveNote = { from: string; to: string; id: string; follow: boolean };

export type MoveWork = {
  from: string;
  /** As `moveTarget` answered it. */
  to: string;
  /** The folder where the note lies, and a lock for as long as the move goes on. */
  notes: string;
  follow: boolean;
  care: Care;
  /** Copied even where renaming would do. */
  copy?: boolean;
  progress(done: number, of: number): void;
  /** Lets go of the library at `from`. */
  close(): Promise<void>;
  /** Makes `path` the one that the preferences name, if they are to follow. */
  point(path: string): void;
  /** Opens the library at `path` and goes on with it. */
  open(path: string): Promise<void>;
};

/** Room left beside what is copied, in bytes. */
const margin = 32_000_000;
const noteName = 'note.json';

/** What a move would need on the disk of `to`, in bytes; null where nothing is copied. */
export async function neededFor(from: string, to: string, care: Care): Promise<number | null> {
  return onOneDisk(from, to) ? null : (await care.run({ job: 'sizes', root: from })).total + margin;
}

/** Moves it, whole or not at all. Throws FailureError; the library is then open where it was. */
export async function moveFolder(work: MoveWork): Promise<void> {
  const { to, notes } = work;
  // Where a link leads to the library, the library moves and not the link.
  const from = realFolder(work.from);
  const id = readLibraryFile(from)?.id;
  if (id === undefined) throw new FailureError({ kind: 'bad-folder', path: from, why: 'no-library' });
  const lock = lockLibrary(notes);
  try {
    const note: MoveNote = { from, to, id, follow: work.follow };
    if (work.copy !== true && onOneDisk(from, to)) await renamed({ ...work, from }, note);
    else await copied({ ...work, from }, note);
    if (lstatSync(work.from, { throwIfNoEntry: false })?.isSymbolicLink() === true) rmSync(work.from);
  } catch (error) {
    throw storageFailure(error, to);
  } finally {
    lock.release();
  }
}

async function renamed(work: MoveWork, note: MoveNote): Promise<void> {
  const { from, to } = work;
  await work.close();
  try {
    writeNote(work.notes, note);
    // An empty folder in the way: no system but Unix renames over it.
    if (existsSync(to)) rmdirSync(to);
    renameSync(from, to);
    for (const folder of [dirname(from), dirname(to)]) syncFolderNow(folder);
  } catch (error) {
    forgetNote(work.notes);
    await work.open(from);
    throw error;
  }
  try {
    work.point(to);
    await work.open(to);
  } catch (error) {
    renameSync(to, from);
    work.point(from);
    forgetNote(work.notes);
    await work.open(from);
    throw error;
  }
  forgetNote(work.notes);
}

async function copied(work: MoveWork, note: MoveNote): Promise<void> {
  const { from, to, care } = work;
  const { total } = await care.run({ job: 'sizes', root: from });
  const free = freeRoom(to);
  if (free !== null && free < total + margin) throw new FailureError({ kind: 'no-room', path: to, needed: total + margin, free });
  writeNote(work.notes, note);
  let open = true;
  let held: { release(): void } | null = null;
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 });
    writeFileSync(join(to, copyMark), note.id, { mode: 0o600 });
    await care.run({ job: 'copy', from, to, live: true }, (done) => work.progress(Math.min(done, total), total));
    await work.close();
    open = false;
    // Nobody may write into what is being left.
    held = lockLibrary(from);
    await care.run({ job: 'copy', from, to, live: false }, (done) => work.progress(Math.min(done, total), total));
    await care.run({ job: 'complete', from, to });
    work.point(to);
    await work.open(to);
  } catch (error) {
    held?.release();
    work.point(from);
    if (existsSync(join(to, copyMark))) {
      rmSync(join(to, libraryFile), { force: true });
      if (!open) await work.open(from);
      await care.run({ job: 'remove', gone: to, kept: from });
    } else if (!open) await work.open(from);
    forgetNote(work.notes);
    throw error;
  }
  rmSync(join(to, copyMark), { force: true });
  held.release();
  await care.run({ job: 'remove', gone: from, kept: to });
  forgetNote(work.notes);
}

/**
 * Puts right what a move left that was cut short; to be called before a library is opened. `named` is the folder the
 * preferences name, `point` changes it. What is to be cleared away goes in the background: answers when that is done. Does
 * nothing while another process is moving.
 */
export function settleMove(notes: string, named: string, point: (path: string) => void, openCare: () => Care): Promise<void> {
  if (!existsSync(join(notes, noteName))) return Promise.resolve();
  let lock: { release(): void };
  try {
    lock = lockLibrary(notes);
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'in-use') return Promise.resolve();
    throw error;
  }
  const end = (): void => {
    forgetNote(notes);
    lock.release();
  };
  const note = readNote(notes);
  const left = note === null ? null : decide(note, named, point);
  if (left === null) {
    end();
    return Promise.resolve();
  }
  const care = openCare();
  return care
    .run({ job: 'remove', ...left })
    .then(end, (error: unknown) => {
      lock.release();
      throw error;
    })
    .finally(() => care.close());
}

/** Which of the two folders is the library; answers the other one, where there is something to clear away. */
function decide({ from, to, id, follow }: MoveNote, named: string, point: (path: string) => void): { gone: string; kept: string } | null {
  const isThere = (path: string) => readLibraryFile(path)?.id === id;
  const isCopy = existsSync(join(to, copyMark));
  if (!isThere(from)) {
    // Renamed, and not yet said so; or all that was left to do was to clear away.
    if (isThere(to) && follow && (named === from || !existsSync(named))) point(to);
    if (isThere(to)) rmSync(join(to, copyMark), { force: true });
    return isThere(to) && existsSync(from) ? { gone: from, kept: to } : null;
  }
  if (isThere(to) && (follow ? realFolder(named) === realFolder(to) : !isCopy)) {
    rmSync(join(to, copyMark), { force: true });
    return { gone: from, kept: to };
  }
  return isCopy ? { gone: to, kept: from } : null;
}

function writeNote(notes: string, note: MoveNote): void {
  writeWhole(join(notes, noteName), JSON.stringify(note));
  syncFolderNow(notes);
}

function readNote(notes: string): MoveNote | null {
  try {
    const { from, to, id, follow } = JSON.parse(readFileSync(join(notes, noteName), 'utf8')) as Partial<MoveNote>;
    return typeof from === 'string' && typeof to === 'string' && typeof id === 'string' && from !== '' && to !== '' && id !== '' ? { from, to, id, follow: follow === true } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function forgetNote(notes: string): void {
  rmSync(join(notes, noteName), { force: true });
}


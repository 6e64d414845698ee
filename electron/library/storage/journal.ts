import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, lstatSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, statSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { decodeAct, encodeAct, type Act } from './acts.ts';
import { syncFolderNow } from './disk.ts';

/** How far a journal has been read: bytes into a segment, and the sum of the line that ends there ('' at its start). */
export type Position = { segment: number; offset: number; sum: string };
/** A line that is not what was once written; `file` is relative to the library. */
export type Damage = { file: string; line: number };

const sealAt = 8 * 1024 * 1024;

/** The devices that have written to this library. */
export function devicesOf(root: string): string[] {
  const folder = join(root, 'journal');
  if (!existsSync(folder)) return [];
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).filter((name) => /^[0-9a-z]{4,32}$/.test(name)).toSorted();
}

/** The numbers of a device's segments, in order. */
export function segmentsOf(root: string, device: string): number[] {
  return readdirSync(join(root, 'journal', device), { withFileTypes: true })
    .map((entry) => (entry.isFile() ? /^(\d{6})\.jsonl$/.exec(entry.name)?.[1] : undefined))
    .filter((name) => name !== undefined)
    .map(Number)
    .toSorted((a, b) => a - b);
}

export function segmentPath(root: string, device: string, segment: number): string {
  return join(root, 'journal', device, `${String(segment).padStart(6, '0')}.jsonl`);
}

/** How many acts are applied in one go while others are to be answered in between. */
export const fewActs = 50;

/** So much of a segment is read at one time, in bytes, and no line is longer: what has no end by then was never one of ours. */
const stretch = 16 * 1024 * 1024;
/** Lines of one segment that do not read are named up to here: a file of nothing else must not fill the memory. */
const mostDamaged = 1_000;

/**
 * Reads a device's acts after `from` and, where it is given, not beyond `until`, at most `count` lines at a time; only lines
 * that end in a line feed count, so that a line torn by a crash is as if never begun. `damaged` lists lines inside that no longer
 * read. Other machines' files may be of any size: never is one read whole, nor what is added while it is read.
 */
export function* readJournal(
  root: string,
  device: string,
  from: Position,
  count: number = Number.POSITIVE_INFINITY,
  until: Position | null = null,
): Generator<{ acts: Act[]; damaged: Damage[]; end: Position }> {
  for (const segment of segmentsOf(root, device)) {
    if (segment < from.segment || (until !== null && segment > until.segment)) continue;
    const path = segmentPath(root, device, segment);
    const file = openSync(path, 'r');
    try {
      const size = Math.min(fstatSync(file).size, until !== null && segment === until.segment ? until.offset : Number.POSITIVE_INFINITY);
      let acts: Act[] = [];
      let damaged: Damage[] = [];
      let start = segment === from.segment ? from.offset : 0;
      let sum = segment === from.segment ? from.sum : '';
      let number = 0;
      let broken = 0;
      while (start < size) {
        const bytes = readAt(file, start, Math.min(stretch, size - start));
        let at = 0;
        for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
          const line = bytes.toString('utf8', at, end);
          const act = decodeAct(line);
          number += 1;
          if (act) acts.push(act);
          else if (++broken <= mostDamaged) damaged.push({ file: `journal/${device}/${basename(path)}`, line: number });
          sum = lineSum(line);
          at = end + 1;
          if (number % count !== 0) continue;
          yield { acts, damaged, end: { segment, offset: start + at, sum } };
          [acts, damaged] = [[], []];
        }
        if (at === 0) break;
        start += at;
        if (start >= size) break;
        yield { acts, damaged, end: { segment, offset: start, sum } };
        [acts, damaged] = [[], []];
      }
      yield { acts, damaged, end: { segment, offset: start, sum } };
    } finally {
      closeSync(file);
    }
  }
}

/** Bytes of a file from a place on; fewer where it ends before. */
function readAt(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, bytes, done, length - done, from + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

/** How many bytes of a device's journal lie beyond a place. */
export function bytesAfter(root: string, device: string, from: Position): number {
  return segmentsOf(root, device).reduce((sum, segment) => {
    if (segment < from.segment) return sum;
    const { size } = statSync(segmentPath(root, device, segment));
    return sum + Math.max(0, segment === from.segment ? size - from.offset : size);
  }, 0);
}

/** True when the journal still holds the very line that `position` was taken after. */
export function holdsPosition(root: string, device: string, position: Position): boolean {
  const path = segmentPath(root, device, position.segment);
  if (position.segment === 0 && position.offset === 0) return true;
  // As `segmentsOf` has it: a folder or a pipe of that name is no segment, and a pipe would be waited for for ever.
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (facts?.isFile() !== true || facts.size < position.offset) return false;
  if (position.offset === 0) return true;
  const file = openSync(path, 'r');
  try {
    // The sum stands at a line's end: the line itself may be of any length.
    const bytes = readAt(file, Math.max(0, position.offset - 64), Math.min(64, position.offset));
    const before = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    return bytes.at(-1) === 10 && lineSum(bytes.toString('utf8', before, bytes.length - 1)) === position.sum;
  } finally {
    closeSync(file);
  }
}

function lineSum(line: string): string {
  return line.slice(-10, -2);
}

export type Journal = {
  /** Appends the acts with one write and, unless that may come later, one fsync; answers where the journal ends now. */
  append(acts: Act[], synced?: boolean): Position;
  /** Resolves when everything appended so far is on the disk. */
  sync(): Promise<void>;
  /** Takes the last append back, when the index could not take it. */
  takeBack(): void;
  close(): void;
};

/** Opens a device's journal for appending. What a crash left of an unfinished line is cut off. */
export function openJournal(root: string, device: string): Journal {
  const folder = join(root, 'journal', device);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    syncFolderNow(join(root, 'journal'));
    syncFolderNow(root);
  }
  let segment = segmentsOf(root, device).at(-1) ?? 1;
  let file = openSync(segmentPath(root, device, segment), 'a+', 0o600);
  let size = wholeLines(file, segmentPath(root, device, segment));
  let before = size;
  let unsynced = false;
  let underway = Promise.resolve();
  syncFolderNow(folder);

  /** Whether the file at the path is told to be the one that is open: on some network disks never, and nobody can ask. */
  const isTold = isAt(file, segmentPath(root, device, segment));

  const syncNow = () => {
    fsyncSync(file);
    unsynced = false;
  };
  /** By a handle of its own: the other may be closed meanwhile, when its segment is full. `path` is where it was written. */
  const syncAside = async (path: string) => {
    try {
      const handle = await open(path, 'r+');
      await handle.sync().finally(() => handle.close());
    } catch (error) {
      unsynced = true;
      throw error;
    }
  };
  const cutTo = (length: number) => {
    ftruncateSync(file, length);
    syncNow();
    size = length;
  };
  return {
    append(acts, synced = true) {
      // Written to the file that is open it would be lost to who opens the library at its path.
      if (isTold && !isAt(file, segmentPath(root, device, segment))) throw new FailureError({ kind: 'bad-folder', path: root, why: 'missing' });
      if (size >= sealAt) {
        if (unsynced) syncNow();
        const next = openSync(segmentPath(root, device, segment + 1), 'a+', 0o600);
        syncFolderNow(folder);
        closeSync(file);
        [file, segment, size] = [next, segment + 1, 0];
      }
      // A write that failed and could not be cut off then is cut off now, before anything follows it.
      if (statSync(segmentPath(root, device, segment)).size !== size) cutTo(size);
      before = size;
      const lines = acts.map(encodeAct);
      const bytes = Buffer.from(lines.join(''));
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
        if (synced) syncNow();
        else unsynced = true;
      } catch (error) {
        try {
          cutTo(before);
        } catch {
          // The first error is the one to tell; the next append cuts again before it writes.
        }
        throw error;
      }
      size = before + bytes.length;
      return { segment, offset: size, sum: lineSum((lines.at(-1) ?? '').slice(0, -1)) };
    },
    sync() {
      // Whoever asks while one is under way waits for that one as well.
      if (unsynced) {
        const path = segmentPath(root, device, segment);
        underway = underway.catch(() => undefined).then(() => syncAside(path));
      }
      unsynced = false;
      return underway;
    },
    takeBack: () => cutTo(before),
    close() {
      // Also where a sync is under way: nobody waits for that one any more.
      syncNow();
      closeSync(file);
    },
  };
}

/** Whether a file that is open is the one at this path. */
function isAt(file: number, path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  const open = fstatSync(file);
  return there !== undefined && there.ino === open.ino && there.dev === open.dev;
}

/** The length of the whole lines; anything after them is cut off. */
function wholeLines(file: number, path: string): number {
  const bytes = readFileSync(path);
  const length = bytes.lastIndexOf(10) + 1;
  if (length !== bytes.length) {
    ftruncateSync(file, length);
    fsyncSync(file);
  }
  return length;
}

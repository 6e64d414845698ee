import { existsSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { News } from '../../../shared/contract.ts';
import type { Act } from './acts.ts';
import { get } from './database.ts';
import { bytesAfter, devicesOf, fewActs, holdsPosition, readJournal, type Position } from './journal.ts';
import { folderPattern, partNames } from './parts.ts';
import { positionOf, takeIn } from './rebuild.ts';

/*
 * A library's folder may be shared with other machines, or brought into step with theirs: each writes a journal of its own,
 * and what another has written is taken in while this one runs.
 */

/** Milliseconds after a change in the journals' folder: files come one after the other. */
const pause = 300;

type Into = {
  root: string;
  /** The index; null when nothing is to be changed in it. */
  db(): DatabaseSync | null;
  /** This machine's own journal, which is not read; null where there is none. */
  own: string | null;
  seen(acts: readonly Act[]): void;
  tell(news: News): void;
  /** What is to be done after something came. */
  after(): void | Promise<void>;
  trouble(error: unknown): void;
};

/** Keeps the index up with other devices' journals: at once where the system tells of a change, and whenever asked. */
export function keepOthers(into: Into): { heed(): Promise<void>; close(): Promise<void> } {
  let under: Promise<void> = Promise.resolve();
  const heed = (): Promise<void> => {
    // Asked for while it is done, it is done once more: what came in between counts.
    under = under.then(() => heedNow(into)).catch(into.trouble);
    return under;
  };
  const watcher = watchOthers(into.root, into.own, () => void heed());
  return {
    heed,
    close: () => {
      watcher.close();
      return under;
    },
  };
}

async function heedNow(into: Into): Promise<void> {
  if (!(await takeInOthers(into))) return;
  for (const about of ['articles', 'highlights'] as const) into.tell({ about, ids: null });
  for (const about of ['tags', 'searches'] as const) into.tell({ about });
  await into.after();
}

/** Takes in what other devices' journals have got, letting other work run in between. Answers whether anything came. */
async function takeInOthers({ root, db, own, seen }: Into): Promise<boolean> {
  let came = false;
  const devices = devicesOf(root);
  // Another library has come to stand here: its journals are none of this one's.
  if (own !== null && !devices.includes(own)) return false;
  for (const device of devices) {
    const index = db();
    if (device === own || index === null) continue;
    const from = positionOf(index, device);
    // One that is not what it was is being replaced at this moment; if it stays so, the next start makes the index anew.
    if (bytesAfter(root, device, from) === 0 || !holdsPosition(root, device, from)) continue;
    for await (const { acts, end } of readySome(index, root, device, from)) {
      const into = db();
      if (into === null) return came;
      takeIn(into, root, device, acts, end);
      seen(acts);
      came ||= acts.length > 0;
      await setImmediate();
    }
  }
  return came;
}

/** A journal's acts in pieces, up to the first that names an article's folder which has not arrived yet. */
async function* readySome(db: DatabaseSync, root: string, device: string, from: Position): AsyncGenerator<{ acts: Act[]; end: Position }> {
  const left: Array<{ acts: Act[]; end: Position }> = [];
  for (const one of readJournal(root, device, from, 1)) if (left.push(one) % 500 === 0) await setImmediate();
  const wanted = wantedFolders(left.flatMap(({ acts }) => acts), (id) => get(db, 'SELECT 1 FROM erased WHERE article = ?', id) !== undefined);
  let acts: Act[] = [];
  let end: Position | null = null;
  for (const one of left) {
    const isAwaited = one.acts.some((act) => act.act === 'ready' && wanted.get(act.id) === act.folder && !existsSync(join(root, 'articles', act.folder, partNames.meta)));
    if (isAwaited) break;
    acts.push(...one.acts);
    end = one.end;
    if (acts.length < fewActs) continue;
    yield { acts, end };
    [acts, end] = [[], null];
  }
  if (end !== null) yield { acts, end };
}

/** The folder that each article is to be in after all these acts; erased ones, and earlier folders, never come. */
function wantedFolders(acts: readonly Act[], isErased: (id: string) => boolean): Map<string, string> {
  const folders = new Map<string, string>();
  for (const act of acts) {
    if (act.act === 'ready' && folderPattern.test(act.folder) && !isErased(act.id)) folders.set(act.id, act.folder);
    if (act.act === 'erase') folders.delete(act.id);
  }
  return folders;
}

/** Calls `changed` a moment after another device's journal has changed; nothing is done while nothing changes. */
function watchOthers(root: string, own: string | null, changed: () => void): { close(): void } {
  const journals = join(root, 'journal');
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | null = null;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      look();
      changed();
    }, pause).unref();
  };
  /** Where the system gives no word of changes, as on some network disks, the window asks when it is looked at. */
  const follow = (path: string): void => {
    if (watchers.has(path)) return;
    try {
      const watcher = watch(path, { persistent: false }, soon);
      const drop = (): void => {
        watcher.close();
        if (watchers.get(path) === watcher) watchers.delete(path);
      };
      watcher.on('error', drop);
      watchers.set(path, watcher);
    } catch {
      watchers.delete(path);
    }
  };
  const look = (): void => {
    try {
      follow(journals);
      for (const device of devicesOf(root)) if (device !== own) follow(join(journals, device));
    } catch {
      // The folder is gone with its disk: whoever opens it again looks again.
    }
  };
  look();
  return {
    close() {
      if (timer !== null) clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

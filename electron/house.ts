import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Answers, News } from '../shared/contract.ts';
import { FailureError, faultOf } from '../shared/failure.ts';
import type { FolderFacts, MoveProgress, folderQuestions } from '../shared/library-folder.ts';
import { complain } from './complain.ts';
import type { Browsers } from './library/browsers.ts';
import type { Library } from './library/library.ts';
import type { SettingsStore } from './library/settings.ts';
import { openCare } from './library/storage/care.ts';
import { moveFolder, neededFor } from './library/storage/move.ts';
import { freeRoom, moveTarget, openPlan, realFolder } from './library/storage/target.ts';
import { defaultLibraryFolder, settingsFolder } from './places.ts';

/** What only some hosts can do with a folder. */
export type FolderDialogs = { choose?: (from: string) => Promise<string | null>; show?: (path: string) => Promise<void> };

/**
 * A library that may become another one behind the same door: moved to another folder, or changed for another library,
 * while windows and other processes stay. Questions put meanwhile wait.
 */
export type House = Library & {
  /** Called before a library is let go of (`leave`) and once the next is open (`come`): for what hangs on its folder. */
  onSwitch(hooks: { leave(): Promise<void>; come(): Promise<void> }): void;
  /** What this host can do besides. */
  offer(dialogs: FolderDialogs): void;
};

export type HouseOptions = {
  settings: SettingsStore;
  browsers: Browsers;
  /** With `make` a new library may be made where one was before. */
  open(path: string, make?: boolean): Promise<Library & { giveUp?: () => void }>;
  /** Copies where a rename would do: for tests on one disk. */
  copy?: boolean;
  /** How many milliseconds to wait for another process that has slipped in while this one let go; 10,000. */
  patience?: number;
};

/** Where a move under way is noted. */
export const moveNotes = (folder: string = settingsFolder()): string => join(folder, 'moving');

const most = 12;

/** Keeps an open library, and opens others in its place. */
export function keepHouse(first: Library & { giveUp?: () => void }, options: HouseOptions): House {
  const { settings, browsers } = options;
  const listeners = new Set<(news: News) => void>();
  const hooks: Array<{ leave(): Promise<void>; come(): Promise<void> }> = [];
  let dialogs: FolderDialogs = {};
  let now = first;
  let stopNews = first.onNews(tell);
  /** Resolves when a library is open: while one is exchanged for another, questions wait for it. */
  let ready: Promise<void> = Promise.resolve();
  let free: () => void = () => undefined;
  /** Questions that are being answered. */
  const under = new Set<Promise<unknown>>();
  /** False while one is exchanged for another, and for good where neither could be opened: then `fallen` is why. */
  let isOpen = true;
  let fallen: unknown = null;
  let moving: MoveProgress | null = null;
  let busy = false;
  let closed = false;
  remember(first.path);

  function tell(news: News): void {
    for (const listener of listeners) listener(news);
  }

  function remember(path: string): void {
    const known = [path, ...settings.get().knownLibraries.filter((each) => each !== path)].slice(0, most);
    if (known.join('\n') === settings.get().knownLibraries.join('\n')) return;
    try {
      settings.change({ knownLibraries: known });
    } catch (error) {
      complain('The list of libraries could not be kept', error);
    }
  }

  async function leave(): Promise<void> {
    for (const hook of hooks) await hook.leave();
    const { promise, resolve } = Promise.withResolvers<void>();
    [ready, free] = [promise, resolve];
    // What is under way must find the library it was put to; what only looks it through can be begun anew.
    await now.answers.stopCare({});
    now.giveUp?.();
    while (under.size > 0) await Promise.allSettled(under);
    if (!isOpen) return;
    stopNews();
    isOpen = false;
    try {
      await now.close();
    } catch (error) {
      await enter(now.path);
      throw error;
    }
  }

  async function enter(path: string, library?: Library): Promise<void> {
    now = library ?? (await opened(path));
    isOpen = true;
    fallen = null;
    stopNews = now.onNews(tell);
    free();
    remember(path);
    for (const hook of hooks) {
      try {
        await hook.come();
      } catch (error) {
        // The library is open: that nobody else is let in is told, and nothing is undone for it.
        complain('Other processes cannot be let in', error);
        tell({ about: 'trouble', failure: faultOf(error) });
      }
    }
  }

  /** Another process that waited for this library may have it for a moment. */
  async function opened(path: string): Promise<Library> {
    for (const until = Date.now() + (options.patience ?? 10_000); ; ) {
      try {
        return await options.open(path);
      } catch (error) {
        if (!(error instanceof FailureError) || error.failure.kind !== 'in-use' || Date.now() > until) throw error;
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  }

  /** One at a time; a second is refused. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (busy || closed) throw new FailureError({ kind: 'bad-folder', path: now.path, why: 'fixed' });
    busy = true;
    try {
      return await work();
    } catch (error) {
      if (!isOpen) {
        // Nothing is open any more: whoever waits is told why, instead of waiting for ever.
        fallen = error;
        free();
      }
      throw error;
    } finally {
      busy = false;
    }
  }

  /** Whether this is the one that the preferences name: only then they follow it elsewhere. */
  const follows = (path: string): boolean => realFolder(resolve(settings.get().libraryPath ?? defaultLibraryFolder())) === realFolder(path);

  /** Makes the preferences follow a library that went from `from` or `to` to `path`. */
  function point(path: string, from: string, to: string, follow: boolean): void {
    const known = settings.get().knownLibraries.map((each) => (each === from || each === to ? path : each));
    settings.change({ ...(follow ? { libraryPath: path } : {}), knownLibraries: [...new Set(known)] });
  }

  async function move(asked: string): Promise<{ path: string }> {
    const from = now.path;
    const to = moveTarget(from, asked);
    const { readOnly } = await now.answers.library({});
    if (readOnly !== null) throw new FailureError({ kind: 'read-only', why: readOnly });
    const care = openCare();
    const follow = follows(from);
    const report = (done: number, of: number) => tell({ about: 'moving', progress: (moving = { to, done, of }) });
    try {
      report(0, 1);
      await moveFolder({
        from, to, notes: moveNotes(), follow, care, progress: report, close: leave, open: enter,
        ...(options.copy === undefined ? {} : { copy: options.copy }),
        point: (path) => point(path, from, to, follow),
      });
    } finally {
      moving = null;
      tell({ about: 'moving', progress: null });
      await care.close();
    }
    tell({ about: 'articles', ids: null });
    return { path: to };
  }

  async function change(asked: string, make: boolean): Promise<{ path: string }> {
    const before = now.path;
    const { path, made } = openPlan(before, asked);
    if (made && !make) throw new FailureError({ kind: 'bad-folder', path, why: 'no-library' });
    await leave();
    try {
      // No patience here: what another process has open is its own.
      await enter(path, await options.open(path, make));
    } catch (error) {
      await enter(before);
      throw error;
    }
    try {
      settings.change({ libraryPath: path });
    } catch (error) {
      complain('Which library is open could not be kept', error);
    }
    tell({ about: 'switched' });
    return { path };
  }

  const own: Pick<Answers, Exclude<keyof typeof folderQuestions, 'sizes' | 'compact' | 'check' | 'rebuild' | 'stopCare' | 'opening' | 'openAgain' | 'heedOthers'>> = {
    folder: (): FolderFacts => ({
      path: now.path, free: freeRoom(now.path), moving, canSwitch: true, canChoose: dialogs.choose !== undefined, canShow: dialogs.show !== undefined,
      known: settings.get().knownLibraries.filter((path) => path !== now.path).map((path) => ({ path, there: existsSync(join(path, 'lectern.json')) })),
    }),
    chooseFolder: async () => ({ path: (await dialogs.choose?.(now.path)) ?? null }),
    showFolder: async () => {
      await dialogs.show?.(now.path);
      return null;
    },
    planFolder: async ({ path, act }) => {
      if (act === 'open') return openPlan(now.path, path);
      const to = moveTarget(now.path, path);
      const care = openCare();
      try {
        return { act, path: to, needed: await neededFor(now.path, to, care), free: freeRoom(to) };
      } finally {
        await care.close();
      }
    },
    moveLibrary: ({ path }) => alone(() => move(path)),
    openLibrary: ({ path, make }) => alone(() => change(path, make)),
    forgetLibrary: ({ path }) => {
      settings.change({ knownLibraries: settings.get().knownLibraries.filter((each) => each !== path || each === now.path) });
      tell({ about: 'moving', progress: moving });
      return null;
    },
  };
  const names = Object.keys(first.answers) as Array<keyof Answers>;
  const passedOn = Object.fromEntries(
    names.map((name) => [
      name,
      async (input: never) => {
        await ready;
        if (fallen !== null) throw fallen;
        const answering = (async () => (now.answers[name] as (input: never) => unknown)(input))();
        under.add(answering);
        return answering.finally(() => under.delete(answering));
      },
    ]),
  ) as unknown as Answers;

  return {
    get path() {
      return now.path;
    },
    browsers,
    answers: { ...passedOn, ...own },
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    file: (name) => now.file(name),
    thumb: (name) => now.thumb(name),
    idle: () => now.idle(),
    onSwitch: (each) => void hooks.push(each),
    offer: (more) => {
      dialogs = more;
    },
    async close() {
      closed = true;
      await ready;
      if (!isOpen) return;
      stopNews();
      await now.close();
    },
  };
}

/** Tells of what went on after a start: what a move left behind is cleared away meanwhile. */
export function tellClearing(clearing: Promise<void>): void {
  clearing.catch((error: unknown) => complain('What a move left behind could not be cleared away', faultOf(error)));
}

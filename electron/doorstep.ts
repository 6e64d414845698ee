import { resolve } from 'node:path';
import { questions, type Answers, type News, type QuestionName } from '../shared/contract.ts';
import { FailureError } from '../shared/failure.ts';
import type { Opening } from '../shared/library-folder.ts';
import type { SettingsPatch } from '../shared/settings.ts';
import { failureOf } from './answer.ts';
import { complain } from './complain.ts';
import type { Browsers } from './library/browsers.ts';
import type { Library } from './library/library.ts';
import type { SettingsStore } from './library/settings.ts';
import { isLibraryThere } from './library/storage/layout.ts';
import type { OpenHow } from './library/storage/store.ts';


export type DoorstepOptions = {
  settings: SettingsStore;
  browsers: Browsers;
  open(path: string, how: Required<OpenHow>): Promise<Library>;
  /** A new library is made also where one was before. */
  make?: boolean;
  /** Milliseconds between two looks for a folder that is not there; 3,000. */
  pause?: number;
};

/** A library that may not be open yet, or whose folder may be gone: who asks it waits, or is told. */
export type Doorstep = Library & {
  /** Tells whoever waits for it that it is not going to be opened. */
  giveUp(): void;
};

/**
 * Opens the library at `path`, and answers as soon as it is this process's own: where it takes long, because an older index has
 * to be made anew, questions wait, and how far it is can be asked. A folder where a library was before and now is none is left
 * alone and looked for until it appears, say with its disk; so is one that vanishes while it is open, with what is known of it
 * still told; one in whose place another was put is opened anew. Throws FailureError where it cannot be had at all.
 */
export async function keepDoorstep(path: string, options: DoorstepOptions): Promise<Doorstep> {
  const { settings, browsers, pause = 3_000 } = options;
  const listeners = new Set<(news: News) => void>();
  let library: Library | null = null;
  let opening: Opening = { state: 'opening', path, share: 0 };
  let ready = Promise.withResolvers<Library>();
  ready.promise.catch(() => undefined);
  let watching: NodeJS.Timeout | null = null;
  let ending = new AbortController();
  let under: Promise<void> = Promise.resolve();
  let closed = false;
  const stopSettings = settings.onChange((changed) => {
    if (library === null) tell({ about: 'settings', settings: changed });
  });

  function tell(news: News): void {
    for (const listener of listeners) listener(news);
  }

  function stand(next: Opening): void {
    opening = next;
    tell({ about: 'opening', opening });
  }

  /** Resolves when the library is this process's own or its opening has failed; opening goes on. */
  function begin(): Promise<void> {
    const held = Promise.withResolvers<void>();
    ending = new AbortController();
    under = run(held.resolve).catch((error: unknown) => {
      stand({ state: 'failed', path, failure: failureOf(error) });
      ready.reject(error);
      held.reject(error);
    });
    return held.promise;
  }

  async function run(held: () => void): Promise<void> {
    const made = await options.open(path, {
      held,
      progress: (done, of) => stand({ state: 'opening', path, share: done / of }),
      signal: ending.signal,
    });
    library = made;
    made.onNews((news) => {
      // Its trouble is told once, and by its name.
      if (news.about === 'trouble' && lost()) return;
      tell(news);
    });
    stand({ state: 'open' });
    ready.resolve(made);
    held();
  }

  /** True when the folder is not there, or is another than the one that is open (`error` tells); from then on it is looked for. */
  function lost(error?: unknown): boolean {
    const isOther = error instanceof FailureError && error.failure.kind === 'bad-folder' && error.failure.why === 'missing' && error.failure.path === path;
    if (closed || (!isOther && isLibraryThere(path))) return false;
    if (opening.state !== 'gone' && opening.state !== 'missing') {
      stand({ state: 'gone', path });
      watch();
    }
    return true;
  }

  function watch(): void {
    watching ??= setInterval(() => void look(), pause);
    watching.unref();
  }

  /** Opens it if its folder is there again. */
  async function look(): Promise<void> {
    if (closed || opening.state === 'open' || opening.state === 'opening' || !isLibraryThere(path)) return;
    if (watching !== null) clearInterval(watching);
    watching = null;
    const before = library;
    library = null;
    if (opening.state !== 'missing') {
      ready = Promise.withResolvers<Library>();
      ready.promise.catch(() => undefined);
    }
    stand({ state: 'opening', path, share: 0 });
    // What it had open may be a disk that is no more.
    await before?.close().catch((error: unknown) => complain('The library that was gone did not close cleanly', error));
    await begin().catch(() => undefined);
    await under;
    if (before === null || library === null) return;
    for (const about of ['articles', 'highlights'] as const) tell({ about, ids: null });
    for (const about of ['tags', 'searches'] as const) tell({ about });
  }

  const gone = (): FailureError => new FailureError({ kind: 'bad-folder', path, why: 'missing' });
  const ask = async (name: QuestionName, input: unknown): Promise<unknown> => {
    const from = library ?? (await ready.promise);
    try {
      const value = await (from.answers[name] as (input: unknown) => unknown)(input);
      if (name === 'article' && (value as { damaged: string[] }).damaged.length > 0 && lost()) throw gone();
      return value;
    } catch (error) {
      throw lost(error) ? gone() : error;
    }
  };

  const names = Object.keys(questions) as QuestionName[];
  const own: Partial<Answers> = {
    opening: () => opening,
    openAgain: async () => {
      await look();
      return null;
    },
    // What a window asks first, of which there is no more to tell before it is open.
    first: async (input) => ({ ...(library === null ? { 'settings {}': settings.get() } : await (ask('first', input) as Promise<Record<string, unknown>>)), 'opening {}': opening }),
    // Also before there is a library: the window's language and colours are among them.
    settings: () => settings.get(),
    changeSettings: (patch) => settings.change(patch as SettingsPatch),
    stopCare: async (input) => library?.answers.stopCare(input) ?? null,
  };
  if (!options.make && !isLibraryThere(path) && wasOpenBefore(path, settings)) {
    opening = { state: 'missing', path };
    watch();
  } else await begin();

  return {
    path,
    browsers,
    answers: { ...Object.fromEntries(names.map((name) => [name, (input: unknown) => ask(name, input)])), ...own } as unknown as Answers,
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    file: (name) => library?.file(name) ?? null,
    thumb: (name) => library?.thumb(name) ?? null,
    idle: async () => (library ?? (await ready.promise)).idle(),
    giveUp: () => ready.reject(new FailureError({ kind: 'cancelled' })),
    async close() {
      closed = true;
      stopSettings();
      if (watching !== null) clearInterval(watching);
      ending.abort();
      await under;
      ready.reject(new FailureError({ kind: 'cancelled' }));
      const isGone = opening.state === 'gone';
      try {
        await library?.close();
      } catch (error) {
        if (!isGone) throw error;
        complain('The library that is gone did not close cleanly', error);
      }
    },
  };
}

/** Where a library was before, none is made without being asked: its disk may only not be connected. */
function wasOpenBefore(path: string, settings: SettingsStore): boolean {
  const { libraryPath, knownLibraries } = settings.get();
  return knownLibraries.includes(path) || (libraryPath !== null && resolve(libraryPath) === path);
}

import { lstatSync } from 'node:fs';
import type { Answers, ListName, News } from '../../shared/contract.ts';
import { FailureError, faultOf } from '../../shared/failure.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { adoptFolders } from './storage/adopt.ts';
import { article, find, known } from './articles.ts';
import { openBrowsers, type Browsers } from './browsers.ts';
import { stopCheck } from './storage/checking.ts';
import type { StartChild } from './extract/child.ts';
import { compare, duplicates } from './duplicates/duplicates.ts';
import { keepApart, merge } from './duplicates/merge.ts';
import { groupsOf } from './duplicates/pairs.ts';
import { createExtractor } from './extract/extractor.ts';
import { filePath } from './storage/files.ts';
import { groups } from './groups.ts';
import { countOf, home, list, listed, related, surprise } from './lists.ts';
import { answerHighlights } from './highlights.ts';
import { exportHighlights } from './leave/highlights.ts';
import { note, toBookmarks } from './bookmarks.ts';
import { archive, favourite, finish, rename, restore, trash } from './marks.ts';
import { openIcons } from './saving/icons.ts';
import type { Manners } from './saving/manners.ts';
import { openQueue } from './saving/queue.ts';
import { inTurn, type RenderLimits, type RenderPage } from './saving/rendering.ts';
import { look } from './looks.ts';
import { keepPlaces } from './reading-place.ts';
import { openRules } from './rules/folder.ts';
import { sample } from './sample/sample.ts';
import { forgetSearch, hosts, keepSearch, moveSearch, searches } from './search/saved.ts';
import { search, searchCount } from './search/search.ts';
import type { SettingsStore } from './settings.ts';
import { shelves } from './shelves.ts';
import { read, statistics } from './statistics.ts';
import { openReadable } from './storage/open-readable.ts';
import type { StoreOptions } from './storage/store.ts';
import { sweepLeftovers } from './storage/sweep.ts';
import { similar } from './similar.ts';
import { arrange, setTag, tagPage } from './tag-page.ts';
import { answerTagRules } from './tag-rules.ts';
import { retag } from './retag.ts';
import { answerAlikeTags } from './alike-tags.ts';
import { tag, tags } from './tags.ts';
import { firstAnswers } from './first-answers.ts';
import { failures } from './failures.ts';
import { answerFolder } from './folder.ts';
import { keepThumb, thumbPath } from './thumbs.ts';
import { emptyingTrash, erase } from './trash.ts';
import { changeInTurn, undoInTurn } from './undo.ts';
import { whenAsked } from './when-asked.ts';

/** An open library, as every host uses it. */
export type Library = {
  /** The folder, absolute. */
  readonly path: string;
  readonly answers: Answers;
  /** The browsers that may hand pages over, for a host to open the way to. */
  readonly browsers: Browsers;
  onNews(listener: (news: News) => void): () => void;
  /** The absolute path of a stored picture; null when the name is none or nothing is stored under it. */
  file(name: string): string | null;
  /** The same of the small picture made of one. */
  thumb(name: string): string | null;
  /** Resolves when nothing is waiting to be fetched or indexed. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

export type LibraryOptions = Omit<StoreOptions, 'now'> & {
  settings: SettingsStore;
  /** Lectern's own version. */
  version: string;
  /** Who may hand pages over from a browser; without it nobody is remembered. */
  browsers?: Browsers;
  /** How many articles are fetched at once. */
  concurrency?: number;
  /** How other people's servers are treated; there is seldom a reason to treat them worse. */
  manners?: Manners;
  /** Runs the script of pages that hold no article without it, where the host has an engine for that. */
  renderPage?: RenderPage;
  /** How a process beside this one is started, where it is not Node's own way. */
  startChild?: StartChild;
  /** How long and how large such a page may get. */
  renderLimits?: Partial<RenderLimits>;
};

/** Opens a library folder, making it when it is new, and starts on what is waiting. Throws FailureError `in-use`. */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const started = Date.now();
  const { settings, version } = options;
  const store = await openReadable(options);
  const extractor = createExtractor(options.startChild === undefined ? {} : { start: options.startChild });
  const { concurrency, manners, renderPage, renderLimits } = options;
  const saving = { store, settings: () => settings.get(), extractor, rules: openRules(store.root), ...(renderPage ? { renderPage: inTurn(renderPage) } : {}), ...(renderLimits ? { renderLimits } : {}) };
  const icons = openIcons({ store, settings: () => settings.get(), manners });
  const queue = openQueue({ ...saving, icons, ...(concurrency === undefined ? {} : { concurrency }), ...(manners === undefined ? {} : { manners }) });
  const again = whenAsked(['tryExtract', 'reextract', 'older'], async () => (await import('./saving/again.ts')).openAgain(saving));
  const dictionaries = whenAsked(['dictionaries', 'lookUp'], async () => (await import('./dictionaries/folder.ts')).openDictionaries(store.root));
  const places = keepPlaces(store);
  const browsers = options.browsers ?? openBrowsers(null);
  const stops = [
    settings.onChange((changed) => {
      store.tell({ about: 'settings', settings: changed });
      queue.heedSettings();
    }),
    browsers.onChange(() => store.tell({ about: 'browsers' })),
  ];

  const answers: Answers = {
    library: () => ({
      id: store.libraryId, path: store.root, version, readOnly: store.readOnly,
      counts: Object.fromEntries(listNames.map((name) => [name, countOf(store, name)])) as Record<ListName, number>,
      duplicates: groupsOf(store.db).length,
    }),
    home: home(store),
    list: list(store),
    groups: groups(store),
    listed: listed(store),
    surprise: surprise(store),
    article: article(store),
    ...whenAsked(['render'], async () => ({ render: (await import('./render.ts')).render(store) })).answers,
    related: related(store),
    similar: similar(store),
    find: find(store),
    known: known(store),
    search: search(store),
    searchCount: searchCount(store),
    hosts: hosts(store),
    searches: searches(store),
    keepSearch: keepSearch(store),
    moveSearch: moveSearch(store),
    forgetSearch: forgetSearch(store),
    save: queue.save,
    saveText: queue.saveText,
    saveFile: queue.saveFile,
    capture: queue.capture,
    importPart: queue.importPart,
    lookImport: queue.lookImport,
    runImport: queue.runImport,
    dropImport: queue.dropImport,
    sample: sample(queue),
    queue: queue.queue,
    failures: failures(store),
    retry: queue.retry,
    cancel: queue.cancel,
    retryPictures: queue.retryPictures,
    ...again.answers,
    ...whenAsked(['rules', 'rule', 'tryRule', 'saveRule'], async () => (await import('./rules/rules.ts')).answerRules(saving)).answers,
    ...whenAsked(['exportList', 'exportPart'], async () => (await import('./leave/export.ts')).openExports(store)).answers,
    favourite: changeInTurn(store, favourite(store)),
    archive: changeInTurn(store, archive(store)),
    finish: changeInTurn(store, finish(store)),
    rename: rename(store),
    note: note(store),
    ...dictionaries.answers,
    ...answerHighlights(store),
    exportHighlights: exportHighlights(store),
    bookmark: queue.bookmark,
    saveBookmarks: queue.saveBookmarks,
    toBookmarks: toBookmarks(store),
    duplicates: duplicates(store),
    compare: compare(store),
    merge: merge(store),
    keepApart: keepApart(store),
    tag: changeInTurn(store, tag(store)),
    place: places.place,
    look: look(store),
    read: read(store, () => settings.get()),
    statistics: statistics(store),
    keepThumb: keepThumb(store),
    trash: changeInTurn(store, trash(store)),
    restore: changeInTurn(store, restore(store)),
    erase: erase(store),
    undo: undoInTurn(store),
    tags: tags(store),
    ...answerAlikeTags(store),
    retag: retag(store),
    ...answerTagRules(store),
    shelves: shelves(store),
    tagPage: tagPage(store),
    setTag: setTag(store),
    arrange: arrange(store),
    settings: () => settings.get(),
    first: () => firstAnswers(answers, settings.get()),
    changeSettings: (patch) => settings.change(patch as SettingsPatch),
    browsers: browsers.facts,
    pairBrowser: () => {
      browsers.pair();
      // Said again where it is closed although wanted: a port may have come free.
      if (browsers.facts().door !== 'open') settings.change({ captureDoor: true });
      return null;
    },
    endPairing: () => {
      browsers.endPairing();
      return null;
    },
    forgetBrowser: ({ id }) => {
      browsers.forget(id);
      return null;
    },
    ...answerFolder(store, places.flush),
  };

  const sweeping = store.readOnly ? Promise.resolve() : tidy();
  return {
    path: store.root,
    answers,
    browsers,
    onNews: store.onNews,
    file(name) {
      try {
        const path = filePath(store.root, name);
        // A link that someone put there must not show what lies elsewhere.
        return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : null;
      } catch (error) {
        if (error instanceof FailureError) return null;
        throw error;
      }
    },
    thumb(name) {
      const path = thumbPath(store.root, name);
      return path !== null && lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : null;
    },
    async idle() {
      await queue.idle();
      await icons.idle();
      await store.settled();
    },
    async close() {
      for (const stop of stops) stop();
      await stopCheck(store);
      await sweeping;
      await Promise.all([queue.close(), again.end(({ close }) => close()), icons.close()]);
      await extractor.close();
      await dictionaries.end(({ close }) => close());
      try {
        if (!store.readOnly) places.flush();
      } finally {
        await store.close();
      }
    },
  };

  /** What an earlier run left behind, once this one is up. Trouble here harms nothing, but is told. */
  async function tidy(): Promise<void> {
    try {
      stops.push(emptyingTrash(store));
      // A library that knows of nothing but has folders has lost its journals.
      if (countOf(store, 'all') + countOf(store, 'trash') === 0) await adoptFolders(store);
      await sweepLeftovers(store, started);
    } catch (error) {
      store.tell({ about: 'trouble', failure: faultOf(error) });
    }
  }
}

const listNames: readonly ListName[] = ['inbox', 'reading', 'favourites', 'archive', 'all', 'trash', 'failed', 'bookmarks', 'forgotten'];

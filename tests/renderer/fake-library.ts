import type { ArticleId, Article, Row } from '../../shared/article.ts';
import { questions, type Answers, type FailedFor, type News, type QuestionName, type Sort, type Where } from '../../shared/contract.ts';
import type { DuplicateGroup } from '../../shared/duplicate.ts';
import { FailureError, type Reply } from '../../shared/failure.ts';
import { dayOf } from '../../shared/day.ts';
import type { Group, Grouping } from '../../shared/listing.ts';
import type { Statistics } from '../../shared/statistics.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Carrier } from '../../renderer/api.ts';
import { answerFolder } from './fake-folder.ts';
import type { TagColour } from '../../shared/tag-colour.ts';
import type { Tag } from '../../shared/tag.ts';
import { fakeTags } from './fake-tags.ts';

/** A row with everything a test does not care about filled in. */
export function rowOf(number: number, facts: Partial<Row> = {}): Row {
  return {
    id: number.toString(10).padStart(20, '0'), url: `https://site${number % 7}.example/${number}`, title: `Article ${number}`,
    host: `site${number % 7}.example`, site: null, byline: null, excerpt: `What article ${number} begins with.`, leadPicture: null, thumb: false, icon: null, note: null,
    publishedAt: null, addedAt: new Date(Date.UTC(2026, 10, 1) - number * 3_600_000).toISOString(), lang: 'en', dir: 'ltr',
    minutes: 1 + (number % 9), links: null, progress: 0, tags: [], startedAt: null, readAt: null, favourite: false, favouritedAt: null, archived: false, archivedAt: null, finishedAt: null, trashedAt: null,
    stage: { state: 'ready' }, ...facts,
  };
}

/** A library in memory that answers like the real one, for the renderer's tests and for looking at screens. */
export type FakeLibrary = {
  carrier: Carrier;
  rows: Row[];
  groups: DuplicateGroup[];
  /** Every question asked so far. */
  asked: Array<{ name: string; input: unknown }>;
  opened: string[];
  path: string;
  known: string[];
  tell(news: News): void;
  settings: Settings;
  /** What is kept about tags. */
  about: Map<string, AboutTag>;
  /** The manual order of every tag's list. */
  arranged: ArticleId[];
};

type AboutTag = { description?: string; colour?: TagColour; order?: Sort; titles?: number; folded?: boolean };

function within(where: Where, row: Row): boolean {
  if (where.list === 'trash') return row.trashedAt !== null;
  if (row.trashedAt !== null) return false;
  if (where.list === 'tag') return row.tags.some((tag) => tag === where.tag || tag.startsWith(`${where.tag}/`));
  if (where.list === 'site') return row.host === where.host;
  if (where.list === 'search') return row.title.includes(where.query);
  return {
    inbox: !row.archived && row.stage.state !== 'bookmark', reading: row.progress > 0 && row.finishedAt === null, favourites: row.favourite,
    archive: row.archived, all: true, bookmarks: row.stage.state === 'bookmark' && !row.archived, failed: row.stage.state === 'failed',
    forgotten: row.startedAt === null && row.addedAt < '2025-11-01',
  }[where.list];
}

function keyOf(row: Row, by: Grouping): string {
  if (by === 'day') return dayOf(row.addedAt);
  return (by === 'site' ? row.host : row.tags[0]) ?? '';
}

function sorted(rows: Row[], sort: Sort, arranged: string[]): Row[] {
  const by: Partial<Record<Sort, (a: Row, b: Row) => number>> = {
    newest: (a, b) => b.addedAt.localeCompare(a.addedAt), oldest: (a, b) => a.addedAt.localeCompare(b.addedAt),
    title: (a, b) => a.title.localeCompare(b.title), shortest: (a, b) => a.minutes - b.minutes,
    longest: (a, b) => b.minutes - a.minutes,
    unread: (a, b) => Number(a.finishedAt !== null) - Number(b.finishedAt !== null),
    manual: (a, b) => arranged.indexOf(a.id) - arranged.indexOf(b.id),
  };
  return rows.toSorted(by[sort] ?? by.newest);
}

function nothing(): never {
  throw new FailureError({ kind: 'internal', detail: 'not in the fake library' });
}

const lists = ['inbox', 'reading', 'favourites', 'archive', 'all', 'trash', 'failed', 'bookmarks', 'forgotten'] as const;

/** Makes a library of these rows; `shelves` are the tags on Home, in order. */
export function fakeLibrary(start: Row[], options: { shelves?: string[]; settings?: Partial<Settings>; statistics?: Statistics } = {}): FakeLibrary {
  const listeners = new Set<(news: News) => void>();
  const undos = new Map<string, Row[]>();
  let shelves = options.shelves ?? [];
  const library = {
    rows: start, groups: [] as DuplicateGroup[], asked: [] as FakeLibrary['asked'], opened: [] as string[], path: '/library', known: ['/old/library', '/gone/library'], settings: { ...defaultSettings, ...options.settings },
    about: new Map<string, AboutTag>(), arranged: start.map((row) => row.id),
  };
  const aboutTag = (tag: string): AboutTag => library.about.get(tag) ?? {};
  const tell = (news: News) => {
    for (const listener of listeners) listener(news);
  };
  const change = (ids: ArticleId[], to: (row: Row) => Partial<Row>): { undo: string | null } => {
    const before = library.rows;
    library.rows = before.map((row) => (ids.includes(row.id) ? { ...row, ...to(row) } : row));
    const undo = `undo-${undos.size}`;
    undos.set(undo, before);
    queueMicrotask(() => tell({ about: 'articles', ids }));
    return { undo };
  };
  const pick = (where: Where): Row[] => library.rows.filter((row) => within(where, row));
  const find = (id: ArticleId): Row => {
    const row = library.rows.find((each) => each.id === id);
    if (row === undefined) throw new FailureError({ kind: 'not-found', what: id });
    return row;
  };
  const tagNames = () => [...new Set(library.rows.flatMap((row) => row.tags))];
  const facts = () => ({
    total: library.rows.filter((row) => row.stage.state !== 'ready').length,
    waiting: library.rows.filter((row) => row.stage.state === 'waiting').length,
    working: library.rows.filter((row) => row.stage.state === 'working').length,
    done: 0, failed: library.rows.filter((row) => row.stage.state === 'failed').length, paused: false, held: library.settings.savingHeld, resting: [], secondsLeft: null,
  });
  const answers: Answers = {
    library: () => ({
      id: 'fake', path: library.path, version: '0.1.0', readOnly: null,
      counts: Object.fromEntries(lists.map((list) => [list, pick({ list }).length])) as Record<(typeof lists)[number], number>,
      duplicates: library.groups.length,
    }),
    home: ({ rows }) => ({
      reading: pick({ list: 'reading' }).slice(0, rows), fresh: pick({ list: 'inbox' }).slice(0, rows),
      shelves: shelves.map((tag) => {
        const all = pick({ list: 'tag', tag });
        const { order, titles = rows, folded = false } = aboutTag(tag);
        return { tag, count: all.length, unread: all.filter((row) => row.finishedAt === null).length, order: order ?? 'newest', titles, folded, rows: folded ? [] : all.slice(0, titles) };
      }),
    }),
    importPart: nothing, lookImport: nothing, runImport: nothing, dropImport: () => null,
    list: ({ where, sort, within: group, from, count }) => {
      const rows = pick(where);
      const inside = sorted(rows, sort, library.arranged).filter((row) => group === undefined || keyOf(row, group.by) === group.key);
      return { total: rows.length, minutes: rows.reduce((sum, row) => sum + row.minutes, 0), rows: inside.slice(from, from + count) };
    },
    groups: ({ where, by, sort }) => {
      const found = new Map<string, Group>();
      for (const row of sorted(pick(where), by === 'day' && sort !== 'oldest' ? 'newest' : sort, library.arranged)) {
        const key = keyOf(row, by);
        const group = found.get(key) ?? { key, count: 0, minutes: 0 };
        found.set(key, { key, count: group.count + 1, minutes: (group.minutes ?? 0) + row.minutes });
      }
      const all = [...found.values()];
      return by === 'day' ? all : all.toSorted((a, b) => Number(a.key === '') - Number(b.key === '') || a.key.localeCompare(b.key));
    },
    listed: ({ where, sort, within: group }) => ({
      ids: sorted(pick(where), sort, library.arranged).filter((row) => group === undefined || keyOf(row, group.by) === group.key).map(({ id }) => id),
    }),
    surprise: ({ not }) => ({ id: library.rows.find((row) => row.id !== not && row.finishedAt === null)?.id ?? null }),
    read: () => null, keepThumb: () => null,
    statistics: () => options.statistics ?? { today: '2026-11-02', days: [], streak: { now: 0, best: 0 }, all: { seconds: 0, days: 0, finished: 0, saved: 0 }, sites: [], tags: [] },
    article: ({ id }) => ({
      ...find(id), html: `<p>${find(id).excerpt}</p>`.repeat(12), words: 900, source: null, modifiedAt: null, breadcrumb: [], offeredTags: [],
      resources: [], pictures: [], certificate: { pictures: 0, stored: 0, bytes: 12_000, at: '2026-11-01T00:00:00Z' }, pages: null, place: null, look: {}, copies: [], damaged: [],
    }) satisfies Article,
    highlights: () => [], highlight: nothing, changeHighlight: nothing, removeHighlights: nothing, allHighlights: () => ({ highlights: [], more: false }), exportHighlights: () => ({ text: '', count: 0 }),
    rules: () => ({ path: '/library/rules', total: 0, files: [] }), rule: nothing, tryRule: nothing, saveRule: nothing,
    render: nothing, related: () => [], similar: () => [], find: () => ({ id: null }), known: ({ urls }) => urls.map(() => null),
    searches: () => [], keepSearch: nothing, moveSearch: nothing, forgetSearch: nothing, searchCount: () => ({ count: 0, more: false }),
    hosts: ({ begin }) => [...new Set(library.rows.map((row) => row.host))].filter((host): host is string => host?.startsWith(begin) === true).toSorted(),
    search: ({ query }) => {
      const hits = library.rows.filter((row) => row.title.includes(query)).map((row) => ({
        ...row, titleMarks: [], snippet: row.excerpt, snippetMarks: [],
      }));
      return { total: hits.length, more: false, lacking: 0, problems: [], hits: hits.slice(0, 20) };
    },
    save: nothing, saveText: nothing, saveFile: nothing, capture: nothing,
    browsers: () => ({ door: 'closed', code: null, paired: [], extension: null }), pairBrowser: nothing, endPairing: nothing, forgetBrowser: nothing,
    sample: () => {
      const row = rowOf(9_000, { title: 'The sample', addedAt: new Date().toISOString() });
      library.rows = [row, ...library.rows];
      tell({ about: 'articles', ids: [row.id] });
      return { id: row.id, url: null, outcome: 'new' };
    },
    queue: () => ({
      ...facts(),
      items: library.rows.filter((row) => row.stage.state !== 'ready').map(({ id, url, title, stage }) => ({ id, url, title, stage, attempts: 1 })),
    }),
    failures: ({ articles }) => {
      const groups = new Map<string, FailedFor>();
      for (const { id, url, stage } of pick({ list: 'failed' })) {
        if (stage.state !== 'failed' || stage.failure.kind === 'cancelled') continue;
        const key = `${stage.failure.kind} ${'status' in stage.failure ? stage.failure.status : ''}`;
        const group = groups.get(key) ?? { failure: stage.failure, count: 0, articles: [] };
        groups.set(key, { ...group, count: group.count + 1, articles: articles ? [...group.articles, { id, url }] : [] });
      }
      return [...groups.values()].toSorted((a, b) => b.count - a.count);
    },
    retry: ({ ids }) => {
      const chosen = ids === 'all' ? pick({ list: 'failed' }).map((row) => row.id) : ids;
      change(chosen, () => ({ stage: { state: 'waiting' } }));
      return { count: chosen.length };
    },
    cancel: () => ({ count: 0 }), retryPictures: () => ({ pictures: [] }),
    tryExtract: nothing, reextract: nothing, older: () => ({ extractor: 'fake', ids: [] }),
    favourite: ({ ids, on }) => change(ids, () => ({ favourite: on })),
    archive: ({ ids, on }) => change(ids, () => ({ archived: on })),
    finish: ({ ids, on }) => change(ids, () => ({ finishedAt: on ? '2026-11-02T00:00:00Z' : null })),
    rename: ({ id, title }) => change([id], () => ({ title })),
    tag: ({ ids, add, remove }) => change(ids, (row) => ({ tags: [...new Set([...row.tags, ...add])].filter((tag) => !remove.includes(tag)) })),
    note: ({ id, text }) => change([id], () => ({ note: text.trim() === '' ? null : text.trim() })),
    toBookmarks: ({ ids }) => change(ids, () => ({ stage: { state: 'bookmark' } })),
    saveBookmarks: ({ ids }) => {
      const chosen = ids === 'all' ? pick({ list: 'bookmarks' }).map((row) => row.id) : ids;
      change(chosen, () => ({ stage: { state: 'waiting' } }));
      return { count: chosen.length };
    },
    bookmark: ({ pages, tags }) => pages.map(({ url, title, note }, at) => {
      const row = rowOf(8_000 + library.rows.length + at, { url, title: title === '' ? url : title, note: note === '' ? null : note, tags, stage: { state: 'bookmark' } });
      library.rows = [row, ...library.rows];
      tell({ about: 'articles', ids: [row.id] });
      return { id: row.id, url, outcome: 'new' };
    }),
    duplicates: () => ({ total: library.groups.length, groups: library.groups }), compare: nothing, keepApart: ({ id }) => change([id], () => ({})), merge: ({ others }) => change(others, () => ({ trashedAt: '2026-11-02T00:00:00Z' })),
    place: () => null, look: () => ({ undo: null }),
    trash: ({ ids }) => change(ids, () => ({ trashedAt: '2026-11-02T00:00:00Z' })),
    restore: ({ ids }) => change(ids, () => ({ trashedAt: null })),
    erase: ({ ids }) => {
      const gone = ids === 'all' ? pick({ list: 'trash' }).map((row) => row.id) : ids;
      library.rows = library.rows.filter((row) => !gone.includes(row.id));
      tell({ about: 'articles', ids: null });
      return { count: gone.length };
    },
    undo: ({ undo }) => {
      const before = undos.get(undo);
      if (before === undefined) return { done: false };
      undos.delete(undo);
      library.rows = before;
      queueMicrotask(() => tell({ about: 'articles', ids: null }));
      return { done: true };
    },
    tags: () => tagNames().map((name) => ({
      name, count: pick({ list: 'tag', tag: name }).length, unread: 0, position: shelves.includes(name) ? shelves.indexOf(name) : null, colour: aboutTag(name).colour ?? null,
    })),
    ...fakeTags(library, change, tell, () => [...(answers.tags({}) as Tag[])]),
    shelves: ({ tags }) => {
      shelves = tags;
      tell({ about: 'tags' });
      return { undo: null };
    },
    tagPage: ({ tag }) => {
      const all = pick({ list: 'tag', tag });
      return {
        tag, description: aboutTag(tag).description ?? null, count: all.length, unread: all.filter((row) => row.finishedAt === null).length,
        minutes: all.reduce((sum, row) => sum + row.minutes, 0), order: aboutTag(tag).order ?? 'newest',
        sites: [...Map.groupBy(all, (row) => row.host ?? '')].map(([host, rows]) => ({ host, count: rows.length })),
        children: tagNames().filter((name) => name.startsWith(`${tag}/`)).map((name) => ({ tag: name, count: pick({ list: 'tag', tag: name }).length })),
        shelved: shelves.includes(tag),
      };
    },
    setTag: ({ tag, ...change }) => {
      library.about.set(tag, { ...aboutTag(tag), ...Object.fromEntries(Object.entries(change).map(([field, value]) => [field, value ?? undefined])) });
      queueMicrotask(() => tell({ about: 'tags' }));
      return { undo: 'undo-tag' };
    },
    exportList: ({ title, as }) => ({ token: `${as} of ${title}`, name: `${title}.${as}`, total: library.rows.length }),
    exportPart: ({ token }) => ({ text: token, done: library.rows.length, last: true }),
    arrange: ({ ids, below }) => {
      const rest = library.arranged.filter((id) => !ids.includes(id));
      library.arranged = rest.toSpliced(below === null ? 0 : rest.indexOf(below) + 1, 0, ...ids);
      queueMicrotask(() => tell({ about: 'tags' }));
      return { undo: 'undo-order' };
    },
    dictionaries: () => ({ path: '/library/dictionaries', files: [] }),
    lookUp: ({ text }) => ({ count: 1, entries: [{ dictionary: 'Fake', word: text, text: 'A meaning.' }] }),
    settings: () => library.settings, first: nothing,
    changeSettings: (patch) => {
      library.settings = { ...library.settings, ...patch } as Settings;
      tell({ about: 'settings', settings: library.settings });
      return library.settings;
    },
    ...answerFolder(library, tell),
    check: () => ({ articles: library.rows.length, files: 0, acts: 0, problems: [] }), rebuild: () => ({ articles: library.rows.length }), stopCare: () => null,
  };
  const carrier: Carrier = {
    async ask(name, input): Promise<Reply<unknown>> {
      library.asked.push({ name, input });
      const question = questions[name as QuestionName];
      const parsed = question.input.safeParse(input);
      if (!parsed.success) return { ok: false, failure: { kind: 'bad-input', problem: parsed.error.message } };
      try {
        return { ok: true, value: await answers[name as QuestionName](parsed.data as never) };
      } catch (error) {
        if (error instanceof FailureError) return { ok: false, failure: error.failure };
        throw error;
      }
    },
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    openExternal: (url) => library.opened.push(url),
  };
  return Object.assign(library, { carrier, tell });
}

import { randomBytes } from 'node:crypto';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ArticleId } from '../../../shared/article.ts';
import type { Answers, Parsed } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { longestNote, longestQuote } from '../../../shared/highlight.ts';
import type { Imported, ImportFacts } from '../../../shared/import.ts';
import { largestImport } from '../../../shared/import-format.ts';
import { joinedNoteLimit } from '../../../shared/note.ts';
import { normalAddress } from '../../../shared/url.ts';
import { byAddress, known } from '../articles.ts';
import { joinedNote } from '../bookmarks.ts';
import { escaped } from '../leave/page-head.ts';
import type { IndexRow } from '../rows.ts';
import { webJob } from '../saving/arrivals.ts';
import { pieces } from '../saving/pieces.ts';
import type { ActBody, Job } from '../storage/acts.ts';
import { createId } from '../storage/clock.ts';
import { all } from '../storage/database.ts';
import { storageFailure } from '../storage/disk.ts';
import { storeArrival } from '../storage/files.ts';
import type { Store } from '../storage/store.ts';
import { changeWithUndo } from '../undo.ts';
import { cleanTags, folderTag, type Brought, type BroughtHighlight } from './exports/brought.ts';
import { readExport, type Export } from './exports/read-export.ts';

/** What can be asked of files from elsewhere, and the way to let go of those that are open. */
export type Imports = Pick<Answers, 'importPart' | 'lookImport' | 'runImport' | 'dropImport'> & { close(): Promise<void> };

/** So many tags are shown of what a file brings. */
const mostShown = 30;
/** So many files may be handed in and not let go at one time. */
const mostFiles = 100;
/** A name that the sweep of `arrivals/` takes for something begun: what is not taken over goes at the next start. */
const pathOf = (root: string, token: string): string => join(root, 'arrivals', `.${token}.tmp`);

/** `enqueue` gets what is to be made once it is on the disk. */
export function openImports(store: Store, enqueue: (ids: readonly ArticleId[]) => void): Imports {
  /** The bytes of each file handed in and not let go: together they are no more than one file may be. */
  const sizes = new Map<string, number>();
  const opened = new Map<string, Promise<Export | null>>();
  const running = new Map<string, Promise<Imported>>();
  const closing = new AbortController();

  function openOnce(token: string): Promise<Export | null> {
    if (!sizes.has(token)) throw new FailureError({ kind: 'not-found', what: token });
    // Nothing is of use in a file that cannot be read: it is not left to lie there.
    const known = opened.get(token) ?? readExport(pathOf(store.root, token)).catch((error: unknown) => drop(token).then(() => Promise.reject(error)));
    opened.set(token, known);
    return known;
  }

  async function drop(token: string): Promise<void> {
    const known = opened.get(token);
    opened.delete(token);
    sizes.delete(token);
    void known?.then((found) => found?.close(), () => undefined);
    await rm(pathOf(store.root, token), { force: true });
  }

  /** What a window that is gone, or a command broken off, has left lying goes first. */
  async function makeRoom(kept: string): Promise<void> {
    for (const oldest of sizes.keys()) {
      if (sizes.size <= mostFiles && [...sizes.values()].reduce((sum, each) => sum + each, 0) <= largestImport) return;
      if (oldest !== kept && !running.has(oldest)) await drop(oldest);
    }
  }

  async function run(input: Choice): Promise<Imported> {
    const found = await openOnce(input.token);
    if (found === null) throw new FailureError({ kind: 'not-found', what: input.name });
    const imported = await take(store, found, input, enqueue, closing.signal);
    await drop(input.token);
    return imported;
  }

  return {
    async importPart({ token, base64 }) {
      if (store.readOnly) throw new FailureError({ kind: 'read-only', why: store.readOnly });
      const bytes = Buffer.from(base64, 'base64');
      const name = token ?? `${randomBytes(4).toString('hex')}-${randomBytes(8).toString('hex')}`;
      const size = token === null ? 0 : sizes.get(name);
      // What is being looked through stays as it is.
      if (size === undefined || opened.has(name)) throw new FailureError({ kind: 'not-found', what: name });
      const path = pathOf(store.root, name);
      try {
        if (size + bytes.length > largestImport) throw new FailureError({ kind: 'too-large', limit: largestImport });
        sizes.set(name, size + bytes.length);
        await makeRoom(name);
        if (token === null) await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
        else await appendFile(path, bytes);
      } catch (error) {
        await drop(name);
        throw error instanceof FailureError ? error : storageFailure(error, path);
      }
      return { token: name };
    },
    async lookImport({ token }) {
      const found = await openOnce(token);
      if (found === null) await drop(token);
      return found === null ? null : factsOf(store, found);
    },
    async runImport(input) {
      // Asked for twice, it is done once.
      const under = running.get(input.token) ?? run(input).finally(() => running.delete(input.token));
      running.set(input.token, under);
      return under;
    },
    async dropImport({ token }) {
      // What is being taken over keeps its file to the end.
      await running.get(token)?.catch(() => undefined);
      if (sizes.has(token)) await drop(token);
      return null;
    },
    async close() {
      closing.abort(new FailureError({ kind: 'cancelled' }));
      await Promise.allSettled(running.values());
      await Promise.allSettled([...sizes.keys()].map(drop));
    },
  };
}

async function factsOf(store: Store, { format, entries, repeated, left, refused }: Export): Promise<ImportFacts> {
  const counts = new Map<string, number>();
  for (const tag of entries.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const here = await known(store)({ urls: entries.map(({ url }) => url) });
  const count = (is: (entry: Brought) => boolean) => entries.filter(is).length;
  const times = entries.flatMap(({ at }) => at ?? []).toSorted();
  return {
    format, links: entries.length, known: here.filter((id) => id !== null).length, repeated, left, refused,
    texts: count(({ text }) => text !== null), archived: count(({ archived }) => archived), favourites: count(({ favourite }) => favourite), finished: count(({ finished }) => finished),
    notes: count(({ note }) => note !== ''), highlights: entries.reduce((sum, { highlights }) => sum + highlights.length, 0), foldered: count(({ folder }) => folder.length > 0),
    tags: [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, mostShown).map(([tag, number]) => ({ tag, count: number })), allTags: counts.size,
    from: times[0] ?? null, to: times.at(-1) ?? null,
  };
}

type Choice = Parsed<'runImport'>;
type Taken = { acts: ActBody[]; back: ActBody[]; work: ArticleId | null };

/** So many acts are written at once, about. */
const fewActs = 500;

/**
 * A hundred at a time, each hundred on the disk before the next; killed within, what was taken is known when the file comes again.
 * Texts are stored first: between looking for a page and writing it down nothing else comes in, or it would be there twice.
 */
async function take(store: Store, { entries, left }: Export, choice: Choice, enqueue: (ids: readonly ArticleId[]) => void, stop: AbortSignal): Promise<Imported> {
  const now = Date.parse(store.now());
  let [made, known, index] = [0, 0, 0];
  let undo: string | null = null;
  let taken: Taken[] = [];
  const write = (): void => {
    undo = changeWithUndo(store, taken.flatMap(({ acts }) => acts), taken.flatMap(({ back }) => back), undo).undo ?? undo;
    enqueue(taken.flatMap(({ work }) => work ?? []));
    taken = [];
  };
  for await (const some of pieces(entries)) {
    const jobs: Job[] = [];
    for (const entry of some) {
      stop.throwIfAborted();
      const row = byAddress(store, entry.url);
      jobs.push(row === null || row.state === 'failed' ? await jobOf(store, entry, choice.bookmarks) : webJob(entry.url, false));
    }
    stop.throwIfAborted();
    let acts = 0;
    for (const [place, entry] of some.entries()) {
      const job = jobs[place] ?? webJob(entry.url, false);
      const row = byAddress(store, entry.url);
      const tags = [...new Set([...entry.tags, ...(choice.folders && entry.folder.length > 0 ? cleanTags([folderTag(entry.folder)]) : []), ...choice.tags])];
      // Of those without a time the first in the file stands on top.
      const at = entry.at ?? new Date(now - index).toISOString();
      index += 1;
      const one = row === null ? fresh(store, entry, tags, at, job, choice.bookmarks) : joined(store, row, entry, tags, job);
      taken.push(one);
      if (row === null) made += 1;
      else known += 1;
      acts += one.acts.length;
      if (acts < fewActs) continue;
      acts = 0;
      write();
      await breathe();
      stop.throwIfAborted();
    }
    write();
  }
  return { made, known, left, undo };
}

function fresh(store: Store, entry: Brought, tags: string[], at: string, job: Job, bookmarks: boolean): Taken {
  const id = createId(Date.parse(at));
  const acts: ActBody[] = [{ act: 'save', id, at, url: normalAddress(entry.url), name: entry.title, tags, job, ...(bookmarks ? { bookmark: true } : {}) }];
  if (entry.archived) acts.push({ act: 'set', id, field: 'archived', value: true, at });
  if (entry.favourite) acts.push({ act: 'set', id, field: 'favourite', value: true, at });
  if (entry.finished) acts.push({ act: 'set', id, field: 'finished', value: at });
  if (entry.note !== '') acts.push({ act: 'set', id, field: 'note', value: joinedNote(null, entry.note) });
  acts.push(...marks(id, entry.highlights, at));
  return { acts, back: [{ act: 'set', id, field: 'trashed', value: store.now() }], work: bookmarks ? null : id };
}

/** What is here already stays as it is, and gets what it lacks; what could not be had is made of the text that comes along. */
function joined(store: Store, row: IndexRow, entry: Brought, tags: string[], job: Job): Taken {
  const { id } = row;
  const taken: Taken = { acts: [], back: [], work: null };
  const change = (act: ActBody, back: ActBody): void => {
    taken.acts.push(act);
    taken.back.push(back);
  };
  const has = JSON.parse(row.tags) as string[];
  for (const tag of tags) if (!has.includes(tag)) change({ act: 'tag', id, tag, on: true }, { act: 'tag', id, tag, on: false });
  if (row.trashed_at !== null) change({ act: 'set', id, field: 'trashed', value: null }, { act: 'set', id, field: 'trashed', value: row.trashed_at });
  if (entry.favourite && row.favourite === 0) change({ act: 'set', id, field: 'favourite', value: true }, { act: 'set', id, field: 'favourite', value: false });
  const note = (row.note ?? '').length + 2 + entry.note.length <= joinedNoteLimit ? joinedNote(row.note, entry.note) : row.note;
  if (note !== row.note) change({ act: 'set', id, field: 'note', value: note }, { act: 'set', id, field: 'note', value: row.note });
  const quotes = new Set(all<{ quote: string }>(store.db, "SELECT json_extract(anchor, '$.quote') AS quote FROM highlights WHERE article = ? AND made AND NOT removed", id).map(({ quote }) => quote));
  for (const act of marks(id, entry.highlights.filter(({ quote }) => !quotes.has(folded(quote))), entry.at ?? store.now())) {
    change(act, { act: 'setHighlight', id, highlight: act.highlight, field: 'removed', value: true });
  }
  if (job.from === 'file' && row.state === 'failed') {
    taken.acts.push({ act: 'save', id, at: row.added_at, url: row.url, name: entry.title, tags: [], job });
    taken.work = id;
  }
  return taken;
}

/** The text that came along, kept as a page; else the address. */
async function jobOf(store: Store, entry: Brought, bookmarks: boolean): Promise<Job> {
  const text = bookmarks || entry.text === null ? '' : await entry.text().catch(asUnreadable);
  if (text === '') return webJob(entry.url, false);
  const stored = await storeArrival(store.root, Buffer.from(pageOf(entry, text), 'utf8'));
  return { from: 'file', stored, name: entry.title.replaceAll(/[\\/]/g, '-'), format: 'selection' };
}

/** A text that cannot be unpacked is as none: its page is fetched. */
function asUnreadable(error: unknown): string {
  if (error instanceof FailureError) return '';
  throw error;
}

function pageOf({ url, title, byline, publishedAt }: Brought, text: string): string {
  const meta = (name: string, content: string): string => (content === '' ? '' : `<meta name="${name}" content="${escaped(content)}">`);
  return `\ufeff<!doctype html><html><head><meta charset="utf-8"><title>${escaped(title)}</title><link rel="canonical" href="${escaped(url)}">${meta('author', byline)}${meta('article:published_time', publishedAt)}</head><body>${bodyOf(text)}</body></html>`;
}

/** What stands in the body, to its last end; by two patterns, since one that spans it begins anew at each of a million bodies. */
function bodyOf(text: string): string {
  const open = /<body\b[^<>]*>/i.exec(text);
  let end = -1;
  for (const { index } of text.matchAll(/<\/body>/gi)) end = index;
  return open === null || end < open.index ? text : text.slice(open.index + open[0].length, end);
}

const folded = (quote: string): string => quote.replace(/\s+/g, ' ').trim().slice(0, longestQuote);

/** Beyond any text: where the words of a highlight come several times, none of the places is nearer than another. */
const nowhere = 100_000_000;

/** Highlights whose place nobody told: they are found by their words alone. */
function marks(id: ArticleId, highlights: readonly BroughtHighlight[], at: string): Array<ActBody & { act: 'highlight' }> {
  return highlights.map((one) => ({ ...one, quote: folded(one.quote) })).filter(({ quote }) => quote !== '').map(({ quote, note, at: own }, place) => {
    const when = own ?? at;
    return {
      act: 'highlight', id, highlight: createId(Date.parse(when) + place), at: when, colour: 'yellow', note: note.trim().slice(0, longestNote),
      anchor: { quote, prefix: '', suffix: '', start: nowhere - quote.length, end: nowhere, twins: 0 },
    };
  });
}


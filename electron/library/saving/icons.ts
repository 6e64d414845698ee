import { FailureError, faultOf, type Failure } from '../../../shared/failure.ts';
import type { ArticleId } from '../../../shared/article.ts';
import type { Settings } from '../../../shared/settings.ts';
import { hostOf } from '../../../shared/url.ts';
import type { ActBody, Job } from '../storage/acts.ts';
import { all, get } from '../storage/database.ts';
import type { Store } from '../storage/store.ts';
import { tellOf } from '../undo.ts';
import { isAskedHere } from './asked-here.ts';
import { formatOfPage } from './download.ts';
import { type FetchLimits, fetchPublic } from './fetch-public.ts';
import { type Manners, mannersFor, passes } from './manners.ts';
import type { PageHead } from './page-head.ts';
import { fetchBy } from './picture-fetch.ts';
import { dataBytes } from './picture-kind.ts';
import { refererFor } from './picture-ways.ts';

/** Looks at the pages of bookmarks for a title and the site's icon, and takes icons from the pages of articles. Each site's icon is kept once. */
export type Icons = {
  /** These bookmarks were just kept. */
  look(ids: readonly ArticleId[]): void;
  /** A page that came while an article was saved, which names its icons when asked; `privateHost` is the host that the reader typed. */
  offer(url: string, icons: () => readonly string[], privateHost: string | null): void;
  heedSettings(): void;
  /** Resolves when there is nothing more that can be done for now. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

type Context = { store: Store; settings(): Settings; manners?: Manners | undefined; limits?: Partial<FetchLimits> | undefined };
type Task = { id: ArticleId; host: string } | { page: { url: string; icons: readonly string[] }; host: string; privateHost: string | null };
type Bookmark = { id: ArticleId; url: string; name: string; own_title: string | null; glanced: number; job: string };

const atOnce = 3;
/** Of what an earlier run left, only so many of the newest are looked at. */
const leftOver = 500;
const iconBytes = 200_000;
const iconPixels = 1_024;
/** How many of the icons a page names are tried. */
const mostTries = 3;
/** A site that had no icon is asked again after so many milliseconds. */
const askAgain = 30 * 86_400_000;
const pageLimits = { bytes: 5_000_000, total: 30 };

/** Starts with the bookmarks that an earlier run had no time or no network for. */
export function openIcons({ store, settings, manners, limits }: Context): Icons {
  const pending: Task[] = [];
  const busy = new Set<string>();
  const closing = new AbortController();
  const runs = new Set<Promise<void>>();
  const idlers = new Set<() => void>();
  /** Hosts without an icon, as far as this run has seen. */
  const without = new Set<string>();
  let offline = false;

  if (!store.readOnly) {
    const text = `SELECT id, host FROM articles WHERE state = 'bookmark' AND glanced = 0 AND host IS NOT NULL ORDER BY added_at DESC, id DESC LIMIT ${leftOver}`;
    pending.push(...all<{ id: ArticleId; host: string }>(store.db, text));
    setImmediate(pump);
  }

  function pump(): void {
    for (let task = next(); task !== null; task = next()) start(task);
    if (runs.size > 0 || (busy.size > 0 && pending.length > 0 && !closing.signal.aborted && !offline && !settings().savingHeld)) return;
    for (const resolve of idlers) resolve();
    idlers.clear();
  }

  function next(): Task | null {
    if (closing.signal.aborted || offline || settings().savingHeld || runs.size >= atOnce) return null;
    const at = pending.slice(0, 1_000).findIndex(({ host }) => !busy.has(host));
    return at < 0 ? null : (pending.splice(at, 1)[0] ?? null);
  }

  function start(task: Task): void {
    busy.add(task.host);
    const run = attempt(task).finally(() => runs.delete(run));
    runs.add(run);
  }

  async function attempt(task: Task): Promise<void> {
    let asked = false;
    try {
      asked = await work(task);
    } catch (error) {
      if (!closing.signal.aborted) failed(task, faultOf(error));
    }
    const pause = asked && !closing.signal.aborted ? (manners ?? mannersFor(task.host)).hostPause * 1_000 : 0;
    setTimeout(() => {
      busy.delete(task.host);
      pump();
    }, pause);
  }

  function failed(task: Task, failure: Failure): void {
    if (failure.kind === 'no-network') {
      offline = true;
      pending.unshift(task);
    } else if (failure.kind !== 'cancelled') store.tell({ about: 'trouble', failure });
  }

  /** Answers whether anything was asked of the site. */
  async function work(task: Task): Promise<boolean> {
    if (!('id' in task)) {
      if (isKnown(task.host)) return false;
      const file = await iconOf(task.page.icons, task.page.url, task.privateHost);
      if (file !== null) keepIcon(task.host, file);
      else without.add(task.host);
      return true;
    }
    const text = "SELECT id, url, name, own_title, glanced, job FROM articles WHERE id = ? AND state = 'bookmark' AND url IS NOT NULL";
    const bookmark = get<Bookmark>(store.db, text, task.id);
    if (bookmark === undefined || bookmark.glanced === 1) return false;
    const named = bookmark.name !== '' || bookmark.own_title !== null;
    // Without pictures there is no icon to look for, and its name is known.
    if (named && (isKnown(task.host) || !settings().keepPictures)) return false;
    await glance(bookmark, task.host, named);
    return true;
  }

  async function glance({ id, url, job }: Bookmark, host: string, named: boolean): Promise<void> {
    const { typed = false, asked = url } = (JSON.parse(job) ?? {}) as Partial<Job & { from: 'web' }>;
    const privateHost = typed && isAskedHere(store, id) ? new URL(url).host : null;
    const { head, at, failure } = await lookAt(asked, privateHost);
    const final = hostOf(at) ?? host;
    const guessed = URL.parse('/favicon.ico', at)?.href;
    if (!isKnown(final) && settings().keepPictures) {
      const file = await iconOf([...(head?.icons ?? []), ...(guessed === undefined ? [] : [guessed])], at, privateHost);
      keepIcon(final, file);
    }
    // The address only leads on: the icon of where it leads is not its own.
    if (final !== host && !isKnown(host) && settings().keepPictures) keepIcon(host, null);
    // What passes by itself may have been there a moment later: the next start looks once more.
    if (failure !== null && passes(failure)) return;
    act([{ act: 'glance', id, title: named ? null : (head?.title ?? null), excerpt: head?.excerpt ?? null }]);
  }

  async function lookAt(url: string, privateHost: string | null): Promise<{ head: PageHead | null; at: string; failure: Failure | null }> {
    try {
      const got = await fetchPublic(url, { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5', privateHost, signal: closing.signal, limits: { ...limits, ...pageLimits } });
      const type = got.headers['content-type'] ?? null;
      if (formatOfPage(type, got) !== 'page') return { head: null, at: got.url, failure: null };
      const [{ readHead }, { decode }] = await Promise.all([import('./page-head.ts'), import('../extract/decode.ts')]);
      return { head: readHead(decode(got.bytes.subarray(0, 400_000), type).text, got.url), at: got.url, failure: null };
    } catch (error) {
      const failure = faultOf(error);
      if (failure.kind === 'no-network' || failure.kind === 'cancelled' || failure.kind === 'internal') throw error;
      return { head: null, at: url, failure };
    }
  }

  /** The first of these that is a picture of a sensible size, stored; null when none is. */
  async function iconOf(addresses: readonly string[], page: string, privateHost: string | null): Promise<string | null> {
    for (const url of [...addresses.slice(0, mostTries - 1), ...addresses.slice(mostTries - 1).slice(-1)]) {
      const bytesOf = (address: string) => {
        const referer = refererFor(page, address);
        const options = { accept: 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5', privateHost, signal: closing.signal, limits: { ...limits, bytes: iconBytes, total: 20 } };
        return fetchPublic(address, { ...options, ...(referer === null ? {} : { referer }) }).then(({ bytes }) => bytes);
      };
      const limit = { picture: iconBytes, article: iconBytes, count: 1, atOnce: 1 };
      const kept = url.startsWith('data:') ? await fetchData(url, limit) : await fetchBy(url, 'page', { root: store.root, bytesOf, signal: closing.signal }, limit, []);
      if (kept?.state === 'missing' && kept.failure.kind === 'no-network') throw new FailureError(kept.failure);
      if (kept?.state === 'stored' && (kept.width ?? 16) <= iconPixels && (kept.height ?? 16) <= iconPixels) return kept.file;
    }
    return null;
  }

  function fetchData(url: string, limit: Parameters<typeof fetchBy>[3]) {
    return fetchBy(url, 'page', { root: store.root, bytesOf: async () => dataBytes(url) ?? new Uint8Array() }, limit, []);
  }

  /** Whether nothing more is to be found out about a site's icon for now. */
  function isKnown(host: string): boolean {
    if (without.has(host)) return true;
    const row = get<{ file: string | null; at: string }>(store.db, 'SELECT file, at FROM icons WHERE host = ?', host);
    return row !== undefined && (row.file !== null || Date.parse(row.at) > Date.parse(store.now()) - askAgain);
  }

  function keepIcon(host: string, file: string | null): void {
    if (file === null) without.add(host);
    act([{ act: 'icon', host, file, at: store.now() }]);
    // Every row of the site shows it.
    if (file !== null) store.tell({ about: 'articles', ids: null });
  }

  function act(acts: ActBody[]): void {
    store.act(acts, 'soon');
    if (acts.some((each) => 'id' in each)) tellOf(store, acts);
  }

  return {
    look(ids) {
      if (store.readOnly) return;
      offline = false;
      for (const id of ids) {
        const host = get<{ host: string | null }>(store.db, 'SELECT host FROM articles WHERE id = ?', id)?.host;
        if (host) pending.push({ id, host });
      }
      setImmediate(pump);
    },
    offer(url, icons, privateHost) {
      const host = hostOf(url);
      if (host === null || store.readOnly || !settings().keepPictures || isKnown(host)) return;
      // Never guessed at: the page says where it is, or there is none.
      const named = pending.some((task) => task.host === host) ? [] : icons();
      if (named.length === 0) return;
      offline = false;
      pending.push({ page: { url, icons: named }, host, privateHost });
      setImmediate(pump);
    },
    heedSettings() {
      setImmediate(pump);
    },
    idle() {
      return new Promise((resolve) => {
        idlers.add(resolve);
        setImmediate(pump);
      });
    },
    async close() {
      closing.abort();
      await Promise.allSettled(runs);
      pump();
    },
  };
}

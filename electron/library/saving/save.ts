import { readFile } from 'node:fs/promises';
import type { Certificate, Picture, Step } from '../../../shared/article.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { Settings } from '../../../shared/settings.ts';
import { hostOf, sameAddress } from '../../../shared/url.ts';
import type { ActBody } from '../storage/acts.ts';
import { readBody, readMeta, type Waiting } from '../articles.ts';
import { indexRow, sealedOf } from '../rows.ts';
import { storageFailure } from '../storage/disk.ts';
import { download } from './download.ts';
import type { ExtractJob, Extractor } from '../extract/extractor.ts';
import { keptForm } from '../extract/list-body.ts';
import { extractorVersion } from '../extract/version.ts';
import { fetchPublic, type FetchLimits, pageLimits } from './fetch-public.ts';
import { arrivalPath } from '../storage/files.ts';
import { type Manners, mannersFor } from './manners.ts';
import { joinFurther, type Joined, type JoinTask } from './pages.ts';
import type { Resolve } from './public-address.ts';
import type { Icons } from './icons.ts';
import { keepPictures, type PictureResult } from './images.ts';
import { readHead } from './page-head.ts';
import { pictureLimits } from './picture-fetch.ts';
import { refererBy, type Way } from './picture-ways.ts';
import { readSent, type Source } from './read-source.ts';
import type { RenderLimits, RenderPage } from './rendering.ts';
import { toPage } from '../leave/page.ts';
import { type Meta, readFurtherPages, readSealedPage, sealArticle } from '../storage/parts.ts';
import type { RuleFolder } from '../rules/folder.ts';
import type { Store } from '../storage/store.ts';

/** What saving works with. `limits` bound each request; `resolve` imitates a resolver in tests. */
export type SaveContext = {
  store: Store;
  settings(): Settings;
  extractor: Extractor;
  rules: RuleFolder;
  /** Takes the icons of sites from their pages; without it there are none. */
  icons?: Icons;
  limits?: Partial<FetchLimits>;
  resolve?: Resolve;
  manners?: Manners;
  /** Runs the script of pages that are empty without it; given by hosts that have an engine. */
  renderPage?: RenderPage;
  renderLimits?: Partial<RenderLimits>;
};

/** Told what is being done; `title` as soon as the page has been read. */
export type Report = (doing: { step: Step; done: number; of: number; title?: string }) => void;
type ReadyAct = ActBody & { act: 'ready' };

/**
 * Makes a waiting article whole on disk and answers the act that names it. Nothing is changed in the library until that
 * act is done, so a crash or a cancelled run leaves at worst a folder that nothing names. Throws FailureError.
 */
export async function makeArticle(context: SaveContext, work: Waiting, signal: AbortSignal, report: Report): Promise<ReadyAct> {
  const sent = await wholePage(context, work, await sourceOf(context, work, signal, report), signal);
  const read = (source: Source, judge: ExtractJob['judge']): Promise<Joined> => joinFurther({
    ...(work.job.from === 'web' ? furtherTask(context, work, signal) : { fetch: null, pause: 0, signal }),
    extractor: context.extractor,
    job: { ...jobOf(context, work, source), ...(work.job.from === 'web' && judge !== undefined ? { judge } : {}) },
    kept: [],
    onPage: () => report({ step: 'download', done: 0, of: 0 }),
  });
  const { renderLimits } = context;
  const wishes = { ...downloadTask(context, work, signal), ...(renderLimits ? { renderLimits } : {}) };
  const { source, made } = await readSent({ ...context, onStep: (step) => report({ step, done: 0, of: 1 }) }, sent, wishes, signal, read);
  const { result, further, pages } = made;
  const { encoding, html, text: _1, nextPage: _2, report: _3, ...facts } = keptForm(result);
  const pictures = await keepPictures({
    ...pictureTask(context, source.url, typedHost(work), signal),
    html,
    lead: facts.leadImage,
    keep: context.settings().keepPictures,
    onProgress: (done, of) => report({ step: 'pictures', done, of, title: facts.title }),
  });
  report({ step: 'store', done: 0, of: 1, title: facts.title });
  const meta: Omit<Meta, 'sums'> = {
    ...facts,
    id: work.id,
    url: work.url ?? source.url,
    addedAt: work.addedAt,
    extractedBy: extractorVersion,
    encoding,
    pictures: pictures.pictures,
    certificate: certificate(context, pictures),
    pages,
  };
  const sealed = await sealArticle(context.store, { id: work.id, document: toPage(meta, pictures.html), meta, page: source.page, further });
  if (work.job.from === 'web' && source.page !== null) offerIcons(context, source.page, typedHost(work));
  return { act: 'ready', id: work.id, ...sealed };
}

function offerIcons({ icons }: SaveContext, { url, bytes }: NonNullable<Source['page']>, privateHost: string | null): void {
  icons?.offer(url, () => readHead(Buffer.from(bytes.subarray(0, 300_000)).toString('utf8'), url).icons, privateHost);
}

/** Fetches only the pictures an article misses and seals it anew; `act` is null when it misses none. Throws FailureError. */
export async function makePictures(context: SaveContext, work: Waiting, signal: AbortSignal, onProgress: (done: number, of: number) => void): Promise<{ act: ReadyAct | null; pictures: Picture[] }> {
  const { store } = context;
  const { sums: _, ...meta } = readMeta(store, work.id);
  if (meta.pictures.every((picture) => picture.state === 'stored')) return { act: null, pictures: meta.pictures };
  const sealedNow = sealedOf(indexRow(store.db, work.id));
  const page = sealedNow && readSealedPage(store.root, sealedNow);
  const pictures = await keepPictures({
    ...pictureTask(context, page?.url ?? meta.url, typedHost(work), signal),
    html: readBody(store, work.id),
    lead: null,
    earlier: meta.pictures,
    keep: true,
    onProgress,
  });
  const renewed = { ...meta, pictures: pictures.pictures, certificate: certificate(context, pictures) };
  const sealed = await sealArticle(store, { id: meta.id, document: toPage(renewed, pictures.html), meta: renewed, page, further: sealedNow ? readFurtherPages(store.root, sealedNow) : [] });
  return { act: { act: 'ready', id: meta.id, ...sealed }, pictures: renewed.pictures };
}

async function sourceOf(context: SaveContext, work: Waiting, signal: AbortSignal, report: Report): Promise<Source> {
  const { store } = context;
  const { job, url } = work;
  if (job.from === 'file') {
    const bytes = await readArrival(store.root, job.stored);
    const page = { bytes, headers: { 'x-name': encodeURIComponent(job.name), ...(job.format === 'selection' ? { 'x-part': 'selection' } : {}) }, url: url ?? '' };
    return { bytes, contentType: null, url, format: job.format ?? 'text', page };
  }
  if (url === null) throw new FailureError({ kind: 'bad-address', address: work.title });
  report({ step: 'download', done: 0, of: 0 });
  const got = await download(job.asked ?? url, {
    ...downloadTask(context, work, signal),
    onBytes: (wire, declared) => report({ step: 'download', done: wire, of: declared ?? 0 }),
  });
  return { ...got, page: { bytes: got.bytes, headers: got.headers, url: got.url } };
}

const jobOf = ({ rules }: SaveContext, { job }: Waiting, { bytes, contentType, format, url }: Source): ExtractJob => ({
  bytes, contentType, format, url, name: job.from === 'file' ? job.name : '', rules: rules.textsFor(url),
});

/** The article whole on one page, where a rule of its site knows the way there; the page that came where there is none. */
async function wholePage(context: SaveContext, work: Waiting, source: Source, signal: AbortSignal): Promise<Source> {
  const { url } = source;
  if (work.job.from !== 'web' || url === null || !context.rules.rulesFor(url).some(({ paths }) => paths.single_page_link.length > 0)) return source;
  try {
    const link = (await context.extractor.extract(jobOf(context, work, source), signal)).report?.singlePage ?? null;
    if (link === null || sameAddress(link, url) || !isSameSite(link, url)) return source;
    const got = await furtherTask(context, work, signal).fetch(link, url, pageLimits.bytes);
    return got.format === 'page' ? { ...got, page: { bytes: got.bytes, headers: got.headers, url: got.url } } : source;
  } catch (error) {
    // The page itself is at hand, and with it the article or its beginning.
    if (error instanceof FailureError && error.failure.kind !== 'cancelled' && error.failure.kind !== 'no-network') return source;
    throw error;
  }
}

/** One host, or one below the other: print views often have a host of their own. */
function isSameSite(one: string, other: string): boolean {
  const [a, b] = [hostOf(one) ?? '', hostOf(other) ?? '.'];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

/** How a page is asked for, whichever page of an article it is. */
function downloadTask({ settings, limits, resolve, rules }: SaveContext, work: Waiting, signal: AbortSignal) {
  return { privateHost: typedHost(work), language: languages(settings()), headersFor: rules.headersFor, signal, ...(limits ? { limits } : {}), ...(resolve ? { resolve } : {}) };
}

/** What `joinFurther` needs to fetch an article's further pages: with a pause between them, as from page to page. */
export function furtherTask(context: SaveContext, work: Waiting, signal: AbortSignal): { fetch: NonNullable<JoinTask['fetch']>; pause: number; signal: AbortSignal } {
  return {
    fetch: (url, referer, bytes) => {
      const task = downloadTask(context, work, signal);
      return download(url, { ...task, referer, limits: { ...task.limits, bytes: Math.min(bytes, task.limits?.bytes ?? bytes) } });
    },
    pause: (context.manners ?? mannersFor(hostOf(work.url))).hostPause,
    signal,
  };
}

async function readArrival(root: string, stored: string): Promise<Uint8Array> {
  const path = arrivalPath(root, stored);
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new FailureError({ kind: 'damaged', part: `arrivals/${stored}` }, { cause: error });
    }
    throw storageFailure(error, path);
  }
}

/** What `keepPictures` needs to fetch a page's pictures as that page would. */
export function pictureTask({ store, settings, limits }: SaveContext, pageUrl: string | null, privateHost: string | null, signal: AbortSignal) {
  const bytes = Math.min(settings().pictureLimit, pictureLimits.article);
  return {
    root: store.root,
    limits: { picture: bytes },
    signal,
    bytesOf: (url: string, way: Way): Promise<Uint8Array> | null => {
      const referer = refererBy(way, pageUrl, url);
      if (referer === undefined) return null;
      const accept = 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5';
      const options = { accept, privateHost, signal, limits: { ...limits, bytes }, ...(referer === null ? {} : { referer }) };
      return fetchPublic(url, options).then((fetched) => fetched.bytes);
    },
  };
}

/** The host that the reader typed and that may therefore lie in a private network. */
export function typedHost({ job, url }: Waiting): string | null {
  return job.from === 'web' && job.typed && url !== null ? new URL(url).host : null;
}

/** Asked once: making a formatter to ask it costs more than a request's other work. */
const systemLanguage = Intl.DateTimeFormat().resolvedOptions().locale;

/** What the reader reads, for pages that come in several languages. */
export function languages({ language }: Settings): string {
  const first = language === 'system' ? systemLanguage : language;
  const list = [...new Set([first, first.split('-')[0] ?? first, 'en', 'zh'])];
  return [...list.map((each, i) => (i === 0 ? each : `${each};q=0.${9 - i}`)), '*;q=0.3'].join(',');
}

/** The count that goes with an article just made. */
export function certificate({ store }: SaveContext, { html, shown, stored, bytes }: PictureResult): Certificate {
  return { pictures: shown, stored, bytes: bytes + Buffer.byteLength(html), at: store.now() };
}

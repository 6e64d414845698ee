import { setTimeout } from 'node:timers/promises';
import type { Pages } from '../../../shared/article.ts';
import { type Failure, FailureError } from '../../../shared/failure.ts';
import { addressKey, hostOf } from '../../../shared/url.ts';
import type { ExtractJob, Extractor, ExtractResult } from '../extract/extractor.ts';
import type { Page } from '../storage/parts.ts';
import { type Download, formatOfPage } from './download.ts';
import { pageLimits } from './fetch-public.ts';

/** How many pages one article may have, and how many bytes its further pages together. */
export const mostPages = 30;
const mostBytes = 80_000_000;

/** What an article that goes on over several pages came to. `further` are the pages after the first, as they came. */
export type Joined = { result: ExtractResult; further: Page[]; pages: Pages | null };

/** `kept` are further pages at hand; `fetch` gets others, at most `bytes` long, and is null where no network may be asked. */
export type JoinTask = {
  extractor: Extractor;
  job: ExtractJob;
  kept: readonly Page[];
  fetch: ((url: string, from: string, bytes: number) => Promise<Download>) | null;
  /** Seconds between two pages of the site. */
  pause: number;
  signal: AbortSignal;
  /** What an earlier attempt was missing: told again where nothing is asked this time. */
  before?: Pages | null;
  onPage?(number: number): void;
};

/**
 * Extracts a page and the further pages of the same article, one after the other, and joins them. A further page that
 * cannot be had ends the article there, and `pages.missing` says so; only `no-network`, `cancelled` and what the first page
 * itself fails with are thrown, as FailureError.
 */
export async function joinFurther(task: JoinTask): Promise<Joined> {
  const { extractor, job, signal } = task;
  let result = await extractRuled(extractor, job, signal);
  const further: Page[] = [];
  const seen = new Set([addressKey(job.url ?? '')]);
  let bytes = 0;
  const end = (missing: Pages['missing']): Joined => ({ result, further, pages: further.length === 0 && missing === null ? null : { joined: further.length + 1, missing } });

  for (let from = job.url; from !== null; ) {
    const next = result.nextPage;
    if (next === null || seen.has(addressKey(next.url))) break;
    seen.add(addressKey(next.url));
    if (further.length + 1 >= mostPages) return end({ url: next.url, failure: { kind: 'too-many-pages', limit: mostPages } });
    let page = keptAs(task.kept, next.url);
    let joined: ExtractResult;
    try {
      if (page === null) {
        if (task.fetch === null) return end({ url: next.url, failure: task.before?.missing?.url === next.url ? task.before.missing.failure : null });
        if (bytes >= mostBytes) return end({ url: next.url, failure: { kind: 'too-large', limit: mostBytes } });
        task.onPage?.(further.length + 2);
        await rest(task.pause, signal);
        page = toPage(await task.fetch(next.url, from, Math.min(pageLimits.bytes, mostBytes - bytes)), next.url);
      }
      // Sent elsewhere: to the first page again, to the site's front, away from the site.
      if (hostOf(page.url) !== hostOf(job.url) || (addressKey(page.url) !== addressKey(next.url) && seen.has(addressKey(page.url)))) break;
      joined = await extractRuled(extractor, jobAfter(task, page, next.sure, result), signal);
    } catch (error) {
      return end({ url: next.url, failure: aboutPage(error) });
    }
    // Nothing new on it, or another article: then it was no further page.
    if (joined.html === result.html) break;
    seen.add(addressKey(page.url));
    bytes += page.bytes.byteLength;
    from = page.url;
    further.push(page);
    result = joined;
  }
  return end(null);
}

/** A rule that costs a page its time or memory costs it nothing else: then the page is read without it. */
async function extractRuled(extractor: Extractor, job: ExtractJob, signal: AbortSignal): Promise<ExtractResult> {
  try {
    return await extractor.extract(job, signal);
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.kind !== 'too-complex' || (job.rules ?? []).length === 0) throw error;
    return extractor.extract({ ...job, rules: [] }, signal);
  }
}

function jobAfter({ job }: JoinTask, page: Page, sure: boolean, result: ExtractResult): ExtractJob {
  const contentType = page.headers['content-type'] ?? null;
  if (formatOfPage(contentType, page) !== 'page') throw new FailureError({ kind: 'not-a-page', type: contentType ?? '' });
  const { explain: _, ...same } = job;
  return { ...same, bytes: page.bytes, contentType, url: page.url, name: '', after: { pageOne: job.url ?? page.url, sure, result } };
}

const asked = 'x-asked';
const toPage = ({ bytes, headers, url }: Download, from: string): Page => ({ bytes, headers: { ...headers, [asked]: from }, url });
const keptAs = (kept: readonly Page[], url: string): Page | null => kept.find((page) => addressKey(String(page.headers[asked] ?? page.url)) === addressKey(url)) ?? null;

/** A failure that belongs to the further page alone; others are thrown on. */
function aboutPage(error: unknown): Failure {
  if (!(error instanceof FailureError)) throw error;
  const { failure } = error;
  // Offline the whole article waits for the network; what stops everything stops this too.
  if (failure.kind === 'no-network' || failure.kind === 'cancelled' || failure.kind === 'internal') throw error;
  return failure;
}

async function rest(seconds: number, signal: AbortSignal): Promise<void> {
  if (seconds <= 0) return;
  try {
    await setTimeout(seconds * 1_000, undefined, { signal });
  } catch (error) {
    throw new FailureError({ kind: 'cancelled' }, { cause: error });
  }
}

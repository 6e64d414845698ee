import { FailureError } from '../../../shared/failure.ts';
import type { Page } from '../storage/parts.ts';
import { fetchPublic, type FetchOptions, userAgent } from './fetch-public.ts';

/*
 * Pages that are empty until their script has run are run by a host, in an engine that has no network of its own: every
 * request of such a page comes back here and is made by `fetchPublic`, like any other. Decision 8 says why.
 */

/** What a page asks for while its script runs. `kind` is what it is for; header names are in lower case. */
export type PageRequest = { url: string; kind: 'document' | 'script' | 'data'; headers: Readonly<Record<string, string>>; referer: string | null };
/** A successful answer: `url` is where it was found in the end. */
export type PageAnswer = { url: string; status: number; headers: Record<string, string>; bytes: Uint8Array };

/**
 * Times are in seconds: `total` from start to end, `settle` until a page that never rests is taken as it stands. `html`
 * is in characters, `memory` in bytes of the page's process.
 */
export type RenderLimits = { total: number; settle: number; html: number; memory: number };

/** One page for a host's engine. `load` is its only way to the network and rejects with a FailureError; at `signal` everything ends. */
export type RenderTask = { url: string; userAgent: string; load(request: PageRequest): Promise<PageAnswer>; limits: RenderLimits; signal: AbortSignal };

/** What the script made of the page: the document as HTML without scripts, and the address it gave itself. */
export type Rendered = { html: string; url: string };

/**
 * Runs a page's script, given by hosts that have an engine. Rejects with FailureError: those of `load` for the page
 * itself; `made-by-script` when there is no engine; `too-complex` for a page that hangs or needs too much; `too-large`.
 * Nothing of the engine is left when it settles.
 */
export type RenderPage = (task: RenderTask) => Promise<Rendered>;

export const renderLimits: RenderLimits = { total: 30, settle: 15, html: 12_000_000, memory: 1_000_000_000 };
/** For one page: how much may be asked for, and how much may come. */
const mostRequests = 200;
const mostBytes = 40_000_000;
const largest = 10_000_000;
/** Requests on their way at a time, so that what is under way stays within bounds too. */
const atOnce = 6;

const accepted: Record<PageRequest['kind'], string> = { document: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5', script: '*/*', data: '*/*' };

/** How the page was asked for, and so what its script wants is asked for too. */
export type RenderWishes = Omit<FetchOptions, 'accept' | 'signal' | 'onBytes' | 'referer'> & { renderLimits?: Partial<RenderLimits> };

/** The page as its script makes it, from the page as it was sent, which is not asked for again. Throws FailureError. */
export async function renderSent(render: RenderPage, sent: Page, wishes: RenderWishes, signal: AbortSignal): Promise<Page> {
  // What the page still waits for when it is done with is given up.
  const over = new AbortController();
  const load = loader(sent, wishes, AbortSignal.any([signal, over.signal]));
  try {
    const { html, url } = await render({ url: sent.url, userAgent, load, limits: { ...renderLimits, ...wishes.renderLimits }, signal });
    return { bytes: Buffer.from(html), headers: renderedHeaders(sent.headers), url };
  } finally {
    over.abort();
  }
}

/**
 * What a page's script is given. What is the reader's own (a rule's cookie, a private host they typed) goes only to the
 * page's own site, and only as long as no other site's page has taken its place: its script would read the answers.
 */
function loader(sent: Page, wishes: RenderWishes, signal: AbortSignal): RenderTask['load'] {
  const home = new URL(sent.url).origin;
  const turns = createTurns(atOnce);
  let away = false;
  let requests = 0;
  let bytes = 0;
  return async ({ url, kind, headers, referer }) => {
    if (kind === 'document' && withoutHash(url) === withoutHash(sent.url)) return { url: sent.url, status: 200, headers: sent.headers, bytes: sent.bytes };
    if (++requests > mostRequests) throw new FailureError({ kind: 'too-large', limit: mostBytes });
    const { origin } = new URL(url);
    if (kind === 'document' && origin !== home) away = true;
    return turns(async () => {
      const room = mostBytes - bytes;
      if (room <= 0) throw new FailureError({ kind: 'too-large', limit: mostBytes });
      const fetched = await fetchPublic(url, {
        ...wishes,
        privateHost: away || origin !== home ? null : (wishes.privateHost ?? null),
        accept: headers['accept'] ?? accepted[kind],
        // What a script says to one site, a key perhaps, is not for another it leads to.
        headersFor: (asked) => ({ ...(asked.origin === origin ? headers : {}), ...(!away && asked.origin === home ? wishes.headersFor?.(asked) : {}) }),
        signal,
        limits: { ...wishes.limits, bytes: Math.min(wishes.limits?.bytes ?? largest, largest, room) },
        ...(referer === null ? {} : { referer }),
      });
      bytes += fetched.bytes.byteLength;
      if (kind === 'document' && new URL(fetched.url).origin !== home) away = true;
      return fetched;
    });
  };
}

/** At most so many at a time; the others wait for their turn. */
function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: Array<() => void> = [];
  let under = 0;
  return async (work) => {
    if (under >= most) await new Promise<void>((go) => waiting.push(go));
    else under++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) under--;
      else next();
    }
  };
}

export const withoutHash = (url: string): string => url.replace(/#.*$/s, '');

/** The headers kept with a rendered page: those it was sent with, but for what they say of the bytes. */
function renderedHeaders({ 'content-encoding': _1, 'content-length': _2, 'transfer-encoding': _3, ...rest }: Record<string, string>): Record<string, string> {
  return { ...rest, 'content-type': 'text/html; charset=utf-8', 'x-rendered': '1' };
}

/** The same engine, for one page at a time and no longer than its limit; the others wait, and leave when they are given up. */
export function inTurn(render: RenderPage): RenderPage {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const turn = last.then(() => timed(render, task));
    last = turn.then(() => undefined, () => undefined);
    return turn;
  };
}

async function timed(render: RenderPage, task: RenderTask): Promise<Rendered> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), task.limits.total * 1_000);
  try {
    task.signal.throwIfAborted();
    return await render({ ...task, signal: AbortSignal.any([task.signal, clock.signal]) });
  } catch (error) {
    if (task.signal.aborted) throw new FailureError({ kind: 'cancelled' }, { cause: error });
    // A page that let nobody look at it until its time was over.
    if (clock.signal.aborted) throw new FailureError({ kind: 'too-complex' }, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

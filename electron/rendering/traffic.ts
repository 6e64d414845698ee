import { FailureError } from '../../shared/failure.ts';
import { type PageAnswer, type PageRequest, type RenderTask, withoutHash } from '../library/saving/rendering.ts';
import type { DevTools } from './devtools.ts';

/** What a page has on its way now, and since when that has been so, in milliseconds of `performance.now()`. */
export type Traffic = { pending(): number; since(): number; stop(): void };

type Header = { name: string; value: string };
type Paused = { requestId: string; request: { url: string; method: string; headers: Record<string, string> }; frameId: string; resourceType: string };

const mostNavigations = 10;
/** What answers say about the way they came, and what would reach beyond this one page. */
const dropped =
  /^(?:content-(?:encoding|length|disposition)|transfer-encoding|connection|keep-alive|set-cookie.*|alt-svc|link|refresh|strict-transport-security|nel|report-to|reporting-endpoints|clear-site-data|access-control-.*|cross-origin-.*|origin-agent-cluster|service-worker-allowed)$/;
/** What a script may say in its own words. Everything else belongs to the client. */
const passed = /^(?!sec-|proxy-)(?:accept|authorization|content-language|x-[a-z0-9-]{1,60}|[a-z0-9-]{0,30}(?:api-?key|token|version|client-id|locale))$/;

/**
 * Answers every request of a page by `task.load`: its documents, scripts, and what its scripts read. Nothing is passed
 * on to the engine's own network. Pictures, fonts, frames, sockets and all that sends something away are refused;
 * stylesheets come empty, since loaders wait for them. `broken` is told why the page itself could not be had.
 */
export async function answerRequests(tools: DevTools, task: RenderTask, mainFrame: string, broken: (error: unknown) => void): Promise<Traffic> {
  const underway = new Set<string>();
  /** Answers found behind a redirect, which the engine comes back for under their own address. */
  const found = new Map<string, PageAnswer>();
  let changed = performance.now();
  let documents = 0;
  let origin = new URL(task.url).origin;

  async function answer({ requestId, request, frameId, resourceType }: Paused): Promise<void> {
    const { url, method } = request;
    const open = { 'access-control-allow-origin': headerOf(request.headers, 'origin') ?? origin, 'access-control-allow-credentials': 'true', 'access-control-expose-headers': '*', vary: 'origin' };
    const fulfil = (status: number, headers: Record<string, string>, bytes: Uint8Array = new Uint8Array()): Promise<unknown> =>
      tools.send('Fetch.fulfillRequest', { requestId, responseCode: status, responseHeaders: listOf(headers), body: Buffer.from(bytes).toString('base64') });
    const refuse = (reason = 'BlockedByClient'): Promise<unknown> => tools.send('Fetch.failRequest', { requestId, errorReason: reason });

    if (/^(?:blob|data):/.test(url)) return void (await tools.send('Fetch.continueRequest', { requestId }));
    if (method === 'OPTIONS') {
      return void (await fulfil(204, { ...open, 'access-control-allow-methods': 'GET', 'access-control-allow-headers': headerOf(request.headers, 'access-control-request-headers') ?? '*' }));
    }
    if (resourceType === 'Stylesheet') return void (await fulfil(200, { ...open, 'content-type': 'text/css' }));
    const kind = kindOf(resourceType, frameId === mainFrame);
    if (kind === null || method !== 'GET') return void (await refuse());
    if (kind === 'document' && ++documents > mostNavigations) throw new FailureError({ kind: 'too-many-redirects', host: new URL(url).hostname });
    let loaded: PageAnswer;
    try {
      loaded = found.get(url) ?? (await task.load({ url, kind, headers: ownHeaders(request.headers), referer: headerOf(request.headers, 'referer') }));
      found.delete(url);
    } catch (error) {
      if (kind === 'document') throw error;
      const status = error instanceof FailureError && 'status' in error.failure ? error.failure.status : null;
      return void (await (status === null ? refuse('Failed') : fulfil(status, open)));
    }
    const at = withoutHash(loaded.url);
    if (at !== withoutHash(url)) {
      if (found.size < 50) found.set(at, loaded);
      return void (await fulfil(302, { ...open, location: at }));
    }
    const headers = Object.fromEntries(Object.entries(loaded.headers).filter(([name]) => !dropped.test(name)));
    if (kind === 'document') {
      // A file to be downloaded, not a page: the page that led to it stays.
      if (!/^\s*(?:$|text\/html|application\/xhtml\+xml)/i.test(headers['content-type'] ?? '')) return void (await fulfil(204, {}));
      headers['content-type'] ??= 'text/html';
      origin = new URL(url).origin;
    }
    await fulfil(loaded.status, { ...headers, ...open }, loaded.bytes);
  }

  const stop = tools.on((method, params) => {
    if (method !== 'Fetch.requestPaused') return;
    const paused = params as Paused;
    underway.add(paused.requestId);
    changed = performance.now();
    answer(paused)
      .catch((error: unknown) => {
        // Answers for a request that the page has given up are refused; only what was thrown on purpose is about the page.
        if (error instanceof FailureError) broken(error);
      })
      .finally(() => {
        underway.delete(paused.requestId);
        changed = performance.now();
      });
  });
  await tools.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
  return { pending: () => underway.size, since: () => changed, stop };
}

function kindOf(resourceType: string, isMain: boolean): PageRequest['kind'] | null {
  switch (resourceType) {
    case 'Document': return isMain ? 'document' : null;
    case 'Script': return 'script';
    case 'XHR': case 'Fetch': return 'data';
    default: return null;
  }
}

function headerOf(headers: Record<string, string>, wanted: string): string | null {
  for (const [name, value] of Object.entries(headers)) if (name.toLowerCase() === wanted) return value;
  return null;
}

function ownHeaders(headers: Record<string, string>): Record<string, string> {
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(own.filter(([name]) => passed.test(name)));
}

const listOf = (headers: Record<string, string>): Header[] => Object.entries(headers).map(([name, value]) => ({ name, value }));

import type { LookupFunction } from 'node:net';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Dispatcher } from 'undici';
import { type Failure, FailureError } from '../../../shared/failure.ts';
import { isChallenge } from './challenge.ts';
import { retryMoment } from './manners.ts';
import { headerLimit, networkFailure, type Progress } from './network-failure.ts';
import { publicLookup, refusePrivateLiteral, type Resolve, typedLookup } from './public-address.ts';
import { startWatch, type Watch } from './request-watch.ts';
import { unpack } from './unpack.ts';

/** Times are in seconds, sizes in bytes. `slowest` is bytes a second, demanded over every `slowSpan` seconds. */
export type FetchLimits = {
  firstByte: number;
  idle: number;
  total: number;
  bytes: number;
  ratio: number;
  ratioFrom: number;
  redirects: number;
  slowest: number;
  slowSpan: number;
};

export const pageLimits: FetchLimits = {
  firstByte: 20,
  idle: 15,
  total: 60,
  bytes: 25_000_000,
  ratio: 200,
  ratioFrom: 1_000_000,
  redirects: 10,
  slowest: 1_000,
  slowSpan: 20,
};

/** What to ask for. `privateHost` is the host (with port) that the reader typed, the only one allowed to be private. */
export type FetchOptions = {
  accept: string;
  limits?: Partial<FetchLimits>;
  privateHost?: string | null;
  referer?: string;
  language?: string;
  /** Further headers for one address, in lower case; asked again at every redirect, so that no host gets another's. */
  headersFor?: (url: URL) => Record<string, string>;
  signal?: AbortSignal | undefined;
  resolve?: Resolve;
  onBytes?: (wire: number, declared: number | null) => void;
};

/** A successful answer: `url` is the last address, `redirects` those before it in order, header names are in lower case. */
export type Fetched = { url: string; status: number; headers: Record<string, string>; bytes: Uint8Array; redirects: string[] };

const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Macintosh; Intel Mac OS X 10_15_7', win32: 'Windows NT 10.0; Win64; x64' };
/** What the app's own window would say: the engine that shows the pages, and who asks. Many sites turn anything else away. */
export const userAgent = `Mozilla/5.0 (${systems[process.platform] ?? 'X11; Linux x86_64'}) AppleWebKit/537.36 (KHTML, like Gecko) Lectern/0.1 Chrome/154.0.0.0 Safari/537.36`;

/**
 * Asks one address and follows it to its end: the only HTTP client there is. http(s) only, no cookies but those a site rule names, private
 * networks out of reach, sizes and times bounded. Every failure is thrown as a `FailureError`.
 */
export async function fetchPublic(address: string, options: FetchOptions): Promise<Fetched> {
  const limits = { ...pageLimits, ...options.limits };
  const watch = startWatch(limits, options.signal);
  const redirects: string[] = [];
  let url = webUrl(address);
  try {
    for (;;) {
      const answer = await askOnce(url, options, limits, watch);
      if (!('location' in answer)) return { ...answer, url: url.href, redirects };
      redirects.push(url.href);
      url = nextUrl(url, answer.location);
      if (redirects.length > limits.redirects || redirects.includes(url.href)) {
        throw new FailureError({ kind: 'too-many-redirects', host: url.hostname });
      }
    }
  } finally {
    watch.stop();
  }
}

type Answer = { status: number; headers: Record<string, string>; bytes: Uint8Array } | { location: string };

async function askOnce(url: URL, options: FetchOptions, limits: FetchLimits, watch: Watch): Promise<Answer> {
  const own = isTyped(url, options.privateHost ?? null);
  if (!own) refusePrivateLiteral(url.hostname);
  const dispatcher = options.resolve ? await agent(publicLookup(options.resolve)) : await (own ? open() : guarded());
  const { request } = await loadClient();
  let progress: Progress = 'asking';
  let body: Dispatcher.ResponseData['body'] | null = null;
  try {
    watch.expect('firstByte', url.hostname);
    const answer = await request(url, {
      dispatcher,
      signal: watch.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
      headers: {
        'user-agent': userAgent,
        accept: options.accept,
        'accept-language': options.language ?? '*',
        'accept-encoding': 'gzip, deflate, br, zstd',
        ...(options.referer === undefined ? {} : { referer: options.referer }),
        ...options.headersFor?.(url),
      },
    });
    progress = 'reading';
    const status = answer.statusCode;
    body = answer.body;
    // An answer given up on must not come back as an unhandled error event.
    body.on('error', () => undefined);
    const headers = plainHeaders(answer.headers);
    const location = headers['location'];
    if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
      return { location };
    }
    if (status < 200 || status > 299) {
      watch.expect('idle', url.hostname);
      if (await isChallenge(status, headers, body)) throw new FailureError({ kind: 'wall', host: url.hostname, wall: 'robot' });
      throw new FailureError(statusFailure(status, url.hostname, retryMoment(headers['retry-after'], Date.now())));
    }
    const declared = headers['content-encoding'] === undefined ? Number(headers['content-length'] ?? Number.NaN) : Number.NaN;
    if (declared > limits.bytes) throw new FailureError({ kind: 'too-large', limit: limits.bytes });
    watch.expect('idle', url.hostname);
    const bytes = await unpack(body, headers['content-encoding'] ?? '', limits, (wire) => {
      watch.received(wire);
      options.onBytes?.(wire, Number.isFinite(declared) ? declared : null);
    });
    return { status, headers, bytes };
  } catch (error) {
    const stopped = watch.stopped();
    if (stopped !== null) throw new FailureError(stopped, { cause: error });
    if (error instanceof FailureError) throw error;
    throw new FailureError(networkFailure(error, url.hostname, progress, watch.seconds()), { cause: error });
  } finally {
    body?.destroy();
    if (options.resolve) dispatcher.destroy().catch(() => undefined);
  }
}

/** The address as a URL without credentials, or `bad-address`. */
function webUrl(address: string, base?: string): URL {
  if (!URL.canParse(address, base)) throw new FailureError({ kind: 'bad-address', address });
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new FailureError({ kind: 'bad-address', address: url.href.slice(0, 2_000) });
  url.username = '';
  url.password = '';
  return url;
}

function nextUrl(from: URL, location: string): URL {
  // Header bytes arrive as Latin-1; many servers put raw UTF-8 into Location.
  const bytes = Buffer.from(location, 'latin1');
  const text = bytes.toString('utf8');
  const url = webUrl(Buffer.from(text, 'utf8').equals(bytes) ? text : location, from.href);
  if (url.hash === '') url.hash = from.hash;
  return url;
}

/** The host the reader typed, on its own port, or moved between the two ordinary ones. */
function isTyped(url: URL, typed: string | null): boolean {
  if (typed === null) return false;
  return url.host === typed || (url.port === '' && url.hostname === typed);
}

function statusFailure(status: number, host: string, retryAt: string | null): Failure {
  const asked = retryAt !== null && (status === 429 || status === 503) ? { retryAt } : {};
  if ([401, 402, 403, 407, 429, 451].includes(status)) return { kind: 'refused', host, status, ...asked };
  if (status === 404 || status === 410) return { kind: 'gone', host, status };
  return { kind: 'server-error', host, status, ...asked };
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie') plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

/*
 * Two sets of connections that never mix: one whose look-ups are checked, one for what the reader typed. A connection
 * kept open to a typed private host can therefore never serve a request that a page caused.
 */
let guardedAgent: Promise<Dispatcher> | null = null;
let openAgent: Promise<Dispatcher> | null = null;
const guarded = () => (guardedAgent ??= agent(publicLookup()));
const open = () => (openAgent ??= agent(typedLookup()));

/** A third of all code there is, and a library that is only read needs none of it. */
const loadClient = () => import('undici');

/** Direct connections look names up by `lookup`; a proxy from the environment does its own resolving. */
async function agent(lookup: LookupFunction): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await loadClient();
  const secureContext = trust();
  const tls = secureContext ? { secureContext } : {};
  return new EnvHttpProxyAgent({
    connect: { lookup, timeout: connectSeconds * 1_000, ...tls },
    requestTls: tls,
    noProxy: noProxy(process.env['no_proxy'] ?? process.env['NO_PROXY'] ?? ''),
    allowH2: false,
    maxHeaderSize: headerLimit,
    keepAliveTimeout: 4_000,
    connections: 8,
  });
}

const connectSeconds = 10;

function noProxy(list: string): string {
  return list.trim() === '*' ? '*' : `${list},localhost,127.0.0.1,::1`;
}

let trusted: SecureContext | null | undefined;
/** Node's own roots and the system's: networks with an inspecting proxy put theirs there. Made once, since it is slow. */
function trust(): SecureContext | null {
  if (trusted !== undefined) return trusted;
  const system = getCACertificates('system');
  trusted = system.length === 0 ? null : createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...system])] });
  return trusted;
}

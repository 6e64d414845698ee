import { afterAll, beforeAll, expect, test } from 'vitest';
import { download } from '../../electron/library/saving/download.ts';
import { fetchPublic, type FetchLimits } from '../../electron/library/saving/fetch-public.ts';
import { type Failure, FailureError } from '../../shared/failure.ts';
import { nasty } from '../web/nasty.ts';
import { startWeb, type Web } from '../web/web.ts';

let web: Web;
beforeAll(async () => {
  web = await startWeb(nasty);
});
afterAll(() => web.close());

const limits: Partial<FetchLimits> = { firstByte: 10, idle: 10, total: 20, bytes: 2_000_000, ratioFrom: 200_000 };
const ask = (path: string, more: Partial<FetchLimits> = {}, signal?: AbortSignal) =>
  fetchPublic(path.startsWith('/') ? web.origin + path : path, { accept: '*/*', privateHost: web.host, limits: { ...limits, ...more }, signal });

async function failure(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('Nothing failed');
}

test.each(['/plain', '/moved', '/utf-8-location', '/gzip', '/br', '/zstd', '/deflate', '/deflate-raw', '/gzip-twice', '/gzip-lie', '/big-cookie', '/too-long'])('%s is read', async (path) => {
  const { bytes, status, headers } = await ask(path);
  expect(status).toBe(200);
  expect(Buffer.from(bytes).toString()).toBe('<!doctype html><title>Plain</title><p>A plain page.</p>');
  expect(headers['set-cookie']).toBeUndefined();
});

test('the last address and those before it are told', async () => {
  const { url, redirects } = await ask('/moved#part');
  expect({ url, redirects }).toEqual({ url: `${web.origin}/plain#part`, redirects: [`${web.origin}/moved#part`] });
});

test('no cookie and no credentials are ever sent, and who we are is said', async () => {
  await ask('/big-cookie');
  await ask(`http://reader:secret@${web.host}/plain`);
  const headers = web.hits.at(-1)?.headers;
  expect(headers?.cookie).toBeUndefined();
  expect(headers?.authorization).toBeUndefined();
  expect(headers?.['user-agent']).toContain('Lectern');
});

const host = '127.0.0.1';
test.each<[string, Failure]>([
  ['/401', { kind: 'refused', host, status: 401 }],
  ['/403', { kind: 'refused', host, status: 403 }],
  ['/429', { kind: 'refused', host, status: 429 }],
  ['/451', { kind: 'refused', host, status: 451 }],
  ['/404', { kind: 'gone', host, status: 404 }],
  ['/410', { kind: 'gone', host, status: 410 }],
  ['/500', { kind: 'server-error', host, status: 500 }],
  ['/503', { kind: 'server-error', host, status: 503 }],
  ['/no-location', { kind: 'server-error', host, status: 302 }],
  ['/loop', { kind: 'too-many-redirects', host }],
  ['/moved-far', { kind: 'too-many-redirects', host }],
  ['/to-file', { kind: 'bad-address', address: 'file:///etc/passwd' }],
  ['/to-script', { kind: 'bad-address', address: 'javascript:alert(1)' }],
  ['/to-nowhere', { kind: 'bad-address', address: 'http://' }],
  ['/to-local', { kind: 'private-address', host: 'localhost' }],
  ['/to-router', { kind: 'private-address', host: '192.168.1.1' }],
  ['/to-mapped', { kind: 'private-address', host: '[::ffff:7f00:1]' }],
  ['/bomb', { kind: 'too-large', limit: 2_000_000 }],
  ['/bomb-twice', { kind: 'too-large', limit: 2_000_000 }],
  ['/endless', { kind: 'too-large', limit: 2_000_000 }],
  ['/says-huge', { kind: 'too-large', limit: 2_000_000 }],
  ['/header-flood', { kind: 'too-large', limit: 65_536 }],
  ['/gzip-thrice', { kind: 'not-a-page', type: 'gzip, gzip, gzip' }],
  ['/rot13', { kind: 'not-a-page', type: 'content-encoding: rot13' }],
  ['/gzip-cut', { kind: 'cut-short', host }],
  ['/gzip-broken', { kind: 'cut-short', host }],
  ['/too-short', { kind: 'cut-short', host }],
  ['/chunk-cut', { kind: 'cut-short', host }],
  ['/reset', { kind: 'cut-short', host }],
  ['/empty-reply', { kind: 'no-connection', host }],
  ['/no-http', { kind: 'no-connection', host }],
])('%s fails as it should', async (path, expected) => {
  expect(await failure(ask(path))).toEqual(expected);
});

test.each<[string, Partial<FetchLimits>]>([
  ['/silent', { firstByte: 0.3 }],
  ['/stall', { idle: 0.3 }],
  ['/drip', { slowest: 1_000, slowSpan: 0.3 }],
  ['/drip', { slowest: 0, total: 0.5 }],
])('%s is ended by %j alone', async (path, tight) => {
  const begun = performance.now();
  expect((await failure(ask(path, tight))).kind).toBe('timeout');
  expect(performance.now() - begun).toBeLessThan(8_000);
});

test('giving up ends the request at once', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  expect(await failure(ask('/stall', { idle: 30, total: 30 }, controller.signal))).toEqual({ kind: 'cancelled' });
  expect(await failure(ask('/plain', {}, AbortSignal.abort()))).toEqual({ kind: 'cancelled' });
});

test('nobody listening, and no such name', async () => {
  const gone = await startWeb({});
  await gone.close();
  const closed = fetchPublic(gone.origin, { accept: '*/*', privateHost: gone.host, limits });
  expect(await failure(closed)).toEqual({ kind: 'no-connection', host });
  const named = (code: string) => failure(fetchPublic('http://news.example.org/', { accept: '*/*', limits, resolve: (_, done) => done(Object.assign(new Error(code), { code }), []) }));
  expect(['no-such-host', 'no-network']).toContain((await named('ENOTFOUND')).kind);
  expect(await named('EAI_AGAIN')).toEqual({ kind: 'no-network' });
});

test('giving up leaves no connection open', async () => {
  for (const path of ['/stall', '/endless', '/bomb', '/drip', '/says-huge', '/403']) await failure(ask(path, { idle: 0.2, total: 0.4 }));
  await expect.poll(() => web.sockets(), { timeout: 6_000 }).toBeLessThanOrEqual(1);
});

const page = (path: string) => download(web.origin + path, { privateHost: web.host, limits });

test('a page that only sends its visitor on is followed', async () => {
  expect((await page('/refresh')).url).toBe(`${web.origin}/plain`);
  expect((await page('/refresh-slow')).url).toBe(`${web.origin}/refresh-slow`);
  expect((await page('/refresh-loop')).url).toContain('/refresh-loop');
});

test('bytes decide what a page is', async () => {
  expect((await page('/html-as-picture')).format).toBe('page');
  expect((await page('/notes.md')).format).toBe('markdown');
  expect((await page('/notes.txt')).format).toBe('text');
  expect(await failure(page('/pdf'))).toEqual({ kind: 'not-a-page', type: 'application/pdf' });
  expect(await failure(page('/pdf-as-html'))).toEqual({ kind: 'not-a-page', type: 'application/pdf' });
  expect(await failure(page('/json'))).toEqual({ kind: 'not-a-page', type: 'application/json' });
  expect(await failure(page('/nothing'))).toEqual({ kind: 'no-article' });
});

test('what broke off is asked for once: when to try again is for the queue to say', async () => {
  const before = web.hits.length;
  await failure(page('/reset'));
  expect(web.hits.length - before).toBe(1);
});

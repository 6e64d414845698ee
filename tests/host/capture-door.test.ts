import { createHmac, createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepCaptureDoor, openCaptureDoor, type CaptureDoor } from '../../electron/capture-door.ts';
import { codeLife, codeTries, openBrowsers } from '../../electron/library/browsers.ts';
import { openLibrary, type Library } from '../../electron/library/library.ts';
import { openConfSettings } from '../../electron/open.ts';
import { capturePorts } from '../../shared/browser.ts';
import { rawRequest } from '../app/raw.ts';
import { newsPage } from '../library/open-test-library.ts';

/* The way in for paired browsers, asked by everyone: the extension, other extensions, web pages, programs. */

const chrome = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`;
const firefox = 'moz-extension://0a1b2c3d-1111-4222-8333-0123456789ab';
let folder: string;
let library: Library;
let door: CaptureDoor;
let now: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-capture-'));
  now = Date.parse('2026-11-24T10:00:00Z');
  const browsers = openBrowsers(join(folder, 'browsers.json'), { now: () => now });
  library = await openLibrary({ path: join(folder, 'library'), settings: openConfSettings(join(folder, 'settings')).settings, version: '0.0.0', browsers });
  const opened = await openCaptureDoor(library, '0.0.0');
  if (opened === null) throw new Error('no port is free');
  door = opened;
  library.browsers.door('open', door.port);
});
afterEach(async () => {
  await door.close();
  await library.close();
  rmSync(folder, { recursive: true, force: true });
});

type Wish = { method?: string; path?: string; host?: string | null; headers?: string[]; origin?: string | null; type?: string | null; body?: unknown; token?: string };
/** A request as the extension makes it, but for what is wished otherwise. */
function ask(wish: Wish) {
  const body = typeof wish.body === 'string' ? wish.body : JSON.stringify(wish.body ?? {});
  const line = (name: string, value: string | null | undefined, usual: string) => (value === null ? [] : [`${name}: ${value ?? usual}`]);
  return rawRequest(
    door.port,
    [
      `${wish.method ?? 'POST'} ${wish.path ?? '/hello'} HTTP/1.1`,
      ...line('Host', wish.host, `127.0.0.1:${door.port}`),
      ...line('Origin', wish.origin, chrome),
      ...line('Content-Type', wish.type, 'application/json'),
      ...(wish.token === undefined ? [] : [`Authorization: Bearer ${wish.token}`]),
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(wish.headers ?? ['Sec-Fetch-Site: none']),
    ],
    body,
  );
}

function code(): string {
  library.browsers.pair();
  const shown = library.browsers.facts().code;
  if (shown === null) throw new Error('no code is shown');
  return shown.code;
}

/** Pairs an extension and answers its token, as it is sent. */
async function pair(origin = chrome): Promise<{ id: string; token: string; secret: string }> {
  const { status, body } = await ask({ path: '/pair', origin, body: { code: code(), name: 'Test', former: null } });
  expect(status).toBe(200);
  const { browser, token } = JSON.parse(body) as { browser: string; token: string };
  return { id: browser, token: `${browser}.${token}`, secret: token };
}

const page = { url: 'https://paper.example/notes', title: 'Notes', html: newsPage('Tides'), part: 'page', tags: ['club'] };
const silent = { status: 0, head: '', body: '' };

test('the extension looks where Lectern listens', () => {
  const written = readFileSync(join(import.meta.dirname, '../../extension/ports.js'), 'utf8');
  expect(/\[([\d_, ]+)\]/.exec(written)?.[1]?.replaceAll('_', '').split(', ').map(Number)).toEqual([...capturePorts]);
});

test('a paired extension saves a page with its tags, an address, and learns the tags', async () => {
  for (const origin of [chrome, firefox]) {
    const { token } = await pair(origin);
    const url = `https://${origin.slice(0, 3)}.example/notes`;
    const saved = await ask({ path: '/capture', origin, token, body: { ...page, url } });
    expect(saved.status).toBe(200);
    expect(JSON.parse(saved.body)).toMatchObject({ ok: true, value: { url, outcome: 'new' } });
    expect(saved.head).not.toMatch(/access-control/i);
    expect(saved.head).toContain('x-content-type-options: nosniff');
  }
  await library.idle();
  const { rows } = await library.answers.list({ where: { list: 'tag', tag: 'club' }, sort: 'newest', from: 0, count: 10 });
  expect(rows.map(({ title, stage }) => [title, stage.state])).toEqual([['Tides', 'ready'], ['Tides', 'ready']]);
  const { token } = await pair();
  expect(JSON.parse((await ask({ path: '/tags', token })).body)).toEqual({ ok: true, value: ['club'] });
  expect(JSON.parse((await ask({ path: '/save', token, body: { url: 'http://192.168.0.1/router', tags: [] } })).body)).toMatchObject({ ok: true });
  await library.idle();
  const { id } = await library.answers.find({ what: 'http://192.168.0.1/router' });
  // What a page linked to was not typed by the reader.
  expect((await library.answers.article({ id: id ?? '' })).stage).toMatchObject({ state: 'failed', failure: { kind: 'private-address' } });
  expect(library.browsers.facts().paired.map(({ usedAt }) => usedAt)).toEqual(Array.from({ length: 3 }, () => '2026-11-24T10:00:00.000Z'));
});

const strangers: Array<[string, Wish]> = [
  ['a rebound name', { host: 'evil.example' }],
  ['a rebound name at our port', { host: 'evil.example:27491' }],
  ['localhost by name', { host: 'localhost:27491' }],
  ['no host', { host: null }],
  ['a second host', { headers: ['Host: evil.example'] }],
  ['a web page', { origin: 'https://evil.example' }],
  ['a page of this machine', { origin: 'http://127.0.0.1:27491' }],
  ['a page without an origin', { origin: 'null' }],
  ['a program without an origin', { origin: null }],
  ['an origin that only begins like an extension’s', { origin: `${chrome}.evil.example` }],
  ['an extension of another length', { origin: 'chrome-extension://abc' }],
  ['two origins', { headers: [`Origin: https://evil.example`] }],
  ['a cross-site request', { headers: ['Sec-Fetch-Site: cross-site'] }],
  ['a same-site request', { headers: ['Sec-Fetch-Site: same-site'] }],
  ['two words on where it comes from', { headers: ['Sec-Fetch-Site: none', 'Sec-Fetch-Site: cross-site'] }],
  ['a preflight', { method: 'OPTIONS', headers: ['Access-Control-Request-Method: POST', 'Access-Control-Request-Headers: content-type', 'Access-Control-Request-Private-Network: true'] }],
  ['a reading', { method: 'GET' }],
  ['a head', { method: 'HEAD' }],
  ['a form', { type: 'application/x-www-form-urlencoded' }],
  ['a beacon', { type: 'text/plain' }],
  ['no type', { type: null }],
  ['a compressed body', { headers: ['Content-Encoding: gzip'] }],
  ['a body that waits for a word', { headers: ['Expect: 100-continue'] }],
  ['an upgrade', { headers: ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'] }],
];

test.each(strangers)('%s hears nothing at all, with the code, the token and the right words', async (_name, wish) => {
  const { id, token } = await pair();
  const tries: Array<[string, unknown]> = [
    ['/hello', { browser: id, nonce: 'ab'.repeat(16) }],
    ['/pair', { code: code(), name: 'Evil', former: null }],
    ['/capture', page],
    ['/tags', {}],
    ['/', {}],
  ];
  const here: Wish = { ...wish, ...(wish.host?.endsWith(':27491') ? { host: wish.host.replace('27491', String(door.port)) } : {}) };
  for (const [path, body] of tries) expect(await ask({ path, body, token, ...here })).toEqual(silent);
  expect((await library.answers.list({ where: { list: 'all' }, sort: 'newest', from: 0, count: 10 })).total).toBe(0);
  expect(library.browsers.facts().paired).toHaveLength(1);
});

test('without a token, with a wrong one, another extension’s or a forgotten one, nothing is heard', async () => {
  const { id, token, secret } = await pair();
  const other = chrome.replace(/p$/, 'a');
  for (const wrong of [undefined, `${id}.${'A'.repeat(43)}`, `${'0'.repeat(16)}.${secret}`, secret, `${token} `.repeat(2)]) {
    expect(await ask({ path: '/capture', body: page, ...(wrong === undefined ? {} : { token: wrong }) })).toEqual(silent);
  }
  expect(await ask({ path: '/capture', body: page, token, origin: other })).toEqual(silent);
  expect(await ask({ path: '/hello', body: { browser: id, nonce: 'ab'.repeat(16) }, origin: other })).toEqual(silent);
  expect(await ask({ path: '/nothing', token })).toEqual(silent);
  library.answers.forgetBrowser({ id });
  expect(await ask({ path: '/capture', body: page, token })).toEqual(silent);
  expect(() => library.answers.forgetBrowser({ id })).toThrow('not-found');
});

test('Lectern proves to know the token, for this port only, before it is told', async () => {
  const { id, secret } = await pair();
  const nonce = 'cd'.repeat(16);
  const { body } = await ask({ path: '/hello', body: { browser: id, nonce } });
  const key = createHash('sha256').update(secret).digest();
  const proof = createHmac('sha256', key).update(`${nonce} ${door.port}`).digest('hex');
  expect(JSON.parse(body)).toEqual({ name: 'Lectern', version: '0.0.0', proof });
});

test('a code is good once, for two minutes and five tries', async () => {
  const attempt = (given: string) => ask({ path: '/pair', body: { code: given, name: 'Test', former: null } });
  // No code is shown: nothing is heard, so that nobody learns that Lectern is here.
  expect(await attempt('12345678')).toEqual(silent);

  const first = code();
  expect(first).toMatch(/^[1-5]\d{7}$/);
  expect(capturePorts[Number(first[0]) - 1]).toBe(door.port);
  const wrong = `${first.slice(0, 7)}${(Number(first[7]) + 1) % 10}`;
  for (let left = codeTries - 1; left >= 0; left--) expect(await attempt(wrong)).toMatchObject({ status: 403, body: JSON.stringify({ left }) });
  expect(await attempt(first)).toEqual(silent);
  expect(library.browsers.facts().code).toBeNull();

  const second = code();
  now += codeLife;
  expect(await attempt(second)).toEqual(silent);

  const third = code();
  now += codeLife - 1;
  expect((await attempt(third)).status).toBe(200);
  expect(await attempt(third)).toEqual(silent);
  const fourth = code();
  library.answers.endPairing({});
  expect(await attempt(fourth)).toEqual(silent);
});

test('an extension that is paired anew is one browser, two browsers with the same extension are two', async () => {
  const { id } = await pair();
  await pair();
  expect(library.browsers.facts().paired).toHaveLength(2);
  expect((await ask({ path: '/pair', body: { code: code(), name: 'Again', former: id } })).status).toBe(200);
  expect(library.browsers.facts().paired.map(({ name }) => name)).toEqual(['Test', 'Again']);
});

test('tokens lie on the disk only as hashes, for nobody else to read; a damaged file pairs nobody', async () => {
  const { secret, token } = await pair();
  const file = join(folder, 'browsers.json');
  expect(readFileSync(file, 'utf8')).not.toContain(secret);
  expect(readFileSync(file, 'utf8')).toContain(createHash('sha256').update(secret).digest('hex'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = openBrowsers(file);
  expect(again.admits(token.slice(0, 16), secret, chrome)).toBe(true);
  rmSync(file);
  expect(again.facts().paired).toEqual([]);
});

test('what is too long, no JSON or no question is told to the paired only', async () => {
  const { token } = await pair();
  expect(await ask({ path: '/capture', token, headers: ['Content-Length: 200000000'].slice(1), body: '{' })).toMatchObject({ status: 400 });
  expect(JSON.parse((await ask({ path: '/capture', token, body: { ...page, url: 'file:///etc/passwd' } })).body)).toMatchObject({ ok: false, failure: { kind: 'bad-address' } });
  expect(JSON.parse((await ask({ path: '/capture', token, body: { ...page, more: 1 } })).body)).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
  expect(await ask({ path: '/tags', token, body: { fill: 'x'.repeat(200_000) } })).toMatchObject({ status: 413 });
  expect(await ask({ path: '/pair', body: { code: code(), name: 'x'.repeat(200_000), former: null } })).toEqual(silent);
});

test('the door follows the preference, takes the next port, and says when there is none', async () => {
  await door.close();
  const settings = openConfSettings(join(folder, 'settings')).settings;
  const taken = [createServer(), createServer()];
  for (const server of taken) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const [first = 0, second = 0] = taken.map((server) => (server.address() as AddressInfo).port);
  const close = keepCaptureDoor(library, settings, '0.0.0', [first, second]);
  const state = () => library.browsers.facts().door;
  expect(state()).toBe('closed');
  settings.change({ captureDoor: true });
  await expect.poll(state).toBe('no-port');
  await new Promise<unknown>((done) => taken[1]?.close(done));
  settings.change({ captureDoor: true });
  await expect.poll(state).toBe('open');
  settings.change({ captureDoor: false });
  await expect.poll(state).toBe('closed');
  expect((await rawRequest(second, ['POST /hello HTTP/1.1', `Host: 127.0.0.1:${second}`])).status).toBe(0);
  settings.change({ captureDoor: true });
  await expect.poll(state).toBe('open');
  await close();
  expect(state()).toBe('closed');
  await new Promise<unknown>((done) => taken[0]?.close(done));
});

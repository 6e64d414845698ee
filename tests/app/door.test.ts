import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../shared/words/en.ts';
import { makeHome, startHost, type Home, type Host } from '../stage.ts';
import { rawRequest, takeKeys } from './raw.ts';

/* The browser host's door, attacked with bytes that no browser would send and with those that one would. */

let home: Home;
let host: Host;
let port: number;
let authority: string;
let cookie: string;
let key: string;
let pictures: string;
const question = JSON.stringify({ urls: ['https://example.invalid/from-outside'] });

beforeAll(async () => {
  home = await makeHome();
  host = await startHost(home);
  port = Number(new URL(host.link).port);
  authority = `127.0.0.1:${port}`;
  ({ cookie, ask: key, pictures } = await takeKeys(host.link));
});
afterAll(async () => {
  await host.stop();
  await home.remove();
});

/** Every act ever done is a line in a journal: the same lines, the same library. */
function acts(): string {
  const folder = join(home.library, 'journal');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const hash = createHash('sha256');
  for (const name of names) if (statSync(join(folder, name)).isFile()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

const ask = (lines: string[], body = question, path = '/ask/save', method = 'POST') =>
  rawRequest(port, [`${method} ${path} HTTP/1.1`, ...lines, `Content-Length: ${Buffer.byteLength(body)}`], body);

test('of every Host, Origin, method and content type, exactly one is let in', async () => {
  const ours = `http://${authority}`;
  const hosts = [authority, 'localhost', `localhost:${port}`, `localhost.:${port}`, `127.1:${port}`, `2130706433:${port}`, `[::1]:${port}`, 'evil.example', `127.0.0.1.evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`, ''];
  const origins = [ours, null, 'null', `http://127.0.0.1:${port + 1}`, `https://${authority}`, `http://localhost:${port}`, 'http://evil.example', `${ours}.evil.example`];
  const methods = ['POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
  const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', null];
  const before = acts();
  const accepted: string[] = [];
  const allowed: string[] = [];
  // A question that changes nothing, so that only what gets through is counted.
  const body = '{}';
  const combinations = hosts.flatMap((h) => origins.flatMap((o) => methods.flatMap((m) => types.map((t) => ({ h, o, m, t })))));
  for (let at = 0; at < combinations.length; at += 24) {
    await Promise.all(
      combinations.slice(at, at + 24).map(async ({ h, o, m, t }) => {
        const lines = [`Host: ${h}`, ...(o === null ? [] : [`Origin: ${o}`]), ...(t === null ? [] : [`Content-Type: ${t}`]), `Cookie: ${cookie}`, `Lectern-Key: ${key}`];
        const answer = await ask(lines, body, '/ask/tags', m);
        if (answer.status < 400) accepted.push(`${m} ${h} ${o} ${t} -> ${answer.status}`);
        if (/access-control-/i.test(answer.head)) allowed.push(`${m} ${h} ${o}`);
      }),
    );
  }
  expect(accepted).toEqual([`POST ${authority} ${ours} application/json -> 200`]);
  expect(allowed).toEqual([]);
  expect(acts()).toBe(before);
});

const good = () => [`Host: ${authority}`, `Origin: http://${authority}`, 'Content-Type: application/json', `Cookie: ${cookie}`, `Lectern-Key: ${key}`];

test('without the cookie, or with a wrong or neighbouring one, nothing is read or changed', async () => {
  const before = acts();
  const [name = '', value = ''] = cookie.split('=');
  const wrong = [null, '', `${name}=`, `${name}=${value.slice(0, -1)}`, `${name}=${value}x`, `lectern=${value}`, `x${cookie}`, `${name.toUpperCase()}=${value}`];
  for (const given of wrong) {
    const lines = [...good().filter((line) => !line.startsWith('Cookie:')), ...(given === null ? [] : [`Cookie: ${given}`])];
    expect([given, (await ask(lines)).status]).toEqual([given, 401]);
    for (const path of ['/', '/news', '/assets/index.js', '/reader.html', '/open', '/open?t=', `/open?t=${value}`, '/anything']) {
      const answer = await rawRequest(port, [`GET ${path} HTTP/1.1`, `Host: ${authority}`, ...(given === null ? [] : [`Cookie: ${given}`])]);
      expect([path, answer.status, answer.body]).toEqual([path, 401, en.cli.usedLink]);
    }
  }
  expect(acts()).toBe(before);
});

test('a link lets one in once, and its cookie is for this server and no script', async () => {
  const url = new URL(host.link);
  expect((await rawRequest(port, [`GET ${url.pathname}${url.search} HTTP/1.1`, `Host: ${authority}`])).status).toBe(401);
  // Whoever is in already may open the used link again and comes to the page.
  const again = await rawRequest(port, [`GET ${url.pathname}${url.search} HTTP/1.1`, `Host: ${authority}`, `Cookie: ${cookie}`]);
  expect([again.status, /^location: (.*)$/im.exec(again.head)?.[1]]).toEqual([303, '/']);
  expect(cookie).toMatch(new RegExp(`^lectern-${port}=[\\w-]{43}$`));
});

test('requests that say two things are refused', async () => {
  const before = acts();
  expect((await ask([...good(), `Host: ${authority}`])).status).toBeGreaterThanOrEqual(400);
  expect((await ask([...good(), 'Host: evil.example'])).status).toBeGreaterThanOrEqual(400);
  expect((await ask([...good(), 'Origin: http://evil.example'])).status).toBe(403);
  expect((await ask([...good(), 'Sec-Fetch-Site: cross-site'])).status).toBe(403);
  expect((await ask([...good(), 'Sec-Fetch-Site: same-site'])).status).toBe(403);
  expect((await ask(good(), question, `http://evil.example/ask/save`)).status).toBe(403);
  expect((await ask(good(), question, `http://${authority}/ask/save`)).status).toBe(403);
  expect((await ask(good(), question, `//evil.example/ask/save`)).status).toBe(403);
  const chunked = await rawRequest(port, ['POST /ask/save HTTP/1.1', ...good(), 'Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n');
  expect(chunked.status).toBe(400);
  expect(acts()).toBe(before);
});

test('unknown names, unreadable bodies and too large ones are answered in kind', async () => {
  for (const name of ['nothing', 'constructor', '__proto__', 'toString', 'save/', 'save%00', '../save', '']) {
    expect([name, (await ask(good(), '{}', `/ask/${name}`)).status]).toEqual([name, 404]);
  }
  expect((await ask(good(), '{"urls":')).status).toBe(400);
  const extra = await ask(good(), JSON.stringify({ where: { list: 'all' }, path: '/etc/passwd' }), '/ask/list');
  expect(JSON.parse(extra.body)).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
  const large = await rawRequest(port, ['POST /ask/saveText HTTP/1.1', ...good(), 'Content-Length: 100000001'], '{}');
  expect([large.status, JSON.parse(large.body)]).toEqual([413, { ok: false, failure: { kind: 'too-big-a-request', limit: 100_000_000 } }]);
  for (const path of ['/ask/tags', '/nothing', '/assets/', `/files/ab/?key=${pictures}`, '/.door', '/lectern.json', '/index.db', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd']) {
    const answer = await rawRequest(port, [`GET ${path} HTTP/1.1`, `Host: ${authority}`, `Cookie: ${cookie}`]);
    expect([path, answer.status, answer.body]).toEqual([path, 404, '']);
  }
});

test('everything that comes back forbids sniffing, caching of pages, and other origins', async () => {
  const page = await rawRequest(port, ['GET / HTTP/1.1', `Host: ${authority}`, `Cookie: ${cookie}`]);
  expect(page.status).toBe(200);
  expect(page.head).toMatch(/^content-security-policy: default-src 'none';/im);
  expect(page.head).toMatch(/^cache-control: no-store/im);
  for (const answer of [page, await ask(good(), '{}', '/ask/tags'), await rawRequest(port, ['GET /x HTTP/1.1', 'Host: x'])]) {
    expect(answer.head).toMatch(/^x-content-type-options: nosniff/im);
    expect(answer.head).toMatch(/^cross-origin-resource-policy: same-origin/im);
    expect(answer.head).not.toMatch(/^(access-control-|x-powered-by)/im);
  }
});

test('an upgrade is not an entrance', async () => {
  const answer = await rawRequest(port, ['GET /news HTTP/1.1', `Host: ${authority}`, `Cookie: ${cookie}`, 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==', 'Sec-WebSocket-Version: 13']);
  expect(answer.head).not.toMatch(/101/);
});

test('200 slow strangers do not keep the reader waiting', async () => {
  const slow = Array.from({ length: 200 }, () => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.on('error', () => socket.destroy());
    socket.write('GET / HTTP/1.1\r\nHost');
    return socket;
  });
  try {
    const started = performance.now();
    expect((await ask(good(), '{}', '/ask/tags')).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(1_000);
  } finally {
    for (const socket of slow) socket.destroy();
  }
});

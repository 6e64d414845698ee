import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { setStage, type Stage } from '../stage.ts';
import { png } from '../web/pictures.ts';
import { rawRequest } from './raw.ts';

/*
 * Another program of this machine, on another port of 127.0.0.1, which the reader's browser visits: cookies know no
 * ports, so it is sent ours and may set its own of that name. It is no browser and may write every header as it likes.
 */

let stage: Stage;
let other: Server;
let there: string;
let collected: string;
let given: string[];
let file: string;

beforeAll(async () => {
  collected = '';
  given = [];
  other = createServer((request, response) => {
    collected = request.headers.cookie ?? collected;
    if (request.url === '/quay.png') return response.writeHead(200, { 'content-type': 'image/png' }).end(png(600, 400));
    if (request.url === '/harbour') return response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Harbour</title><article><h1>Harbour</h1>${'<p>A text about a harbour, long enough to be one, with all that belongs to it, and the ferry that comes late every evening.</p>'.repeat(6)}<p><img src="/quay.png" alt="The quay"></p></article>`);
    return response.writeHead(200, { 'content-type': 'text/html', ...(given.length === 0 ? {} : { 'set-cookie': given }) }).end('<!doctype html><title>Other</title>');
  });
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  there = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  stage = await setStage();
  const [saved] = await stage.ask('save', { urls: [`${there}harbour`], tags: [] });
  const id = saved?.id ?? '';
  await vi.waitUntil(async () => (await stage.ask('article', { id })).stage.state === 'ready', { timeout: 20_000 });
  const { pictures } = await stage.ask('article', { id });
  file = pictures.flatMap((picture) => (picture.state === 'stored' ? [picture.file] : []))[0] ?? '';
});
afterAll(async () => {
  await stage.close();
  other.closeAllConnections();
  await new Promise((done) => other.close(done));
});

async function visit(): Promise<void> {
  const page = await stage.context.newPage();
  await page.goto(there);
  await page.close();
}

test('whoever has collected the cookie still reads and changes nothing', async () => {
  await visit();
  const { host, port } = new URL(stage.host.origin);
  expect(collected).toMatch(new RegExp(`^lectern-${port}=[\\w-]{43}$`));
  const as = [`Host: ${host}`, `Cookie: ${collected}`, 'Sec-Fetch-Site: same-origin'];
  const get = (path: string) => rawRequest(Number(port), [`GET ${path} HTTP/1.1`, ...as]);
  const ask = (name: string, input: object, lines: string[] = []) => {
    const body = JSON.stringify(input);
    return rawRequest(Number(port), [`POST /ask/${name} HTTP/1.1`, ...as, `Origin: http://${host}`, 'Content-Type: application/json', `Content-Length: ${body.length}`, ...lines], body);
  };
  const key = await stage.page.evaluate(() => localStorage.getItem('lectern-key') ?? '');
  const [asking = '', showing = ''] = key.split('.');
  const picture = `/files/${file.slice(0, 2)}/${file}`;
  expect(file).toMatch(/^[0-9a-f]{64}\.png$/);
  // What it is kept out by is the key alone.
  expect((await ask('list', { where: { list: 'all' } }, [`Lectern-Key: ${asking}`])).body).toContain('Harbour');
  expect((await get(`${picture}?key=${showing}`)).status).toBe(200);
  // The addresses of pictures are copied with a text: what stands in them opens nothing else.
  const wrong = ['', showing, key, collected.split('=')[1] ?? ''];
  for (const each of wrong) {
    expect([each, (await ask('list', { where: { list: 'all' } }, [`Lectern-Key: ${each}`])).status]).toEqual([each, 401]);
    expect([each, (await get(`/news?key=${each}`)).status]).toEqual([each, 401]);
  }
  expect((await ask('save', { urls: ['https://example.invalid/other'] })).status).toBe(401);
  // The page itself, which the cookie alone opens, tells nothing: not even what the next start will show first.
  await stage.ask('changeSettings', { lastAsked: ['list {"where":{"list":"all"}}'] });
  expect((await ask('first', {}, [`Lectern-Key: ${asking}`])).body).toContain('Harbour');
  expect((await get('/')).status).toBe(200);
  expect((await get('/')).body).not.toContain('Harbour');
  expect((await ask('list', { where: { list: 'all' } }, [`Lectern-Key: ${asking}`, `Lectern-Key: ${asking}`])).status).toBe(401);
  for (const path of ['/news', picture, `${picture}?key=${asking}`, `/thumbs/${file}`]) expect([path, (await get(path)).status]).toEqual([path, 401]);
  // Asking to be let in as someone who is in already gives no key.
  for (const path of ['/open', '/open?t=', new URL(stage.host.link).pathname + new URL(stage.host.link).search]) {
    const { head } = await get(path);
    expect([path, /^location: (.*)$/im.exec(head)?.[1]]).toEqual([path, '/']);
  }
  expect((await get('/')).body).not.toContain(asking);
  expect((await stage.ask('list', { where: { list: 'all' } })).total).toBe(1);
});

test('cookies of that name, set by the other port, do not keep the reader out', async () => {
  const { port } = new URL(stage.host.origin);
  given = ['/ask', '/news', '/files', '/assets', '/index'].map((path) => `lectern-${port}=junk; Path=${path}`);
  await visit();
  await stage.page.reload();
  await stage.page.getByRole('heading', { level: 1 }).first().waitFor();
  expect((await stage.ask('list', { where: { list: 'all' } })).total).toBe(1);
  expect(stage.faults).toEqual([]);
});

test('the key is gone from the address and the history as soon as it is read, and stays for another tab', async () => {
  expect(await stage.page.evaluate(() => [location.href.includes('key='), document.referrer])).toEqual([false, '']);
  const tab = await stage.context.newPage();
  await tab.goto(`${stage.host.origin}/#/all`);
  await tab.getByText('Harbour').first().waitFor();
  await tab.close();
});

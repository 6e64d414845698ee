import { createSocket } from 'node:dgram';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { article } from '../../electron/library/articles.ts';
import { createExtractor } from '../../electron/library/extract/extractor.ts';
import { openRules } from '../../electron/library/rules/folder.ts';
import type { Resolve } from '../../electron/library/saving/public-address.ts';
import { openQueue } from '../../electron/library/saving/queue.ts';
import { openPipe } from '../../electron/rendering/devtools.ts';
import { renderFlags, renderInBrowser } from '../../electron/rendering/headless.ts';
import { readSealedPage, type Sealed } from '../../electron/library/storage/parts.ts';
import type { RenderPage } from '../../electron/library/saving/rendering.ts';
import { type Failure, FailureError } from '../../shared/failure.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { chromiumPath } from '../stage.ts';
import { png } from '../web/pictures.ts';
import { scriptPages } from '../web/script-pages.ts';
import { startWeb, type Web } from '../web/web.ts';
import { openTestStore } from './made-up.ts';
import { openTestLibrary, type TestLibrary } from './open-test-library.ts';

/* Pages made by script, in the real Chromium of this machine, from address to article. */

const engine = renderInBrowser(chromiumPath);

/** A site of such pages, and another that stands for the reader's private network: nothing may ever reach it. */
async function openSite(): Promise<{ web: Web; inside: Web }> {
  const inside = await startWeb({ '/': 'A router' });
  const web = await startWeb({ ...scriptPages(inside.origin), '/boat.png': png(40, 30) });
  onTestFinished(async () => {
    await Promise.all([web.close(), inside.close()]);
  });
  return { web, inside };
}

async function saveOne(library: TestLibrary, url: string) {
  const [saved] = await library.answers.save({ urls: [url], tags: [], typed: true });
  await library.idle();
  return library.answers.article({ id: saved?.id ?? '' });
}

async function failureOf(library: TestLibrary, url: string): Promise<Failure | string> {
  const { stage } = await saveOne(library, url);
  return stage.state === 'failed' ? stage.failure : stage.state;
}

/** Profiles and processes of engines that this process started: there must be none between pages. */
function leftovers(): string[] {
  const mine = `lectern-render-${process.pid}-`;
  const running = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((id) => {
    try {
      const state = /^State:\s*(\w)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
      return state !== 'Z' && (readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(mine) || readFileSync(`/proc/${id}/environ`, 'utf8').includes(mine));
    } catch {
      return false;
    }
  });
  return [...running, ...readdirSync(tmpdir()).filter((name) => name.startsWith(mine))];
}

test('a page that is empty until its script has asked for the text becomes an article, with its pictures', async () => {
  const { web } = await openSite();
  const library = await openTestLibrary({ renderPage: engine });
  const article = await saveOne(library, `${web.origin}/late`);
  expect(article.stage).toEqual({ state: 'ready' });
  expect(article.title).toBe('The late boat');
  expect(article.html).toContain('the people of the brewery');
  expect(article.certificate).toMatchObject({ pictures: 1, stored: 1 });
  // The page itself is asked for once; the engine gets it from what was downloaded.
  expect(web.hits.map(({ path }) => path)).toEqual(['/late', '/api/late.json', '/boat.png']);
  expect(web.hits[1]?.headers).toMatchObject({ 'x-api-version': '2', accept: 'application/json', referer: `${web.origin}/late` });
  expect(web.hits[1]?.headers['user-agent']).toContain('Lectern/');
  expect(web.hits[1]?.headers).not.toHaveProperty('cookie');
  const steps = new Set(library.news.flatMap((news) => (news.about === 'queue' ? news.working : [])).flatMap(({ stage }) => (stage.state === 'working' ? [stage.step] : [])));
  expect(steps).toContain('render');
  expect(leftovers()).toEqual([]);
}, 60_000);

test('modules, redirected data and shadow roots are no hindrance, and the page keeps the address it gives itself', async () => {
  const { web } = await openSite();
  const library = await openTestLibrary({ renderPage: engine });
  const module = await saveOne(library, `${web.origin}/module`);
  expect(module).toMatchObject({ stage: { state: 'ready' }, title: 'The late boat', url: `${web.origin}/module` });
  const shadow = await saveOne(library, `${web.origin}/shadow`);
  expect(shadow.stage).toEqual({ state: 'ready' });
  expect(shadow.html).toContain('the people of the brewery');
}, 60_000);

test('what is kept is the page the article was made of, and extracting again needs neither engine nor network', async () => {
  const { web } = await openSite();
  const library = await openTestLibrary({ renderPage: engine });
  const { id } = await saveOne(library, `${web.origin}/module`);
  const [meta] = readdirSync(join(library.path, 'articles'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('meta.json'));
  const folder = join(meta ?? '', '..');
  const { sums } = JSON.parse(readFileSync(join(library.path, 'articles', meta ?? ''), 'utf8')) as Sealed;
  const page = readSealedPage(library.path, { folder, sums });
  expect(page).toMatchObject({ url: `${web.origin}/module/boats`, headers: { 'x-rendered': '1', 'content-type': 'text/html; charset=utf-8' } });
  const html = Buffer.from(page?.bytes ?? []).toString();
  expect(html).toContain('the people of the brewery');
  expect(html).not.toContain('<script');
  await web.close();
  const before = await library.answers.article({ id });
  expect(await library.answers.tryExtract({ id, encoding: null, kind: null })).toMatchObject({ added: 0, removed: 0, changes: [{ did: 'kept' }] });
  expect(before.stage).toEqual({ state: 'ready' });
}, 60_000);

test('a page that never rests is taken as it stands', async () => {
  const { web } = await openSite();
  const library = await openTestLibrary({ renderPage: engine, renderLimits: { settle: 3 } });
  expect(await saveOne(library, `${web.origin}/endless`)).toMatchObject({ stage: { state: 'ready' }, title: 'Never at rest' });
  await expect.poll(() => web.sockets()).toBeLessThan(2);
  expect(leftovers()).toEqual([]);
}, 60_000);

test('a page gets nothing but itself: no window, download, place, message, write, frame, socket or other network', async () => {
  const { web, inside } = await openSite();
  // What speaks without a connection is heard where the sockets' port is.
  const datagrams = createSocket('udp4');
  let packets = 0;
  datagrams.on('message', () => packets++);
  await new Promise<void>((bound) => datagrams.bind(Number(new URL(inside.origin).port), '127.0.0.1', bound));
  onTestFinished(() => void datagrams.close());
  const library = await openTestLibrary({ renderPage: engine });
  const article = await saveOne(library, `${web.origin}/greedy`);
  expect(article).toMatchObject({ stage: { state: 'ready' }, title: 'What it wants' });
  expect(web.hits.map(({ path }) => path).toSorted()).toEqual(['/boat.png', '/file.bin', '/greedy']);
  expect(inside.hits).toEqual([]);
  expect(inside.connections()).toBe(0);
  expect(packets).toBe(0);
  expect(leftovers()).toEqual([]);
}, 60_000);

test.each([
  ['/to-private', { kind: 'private-address', host: '127.0.0.1' }],
  ['/to-router', { kind: 'private-address', host: '10.0.0.1' }],
])('%s leads to no private address', async (path, failure) => {
  const { web, inside } = await openSite();
  const library = await openTestLibrary({ renderPage: engine });
  expect(await failureOf(library, web.origin + path)).toEqual(failure);
  expect(inside.connections()).toBe(0);
  expect(leftovers()).toEqual([]);
}, 60_000);

test('a name is judged by the address it leads to, not by what it is called', async () => {
  const { web, inside } = await openSite();
  const store = await openTestStore();
  const extractor = createExtractor();
  const names: string[] = [];
  const resolve: Resolve = (name, done) => {
    names.push(name);
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  };
  const queue = openQueue({ store, settings: () => defaultSettings, extractor, rules: openRules(store.root), resolve, renderPage: engine });
  onTestFinished(async () => {
    await queue.close();
    await extractor.close();
  });
  const [saved] = await queue.save({ urls: [`${web.origin}/rebind?port=${inside.port}`], tags: [], typed: true });
  await queue.idle();
  expect(article(store)({ id: saved?.id ?? '' })).toMatchObject({ stage: { state: 'ready' }, title: 'No way in' });
  expect(names).toContain('rebind.example');
  expect(inside.connections()).toBe(0);
}, 60_000);

test('neither a file of this machine nor a download takes the place of the page', async () => {
  const { web } = await openSite();
  const library = await openTestLibrary({ renderPage: engine });
  expect(await saveOne(library, `${web.origin}/to-file`)).toMatchObject({ stage: { state: 'ready' }, title: 'Not led away' });
  expect(await saveOne(library, `${web.origin}/to-download`)).toMatchObject({ stage: { state: 'ready' }, title: 'Only a file' });
}, 60_000);

test.each([
  ['/flood', ['too-complex']],
  // Its heap is full before its time is over, or it is so busy that nothing has come of it by then.
  ['/heap', ['too-complex', 'no-article']],
  ['/spin', ['too-complex']],
])('%s ends as too much, within its time, and leaves nothing', async (path, kinds) => {
  const { web } = await openSite();
  const library = await openTestLibrary({ renderPage: engine, renderLimits: { total: 8, settle: 7 } });
  const begun = performance.now();
  expect(kinds).toContain(((await failureOf(library, web.origin + path)) as Failure).kind);
  expect(performance.now() - begun).toBeLessThan(16_000);
  expect(leftovers()).toEqual([]);
}, 60_000);

test('a document without end is too large, and one that stays empty is no article', async () => {
  const { web } = await openSite();
  const library = await openTestLibrary({ renderPage: engine, renderLimits: { html: 100_000 } });
  expect(await failureOf(library, `${web.origin}/huge`)).toMatchObject({ kind: 'too-large' });
  expect(await failureOf(library, `${web.origin}/nothing-comes`)).toEqual({ kind: 'no-article' });
  expect(await failureOf(library, `${web.origin}/then-login`)).toEqual({ kind: 'wall', host: '127.0.0.1', wall: 'login' });
}, 60_000);

test('cancelled in the midst, nothing runs on; several wait for their turn', async () => {
  const { web } = await openSite();
  let running = 0;
  let most = 0;
  const counted: RenderPage = async (task) => {
    most = Math.max(most, ++running);
    try {
      return await engine(task);
    } finally {
      running--;
    }
  };
  const library = await openTestLibrary({ renderPage: counted });
  const [spin] = await library.answers.save({ urls: [`${web.origin}/spin`], tags: [], typed: true });
  await expect.poll(() => running, { timeout: 20_000 }).toBe(1);
  const saved = await library.answers.save({ urls: ['/late', '/module'].map((path) => web.origin + path), tags: [], typed: true });
  await expect.poll(async () => (await library.answers.queue({ count: 10 })).items.filter(({ stage }) => stage.state === 'working' && stage.step === 'render').length, { timeout: 20_000 }).toBe(2);
  await library.answers.cancel({ ids: [spin?.id ?? ''] });
  await library.idle();
  const stages = await Promise.all(saved.map(async ({ id }) => (await library.answers.article({ id })).stage.state));
  expect(stages).toEqual(['ready', 'ready']);
  expect(most).toBe(1);
  expect(leftovers()).toEqual([]);
}, 90_000);

test('without an engine, or with rendering turned off, the reader is told so; closing ends a page that runs', async () => {
  const { web } = await openSite();
  const none = await openTestLibrary();
  expect(await failureOf(none, `${web.origin}/late`)).toEqual({ kind: 'made-by-script', host: '127.0.0.1', why: 'no-engine' });
  const gone = await openTestLibrary({ renderPage: renderInBrowser(() => null) });
  expect(await failureOf(gone, `${web.origin}/late`)).toEqual({ kind: 'made-by-script', host: '127.0.0.1', why: 'no-engine' });
  const broken = await openTestLibrary({ renderPage: renderInBrowser(() => '/bin/false') });
  expect(await failureOf(broken, `${web.origin}/late`)).toEqual({ kind: 'made-by-script', host: '127.0.0.1', why: 'no-engine' });
  const off = await openTestLibrary({ renderPage: engine });
  off.settings.renderPages = false;
  expect(await failureOf(off, `${web.origin}/late`)).toEqual({ kind: 'made-by-script', host: '127.0.0.1', why: 'turned-off' });
  off.settings.renderPages = true;
  const [spin] = await off.answers.save({ urls: [`${web.origin}/spin`], tags: [], typed: true });
  await expect.poll(() => leftovers().length, { timeout: 20_000 }).toBeGreaterThan(1);
  await off.close();
  expect(spin?.outcome).toBe('new');
  expect(leftovers()).toEqual([]);
}, 60_000);

test('the browser that is started has no network of its own, also for a page whose requests nobody answers', async () => {
  const inside = await startWeb({ '/': 'A router' });
  onTestFinished(() => inside.close());
  const profile = mkdtempSync(join(tmpdir(), 'lectern-shut-in-'));
  const child = spawn(chromiumPath(), renderFlags(profile), { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
  onTestFinished(async () => {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  const browser = openPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const page = browser.page(String(sessionId));
  for (const address of [inside.origin, `http://localhost:${inside.port}`, 'http://10.0.0.1', 'https://example.org']) {
    expect(await page.send('Page.navigate', { url: address })).toMatchObject({ errorText: expect.stringMatching(/ERR_(?:PROXY_CONNECTION_FAILED|NAME_NOT_RESOLVED)/) });
  }
  const { result } = await page.send('Runtime.evaluate', { expression: `new Promise((done) => { const socket = new WebSocket('ws://127.0.0.1:${inside.port}'); socket.onopen = () => done('open'); socket.onerror = () => done('closed'); })`, awaitPromise: true, returnByValue: true });
  expect(result).toMatchObject({ value: 'closed' });
  expect(inside.connections()).toBe(0);
}, 60_000);

test('data of another site is read with the headers its script sends, credentials aside, and nothing is asked twice', async () => {
  const asked: string[] = [];
  const said: string[] = [];
  const html = 'text/html; charset=utf-8';
  const script = `fetch('https://api.example/text', { credentials: 'include', headers: { 'x-api-key': 'k', 'content-type': 'application/json', 'x-requested-with': 'page' } })
    .then((answer) => answer.json(), (error) => ({ text: String(error) })).then(({ text }) => { document.body.innerHTML = '<p id="found">' + text + '</p>'; })`;
  const web: Record<string, { type: string; body: string; at?: string }> = {
    'https://a.example/short': { type: html, body: `<script>${script}</script>`, at: 'https://a.example/long' },
    'https://api.example/text': { type: 'application/json', body: JSON.stringify({ text: 'Read from elsewhere. '.repeat(20) }), at: 'https://cdn.example/text' },
  };
  const { html: taken, url } = await engine({
    url: 'https://a.example/short',
    userAgent: 'Lectern/test',
    limits: { total: 20, settle: 10, html: 1_000_000, memory: 1_000_000_000 },
    signal: AbortSignal.timeout(25_000),
    load: async (request) => {
      asked.push(`${request.kind} ${request.url}`);
      said.push(Object.keys(request.headers).filter((name) => name !== 'accept').toSorted().join());
      const answer = web[request.url];
      if (answer === undefined) throw new FailureError({ kind: 'gone', host: 'a.example', status: 404 });
      return { url: answer.at ?? request.url, status: 200, headers: { 'content-type': answer.type, 'set-cookie': 'a=b', 'content-security-policy': "img-src 'none'" }, bytes: Buffer.from(answer.body) };
    },
  });
  expect(taken).toContain('<p id="found">Read from elsewhere. ');
  expect(url).toBe('https://a.example/long');
  expect(asked).toEqual(['document https://a.example/short', 'data https://api.example/text']);
  expect(said).toEqual(['', 'x-api-key,x-requested-with']);
}, 60_000);

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readSealedPage, type Sealed } from '../../electron/library/storage/parts.ts';
import { launchChromium } from '../stage.ts';
import { nasty } from '../web/nasty.ts';
import { png, samples } from '../web/pictures.ts';
import { startWeb, type Behaviour, type Web } from '../web/web.ts';
import { newsPage, openTestLibrary } from './open-test-library.ts';

async function openWeb(pages: Parameters<typeof startWeb>[0]): Promise<Web> {
  const web = await startWeb(pages);
  onTestFinished(() => web.close());
  return web;
}

/** Gives the picture only to who comes from a page of this site. */
const guarded = (bytes: Uint8Array): Behaviour => (request, response) => {
  const own = request.headers.referer?.startsWith(`http://${request.headers.host ?? ''}/`) === true;
  if (own) response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes);
  else response.writeHead(403).end();
};

const pictures = Object.keys(samples).map((kind) => `<p>A ${kind}: <img src="/pictures/a.${kind}" alt="${kind}"></p>`).join('');

async function articleFile(path: string): Promise<string> {
  const names = await readdir(join(path, 'articles'), { recursive: true });
  const found = names.filter((name) => name.endsWith('article.html'));
  expect(found).toHaveLength(1);
  return join(path, 'articles', found[0] ?? '');
}

test('a page with pictures of every kind is kept whole and opens in any browser without the network', async () => {
  const web = await openWeb({
    '/news/hills': newsPage('The hills', `${pictures}<img src="/pictures/guarded.jpg" alt="guarded"><img src="/pictures/none.png" alt="A lost map">`),
    ...Object.fromEntries(Object.entries(samples).map(([kind, bytes]) => [`/pictures/a.${kind}`, bytes])),
    '/pictures/guarded.jpg': guarded(png(90, 60, 0xaa5511)),
  });
  const library = await openTestLibrary();
  const [saved] = await library.answers.save({ urls: [`${web.origin}/news/hills?utm_source=mail#top`], tags: ['hills'], typed: true });
  expect(saved).toMatchObject({ url: `${web.origin}/news/hills`, outcome: 'new' });
  await library.idle();
  const article = await library.answers.article({ id: saved?.id ?? '' });
  expect(article.stage).toEqual({ state: 'ready' });
  expect(article.title).toBe('The hills');
  expect(article.tags).toEqual(['hills']);
  const wanted = Object.keys(samples).length + 2;
  expect(article.certificate).toMatchObject({ pictures: wanted, stored: wanted - 1 });
  expect(article.pictures.filter(({ state }) => state === 'missing')).toEqual([
    { url: `${web.origin}/pictures/none.png`, state: 'missing', failure: { kind: 'gone', host: '127.0.0.1', status: 404 } },
  ]);
  expect(article.html.match(/<img src="\/files\/[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z]+" alt="[^"]*" width="\d+" height="\d+">/g)).toHaveLength(wanted - 1);
  expect(article.html).toMatch(/<img alt="A lost map" data-missing="\d+">/);
  const kept = article.pictures.filter((picture) => picture.state === 'stored');
  const sizes = await Promise.all(kept.map(async ({ file }) => (await readFile(library.file(file) ?? '')).length));
  expect(sizes).toEqual(kept.map(({ bytes }) => bytes));

  await web.close();
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const asked: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => said.push(message.text()));
  const file = await articleFile(library.path);
  await page.goto(pathToFileURL(file).href);
  const widths = await page.$$eval('article img[src]', (images) => images.map((image) => `${image.getAttribute('alt')} ${image instanceof HTMLImageElement ? image.naturalWidth : 0}`));
  expect(widths.toSorted()).toEqual(['avif 40', 'bmp 4', 'gif 40', 'guarded 90', 'ico 16', 'jpg 40', 'png 40', 'svg 40', 'webp 40']);
  expect(await page.title()).toBe('The hills');
  expect(await page.locator('.original a').getAttribute('href')).toBe(`${web.origin}/news/hills`);
  expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
  expect(said).toEqual([]);
});

test('nothing in a stored page runs or calls, whatever the page held', async () => {
  const attack = '<script>fetch("http://127.0.0.1:1/x")</script><img src="/a.png" onerror="alert(1)"><a href="javascript:alert(1)">x</a><iframe src="/frame"></iframe><base href="http://evil.example/"><svg onload="alert(1)"></svg><style>body{background:url(http://evil.example/)}</style><p title="&lt;img src=&quot;/files/00/0.png&quot;&gt;">"></article><script>alert(2)</script>';
  const web = await openWeb({ '/bad': newsPage('Bad </title><script>alert(3)</script>', attack), '/a.png': png(50, 50) });
  const library = await openTestLibrary();
  await library.answers.save({ urls: [`${web.origin}/bad`], tags: [], typed: true });
  await library.idle();
  const text = await readFile(await articleFile(library.path), 'utf8');
  expect(text).not.toMatch(/<script|onerror=|onload=|javascript:|<iframe|<base|evil\.example/i);
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', () => expect.fail('a dialog opened'));
  await page.goto(pathToFileURL(await articleFile(library.path)).href);
  expect(asked.every((url) => url.startsWith('file:'))).toBe(true);
});

test('the page as it came is kept beside, with its headers', async () => {
  const html = newsPage('Kept as it came');
  const web = await openWeb({ '/a': (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag: '"7"', 'set-cookie': 'a=b' }).end(html), '/short': (_, response) => response.writeHead(302, { location: '/a' }).end() });
  const library = await openTestLibrary();
  await library.answers.save({ urls: [`${web.origin}/short`], tags: [], typed: true });
  await library.idle();
  const folder = join(await articleFile(library.path), '..');
  const meta = JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8')) as { id: string; sums: Record<string, string>; url: string };
  const sealed: Sealed = { folder: folder.split('/').slice(-2).join('/'), sums: meta.sums };
  const page = readSealedPage(library.path, sealed);
  expect(Buffer.from(page?.bytes ?? '').toString()).toBe(html);
  expect(page?.url).toBe(`${web.origin}/a`);
  expect(page?.headers).toMatchObject({ etag: '"7"' });
  expect(page?.headers).not.toHaveProperty('set-cookie');
  expect(meta.url).toBe(`${web.origin}/short`);
});

test('each way a page can be refused is written on its article', async () => {
  const web = await openWeb(nasty);
  const library = await openTestLibrary();
  const paths = ['/404', '/403', '/500', '/loop', '/to-router', '/pdf', '/json', '/nothing', '/no-http', '/bomb', '/to-file'];
  const saved = await library.answers.save({ urls: paths.map((path) => web.origin + path), tags: [], typed: true });
  await library.idle();
  const rows = new Map((await library.rows('failed')).map((row) => [row.id, row.stage]));
  const kinds = saved.map(({ id }) => {
    const stage = rows.get(id);
    return stage?.state === 'failed' ? stage.failure.kind : stage?.state;
  });
  expect(kinds).toEqual(['gone', 'refused', 'server-error', 'too-many-redirects', 'private-address', 'not-a-page', 'not-a-page', 'no-article', 'no-connection', 'too-large', 'bad-address']);
});

test('an address that a page or program supplied never reaches a private network', async () => {
  const web = await openWeb({ '/': newsPage('Router settings') });
  const library = await openTestLibrary();
  await library.answers.save({ urls: [`${web.origin}/`], tags: [], typed: false });
  await library.idle();
  expect((await library.rows())[0]?.stage).toEqual({ state: 'failed', failure: { kind: 'private-address', host: '127.0.0.1' } });
  expect(web.hits).toEqual([]);
  // Typed by the reader, the same address is fetched.
  await library.answers.save({ urls: [`${web.origin}/`], tags: [], typed: true });
  await library.idle();
  expect((await library.rows())[0]?.stage).toEqual({ state: 'ready' });
});

test('missing pictures are fetched later, and only those', async () => {
  let there = false;
  const web = await openWeb({
    '/p': newsPage('Pictures later', '<img src="/one.png" alt="one"><img src="/two.png" alt="two">'),
    '/one.png': png(30, 30, 1),
    '/two.png': (_, response) => (there ? response.writeHead(200).end(png(30, 30, 2)) : response.writeHead(503).end()),
  });
  const library = await openTestLibrary();
  const [saved] = await library.answers.save({ urls: [`${web.origin}/p`], tags: [], typed: true });
  const id = saved?.id ?? '';
  await library.idle();
  expect((await library.answers.article({ id })).certificate).toMatchObject({ pictures: 2, stored: 1 });
  there = true;
  const before = web.hits.length;
  const [first, second] = await Promise.all([library.answers.retryPictures({ id }), library.answers.retryPictures({ id })]);
  expect(first).toEqual(second);
  expect(first.pictures.map(({ state }) => state)).toEqual(['stored', 'stored']);
  expect(web.hits.slice(before).map(({ path }) => path)).toEqual(['/two.png']);
  const article = await library.answers.article({ id });
  expect(article.certificate).toMatchObject({ pictures: 2, stored: 2 });
  expect(article.html).not.toContain('data-missing');
  expect(article.damaged).toEqual([]);
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('pictures can be left out', async () => {
  const web = await openWeb({ '/p': newsPage('No pictures', '<img src="/one.png" alt="one">'), '/one.png': png(30, 30) });
  const library = await openTestLibrary();
  library.settings.keepPictures = false;
  const [saved] = await library.answers.save({ urls: [`${web.origin}/p`], tags: [], typed: true });
  await library.idle();
  expect(web.hits.map(({ path }) => path)).toEqual(['/p']);
  await library.answers.retryPictures({ id: saved?.id ?? '' });
  expect((await library.answers.article({ id: saved?.id ?? '' })).certificate).toMatchObject({ pictures: 1, stored: 1 });
});

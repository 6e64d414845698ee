import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parsePage, isElement, type Element, type Parent } from '../../electron/library/extract/tree.ts';
import { repair } from '../../electron/library/extract/repair.ts';
import { keepPictures } from '../../electron/library/saving/images.ts';
import { prepareFolder } from '../../electron/library/storage/layout.ts';
import type { PictureLimits } from '../../electron/library/saving/picture-fetch.ts';
import { isCut } from '../../electron/library/saving/picture-end.ts';
import { foreignType, pictureSize } from '../../electron/library/saving/picture-kind.ts';
import { refererBy, refererFor } from '../../electron/library/saving/picture-ways.ts';
import { png, samples } from '../web/pictures.ts';
import { startWeb, type Behaviour, type Web } from '../web/web.ts';
import { newsPage, openTestLibrary } from './open-test-library.ts';

/* Picture servers that do not give what they are asked for, through the real client. */

const standIn = png(300, 200, 0xdddddd);
const give = (bytes: Uint8Array, type = 'image/png'): Behaviour => (_, response) => response.writeHead(200, { 'content-type': type }).end(bytes);
const real = (path: string): Uint8Array => png(400 + Number(/\d+/.exec(path)?.[0] ?? 0), 300);
const cutOnce = new Map<string, number>();
const sometimesCut = (whole: Uint8Array): Behaviour => (_, response, path) => {
  const times = (cutOnce.get(path) ?? 0) + 1;
  cutOnce.set(path, times);
  give(times === 1 ? whole.subarray(0, whole.length - 20) : whole)(_, response, path);
};

const pictures: Record<string, Behaviour | Uint8Array> = {
  // One picture for everybody who says another site, the real one for who says nothing.
  '/masked/': (request, response, path) => give(request.headers.referer === undefined ? real(path) : standIn)(request, response, path),
  '/refused/': (request, response, path) => (request.headers.referer === undefined ? give(real(path))(request, response, path) : response.writeHead(403).end('no')),
  // Only who comes from the server's own site is let in.
  '/own/': (request, response, path) => (request.headers.referer === `http://${request.headers.host}/` ? give(real(path))(request, response, path) : response.writeHead(403).end('no')),
  '/page/': (request, response, path) => (request.headers.referer === undefined ? give(real(path))(request, response, path) : give(Buffer.from('<!doctype html><p>Sign in to see this picture.</p>'), 'image/png')(request, response, path)),
  '/always/': give(standIn),
  '/dot/': give(png(1, 1)),
  '/divider/': give(png(600, 20)),
  '/mixed/': (request, response, path) => give(path.includes('line') ? png(600, 20) : real(path))(request, response, path),
  '/closed/': (_, response) => response.writeHead(403).end('no'),
  '/once-cut.png': sometimesCut(png(80, 60)),
  '/always-cut.jpg': give(samples.jpg.subarray(0, samples.jpg.length - 30), 'image/jpeg'),
  '/growing-cut.png': (_, response) => response.end(png(50, 50).subarray(0, 60 + (cutOnce.set('grow', (cutOnce.get('grow') ?? 0) + 1).get('grow') ?? 0))),
  '/as-text.png': give(png(60, 40), 'text/plain'),
  '/drawing.svg': give(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0h9v9z"/></svg>'), 'image/svg+xml'),
  '/x.avif': samples.avif, '/x.webp': samples.webp, '/x.bmp': samples.bmp, '/x.ico': samples.ico, '/x.gif': samples.gif,
  '/new.jxl': give(Buffer.from('\xff\x0a' + '0'.repeat(40), 'latin1')),
};

let web: Web;
let site: Web;
let root: string;
beforeAll(async () => {
  web = await startWeb(pictures);
  site = await startWeb({});
});
afterAll(async () => {
  await web.close();
  await site.close();
});
beforeEach(async () => {
  web.hits.length = 0;
  cutOnce.clear();
  root = await mkdtemp(join(tmpdir(), 'lectern-hot-'));
  prepareFolder(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** The pictures of a page of another site, as saving keeps them. */
async function keep(html: string, limits: Partial<PictureLimits> = {}) {
  const { fetchPublic } = await import('../../electron/library/saving/fetch-public.ts');
  return keepPictures({
    root, html: html.replaceAll('src="/', `src="${web.origin}/`), lead: null, keep: true, limits,
    bytesOf(url, way) {
      const referer = refererBy(way, `${site.origin}/article`, url);
      if (referer === undefined) return null;
      return fetchPublic(url, { accept: 'image/*', privateHost: web.host, ...(referer === null ? {} : { referer }) }).then(({ bytes }) => bytes);
    },
  });
}
const states = ({ pictures: list }: Awaited<ReturnType<typeof keep>>) => list.map((picture) => (picture.state === 'stored' ? `${picture.width}x${picture.height}` : picture.failure.kind));

test('the same bytes for three addresses: asked for again without saying from where, and the real ones stored', async () => {
  const kept = await keep('<img src="/masked/1.png" width="401" height="300"><img src="/masked/2.png"><img src="/masked/3.png">');
  expect(states(kept)).toEqual(['401x300', '402x300', '403x300']);
  expect(kept).toMatchObject({ shown: 3, stored: 3 });
});

test('a stand-in that is given whatever is said counts as missing, with its reason', async () => {
  const sized = await keep('<img src="/always/1.png" width="600" height="800"><img src="/always/2.png" width="500" height="300"><img src="/always/3.png" width="90" height="90">');
  expect(states(sized)).toEqual(['stand-in', 'stand-in', 'stand-in']);
  expect(sized).toMatchObject({ shown: 3, stored: 0 });
  expect(sized.html).not.toContain('/files/');
  expect(sized.pictures[0]).toMatchObject({ failure: { kind: 'stand-in', host: '127.0.0.1' } });
  // Without a word on their sizes: large, and all that this host gave.
  expect(states(await keep('<img src="/always/1.png"><img src="/always/2.png"><img src="/always/3.png">'))).toEqual(['stand-in', 'stand-in', 'stand-in']);
});

test('what is asked for another way counts towards the limit of an article', async () => {
  const sizes = [401, 402, 403].map((width) => png(width, 300).length);
  const limit = (sizes[0] ?? 0) + 1_000;
  const kept = await keep('<img src="/masked/1.png"><img src="/masked/2.png"><img src="/masked/3.png">', { article: limit });
  const stored = kept.pictures.filter((picture) => picture.state === 'stored');
  expect(stored.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(limit + Math.max(...sizes));
  expect(stored.length).toBeLessThan(3);
});

test('a divider used again and again is what it is, and so are two of a kind', async () => {
  expect(states(await keep('<img src="/divider/1.png"><img src="/divider/2.png"><img src="/divider/3.png">'))).toEqual(['600x20', '600x20', '600x20']);
  expect(states(await keep('<img src="/mixed/line-a.png"><img src="/mixed/7.png"><img src="/mixed/line-b.png"><img src="/mixed/line-c.png">'))).toEqual(['600x20', '407x300', '600x20', '600x20']);
  expect(states(await keep('<img src="/always/1.png" width="300"><img src="/always/2.png" width="300">'))).toEqual(['300x200', '300x200']);
});

test('a dot where the page has room for a picture is a stand-in; one without room only counted visitors', async () => {
  const kept = await keep('<img src="/dot/1.gif" width="640" height="480"><img src="/dot/2.gif">');
  expect(states(kept)).toEqual(['stand-in']);
  expect(kept.html).toContain('data-missing="0"');
});

test.each([
  ['refused with a Referer: asked for without', '/refused/1.png', '401x300', ['foreign', 'none']],
  ['only let in from its own site', '/own/1.png', '401x300', ['foreign', 'none', 'own']],
  ['a page in place of the picture', '/page/1.png', '401x300', ['foreign', 'none']],
  ['refused whatever is said: three times, no more', '/closed/1.png', 'refused', ['foreign', 'none', 'own']],
  ['not there: once', '/nowhere.png', 'gone', ['foreign']],
])('%s', async (_, path, state, said) => {
  expect(states(await keep(`<img src="${path}">`))).toEqual([state]);
  expect(web.hits.map(({ headers }) => (headers.referer === undefined ? 'none' : headers.referer === `${web.origin}/` ? 'own' : 'foreign'))).toEqual(said);
});

test('cut short once: asked for again and whole; cut differently each time: missing; the site’s own file cut: kept as it is, and told', async () => {
  const kept = await keep('<img src="/once-cut.png"><img src="/growing-cut.png"><img src="/always-cut.jpg">');
  expect(states(kept)).toEqual(['80x60', 'picture-cut-short', '40x30']);
  expect(kept.pictures.map((picture) => picture.state === 'stored' && picture.cut === true)).toEqual([false, false, true]);
});

test('every format by its bytes, whatever the server calls it; a drawing without a size takes what browsers give it; what none shows is told', async () => {
  const kept = await keep('<img src="/as-text.png"><img src="/drawing.svg"><img src="/x.avif"><img src="/x.webp"><img src="/x.bmp"><img src="/x.ico"><img src="/x.gif"><img src="/new.jxl">');
  expect(states(kept)).toEqual(['60x40', '300x150', '40x30', '40x30', '4x3', '16x16', '40x30', 'not-a-picture']);
  expect(kept.pictures.at(-1)).toMatchObject({ failure: { type: 'image/jxl' } });
});

test.each(['png', 'jpg', 'gif', 'webp', 'avif'] as const)('a %s is whole, and cut when its end is gone', (kind) => {
  const bytes = samples[kind];
  expect(isCut(bytes, kind)).toBe(false);
  expect(isCut(bytes.subarray(0, Math.floor(bytes.length * 0.7)), kind)).toBe(true);
});

/** A small JPEG inside the first segment, as cameras put it there, and the photograph's turn. */
function exif(turn: number): Buffer {
  const tiff = Buffer.from(`4d4d002a00000008000101120003000000010000000000000000`, 'hex');
  tiff.writeUInt16BE(turn, 18);
  const data = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(samples.jpg)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length + 2);
  return Buffer.concat([Buffer.from('\xff\xd8\xff\xe1', 'latin1'), length, data, Buffer.from(samples.jpg).subarray(2)]);
}

test('a turned photograph is measured as shown; the small picture inside it does not stand for its end', () => {
  expect(pictureSize(exif(1))).toEqual({ width: 40, height: 30 });
  expect(pictureSize(exif(6))).toEqual({ width: 30, height: 40 });
  expect(isCut(exif(6), 'jpg')).toBe(false);
  expect(isCut(exif(6).subarray(0, exif(6).length - 10), 'jpg')).toBe(true);
});

test('what is no picture is named', () => {
  expect(['<!-- x --><html>', '{"error":1}', '%PDF-1.7', 'II*\0', '\0\0\0\x18ftypheic', 'x'].map((text) => foreignType(Buffer.from(text, 'latin1')))).toEqual(['text/html', 'application/json', 'application/pdf', 'image/tiff', 'image/heic', 'application/octet-stream']);
});

test('a host that is known to close itself is told nothing from outside its family', () => {
  expect(refererFor('https://blog.example/a', 'https://mmbiz.qpic.cn/x')).toBeNull();
  expect(refererFor('https://mp.weixin.qq.com/s/a', 'https://mmbiz.qpic.cn/x')).toBe('https://mp.weixin.qq.com/');
  expect([refererBy('none', 'https://a.example/', 'https://b.example/x'), refererBy('own', 'https://a.example/', 'https://b.example/x'), refererBy('own', 'https://a.example/p', 'https://a.example/x'), refererBy('none', null, 'https://b.example/x')]).toEqual([null, 'https://b.example/', undefined, undefined]);
});

/** The address a picture on a page is given before anything is chosen. */
function woken(html: string): string | null {
  const { tree, aside } = parsePage(`<!doctype html><body>${html}</body>`);
  repair(tree, aside);
  const found: Element[] = [];
  const walk = (parent: Parent): void => parent.childNodes.forEach((node) => (isElement(node) ? (node.tagName === 'img' && found.push(node), walk(node)) : undefined));
  walk(tree);
  return found[0]?.attrs.find(({ name }) => name === 'src')?.value ?? null;
}

test.each([
  ['<picture><source type="image/jxl" srcset="/a.jxl"><source type="image/avif" srcset="/a-700.avif 700w, /a-1400.avif 1400w"><img src="/a.jpg"></picture>', '/a-1400.avif'],
  ['<picture><source media="(max-width: 600px)" srcset="/phone.jpg"><source media="(min-width: 601px)" srcset="/desk.jpg, /desk2.jpg 2x"><img src="/a.jpg"></picture>', '/desk2.jpg'],
  ['<picture><source media="(prefers-color-scheme: dark)" srcset="/dark.png"><source media="print" srcset="/print.png"><img src="/a.png"></picture>', '/a.png'],
  ['<img src="/s.jpg" srcset="/s-300.jpg 300w, /s-700.jpg 700w, /s-1500.jpg 1500w" sizes="(max-width: 40em) 100vw, 300px">', '/s-1500.jpg'],
  ['<img src="/s.jpg" srcset="/s-700.jpg 700w, /s-1500.jpg 1500w, /s-3000.jpg 3000w" sizes="100vw">', '/s-1500.jpg'],
])('of %s the reading column takes %s', (html, address) => expect(woken(html)).toBe(address));

test('in a saved article: what is missing says why, and Retry asks only for that, telling how far it is', async () => {
  let open = false;
  const page = newsPage('the ferry', '<p><img src="/one.png" width="400" height="300"></p><p><img src="/two.png" width="400" height="300"></p>');
  const own = await startWeb({
    '/p': page, '/one.png': png(400, 300),
    '/two.png': (request, response, path) => (open ? give(png(401, 300))(request, response, path) : response.writeHead(403).end('no')),
  });
  const library = await openTestLibrary();
  const [saved] = await library.answers.save({ urls: [`${own.origin}/p`], tags: [], typed: true });
  await library.idle();
  const id = saved?.id ?? '';
  expect(await library.answers.article({ id })).toMatchObject({ certificate: { pictures: 2, stored: 1 }, pictures: [{ state: 'stored' }, { state: 'missing', failure: { kind: 'refused', status: 403 } }] });
  open = true;
  own.hits.length = 0;
  await library.answers.retryPictures({ id });
  expect(own.hits.map(({ path }) => path)).toEqual(['/two.png']);
  expect(await library.answers.article({ id })).toMatchObject({ certificate: { pictures: 2, stored: 2 } });
  expect(library.news.filter((news) => news.about === 'pictures')).toEqual([{ about: 'pictures', id, done: 0, of: 1 }, { about: 'pictures', id, done: 1, of: 1 }]);
  await own.close();
});

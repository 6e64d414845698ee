import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filePath, storeFile } from '../../electron/library/storage/files.ts';
import { keepPictures, type PictureTask } from '../../electron/library/saving/images.ts';
import { prepareFolder } from '../../electron/library/storage/layout.ts';
import { fromSrcset } from '../../electron/library/extract/picture-choice.ts';
import { pictureKind, pictureSize } from '../../electron/library/saving/picture-kind.ts';
import { FailureError } from '../../shared/failure.ts';
import { png, samples } from '../web/pictures.ts';

let root: string;
let asked: string[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lectern-images-'));
  prepareFolder(root);
  asked = [];
});
afterEach(() => rm(root, { recursive: true }));

const web: Record<string, Uint8Array> = {
  'https://x.example/a.png': png(1200, 800),
  'https://x.example/b.jpg': samples.jpg,
  'https://x.example/copy.png': png(1200, 800),
  'https://x.example/pixel.gif': png(1, 1),
  'https://x.example/spacer.png': png(600, 1),
  'https://x.example/page.png': Buffer.from('<!doctype html><p>Log in to see this picture.</p>'),
};

function keep(html: string, more: Partial<PictureTask> = {}) {
  return keepPictures({
    root,
    html,
    lead: null,
    keep: true,
    bytesOf: (url, way) => {
      if (way !== 'page') return null;
      asked.push(url);
      const found = web[url];
      return found ? Promise.resolve(found) : Promise.reject(new FailureError({ kind: 'gone', host: 'x.example', status: 404 }));
    },
    ...more,
  });
}

test.each(Object.entries(samples))('%s is known by its bytes and measured', (kind, bytes) => {
  expect(pictureKind(bytes)).toBe(kind);
  if (kind === 'svg') return;
  expect(pictureSize(bytes)).toEqual(kind === 'bmp' ? { width: 4, height: 3 } : kind === 'ico' ? { width: 16, height: 16 } : { width: 40, height: 30 });
});

test.each(['<html>', '%PDF-1.7', '{"a":1}', 'RIFF....WAVE', 'ftyp', '', '<p><svg></svg>'])('%s is no picture', (text) => expect(pictureKind(Buffer.from(text))).toBeNull());

test('pictures are stored by content and the body points at them, sizes written in', async () => {
  const { html, pictures, shown, stored, bytes } = await keep('<p>One <img alt="A &quot;hill&quot;" title="t" src="https://x.example/a.png" class="big"> two</p><img src="https://x.example/b.jpg"><img src="https://x.example/a.png" width="300">');
  const [a, b] = pictures;
  if (a?.state !== 'stored' || b?.state !== 'stored') throw new Error('not stored');
  const [fileA, fileB] = [a, b].map(({ file }) => `/files/${file.slice(0, 2)}/${file}`);
  expect(html).toBe(
    `<p>One <img src="${fileA}" alt="A &quot;hill&quot;" title="t" width="1200" height="800"> two</p><img src="${fileB}" alt="" width="40" height="30"><img src="${fileA}" alt="" width="300" height="200">`,
  );
  expect({ shown, stored, bytes }).toEqual({ shown: 2, stored: 2, bytes: a.bytes + b.bytes });
  expect(await readFile(filePath(root, a.file))).toEqual(Buffer.from(png(1200, 800)));
  expect(asked).toEqual(['https://x.example/a.png', 'https://x.example/b.jpg']);
});

test('what is missing leaves a numbered place without an address, and a retry asks only for that', async () => {
  const first = await keep('<img src="https://x.example/a.png"><p>x <img src="https://x.example/later.png" alt="Map" width="640" height="480"></p><img src="https://x.example/page.png">');
  expect(first.pictures.map(({ state }) => state)).toEqual(['stored', 'missing', 'missing']);
  expect(first.html).toContain('<img alt="Map" width="640" height="480" data-missing="1">');
  expect(first.html).toContain('<img alt="" data-missing="2">');
  expect(first.html).not.toContain('https:');
  expect(first.pictures[2]).toEqual({ url: 'https://x.example/page.png', state: 'missing', failure: { kind: 'not-a-picture', type: 'text/html' } });
  expect({ shown: first.shown, stored: first.stored }).toEqual({ shown: 3, stored: 1 });

  asked = [];
  const second = await keep(first.html, { earlier: first.pictures, bytesOf: (url) => (asked.push(url), Promise.resolve(png(640, 480, asked.length))) });
  expect(asked.toSorted()).toEqual(['https://x.example/later.png', 'https://x.example/page.png']);
  expect(second.pictures.map(({ state, url }) => `${state} ${url}`)).toEqual(['stored https://x.example/a.png', 'stored https://x.example/later.png', 'stored https://x.example/page.png']);
  expect(second.html).not.toContain('data-missing');
  expect({ shown: second.shown, stored: second.stored }).toEqual({ shown: 3, stored: 3 });
});

test('tracking pixels and spacers go, with what only held them; declared ones are not even asked for', async () => {
  const { html, pictures } = await keep(
    '<p>Text <img src="https://x.example/pixel.gif"></p><figure><a href="https://x.example/"><img src="https://x.example/spacer.png"></a></figure><img src="https://t.example/count" width="1" height="1"><p>End</p>',
  );
  expect(html).toBe('<p>Text </p><p>End</p>');
  expect(pictures).toEqual([]);
  expect(asked).not.toContain('https://t.example/count');
});

const data = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;

test('pictures inside the page itself are stored, each as its own', async () => {
  const svg = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 20 10%22%3E%3Cpath d=%22M0 0h9%22/%3E%3C/svg%3E';
  const { html, pictures } = await keep(`<img src="${data(png(30, 30, 1))}"><img src="${data(png(30, 30, 2))}"><img src='${svg}'><img src="data:image/png;base64,AAAA">`);
  expect(pictures.map(({ state }) => state)).toEqual(['stored', 'stored', 'stored', 'missing']);
  expect(new Set(pictures.map(({ url }) => url)).size).toBe(4);
  expect(html).not.toContain('data:');
  expect(html).toContain('width="20" height="10"');
  expect(asked).toEqual([]);
});

test('the same content is one file, however many ask for it at once', async () => {
  const names = await Promise.all(Array.from({ length: 40 }, () => storeFile(root, png(50, 50), 'png')));
  expect(new Set(names.map(({ file }) => file)).size).toBe(1);
  const { html } = await keep('<img src="https://x.example/a.png"><img src="https://x.example/copy.png">');
  const files = (await readdir(join(root, 'files'), { recursive: true })).filter((name) => name.includes('.'));
  expect(files).toHaveLength(2);
  expect(new Set(html.match(/\/files\/[^"]+/g)).size).toBe(1);
});

test('a stored picture that was damaged is written anew', async () => {
  const { file } = await storeFile(root, png(50, 50), 'png');
  await writeFile(filePath(root, file), Buffer.alloc(png(50, 50).length));
  await storeFile(root, png(50, 50), 'png');
  expect(await readFile(filePath(root, file))).toEqual(Buffer.from(png(50, 50)));
});

test.each(['../../etc/passwd', 'a.png', `${'0'.repeat(64)}.png/..`, `${'g'.repeat(64)}.png`, `${'0'.repeat(64)}`, ''])('%s names no stored picture', (name) => {
  expect(() => filePath(root, name)).toThrow(FailureError);
});

test('too large, too many, and switched off', async () => {
  const big = await keep('<img src="https://x.example/a.png"><img src="https://x.example/b.jpg">', { limits: { picture: 1_000 } });
  expect(big.pictures.map((picture) => picture.state === 'missing' && picture.failure)).toEqual([{ kind: 'picture-too-large', limit: 1_000 }, false]);
  const many = await keep('<img src="https://x.example/a.png"><img src="https://x.example/b.jpg">', { limits: { count: 1, atOnce: 1 } });
  expect(many.pictures.map((picture) => picture.state === 'missing' && picture.failure)).toEqual([false, { kind: 'too-many-pictures', limit: 1 }]);
  const full = await keep('<img src="https://x.example/a.png"><img src="https://x.example/b.jpg">', { limits: { article: 100, atOnce: 1 } });
  expect(full.pictures[1]).toMatchObject({ state: 'missing', failure: { kind: 'pictures-too-large', limit: 100 } });
  asked = [];
  const off = await keep('<img src="https://x.example/a.png">', { keep: false, lead: 'https://x.example/b.jpg' });
  expect(asked).toEqual([]);
  expect(off.html).toBe('<img alt="" data-missing="0">');
  expect(off.pictures).toMatchObject([{ state: 'missing', failure: { kind: 'pictures-off' } }]);
});

test('at most four at a time, and none more once cancelled', async () => {
  let now = 0;
  let most = 0;
  const controller = new AbortController();
  const html = Array.from({ length: 30 }, (_, i) => `<img src="https://x.example/${i}.png">`).join('');
  const bytesOf = async (url: string) => {
    asked.push(url);
    most = Math.max(most, ++now);
    await new Promise((resolve) => setImmediate(resolve));
    now--;
    if (asked.length === 12) controller.abort();
    return png(20, 20, asked.length);
  };
  await expect(keep(html, { bytesOf, signal: controller.signal })).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  expect(most).toBe(4);
  expect(asked.length).toBeLessThan(17);
});

test('the lead picture is kept for lists without being promised by the article', async () => {
  const { pictures, shown } = await keep('<img src="https://x.example/b.jpg">', { lead: 'https://x.example/a.png' });
  expect(pictures).toHaveLength(2);
  expect(shown).toBe(1);
  expect((await keep('<p></p>', { lead: 'https://x.example/none.png' })).pictures).toEqual([]);
});

test.each([
  ['https://x/480.jpg 480w, https://x/1400.jpg 1400w, https://x/4000.jpg 4000w', 'https://x/1400.jpg'],
  ['https://x/480.jpg 480w, https://x/800.jpg 800w', 'https://x/800.jpg'],
  ['https://x/1.jpg, https://x/2.jpg 2x, https://x/3.jpg 3x', 'https://x/2.jpg'],
  ['/c_fill,w_400/a.jpg 400w, /c_fill,w_1500/a.jpg 1500w', '/c_fill,w_1500/a.jpg'],
  ['javascript:x 2x, data:image/gif;base64,R0 1x', null],
  ['', null],
])('of %j the right one is chosen', (set, expected) => expect(fromSrcset(set)).toBe(expected));

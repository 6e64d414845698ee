import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Article } from '../../shared/article.ts';
import { startWeb, type Behaviour } from '../web/web.ts';
import { openTestLibrary } from './open-test-library.ts';

/*
 * Three shapes of one Chinese news page, each served in four ways: UTF-8; GB18030 with a right header, with only a
 * <meta>, and with neither. All twelve are the same article, pictures and link list.
 */

const pages = resolve(import.meta.dirname, '../pages');
const shapes = readdirSync(pages).filter((name) => ['zh-cms-div', 'zh-table-br', 'zh-semantic'].includes(name));
const gb18030 = createMultibyteEncoder('gb18030', { mode: 'fatal' });
const anyMeta = /<meta[^>]*charset[^>]*>/i;

type Serving = { type: string; bytes(html: string): Uint8Array };
const servings: Record<string, Serving> = {
  'UTF-8': { type: 'text/html; charset=utf-8', bytes: (html) => Buffer.from(html) },
  'GB18030 by header': { type: 'text/html; charset=gb18030', bytes: (html) => gb18030(html.replace(anyMeta, '')) },
  'GB18030 by meta': { type: 'text/html', bytes: (html) => gb18030(html.replace(anyMeta, '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')) },
  'GB18030 by nothing': { type: 'text/html', bytes: (html) => gb18030(html.replace(anyMeta, '')) },
};

/** One server a serving, so that each has the page under its own address. */
async function serve(shape: string, serving: Serving): Promise<string> {
  const folder = join(pages, shape);
  const html = readFileSync(join(folder, 'page.html'), 'utf8');
  const page: Behaviour = (_, response) => response.writeHead(200, { 'content-type': serving.type }).end(serving.bytes(html));
  const pictures = readdirSync(join(folder, 'pictures')).map((name) => [`/guancha/pictures/${name}`, readFileSync(join(folder, 'pictures', name))]);
  const web = await startWeb({ '/guancha/1189.html': page, ...Object.fromEntries(pictures) });
  onTestFinished(() => web.close());
  return web.origin;
}

type Expected = Pick<Article, 'title' | 'breadcrumb' | 'publishedAt' | 'source' | 'resources'> & { html: string[] };
const textOf = (html: string) => html.replace(/<[^>]+>/g, '\n').replace(/\s*\n\s*/g, '\n').trim();

test('three pages in four encodings are twelve times the same article, with pictures and link list', async () => {
  const library = await openTestLibrary();
  const cases = shapes.flatMap((shape) => Object.entries(servings).map(([how, serving]) => ({ shape, how, serving })));
  expect(cases).toHaveLength(12);
  const origins = await Promise.all(cases.map(({ shape, serving }) => serve(shape, serving)));
  const saved = await library.answers.save({ urls: origins.map((origin) => `${origin}/guancha/1189.html`), tags: [], typed: true });
  await library.idle();
  for (const [i, { shape, how }] of cases.entries()) {
    const name = `${shape} as ${how}`;
    const article = await library.answers.article({ id: saved[i]?.id ?? '' });
    const text = readFileSync(join(pages, shape, 'expected.json'), 'utf8').replaceAll('https://www.hepan.example', origins[i] ?? '');
    const expected = JSON.parse(text) as Expected;
    expect(article.stage, name).toEqual({ state: 'ready' });
    const { title, publishedAt, source, breadcrumb, resources } = expected;
    expect(article, name).toMatchObject({ title, publishedAt, source, breadcrumb, resources });
    expect(textOf(article.html), name).toBe(textOf(expected.html.join('\n')));
    expect(article.html.match(/<h2/g), name).toHaveLength(3);
    expect(article.certificate, name).toMatchObject({ pictures: 2, stored: 2 });
    expect(article.html.match(/<img src="\/files\//g), name).toHaveLength(2);
    const originals = readdirSync(join(pages, shape, 'pictures')).map((file) => readFileSync(join(pages, shape, 'pictures', file), 'base64'));
    const files = article.pictures.flatMap((picture) => (picture.state === 'stored' ? [library.file(picture.file) ?? ''] : []));
    const kept = await Promise.all(files.map((file) => readFile(file, 'base64')));
    expect([...new Set(kept)].toSorted(), name).toEqual(originals.toSorted());
  }
}, 90_000);

import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fileGiven } from '../../electron/library/saving/given.ts';
import { extractPage } from '../../electron/library/extract/extract.ts';
import { formatOf, sourceAddress } from '../../electron/library/arrive/format.ts';
import { keepPictures } from '../../electron/library/saving/images.ts';
import { toMarkdown } from '../../electron/library/leave/markdown.ts';
import { bodyOfPage, toPage } from '../../electron/library/leave/page.ts';
import { toText } from '../../electron/library/leave/text.ts';
import { pictureKind } from '../../electron/library/saving/picture-kind.ts';
import { plainText } from '../../electron/library/search/plain-text.ts';
import { snippetOf } from '../../electron/library/search/snippet.ts';
import { cleanSvg } from '../../electron/library/saving/svg.ts';
import type { Article } from '../../shared/article.ts';
import { parseQuery } from '../../shared/query.ts';
import { recognise } from '../../shared/recognise.ts';
import { normalTag } from '../../shared/tag-spelling.ts';
import { addressKey, hostOf, normalAddress } from '../../shared/url.ts';
import { temporaryFolder } from './made-up.ts';

/*
 * What runs beside everything else the library does, on what strangers wrote: a megabyte made to be slow must take
 * about as long as any other. Measured in this thread's own processor time, since the machine may be busy.
 */

const size = 1_000_000;
const rows = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
const long: Record<string, string> = {
  'blanks': `x${rows(' ')}x`, 'line feeds': `x${rows('\n')}x`, 'lines and blanks': `x${rows('\n ')}x`, 'no-break spaces': `x${rows('\u00a0')}x`,
  'slashes': `${rows('/')}x`, 'dots': `a${rows('.')}a`, 'closing brackets': rows(')'), 'brackets in brackets': '('.repeat(size / 2) + ')'.repeat(size / 2), 'exclamation marks': rows('!'), 'square brackets': rows('['), 'links begun': rows('[a]('),
  'comments': `${rows('<!---->')}x`, 'comments begun': rows('<!--'), 'less-than signs': rows('<'), 'tags begun': rows('<a '), 'titles begun': rows('<title '), 'quotes begun': rows('<a b="'), 'other quotes begun': rows(`<a b='"`),
  'refreshes begun': rows('<meta http-equiv=refresh '), 'canonicals begun': rows('<link rel=canonical '), 'addresses begun': rows('<meta property=og:url '), 'SingleFile marks': rows('<!-- Page saved with SingleFile '),
  'ampersands': rows('&'), 'references begun': rows('&a'), 'letters': rows('a'), 'Han': rows('中'), 'digits': rows('1'), 'hyphens': rows('a-'), 'labels': rows('a.'), 'schemes': rows('http://'), 'addresses': rows('https://a,'),
  'quotes': rows('" '), 'asterisks': rows('**a '), 'calls': rows('url('), 'a call and blanks': `url(${rows(' ')}`, 'accents': `a${rows('\u0301')}`, 'halves of pairs': rows('\ud800'), 'zeros': rows('\0'), 'commas': rows(', '),
};
const attribute = (text: string) => text.replaceAll(/["<]/g, '');
const functions: Record<string, (text: string) => unknown> = {
  'recognise': recognise,
  'recognise an address': (text) => recognise(`https://a.example/${text}`),
  'recognise a page': (text) => recognise(`<html>${text}`),
  'normalAddress of a path': (text) => normalAddress(`https://a.example/${text}`),
  'normalAddress of a host': (text) => normalAddress(`https://${text}`),
  'addressKey': (text) => addressKey(`https://a.example/${text}`),
  'hostOf': (text) => hostOf(`https://${text}/`),
  'parseQuery': parseQuery,
  'normalTag': normalTag,
  'pictureKind': (text) => pictureKind(Buffer.from(text)),
  'cleanSvg of an attribute': (text) => cleanSvg(Buffer.from(`<svg viewBox="${attribute(text).slice(0, size / 3)}"/>`)),
  'cleanSvg of a style': (text) => cleanSvg(Buffer.from(`<svg><style>url(${text.replaceAll('<', '').slice(0, size / 3)}</style></svg>`)),
  'formatOf': (text) => formatOf('a.html', Buffer.from(text.replaceAll('\0', ' '))),
  'sourceAddress': sourceAddress,
  'plainText': plainText,
  'bodyOfPage': bodyOfPage,
  'toPage': (text) => toPage({ title: text, byline: text, site: text, source: null, publishedAt: null, lang: null, dir: 'ltr', url: null }, text),
  'snippetOf': (text) => snippetOf(`${text} needle`, [{ text: 'needle', prefix: true }, { text: 'a b', prefix: false }]),
};

function seconds(work: () => unknown): number {
  const begun = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1e6;
}

test.each(Object.entries(functions))('%s takes no text of a megabyte for ever', (_name, run) => {
  run('abc');
  const slow = Object.entries(long).flatMap(([shape, text]) => {
    const took = seconds(() => run(text));
    return took > 2.5 ? [`${shape}: ${took.toFixed(1)} s`] : [];
  });
  expect(slow).toEqual([]);
}, 240_000);

test('a picture that begins with comments is told apart at once', () => {
  expect(seconds(() => expect(pictureKind(Buffer.from(`${'<!---->'.repeat(500)}x`))).toBeNull())).toBeLessThan(0.5);
  expect(pictureKind(Buffer.from(`\ufeff <?xml version="1.0"?>\n<!-- a --><!-- b > -->\n<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<svg xmlns="x">`))).toBe('svg');
});

test.each(['<g>', '<a>', '<b><i>', '<font color=a>', '</p>', '<table>x', '<x/>', '<select><option>', '<g></x>'])('a drawing of nothing but %s is given up on in time', (piece) => {
  expect(seconds(() => cleanSvg(Buffer.from(`<svg>${piece.repeat(3_900_000 / piece.length)}</svg>`)))).toBeLessThan(8);
}, 60_000);

test('a drawing that comes after ever so much else is found, and breaks nothing', () => {
  const found = cleanSvg(Buffer.from(`<!doctype html>${'<p>'.repeat(200_000)}<svg><path d="M0 0"/></svg>`));
  expect(found === null || Buffer.from(found.bytes).toString().includes('<path')).toBe(true);
}, 60_000);

test.each([
  ['pictures', (n: number) => Array.from({ length: n }, (_, i) => `<img src="https://a.example/${i}" alt="">`).join('')],
  ['counting pixels', (n: number) => `<p>Text</p>${'<img src="https://a.example/p" width="1" height="1">'.repeat(n)}`],
  ['pixels in paragraphs', (n: number) => '<p><a href="https://a.example/"><img src="https://a.example/p" width="1" height="1"></a></p>'.repeat(n)],
])('a page of ten thousands of %s is done in time', async (_name, page) => {
  const root = temporaryFolder();
  const begun = process.threadCpuUsage();
  await keepPictures({ root, html: page(60_000), lead: null, keep: false, bytesOf: () => Promise.reject(new Error('not asked')) });
  const { user } = process.threadCpuUsage(begun);
  expect(user / 1e6).toBeLessThan(6);
  await rm(root, { recursive: true, force: true });
}, 60_000);

const made = (html: string) => ({ title: 'x', html, url: null, site: null, host: null, byline: null, publishedAt: null }) as unknown as Article;
test.each(['<pre>', '<pre><code>', '<blockquote><pre>', '<p>'])('blanks in %s are read and handed out in time, and none is lost', (opening) => {
  const blanks = 'x' + ' '.repeat(100_000) + 'y' + '\n'.repeat(100_000) + 'z';
  const page = `<!doctype html><title>Harbour</title><article><h1>Harbour</h1>${'<p>In the morning the people of the harbour met to talk about it, and by noon most of them agreed.</p>'.repeat(6)}${opening}${blanks}</article>`;
  expect(seconds(() => extractPage(page, { url: null, name: '' }))).toBeLessThan(3);
  let text = '';
  expect(seconds(() => (text = toMarkdown(made(`${opening}${blanks}`))))).toBeLessThan(3);
  expect(text).not.toContain('lectern');
  expect(text.includes(blanks)).toBe(opening === '<pre>' || opening === '<pre><code>');
  expect(seconds(() => toText(made(`${opening}${blanks}`)))).toBeLessThan(3);
});

const level = (kind: string, by: (id: string) => string, style = '') =>
  Buffer.from(`<svg>${style}<${kind} id="p0" width="1" height="1"><rect width="1" height="1"/></${kind}>${Array.from({ length: 12 }, (_, i) => `<${kind} id="p${i + 1}" width="1" height="1">${`<rect width="1" height="1" ${by(`p${i}`)}/>`.repeat(10)}</${kind}>`).join('')}<rect ${by('p12')}/></svg>`);
test('a drawing whose masks and patterns multiply would stop any browser: it is not kept', () => {
  for (const kind of ['mask', 'pattern', 'marker', 'clipPath', 'filter', 'g']) {
    for (const name of ['mask', 'fill', 'marker-end', 'clip-path', 'filter']) expect(cleanSvg(level(kind, (id) => `${name}="url(#${id})"`))).toBeNull();
    expect(cleanSvg(level(kind, (id) => `style="mask: url( '#${id}' )"`))).toBeNull();
    expect(cleanSvg(level(kind, (id) => `class="${id}"`, `<style>${Array.from({ length: 13 }, (_, i) => `.p${i}{fill:url(#p${i})}`).join('')}</style>`))).toBeNull();
  }
  const arrows = `<svg><style>.a{fill:url(#g)}.b{clip-path:url(#c)}.d{marker-end:url(#m)}</style><linearGradient id="g"><stop/><stop/><stop/></linearGradient><clipPath id="c"><rect/></clipPath><marker id="m"><path class="d" d=""/><path d=""/></marker>${'<path d="" marker-end="url(#m)" fill="url(#g)" class="a b"/>'.repeat(2_000)}</svg>`;
  expect(cleanSvg(Buffer.from(arrows))).not.toBeNull();
  expect(cleanSvg(Buffer.from('<svg><pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/></svg>'))).not.toBeNull();
});

test('broken base64 is refused at once', () => {
  expect(seconds(() => expect(() => fileGiven({ name: 'a.txt', base64: `${rows(' ')}!`, url: null, tags: [] })).toThrow('bad-input'))).toBeLessThan(1);
});

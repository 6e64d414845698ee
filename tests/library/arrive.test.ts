import { describe, expect, test } from 'vitest';
import { formatOf, sourceAddress } from '../../electron/library/arrive/format.ts';
import { readMarkdown } from '../../electron/library/arrive/markdown.ts';
import { readText } from '../../electron/library/arrive/text.ts';
import { FailureError } from '../../shared/failure.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const nothing = { url: null, name: 'my-notes.txt' };

describe('formatOf', () => {
  test.each([
    ['a.html', '<!DOCTYPE html><p>x', 'page'], ['a.txt', '\ufeff'.length === 1 ? '\xef\xbb\xbf<html><body>x' : '', 'page'], ['a', '<!-- Page saved with SingleFile -->\n<html>', 'page'],
    ['a.htm', 'plain words <b>bold</b>', 'page'], ['a.md', '# x', 'markdown'], ['a.txt', 'words', 'text'], ['noname', '首页', 'text'], ['a.txt', 'if a < b then', 'text'], ['a.html', 'no marks at all', 'text'],
  ])('%s %j is %s', (name, content, format) => expect(formatOf(name, bytes(content))).toBe(format));

  test('UTF-16 with a BOM is text', () => expect(formatOf('a.txt', Uint8Array.from([0xff, 0xfe, ...Buffer.from('文字', 'utf16le')]))).toBe('text'));

  test.each([
    ['a.html', '%PDF-1.7', 'application/pdf'], ['a.txt', 'PK\x03\x04..', 'application/zip'], ['a.md', '\x89PNG\r\n', 'image/png'], ['a', '\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e', 'application/octet-stream'],
  ])('%s with other bytes is not a page', (name, content, type) => {
    expect(() => formatOf(name, bytes(content))).toThrow(expect.objectContaining({ failure: { kind: 'not-a-page', type } }));
  });
});

test('sourceAddress reads SingleFile, saved-from, canonical and og:url, and nothing that is no web address', () => {
  expect(sourceAddress('<!--\n Page saved with SingleFile \n url: https://a.example/x?y=1 \n saved date: today\n-->')).toBe('https://a.example/x?y=1');
  expect(sourceAddress('<!-- saved from url=(0023)http://b.example/page --><html>')).toBe('http://b.example/page');
  expect(sourceAddress('<link href="https://c.example/a?b=1&amp;c=2" rel="canonical">')).toBe('https://c.example/a?b=1&c=2');
  expect(sourceAddress("<meta content='https://d.example/' property='og:url'>")).toBe('https://d.example/');
  expect(sourceAddress('<link rel=canonical href="javascript:alert(1)">')).toBeNull();
  expect(sourceAddress('<p>nothing')).toBeNull();
});

test('an excerpt is sentences, without the headings between them', () => {
  const { excerpt, text } = readMarkdown('# Title\n\nThe first paragraph says this.\n\n## A heading\n\nThe second says that.\n', nothing);
  expect(excerpt).toBe('The first paragraph says this. The second says that.');
  expect(text).toContain('A heading');
  expect(readMarkdown('# Title\n\n## Only a heading\n', nothing).excerpt).toBe('Only a heading');
});

describe('readText', () => {
  const long = 'This is a paragraph with enough words in it to be taken for one, and it ends the way that sentences end.';

  test('title, byline and paragraphs', () => {
    const article = readText(`The quiet harbour\n\nBy Ida Marrow, 4 May 2022\n\n${long}\n\n${long}\n`, nothing);
    expect(article).toMatchObject({ title: 'The quiet harbour', byline: 'Ida Marrow', publishedAt: { local: '2022-05-04', offset: null, assumed: false }, html: `<p>${long}</p><p>${long}</p>`, lang: 'en', dir: 'ltr', resources: [] });
  });

  test('a text that starts with a sentence takes its file’s name', () => {
    expect(readText(`${long} ${long}\n\n${long}`, nothing)).toMatchObject({ title: 'my-notes', text: `${long} ${long}\n\n${long}` });
  });

  test('lines wrapped by hand are joined, verse is not', () => {
    const wrapped = 'The first line of a paragraph that someone wrapped by hand at\nabout sixty characters, as people used to do in mail programs\nlong ago.';
    expect(readText(`A title\n\n${wrapped}`, nothing).html).toBe(`<p>${wrapped.replaceAll('\n', ' ')}</p>`);
    expect(readText('A poem\n\nOne line,\nand another,\nthen none.', nothing).html).toBe('<p>One line,<br>and another,<br>then none.</p>');
  });

  test('without blank lines every line is a paragraph', () => {
    expect(readText(`标题在这里\n${'第一段文字说了很多话,'.repeat(6)}。\n${'第二段文字也说了很多,'.repeat(6)}。`, nothing).html.match(/<p>/g)).toHaveLength(2);
  });

  test('markup in a text is text', () => {
    expect(readText(`T\n\n<script>alert(1)</script> & more words`, nothing).html).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more words</p>');
  });

  test.each(['', ' \n\n\t', '\ufeff'])('no text: %j', (text) => expect(() => readText(text, nothing)).toThrow(FailureError));
});

describe('readMarkdown', () => {
  test('front matter, title, code and safe HTML', () => {
    const article = readMarkdown('---\ntitle: A\ntags:\n  - x\n  - y\ndate: 2020-02-03\n---\n\nText *em* <b onclick="x()">b</b>\n\n```py\na = 1\n```\n\n[bad](javascript:x)', { url: 'https://m.example/', name: 'n.md' });
    expect(article).toMatchObject({ title: 'A', keywords: ['x', 'y'], publishedAt: { local: '2020-02-03', offset: null, assumed: false } });
    expect(article.html).toBe('<p>Text <em>em</em> <b>b</b></p>\n<pre data-lang="py"><code>a = 1</code></pre>\n<p>[bad](javascript:x)</p>'.replaceAll('\n', ''));
  });

  test('the first heading is the title, and a rule at the start is no front matter', () => {
    expect(readMarkdown('---\n\n# Top\n\ntext', { url: null, name: 'n.md' })).toMatchObject({ title: 'Top', html: '<hr><p>text</p>' });
  });

  test('nothing at all', () => expect(() => readMarkdown('\n', { url: null, name: 'n.md' })).toThrow(FailureError));
});

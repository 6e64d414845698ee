import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { listMarkdown } from '../../electron/library/leave/list-markdown.ts';
import { toMarkdown } from '../../electron/library/leave/markdown.ts';
import type { Article, Row } from '../../shared/article.ts';
import { highlightsAsMarkdown, quoteWithSource } from '../../shared/highlight-markdown.ts';

/* What a page says of itself stays text in what is handed out as Markdown: no link, picture or element of the page's making. */

const reader = new MarkdownIt({ html: true, linkify: false });
const id = '00000000000000000000';
const hostile = [
  '[click](javascript:alert(1))', '![x](https://tracker.example/p.png)', '<img src=https://tracker.example/p.png onerror=alert(1)>', '<script>alert(1)</script>',
  'a\n\n# heading\n\n<b>b</b>', '&lt;img&gt;', '`x` *y* ~~z~~ | c', '> quote', '- item', '1. one', '[x]: https://tracker.example', '\\', ']( https://tracker.example ) [', 'a\r\r<b>c</b>', '<https://tracker.example>', '<!-- ', '![[embed]]',
];
const facts = (text: string): Article => ({
  id, url: `https://s.example/x>\n\n<script>alert(2)</script>[y](javascript:1)`, title: text, host: text, site: text, byline: text, excerpt: text, leadPicture: null, icon: null, note: null,
  publishedAt: null, addedAt: '2024-06-04T00:00:00Z', lang: 'en', dir: 'ltr', minutes: 1, progress: 0, tags: [], favourite: false, archived: false,
  thumb: false, startedAt: null, readAt: null, favouritedAt: null, archivedAt: null, finishedAt: null, trashedAt: null, stage: { state: 'ready' }, words: 1, source: null, modifiedAt: null, breadcrumb: [], offeredTags: [], resources: [], links: null, pictures: [], certificate: null, pages: null, place: null, look: {}, copies: [], damaged: [],
  html: `<p>${text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)} after</p><table><tbody><tr><td>${text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</td></tr></tbody></table>`,
});
const anchor = (quote: string) => ({ quote, prefix: '', suffix: '', start: 0, end: 1, twins: 0 });
const highlight = (quote: string) => ({ id, article: id, colour: 'yellow' as const, note: '', anchor: anchor(quote), madeAt: '2024-06-04T00:00:00Z', located: null, orphan: false });

/** Elements and addresses in what a reader of Markdown makes of it. */
function foreign(markdown: string): string[] {
  const html = reader.render(markdown);
  const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address = '']) => address).filter((address) => !address.startsWith('https://s.example/x') && !address.startsWith('lectern://open?article='));
  const elements = [...html.matchAll(/<(img|script|b|iframe|!--)[\s>]/g)].map(([whole]) => whole);
  return [...links, ...elements];
}

test.each(hostile)('%j', (text) => {
  const article = facts(text);
  for (const source of [article, { ...article, url: null }]) {
    expect(foreign(toMarkdown(source))).toEqual([]);
    const row: Row = source;
    expect(foreign(listMarkdown.head({ title: text, description: text, at: row.addedAt, count: 1 }) + listMarkdown.entry(row, false))).toEqual([]);
    expect(foreign(highlightsAsMarkdown(source, [highlight(text)]))).toEqual([]);
    expect(foreign(quoteWithSource(source, text))).toEqual([]);
  }
});

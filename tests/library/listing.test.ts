import { expect, test } from 'vitest';
import { countLinks } from '../../electron/library/extract/link-count.ts';
import { keptForm } from '../../electron/library/extract/list-body.ts';
import { runJob } from '../../electron/library/extract/job.ts';
import { findTextLinks } from '../../electron/library/extract/text-links.ts';
import { cutPage } from '../../electron/library/extract/candidates.ts';
import { parsePage } from '../../electron/library/extract/tree.ts';
import type { PageKind } from '../../shared/page-kind.ts';
import { listPages, notLists } from './list-pages.ts';

const read = (html: string, url: string, kind?: PageKind) =>
  runJob({ bytes: Buffer.from(html), contentType: 'text/html; charset=utf-8', url: url === '' ? null : url, name: 'page', format: 'page', ...(kind === undefined ? {} : { kind }) });
const textsOf = (result: ReturnType<typeof read>) => result.resources.flatMap(({ links }) => links.map(({ text }) => text));

test.each(listPages)('$name is a list, with its entries', ({ html, url, has, least }) => {
  const result = read(html, url);
  expect(result.kind).toBe('list');
  const texts = textsOf(result);
  for (const title of has) expect(texts).toContain(title);
  expect(countLinks(result)).toBeGreaterThanOrEqual(least);
  // The site's own menu is no part of what the page lists.
  expect(texts.filter((text) => text === 'About' || text === 'Privacy')).toEqual([]);
});

test.each(notLists)('$name is none', ({ html, url }) => expect(read(html, url)).toMatchObject({ kind: 'article' }));

test('a portal’s columns are lists of their own, each with its heading and the address behind 更多>>', () => {
  const { html, url } = listPages.find(({ name }) => name.includes('更多')) ?? { html: '', url: '' };
  expect(read(html, url).resources.map(({ title, more, links }) => [title, more, links.length])).toEqual([
    ['要闻', 'https://portal.example/0/', 5], ['教育', 'https://portal.example/1/', 5], ['乡村', 'https://portal.example/2/', 5],
  ]);
});

test('a title cut short is given whole, and what every entry repeats is no heading', () => {
  const { html, url, has } = listPages.find(({ name }) => name.includes('government')) ?? { html: '', url: '', has: [] };
  const { title, resources: [list] } = read(html, url);
  // The list is the page's own, so it has the page's name and none besides.
  expect(title).toBe('通知公告');
  expect(list).toMatchObject({ title: '', links: [{ text: has[0], url: 'https://gov.example/zwgk/tzgg/20240/t2024_0.html' }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] });
});

test('the reader’s word goes before the extractor’s, both ways; a page without links is never a list', () => {
  const list = listPages[0] ?? { html: '', url: '' };
  const kept = read(list.html, list.url, 'article');
  expect(kept).toMatchObject({ kind: 'article' });
  expect(keptForm(kept)).toBe(kept);
  expect(kept.text).toContain('A harbour town votes');
  const article = notLists[0] ?? { html: '', url: '' };
  expect(read(article.html, article.url, 'list').kind).toBe('list');
  expect(read('<!doctype html><title>T</title><p>Nothing here leads anywhere, and that is all there is to say about it today.</p>', '', 'list').kind).toBe('article');
});

test('what is kept of a list page are its lists: escaped, found by search, without the poor text made of it', () => {
  const result = read(listPages[0]?.html.replace('A harbour town votes on its last ferry', 'Tom &amp; “Jerry” <b>vote</b>') ?? '', 'https://paper.example/news/');
  const kept = keptForm(result);
  expect(kept.html).toContain('<ul><li><a href="https://paper.example/a/1000.html">Tom &amp; “Jerry” vote</a></li>');
  expect(kept.text.split('\n')).toHaveLength(14);
  expect(kept.excerpt).toContain(' · ');
  expect(kept.leadImage).toBeNull();
  // The extractor's own answer still has what could be made of the page as a text.
  expect(result.html).not.toBe(kept.html);
});

const blocksOf = (body: string) => cutPage(parsePage(`<!doctype html><body>${body}</body>`).tree).blocks;
const said = 'and what the people of the harbour made of it when the frost was over at last.';

test('links in passing are one list, last; notes, mail and the page itself are none of them', () => {
  const lists = findTextLinks(blocksOf(`<p>See <a href="/one">the first report</a> and <a href="#note">1</a>, <a href="mailto:a@b.example">write</a> or go <a href="/">back</a>. ${said}</p><p>${said}</p><p>Also <a href="https://other.example/two">another</a>.</p>`), 'https://blog.example/', 'https://blog.example/');
  expect(lists).toEqual([{ title: '', more: null, inText: 'passing', links: [{ text: 'the first report', url: 'https://blog.example/one' }, { text: 'another', url: 'https://other.example/two' }] }]);
  expect(findTextLinks(blocksOf(`<p>${said}</p>`), null, null)).toEqual([]);
});

test('a round-up is given by its headings, what it mentions in passing after it', () => {
  const line = (name: string) => `<li><a href="https://${name}.example/">The ${name} paper</a>: ${said}</li>`;
  const lists = findTextLinks(blocksOf(`<p>${said} <a href="https://aside.example/">An aside</a></p><h2>Coast</h2><ul>${['pier', 'quay', 'reef'].map(line).join('')}</ul><h2>Hills</h2><ul>${['pass', 'peak', 'wall'].map(line).join('')}</ul>`), null, null);
  expect(lists.map(({ title, inText, links }) => [title, inText, links.length])).toEqual([['Coast', 'round-up', 3], ['Hills', 'round-up', 3], ['', 'passing', 1]]);
  const flat = findTextLinks(blocksOf(`<ol>${['pier', 'quay', 'reef', 'pass', 'peak'].map(line).join('')}</ol>`), null, null);
  expect(flat.map(({ title, inText, links }) => [title, inText, links.length])).toEqual([['', 'round-up', 5]]);
});

test('an article that rounds up links stays an article and offers them', () => {
  const { html, url } = notLists.find(({ name }) => name.includes('round-up')) ?? { html: '', url: '' };
  const result = read(html, url);
  expect(result.text).toContain('In the end the people of the town agreed');
  expect(result.resources.map(({ inText, links }) => [inText, links.length])).toEqual([['round-up', 10]]);
});

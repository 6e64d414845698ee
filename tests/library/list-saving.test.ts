import { afterAll, beforeAll, expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLibrary } from '../../electron/library/library.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { startWeb, type Web } from '../web/web.ts';
import { listPages } from './list-pages.ts';
import { newsPage, openTestLibrary } from './open-test-library.ts';

/* A list page on its way through the library: kept as such, kept as an article instead, and back. */

let web: Web;
beforeAll(async () => {
  web = await startWeb({ '/news/': listPages[0]?.html ?? '', '/a.html': newsPage('the ferry', '<p>More in <a href="/b.html">the second report</a>.</p>') });
});
afterAll(() => web.close());

test('a list page is ready as a list: counted in its row, its lists in the article, its titles found, its page kept', async () => {
  const library = await openTestLibrary();
  const saved = await library.answers.save({ urls: [`${web.origin}/news/`, `${web.origin}/a.html`], tags: ['reading'], typed: true });
  await library.idle();
  const [row, other] = await library.rows();
  expect(row).toMatchObject({ stage: { state: 'ready' }, links: 14, title: 'News' });
  expect(other).toMatchObject({ links: null });
  const article = await library.answers.article({ id: saved[0]?.id ?? '' });
  expect(article).toMatchObject({ links: 14, resources: [{ links: { length: 14 } }] });
  expect(article.html).toMatch(/^<ul><li><a href="http:\/\/127/);
  expect((await library.answers.search({ query: 'letterpress', from: 0, count: 5 })).total).toBe(1);
  expect((await library.answers.article({ id: saved[1]?.id ?? '' })).resources).toEqual([{ title: '', more: null, inText: 'passing', links: [{ text: 'the second report', url: `${web.origin}/b.html` }] }]);
  expect(await library.answers.check({})).toMatchObject({ problems: [] });
  const markdown = await library.answers.render({ id: article.id, as: 'markdown', pictures: 'here' });
  expect(markdown.text).toContain('[A harbour town votes on its last ferry](');
});

test('kept as an article anyway, undone, and by the reader’s word also after the next time; an index made anew says the same', async () => {
  const library = await openTestLibrary();
  const [saved] = await library.answers.save({ urls: [`${web.origin}/news/`], tags: [], typed: true });
  await library.idle();
  const id = saved?.id ?? '';
  const links = async () => (await library.rows())[0]?.links;

  const trial = await library.answers.tryExtract({ id, encoding: null, kind: 'article' });
  expect(trial).toMatchObject({ kind: { after: 'article', chosen: true }, facts: [{ fact: 'kind', before: 'list', after: 'article' }, { fact: 'publishedAt', before: null }] });
  expect(await links()).toBe(14);

  const { undo } = await library.answers.reextract({ id, encoding: null, kind: 'article', morePages: false, joins: null });
  expect(await links()).toBeNull();
  expect((await library.answers.article({ id })).html).toContain('</a>2024-01-10</li>');
  await library.answers.undo({ undo: undo ?? '' });
  expect(await links()).toBe(14);

  await library.answers.reextract({ id, encoding: null, kind: 'article', morePages: false, joins: null });
  // Asked for again without a word on the kind: it stays what the reader made it.
  expect(await library.answers.tryExtract({ id, encoding: null, kind: null })).toMatchObject({ kind: { after: 'article', chosen: true }, facts: [] });
  await library.answers.rebuild({});
  expect(await links()).toBeNull();
  await library.answers.reextract({ id, encoding: null, kind: 'auto', morePages: false, joins: null });
  expect(await links()).toBe(14);

  await library.close();
  rmSync(join(library.path, 'index.db'));
  const again = await openLibrary({ path: library.path, version: '0', settings: { get: () => defaultSettings, change: () => defaultSettings, onChange: () => () => undefined } });
  expect((await again.answers.list({ where: { list: 'all' }, sort: 'newest', from: 0, count: 5 })).rows[0]).toMatchObject({ links: 14 });
  await again.close();
});

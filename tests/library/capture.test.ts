import { expect, test } from 'vitest';
import { type Behaviour, startWeb } from '../web/web.ts';
import { newsPage, openTestLibrary, type TestLibrary } from './open-test-library.ts';

/* A page handed over from a reader's browser, and what the library had at its address before. */

const capture = (library: TestLibrary, url: string, html: string, more: { part?: 'page' | 'selection'; tags?: string[] } = {}) =>
  library.answers.capture({ url, title: 'As the browser says', html, part: more.part ?? 'page', tags: more.tags ?? [] });
const article = async (library: TestLibrary, id: string) => library.answers.article({ id });

test('an article that failed is made from the captured page: the same one, with the tags added', async () => {
  const refuse: Behaviour = (_request, response) => response.writeHead(403).end('no');
  const web = await startWeb({ '/a': refuse });
  const library = await openTestLibrary();
  const [first] = await library.answers.save({ urls: [`${web.origin}/a?utm_source=x`], tags: ['before'], typed: true });
  await library.idle();
  expect((await article(library, first?.id ?? '')).stage.state).toBe('failed');
  const saved = await capture(library, `${web.origin}/a`, newsPage('Behind the wall'), { tags: ['after'] });
  expect(saved).toMatchObject({ id: first?.id, outcome: 'known' });
  await library.idle();
  const made = await article(library, saved.id);
  expect(made.stage.state).toBe('ready');
  expect(made.title).toBe('Behind the wall');
  expect(made.tags.toSorted()).toEqual(['after', 'before']);
  expect(web.hits).toHaveLength(1);
  await web.close();
});

test('a page that is being fetched is made from the captured one instead', async () => {
  const asked = Promise.withResolvers<void>();
  const web = await startWeb({ '/slow': () => asked.resolve() });
  const library = await openTestLibrary();
  const [first] = await library.answers.save({ urls: [`${web.origin}/slow`], tags: [], typed: true });
  await asked.promise;
  await capture(library, `${web.origin}/slow`, newsPage('Quicker by hand'));
  await library.idle();
  expect(await article(library, first?.id ?? '')).toMatchObject({ title: 'Quicker by hand', stage: { state: 'ready' } });
  await web.close();
});

test('a ready article is made anew; where that fails it stays as it was, and the reader is told', async () => {
  const library = await openTestLibrary();
  const url = 'https://paper.example/teaser';
  const { id } = await capture(library, url, newsPage('A teaser'));
  await library.idle();
  await library.answers.favourite({ ids: [id], on: true });
  await capture(library, url, newsPage('The whole story'));
  await library.idle();
  expect(await article(library, id)).toMatchObject({ title: 'The whole story', favourite: true, stage: { state: 'ready' } });
  library.news.length = 0;
  await capture(library, url, '<html><body></body></html>');
  await library.idle();
  expect(await article(library, id)).toMatchObject({ title: 'The whole story', stage: { state: 'ready' } });
  expect(library.news).toContainEqual({ about: 'trouble', failure: { kind: 'no-article' } });
});

test('a selection is kept whole, links and short lines too, with what the page says of itself; so again after a new extraction', async () => {
  const library = await openTestLibrary();
  const html = `<!doctype html><html lang="en"><head><title>Ferries - The Paper</title><meta property="og:site_name" content="The Paper"><meta name="author" content="A. Pilot"></head>
    <body><ul><li><a href="/one">One</a></li><li><a href="/two">Two</a></li></ul><p>Short.</p><table><tr><td>7:10</td><td>late</td></tr></table><p>Share this</p></body></html>`;
  const { id } = await capture(library, 'https://paper.example/ferries', html, { part: 'selection' });
  await library.idle();
  const made = await article(library, id);
  expect(made).toMatchObject({ title: 'Ferries', byline: 'A. Pilot', site: 'The Paper', url: 'https://paper.example/ferries' });
  for (const text of ['href="https://paper.example/one"', 'Two', 'Short.', '7:10', 'Share this']) expect(made.html).toContain(text);
  expect(await library.answers.reextract({ id, encoding: null, kind: null, morePages: false, joins: null })).toMatchObject({ undo: null });
});

test('only addresses of the web are taken', async () => {
  const library = await openTestLibrary();
  for (const url of ['file:///etc/passwd', 'chrome://settings', 'javascript:alert(1)']) {
    await expect(capture(library, url, newsPage('Local'))).rejects.toMatchObject({ failure: { kind: 'bad-address' } });
  }
  expect(await library.rows()).toEqual([]);
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { followsOn } from '../../electron/library/extract/page-address.ts';
import { runJob } from '../../electron/library/extract/job.ts';
import { isSame } from '../../shared/trial.ts';
import { png } from '../web/pictures.ts';
import { type Behaviour, startWeb, type Web } from '../web/web.ts';
import { newsPage, openTestLibrary, type TestLibrary } from './open-test-library.ts';

const places = ['quay', 'brewery', 'chapel', 'foundry', 'allotments', 'waterworks', 'ferry', 'tannery', 'observatory'];
const paragraph = (n: number): string => `<p>At the ${places[n % places.length]} they had kept a ledger since the flood of ${1800 + n}, and whoever came to look at it was given tea, a chair by the window and as much time as it took to read it through.</p>`;
const three = (page: number): string => [0, 1, 2].map((n) => paragraph(page * 3 + n)).join('');
const summary = '<p class="standfirst">Nine ledgers, nine cups of tea, and what the town forgot to write down about itself in two hundred years.</p>';

/** One page of an article on several: title, summary and the row of numbers on each of them. */
function part(page: number, addresses: string[], more = ''): string {
  const row = addresses.map((address, i) => (i + 1 === page ? `<b>${i + 1}</b>` : `<a href="${address}">${i + 1}</a>`)).join(' ');
  const next = addresses[page] === undefined ? '' : `<a href="${addresses[page]}">Next page »</a>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The ledgers</title></head><body><nav><a href="/">Home</a></nav><article><h1>The ledgers</h1>${summary}${three(page - 1)}${more}<div class="pager">${row} ${next}</div></article><footer>About us</footer></body></html>`;
}

const trio = ['/a', '/a?page=2', '/a?page=3'];
/** Answers `/a` by the number in its query. */
const ledger = (pages: Record<string, string | Behaviour>): Behaviour => (request, response, path) => {
  const page = pages[new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? '1'];
  if (typeof page === 'function') return page(request, response, path);
  response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
};
const whole = { '1': part(1, trio), '2': part(2, trio, '<h2>The ferry</h2><figure><img src="/boat.png"></figure><p>It still leaves at nine, whether or not there is anybody on the other side to wave at it when it comes in.</p>'), '3': part(3, trio) };

async function openWeb(pages: Parameters<typeof startWeb>[0]): Promise<Web> {
  const web = await startWeb(pages);
  onTestFinished(() => web.close());
  return web;
}

async function save(library: TestLibrary, url: string) {
  const [saved] = await library.answers.save({ urls: [url], tags: [], typed: true });
  await library.idle();
  return library.answers.article({ id: saved?.id ?? '' });
}

const count = (html: string, text: string): number => html.split(text).length - 1;

test('an article on three pages is one article, and is made again from its kept pages without the network', async () => {
  const web = await openWeb({ '/a': ledger(whole), '/boat.png': png(60, 60) });
  const path = mkdtempSync(join(tmpdir(), 'lectern-pages-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const library = await openTestLibrary({ path });
  const article = await save(library, `${web.origin}/a`);
  expect(article).toMatchObject({ title: 'The ledgers', stage: { state: 'ready' }, pages: { joined: 3, missing: null }, certificate: { pictures: 1, stored: 1 } });
  for (let n = 0; n < 9; n++) expect(count(article.html, `the flood of ${1800 + n},`), String(n)).toBe(1);
  expect(count(article.html, 'Nine ledgers')).toBe(1);
  expect(article.html).toContain('<h2>The ferry</h2>');
  expect(article.html).not.toMatch(/Next page|>3</);
  expect(web.hits.filter(({ path: hit }) => hit.startsWith('/a')).map(({ path: hit, headers }) => [hit, headers.referer])).toEqual([['/a', undefined], ['/a?page=2', `${web.origin}/a`], ['/a?page=3', `${web.origin}/a?page=2`]]);
  const folder = join(path, 'articles', article.addedAt.slice(0, 4), article.id);
  expect(readdirSync(folder).toSorted()).toEqual(['article.html', 'meta.json', 'page-2.br', 'page-3.br', 'page.br']);
  expect((await library.answers.search({ query: '1808', from: 0, count: 5 })).total).toBe(1);

  const hits = web.hits.length;
  expect(isSame(await library.answers.tryExtract({ id: article.id, encoding: null, kind: null }))).toBe(true);
  expect((await library.answers.reextract({ id: article.id, encoding: null, kind: null, morePages: false, joins: null })).undo).toBeNull();
  expect(web.hits.length).toBe(hits);
  await library.answers.rebuild({});
  expect((await library.answers.article({ id: article.id })).html).toBe(article.html);
  expect((await library.answers.check({})).problems).toEqual([]);

  writeFileSync(join(folder, 'page-3.br'), 'no longer what it was');
  expect((await library.answers.check({})).problems).toEqual([{ what: 'part damaged or missing', where: `articles/${article.addedAt.slice(0, 4)}/${article.id}/page-3.br` }]);
  await expect(library.answers.tryExtract({ id: article.id, encoding: null, kind: null })).rejects.toMatchObject({ failure: { kind: 'damaged' } });
});

test('a further page that fails leaves an article that says so, and is fetched when asked for', async () => {
  const pages: Record<string, string> = { '1': whole['1'], '3': whole['3'] };
  const web = await openWeb({ '/a': ledger(pages), '/boat.png': png(60, 60) });
  const library = await openTestLibrary();
  const { id, ...article } = await save(library, `${web.origin}/a`);
  const missing = { url: `${web.origin}/a?page=2`, failure: { kind: 'gone', host: '127.0.0.1', status: 404 } };
  expect(article).toMatchObject({ stage: { state: 'ready' }, pages: { joined: 1, missing } });
  expect(count(article.html, 'the flood of')).toBe(3);

  // Extracting again asks nobody and keeps saying it; asking for the page while it is still gone changes nothing.
  expect((await library.answers.reextract({ id, encoding: null, kind: null, morePages: false, joins: null })).undo).toBeNull();
  expect((await library.answers.reextract({ id, encoding: null, kind: null, morePages: true, joins: null })).undo).toBeNull();
  expect((await library.answers.article({ id })).pages).toEqual({ joined: 1, missing });

  pages['2'] = whole['2'];
  const { undo, added } = await library.answers.reextract({ id, encoding: null, kind: null, morePages: true, joins: null });
  expect(added).toBeGreaterThanOrEqual(6);
  expect(await library.answers.article({ id })).toMatchObject({ pages: { joined: 3, missing: null }, certificate: { pictures: 1, stored: 1 } });
  await library.answers.undo({ undo: undo ?? '' });
  expect((await library.answers.article({ id })).pages).toEqual({ joined: 1, missing });
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('pictures fetched later leave the kept further pages where they are', async () => {
  const site: Parameters<typeof startWeb>[0] = { '/a': ledger(whole) };
  const web = await openWeb(site);
  const library = await openTestLibrary();
  const { id, certificate } = await save(library, `${web.origin}/a`);
  expect(certificate).toMatchObject({ pictures: 1, stored: 0 });
  site['/boat.png'] = png(60, 60);
  await library.answers.retryPictures({ id });
  expect((await library.answers.article({ id })).certificate).toMatchObject({ pictures: 1, stored: 1 });
  expect(isSame(await library.answers.tryExtract({ id, encoding: null, kind: null }))).toBe(true);
});

test.each<[string, Record<string, string | Behaviour>, number]>([
  ['a last page that leads back to the first', { '1': part(1, trio), '2': part(2, ['/a', '/a?page=2', '/a']) }, 2],
  ['pages that go round in a circle', { '1': part(1, ['/a', '/a?page=2']), '2': part(2, trio), '3': part(3, ['/a', '/a', '/a', '/a?page=2']) }, 3],
  ['a second page that is the first again', { '1': part(1, trio), '2': (_, response) => response.writeHead(302, { location: '/a' }).end() }, 1],
  ['a second page of comments under the same text', { '1': part(1, trio), '2': part(1, trio, '<section id="comments" class="comments"><p>I do not agree with a word of this, and I have lived by the quay for longer than any of you have been reading about it.</p></section>') }, 1],
])('%s is no further page', async (_, pages, joined) => {
  const web = await openWeb({ '/a': ledger(pages) });
  const library = await openTestLibrary();
  const article = await save(library, `${web.origin}/a`);
  expect(article.pages).toEqual(joined === 1 ? null : { joined, missing: null });
  expect(count(article.html, 'the flood of')).toBe(joined * 3);
  expect(article.html).not.toContain('do not agree');
});

test.each([
  ['the next article', '<p><a href="/b">Next article: the mill</a></p>'],
  ['下一篇', '<p>下一篇：<a href="/b">The mill</a> <a href="/b">下一篇</a></p>'],
  ['a blog’s rel=next', '<p class="post-nav"><a rel="next" href="/b">The mill</a></p>'],
  ['a page of comments', '<div class="comments"><p>What a fine text this is.</p><a href="/a?page=2">2</a> <a href="/a?page=2">Next page</a></div>'],
  ['a comments address', '<p><a href="/a/comment-page-2">Next page</a></p>'],
  ['another site', '<p><a href="http://elsewhere.example/a?page=2">Next page</a></p>'],
  ['another title', '<p><a href="/b">Next page</a></p>'],
  ['a link that is only called next', '<p><a href="/b">Next »</a> <a href="/b">weiter</a></p>'],
])('%s is not followed or not joined', async (_, link) => {
  const web = await openWeb({ '/a': newsPage('The ledgers', '').replace('</article>', `</article>${link}`), '/b': newsPage('The mill'), '/a/': newsPage('The ledgers', paragraph(5)) });
  const library = await openTestLibrary();
  const article = await save(library, `${web.origin}/a`);
  expect(article.pages).toBeNull();
  expect(article.html).not.toMatch(/The mill|the flood of/);
  expect(article.stage).toEqual({ state: 'ready' });
});

test('a chain without end is cut at thirty pages, and the article says so', async () => {
  const web = await openWeb({
    '/long.html': part(1, ['', '/long_2.html']).replaceAll('flood of', 'year 0 flood of'),
    '/': (_, response, path) => {
      const n = Number(/_(\d+)/.exec(path)?.[1]);
      response.writeHead(200, { 'content-type': 'text/html' }).end(newsPage('The ledgers', `<p>Number ${n}: ${paragraph(n)}</p><div class="pages"><a href="/long_${n + 1}.html">下一页</a></div>`));
    },
  });
  const library = await openTestLibrary();
  const article = await save(library, `${web.origin}/long.html`);
  expect(article.pages).toEqual({ joined: 30, missing: { url: `${web.origin}/long_31.html`, failure: { kind: 'too-many-pages', limit: 30 } } });
});

test('a saved file is not continued from the network unless asked', async () => {
  const web = await openWeb({ '/a': ledger(whole) });
  const library = await openTestLibrary();
  const saved = await library.answers.saveText({ text: whole['1'], format: 'html', name: 'a.html', url: `${web.origin}/a`, tags: [] });
  await library.idle();
  expect(web.hits).toEqual([]);
  expect((await library.answers.article({ id: saved.id })).pages).toEqual({ joined: 1, missing: { url: `${web.origin}/a?page=2`, failure: null } });
});

test('addresses that can only be a further page are told from neighbours', () => {
  const s = 'https://s.example';
  const yes: Array<[string, string, string?]> = [
    ['/a', '/a?page=2'], ['/a?id=7', '/a?id=7&p=2'], ['/a.html', '/a_2.html'], ['/a.shtml', '/a_1.shtml'], ['/a_1.shtml', '/a_2.shtml'], ['/x/a', '/x/a/2'], ['/x/a/', '/x/a/index_2.html'],
    ['/rev,1234.html', '/rev,1234-2.html'], ['/a.html', '/a_3.html', '/a_2.html'], ['/a.html?utm_source=x', '/a-2.html'], ['/a', '/a?page=3', '/a?page=2'], ['/x/a/index.html', '/x/a/index_1.html'],
  ];
  for (const [first, next, current] of yes) expect(followsOn(s + first, s + (current ?? first), s + next), `${first} ${next}`).toBe(true);
  const no: Array<[string, string, string?]> = [
    ['/post/12', '/post/13'], ['/?p=123', '/?p=124'], ['/a', '/b?page=2'], ['/a.html', '/a_3.html'], ['/a', '/a'], ['/a.html', '/a_2.html', '/a_2.html'], ['/2024/05/06', '/2024/05/07'], ['/a', '/a/comment-page-2'], ['/a', '/a?page=9'], ['/a', '/a?page=1'], ['/x/a/', '/x/a/page/2/'], ['/x/a', '/x/a/page-2'], ['/ida-marrow/', '/ida-marrow-2/'],
  ];
  for (const [first, next, current] of no) expect(followsOn(s + first, s + (current ?? first), s + next), `${first} ${next}`).toBe(false);
});

test('joined pages keep their footnotes apart', () => {
  const note = (n: string): string => `<p>Some say otherwise.<sup><a href="#fn1" id="ref1">1</a></sup></p><ol><li id="fn1">${n}, in the ledger that is kept by the ferryman. <a href="#ref1">back</a></li></ol>`;
  const page = (n: number, name: string) => Buffer.from(newsPage('Notes', `${paragraph(n)}${note(name)}`));
  const job = { contentType: 'text/html; charset=utf-8', name: '', format: 'page' as const };
  const first = runJob({ ...job, bytes: page(1, 'First'), url: 'https://s.example/a' });
  const both = runJob({ ...job, bytes: page(2, 'Second'), url: 'https://s.example/a?page=2', after: { pageOne: 'https://s.example/a', sure: true, result: first } });
  const ids = [...both.html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, href] of both.html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(href);
  expect(both.html).toMatch(/Second/);
});

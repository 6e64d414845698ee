import { expect, onTestFinished, test } from 'vitest';
import type { Output } from '../../shared/contract.ts';
import { readHead } from '../../electron/library/saving/page-head.ts';
import { png, samples } from '../web/pictures.ts';
import { startWeb, type Behaviour } from '../web/web.ts';
import { sure } from './made-up-article.ts';
import { newsPage, openTestLibrary, type TestLibrary } from './open-test-library.ts';

async function web(pages: Record<string, Behaviour | string | Uint8Array>) {
  const made = await startWeb(pages);
  onTestFinished(() => made.close());
  return made;
}

const page = (head: string): string => `<!doctype html><html><head><meta charset="utf-8">${head}</head><body><h1>Body</h1></body></html>`;
const keep = async (library: TestLibrary, url: string, facts: { title?: string; note?: string } = {}, tags: string[] = [], typed = true) =>
  sure((await library.answers.bookmark({ pages: [{ url, title: '', note: '', ...facts }], tags, typed }))[0]);
const bookmarks = async (library: TestLibrary) => (await library.answers.list({ where: { list: 'bookmarks' }, sort: 'newest', from: 0, count: 50 })).rows;
const found = async (library: TestLibrary, query: string) => {
  const { hits } = await library.answers.search({ query, from: 0, count: 20 });
  return hits.map((hit) => hit.title);
};
const counts = async (library: TestLibrary) => ((await library.answers.library({})) as Output<'library'>).counts;

test('an address is kept alone: looked at once for a title and an icon, found by search, in no list of what is to be read', async () => {
  const library = await openTestLibrary();
  const { origin, hits } = await web({
    '/a': page('<title>  Gardens &amp; walls </title><meta name="description" content="All about   gardens"><link rel="icon" sizes="32x32" href="/32.png"><link rel="icon" sizes="16x16" href="/16.png">'),
    '/b': page('<title>Second</title>'),
    '/32.png': png(32, 32), '/16.png': png(16, 16),
  });
  const first = await keep(library, `${origin}/a?utm_source=x`, { note: 'Ask the gardener about 月季' }, ['garden']);
  expect(first).toMatchObject({ outcome: 'new', url: `${origin}/a` });
  await library.idle();
  const [row] = await bookmarks(library);
  expect(row).toMatchObject({ id: first.id, title: 'Gardens & walls', excerpt: 'All about gardens', note: 'Ask the gardener about 月季', tags: ['garden'], stage: { state: 'bookmark' } });
  expect(library.file(sure(sure(row).icon))).not.toBeNull();
  expect(await counts(library)).toMatchObject({ bookmarks: 1, all: 1, inbox: 0, failed: 0 });
  expect((await library.answers.home({ rows: 5 })).fresh).toEqual([]);
  for (const query of ['gardener', '月季', 'walls', '127.0.0.1', 'tag:garden']) expect(await found(library, query), query).toEqual(['Gardens & walls']);
  // The site's icon is known by now: only the page is asked for, for its title.
  const before = hits.length;
  await keep(library, `${origin}/b`);
  await library.idle();
  expect(hits.slice(before).map(({ path }) => path)).toEqual(['/b']);
  expect((await bookmarks(library)).map(({ title, icon }) => [title, icon === sure(row).icon])).toEqual([['Second', true], ['Gardens & walls', true]]);
  // Named and of a site that is known: nothing is asked at all.
  await keep(library, `${origin}/c`, { title: 'My own name' });
  await library.idle();
  expect(hits.length).toBe(before + 1);
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('a bookmark becomes an article, one or all of them; stopped it is a bookmark again, failed it can be', async () => {
  const library = await openTestLibrary();
  const { origin } = await web({ '/a': newsPage('harbour'), '/b': newsPage('orchard'), '/dead': (_request, response) => void response.writeHead(410).end() });
  const a = await keep(library, `${origin}/a`, { title: 'Kept name', note: 'Mine' });
  await keep(library, `${origin}/b`);
  await keep(library, `${origin}/dead`, { title: 'Dead' });
  library.settings.savingHeld = true;
  expect(await library.answers.saveBookmarks({ ids: [a.id] })).toEqual({ count: 1 });
  expect(await counts(library)).toMatchObject({ bookmarks: 2, inbox: 1 });
  await library.answers.cancel({ ids: [a.id] });
  expect(await counts(library)).toMatchObject({ bookmarks: 3, inbox: 0 });
  library.settings.savingHeld = false;
  expect(await library.answers.saveBookmarks({ ids: 'all' })).toEqual({ count: 3 });
  await library.idle();
  const states = (await library.rows()).map(({ title, stage, note }) => [title, stage.state, note]);
  expect(states).toEqual([['Dead', 'failed', null], ['orchard', 'ready', null], ['harbour', 'ready', 'Mine']]);
  const dead = sure((await library.rows('failed'))[0]);
  const { undo } = await library.answers.toBookmarks({ ids: [dead.id, a.id] });
  expect(await counts(library)).toMatchObject({ bookmarks: 1, failed: 0 });
  await library.answers.undo({ undo: sure(undo) });
  expect(sure((await library.rows('failed'))[0]).stage).toEqual(dead.stage);
  expect(await counts(library)).toMatchObject({ bookmarks: 0, failed: 1 });
});

test('saving the address of a bookmark makes it an article; keeping the address of an article leaves it one and adds the note', async () => {
  const library = await openTestLibrary();
  const { origin } = await web({ '/a': newsPage('harbour') });
  const a = await keep(library, `${origin}/a`, { title: 'Kept name' }, ['one']);
  const [saved] = await library.answers.save({ urls: [`${origin}/a/`], tags: ['two'], typed: true });
  expect(saved).toMatchObject({ id: a.id, outcome: 'known' });
  await library.idle();
  expect(sure((await library.rows())[0])).toMatchObject({ title: 'harbour', tags: ['one', 'two'], stage: { state: 'ready' } });
  expect(await keep(library, `${origin}/a`, { note: 'First' })).toMatchObject({ id: a.id, outcome: 'known' });
  await keep(library, `${origin}/a`, { note: 'Second' });
  await keep(library, `${origin}/a`, { note: 'First' });
  expect(await library.answers.article({ id: a.id })).toMatchObject({ note: 'First\n\nSecond', stage: { state: 'ready' } });
  // A page captured in a browser makes an article of its bookmark as well.
  const b = await keep(library, `${origin}/b`);
  await library.answers.capture({ url: `${origin}/b`, title: 'B', html: newsPage('market'), part: 'page', tags: [] });
  await library.idle();
  expect(await library.answers.article({ id: b.id })).toMatchObject({ title: 'market', stage: { state: 'ready' } });
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('a note is written, found, undone and taken away, on any article', async () => {
  const library = await openTestLibrary();
  const { id } = await library.answers.saveText({ text: 'A text about rivers.\n\nIt goes on for a while.', format: 'text', name: 'Rivers', url: null, tags: [] });
  await library.idle();
  const long = `Zebra crossing ${'and more '.repeat(100)}`.trim();
  await library.answers.note({ id, text: `  ${long}\n` });
  expect((await library.answers.article({ id })).note).toBe(long);
  expect(sure((await library.rows())[0]).note).toMatch(/^Zebra crossing.{200,290}…$/);
  expect(await found(library, 'zebra')).toHaveLength(1);
  const { undo } = await library.answers.note({ id, text: ' ' });
  expect((await library.answers.article({ id })).note).toBeNull();
  expect(await found(library, 'zebra')).toEqual([]);
  await library.answers.undo({ undo: sure(undo) });
  expect((await library.answers.article({ id })).note).toBe(long);
  expect(await library.answers.note({ id, text: long })).toEqual({ undo: null });
});

const script = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><script>alert(1)</script><rect width="16" height="16" onload="alert(2)"/></svg>';

test.each<[string, string, Record<string, Behaviour | string | Uint8Array>, string | null]>([
  ['a drawing without its script', '<link rel="icon" type="image/svg+xml" href="/i.svg">', { '/i.svg': script }, 'svg'],
  ['the usual place where the page names none', '', { '/favicon.ico': samples.ico }, 'ico'],
  ['the usual place where what is named is a page', '<link rel="icon" href="/i.png">', { '/i.png': '<!doctype html><p>Log in', '/favicon.ico': samples.ico }, 'ico'],
  ['nothing where the bytes never end', '<link rel="icon" href="/i.png">', { '/i.png': (_q, response) => void response.writeHead(200, { 'content-length': '900000000' }).write(png(32, 32)) }, null],
  ['nothing where it is far too large', '<link rel="icon" href="/i.png">', { '/i.png': Buffer.concat([png(32, 32), Buffer.alloc(400_000)]) }, null],
  ['nothing where it is a wall poster', '<link rel="icon" href="/i.png">', { '/i.png': png(3_000, 20) }, null],
  ['nothing where it goes round in circles', '<link rel="icon" href="/i.png">', { '/i.png': (_q, response) => void response.writeHead(302, { location: '/i.png' }).end() }, null],
  ['a picture inside the page', `<link rel="icon" href="data:image/png;base64,${Buffer.from(png(32, 32)).toString('base64')}">`, {}, 'png'],
  ['nothing from another private server', '<link rel="icon" href="http://127.0.0.1:9/i.png">', {}, null],
  ['nothing from a script address', '<link rel="icon" href="javascript:alert(1)">', {}, null],
])('an icon is %s', async (_what, head, pages, ending) => {
  const library = await openTestLibrary();
  const { origin } = await web({ '/a': page(`<title>T</title>${head}`), ...pages });
  await keep(library, `${origin}/a`);
  await library.idle();
  const row = sure((await bookmarks(library))[0]);
  expect(row.title).toBe('T');
  expect(row.icon === null ? null : row.icon.split('.').at(-1)).toBe(ending);
  expect(row.icon?.endsWith('.svg') === true ? await bytesOf(library, row.icon) : '').not.toMatch(/script|onload/);
  expect(library.news.filter(({ about }) => about === 'trouble')).toEqual([]);
  expect((await library.answers.check({})).problems).toEqual([]);
});

async function bytesOf(library: TestLibrary, file: string | null): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(sure(library.file(sure(file))), 'utf8');
}

test('an address a page proposed never reaches a private network', async () => {
  const library = await openTestLibrary();
  const { origin, hits } = await web({ '/a': page('<title>Inside</title>') });
  await keep(library, `${origin}/a`, {}, [], false);
  await library.idle();
  expect(hits).toEqual([]);
  expect(sure((await bookmarks(library))[0])).toMatchObject({ title: `${origin}/a`, icon: null });
});

test('where the reader wants no pictures, a bookmark brings no icon, and a page whose name is known is not asked for', async () => {
  const library = await openTestLibrary();
  library.settings.keepPictures = false;
  const { origin, hits } = await web({ '/a': page('<title>Walls</title><link rel="icon" href="/i.png">'), '/b': page('<title>No</title>'), '/i.png': png(32, 32), '/favicon.ico': samples.ico });
  await keep(library, `${origin}/a`);
  await keep(library, `${origin}/b`, { title: 'Named' });
  await library.idle();
  expect(hits.map(({ path }) => path)).toEqual(['/a']);
  expect((await bookmarks(library)).map(({ title, icon }) => [title, icon])).toEqual([['Named', null], ['Walls', null]]);
});

test('what a server could not answer for a moment is looked at again at the next start', async () => {
  let broken = true;
  const { origin } = await web({ '/a': (_q, response) => void (broken ? response.writeHead(503).end() : response.end(page('<title>Later</title>'))) });
  const { temporaryFolder } = await import('./made-up.ts');
  const path = temporaryFolder();
  const first = await openTestLibrary({ path });
  await keep(first, `${origin}/a`);
  await first.idle();
  expect(sure((await bookmarks(first))[0]).title).toBe(`${origin}/a`);
  await first.close();
  broken = false;
  const again = await openTestLibrary({ path });
  await again.idle();
  expect(sure((await bookmarks(again))[0]).title).toBe('Later');
});

test('the icon a saved page names is kept for its site; none is guessed at, none without pictures', async () => {
  const library = await openTestLibrary();
  const plain = newsPage('harbour');
  const { origin, hits } = await web({ '/none': plain, '/a': plain.replace('<title>', '<link rel="shortcut icon" href="/i.png"><title>'), '/i.png': png(32, 32), '/favicon.ico': samples.ico });
  library.settings.keepPictures = false;
  await library.answers.save({ urls: [`${origin}/a`], tags: [], typed: true });
  await library.idle();
  library.settings.keepPictures = true;
  await library.answers.save({ urls: [`${origin}/none`], tags: [], typed: true });
  await library.idle();
  expect(hits.map(({ path }) => path)).toEqual(['/a', '/none']);
  await library.answers.save({ urls: [`${origin}/a?again`], tags: [], typed: true });
  await library.idle();
  expect(hits.map(({ path }) => path)).toEqual(['/a', '/none', '/a?again', '/i.png']);
  expect((await library.rows()).map(({ icon }) => icon?.endsWith('.png'))).toEqual([true, true, true]);
});

test('a head is read whatever is written in it, and in no time', () => {
  expect(readHead('<title>a < b</title><!-- <link rel=icon href=/no.png> --><script>"<link rel=icon href=/no.png>"</script><LINK REL="Shortcut  ICON" HREF=i.ico>', 'https://x.example/p/q')).toEqual({ title: 'a', excerpt: null, icons: ['https://x.example/p/i.ico'] });
  expect(readHead('<meta property="og:title" content="One &quot;two&quot;"><title>Other</title><body><link rel=icon href=/late.png>', 'https://x.example/')).toMatchObject({ title: 'One "two"', icons: [] });
  expect(readHead('<link rel=icon sizes=16x16 href=16><link rel=apple-touch-icon href=180><link rel=icon sizes=32x32 href=32><link rel=icon type=image/svg+xml href=svg><link rel=mask-icon href=mask>', 'https://x.example/').icons.map((url) => new URL(url).pathname)).toEqual(['/32', '/svg', '/180', '/16']);
  const begun = performance.now();
  for (const text of ['<!--', '<script', '<link ', '<title', '<meta content="', '<', '<link rel=icon href=x>']) readHead(text.repeat(60_000), 'https://x.example/');
  expect(performance.now() - begun).toBeLessThan(10_000);
});

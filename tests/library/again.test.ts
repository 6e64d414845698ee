import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from '../../electron/answer.ts';
import { extractorVersion } from '../../electron/library/extract/version.ts';
import { toPage } from '../../electron/library/leave/page.ts';
import { openLibrary } from '../../electron/library/library.ts';
import { readSealedBody, readSealedMeta, readSealedPage, sealArticle } from '../../electron/library/storage/parts.ts';
import { indexRow, sealedOf } from '../../electron/library/rows.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import { isSame } from '../../shared/trial.ts';
import { png } from '../web/pictures.ts';
import { startWeb, type Web } from '../web/web.ts';
import { boat, garbledPage, map, mapPath, paragraphs, title } from './garbled.ts';
import { sure } from './made-up-article.ts';
import { newsPage, openTestLibrary, type TestLibrary } from './open-test-library.ts';

async function openWeb(pages: Parameters<typeof startWeb>[0]): Promise<Web> {
  const web = await startWeb(pages);
  onTestFinished(() => web.close());
  return web;
}

async function save(library: TestLibrary, url: string): Promise<string> {
  const [saved] = await library.answers.save({ urls: [url], tags: ['kept'], typed: true });
  await library.idle();
  return saved?.id ?? '';
}

const tried = async (library: TestLibrary, id: string, encoding: string | null = null) => library.answers.tryExtract({ id, encoding, kind: null });
const replaced = async (library: TestLibrary, id: string, encoding: string | null = null) => library.answers.reextract({ id, encoding, kind: null, morePages: false, joins: null });

/** The parts of an article's newest folder, by the acts that name it: read as a person would find them. */
function folders(path: string): string[] {
  return readdirSync(join(path, 'articles')).flatMap((year) => readdirSync(join(path, 'articles', year)).map((name) => join(path, 'articles', year, name)));
}

const garbledSite = { '/p': garbledPage, '/boat.png': boat, [mapPath]: map };

test('a garbled page is tried in another encoding, then replaced, and its stored picture is not fetched again', async () => {
  const web = await openWeb(garbledSite);
  const library = await openTestLibrary();
  const id = await save(library, `${web.origin}/p`);
  const garbled = await library.answers.article({ id });
  expect(garbled.title).not.toBe(title);
  expect(garbled.certificate).toMatchObject({ pictures: 2, stored: 1 });
  await library.answers.place({ id, place: { block: 2, quote: 'x', offset: 4, progress: 0.4 } });
  const [hits, told] = [web.hits.length, library.news.length];

  const trial = await tried(library, id, 'gb18030');
  expect(trial).toMatchObject({ title, encoding: { before: 'windows-1252', after: 'gb18030', chosen: true }, kept: 0, reshaped: false });
  expect(trial.opening[0]).toBe(paragraphs[0]);
  expect(trial.facts).toEqual([{ fact: 'title', before: garbled.title, after: title }]);
  expect(trial.changes.filter(({ did }) => did === 'added').map((change) => change.text)).toEqual(paragraphs);
  expect(await library.answers.article({ id })).toEqual({ ...garbled, place: expect.anything(), progress: 0.4 });
  expect([web.hits.length, library.news.length]).toEqual([hits, told]);

  const { undo } = await replaced(library, id, 'gb18030');
  expect(web.hits.slice(hits).map(({ path }) => path)).toEqual([mapPath]);
  const right = await library.answers.article({ id });
  expect(right).toMatchObject({ title, tags: ['kept'], stage: { state: 'ready' }, damaged: [], certificate: { pictures: 2, stored: 2 }, place: { block: 2, offset: 4 } });
  for (const paragraph of paragraphs) expect(right.html).toContain(paragraph);
  expect(right.pictures.map(({ url, state }) => [url, state])).toEqual([[`${web.origin}/boat.png`, 'stored'], [web.origin + mapPath, 'stored']]);
  expect(library.news.slice(told)).toContainEqual({ about: 'articles', ids: [id] });
  await library.idle();
  expect((await library.answers.search({ query: '渡口', from: 0, count: 5 })).total).toBe(1);
  expect((await library.answers.check({})).problems).toEqual([]);

  // The choice is kept to; `auto` takes it back.
  const again = await replaced(library, id);
  expect(again).toMatchObject({ title, undo: null, encoding: { chosen: true } });
  expect(isSame(again)).toBe(true);
  expect((await tried(library, id, 'auto')).encoding).toEqual({ before: 'gb18030', after: 'windows-1252', chosen: false });

  expect(await library.answers.undo({ undo: undo ?? '' })).toEqual({ done: true });
  expect((await library.answers.article({ id })).title).toBe(garbled.title);
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('what an earlier extractor made is found and made again, missing pictures staying as they were', async () => {
  const web = await openWeb({ '/p': newsPage('The quarry', '<img src="/there.png"><img src="/lost.png">'), '/there.png': png(30, 30) });
  const path = mkdtempSync(join(tmpdir(), 'lectern-again-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const library = await openTestLibrary({ path });
  const id = await save(library, `${web.origin}/p`);
  expect(await library.answers.older({})).toEqual({ extractor: extractorVersion, ids: [] });
  expect((await replaced(library, id)).undo).toBeNull();
  await library.close();

  // As Lectern 0.1.0 left it, which wrote its own version there, and with a mistake since mended.
  const store = await openStore({ path });
  const sealed = sure(sealedOf(indexRow(store.db, id)));
  const meta = { ...readSealedMeta(path, sealed), extractedBy: '0.1.0', byline: 'Somebody Else' };
  const document = toPage(meta, readSealedBody(path, sealed));
  store.act([{ act: 'ready', id, ...(await sealArticle(store, { id, document, meta, page: readSealedPage(path, sealed) })) }]);
  await store.close();

  const reopened = await openTestLibrary({ path });
  expect((await reopened.answers.older({})).ids).toEqual([id]);
  const hits = web.hits.length;
  const changed = await replaced(reopened, id);
  expect(changed.facts).toEqual([{ fact: 'byline', before: 'Somebody Else', after: null }]);
  expect(changed.undo).not.toBeNull();
  expect(web.hits.length).toBe(hits);
  expect((await reopened.answers.article({ id })).pictures.map(({ state }) => state)).toEqual(['stored', 'missing']);
  expect((await reopened.answers.older({})).ids).toEqual([]);
});

test('what was handed in as text or a file is read again as what it was; what has no page says so', async () => {
  const library = await openTestLibrary();
  const text = await library.answers.saveText({ text: '# A list\n\nWritten on the quay, in a hurry, and kept.\n', format: 'markdown', name: 'list.md', url: null, tags: [] });
  await library.idle();
  const trial = await tried(library, text.id);
  expect(trial.title).toBe('A list');
  expect(isSame(trial)).toBe(true);
  expect((await replaced(library, text.id)).undo).toBeNull();

  const [failed] = await library.answers.save({ urls: ['http://127.0.0.1:9/never'], tags: [], typed: true });
  await library.idle();
  for (const asked of [tried, replaced]) {
    await expect(asked(library, failed?.id ?? '')).rejects.toMatchObject({ failure: { kind: 'no-page-kept' } });
    await expect(asked(library, '0'.repeat(20))).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  }
  expect(await answer(library, 'tryExtract', { id: text.id, encoding: 'klingon' })).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
});

test('a damaged page changes nothing; a damaged text is brought back by the page', async () => {
  const web = await openWeb({ '/p': newsPage('The weir') });
  const library = await openTestLibrary();
  const id = await save(library, `${web.origin}/p`);
  const whole = await library.answers.article({ id });
  const [folder = ''] = folders(library.path);
  const page = readFileSync(join(folder, 'page.br'));
  writeFileSync(join(folder, 'page.br'), Buffer.concat([page.subarray(0, -1), Buffer.from([1])]));
  await expect(replaced(library, id)).rejects.toMatchObject({ failure: { kind: 'damaged', part: expect.stringMatching(/page\.br$/) } });
  expect(await library.answers.article({ id })).toEqual(whole);
  expect(folders(library.path)).toEqual([folder]);

  writeFileSync(join(folder, 'page.br'), page);
  writeFileSync(join(folder, 'article.html'), 'nothing');
  writeFileSync(join(folder, 'meta.json'), '{}');
  expect((await library.answers.article({ id })).damaged).toHaveLength(2);
  expect(await tried(library, id)).toMatchObject({ kept: 0, removed: 0, facts: [], encoding: { before: null } });
  await replaced(library, id);
  expect(await library.answers.article({ id })).toMatchObject({ damaged: [], title: whole.title, html: whole.html });
});

test('the article stays when the extractor fails, when it is erased meanwhile, and in a library that cannot be written', async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  const web = await openWeb({ ...garbledSite, [mapPath]: (_, response) => {
    asked.resolve(response);
  } });
  const path = mkdtempSync(join(tmpdir(), 'lectern-again-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const library = await openTestLibrary({ path });
  const id = await save(library, `${web.origin}/p`);
  const before = await library.answers.article({ id });

  expect(await answer(library, 'reextract', { id, encoding: 'klingon' })).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
  expect(await library.answers.article({ id })).toEqual(before);
  expect(folders(path)).toHaveLength(1);

  const replacing = replaced(library, id, 'gb18030');
  const response = await asked.promise;
  await library.answers.trash({ ids: [id] });
  await library.answers.erase({ ids: [id] });
  response.writeHead(200).end(map);
  await expect(replacing).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  expect(await library.rows()).toEqual([]);
  const other = await save(library, `${web.origin}/p?again`);
  await library.close();

  const readOnly = await openLibrary({ path, version: '0', readOnly: true, settings: { get: () => library.settings, change: () => library.settings, onChange: () => () => undefined } });
  onTestFinished(() => readOnly.close());
  await expect(readOnly.answers.reextract({ id: other, encoding: null, kind: null, morePages: false, joins: null })).rejects.toMatchObject({ failure: { kind: 'read-only' } });
  expect(isSame(await readOnly.answers.tryExtract({ id: other, encoding: null, kind: null }))).toBe(true);
});

test('pictures fetched meanwhile for the former text do not bring it back', async () => {
  let there = false;
  const waiting: Array<() => void> = [];
  const reached = Promise.withResolvers<void>();
  const web = await openWeb({ ...garbledSite, '/boat.png': (_, response) => {
    if (!there) return void response.writeHead(503).end();
    waiting.push(() => response.writeHead(200).end(boat));
    reached.resolve();
  } });
  const library = await openTestLibrary();
  const id = await save(library, `${web.origin}/p`);
  there = true;
  const mending = library.answers.retryPictures({ id });
  await reached.promise;
  await replaced(library, id, 'gb18030');
  const pump = setInterval(() => waiting.splice(0).forEach((go) => go()), 10);
  onTestFinished(() => clearInterval(pump));
  await mending;
  expect(await library.answers.article({ id })).toMatchObject({ title, certificate: { pictures: 2, stored: 2 } });
});

test.each(['while it fetches a picture', 'once the new folder is there'])('killed %s: the article is whole, the old or the new', async (when) => {
  const held: Array<() => void> = [];
  let holding = true;
  const reached = Promise.withResolvers<void>();
  const web = await openWeb({ ...garbledSite, [mapPath]: (_, response) => {
    const give = () => response.writeHead(200).end(map);
    if (!holding) return void give();
    held.push(give);
    reached.resolve();
  } });
  const path = mkdtempSync(join(tmpdir(), 'lectern-again-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const library = await openTestLibrary({ path });
  const id = await save(library, `${web.origin}/p`);
  const old = await library.answers.article({ id });
  await library.close();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'again-child.ts'), path, id, 'gb18030'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  await reached.promise;
  const [folder = ''] = folders(path);
  if (when.startsWith('once')) {
    const seen = new Promise<void>((resolve) => {
      const watcher = watch(join(folder, '..'), (_, name) => name === `${id}-2` && (watcher.close(), resolve()));
    });
    held.forEach((go) => go());
    await seen;
  }
  child.kill('SIGKILL');
  await ended;
  const reopened = await openTestLibrary({ path });
  const article = await reopened.answers.article({ id });
  expect(article).toMatchObject({ stage: { state: 'ready' }, damaged: [] });
  const allowed = when.startsWith('while') ? [old.title] : [old.title, title];
  expect(allowed).toContain(article.title);
  expect(article.html === old.html).toBe(article.title === old.title);
  expect((await reopened.answers.check({})).problems).toEqual([]);
  holding = false;
  await replaced(reopened, id, 'gb18030');
  expect((await reopened.answers.article({ id })).title).toBe(title);
});

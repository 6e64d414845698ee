import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { adoptFolders } from '../../electron/library/storage/adopt.ts';
import { article, keep } from '../../electron/library/articles.ts';
import { checkLibrary, stopCheck } from '../../electron/library/storage/checking.ts';
import { run } from '../../electron/library/storage/database.ts';
import { filePath, storeFile } from '../../electron/library/storage/files.ts';
import { readSealedPage } from '../../electron/library/storage/parts.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import { sweepLeftovers } from '../../electron/library/storage/sweep.ts';
import { addReady, openTestStore, temporaryFolder } from './made-up.ts';
import { seal, sure } from './made-up-article.ts';

const problems = async (store: Parameters<typeof checkLibrary>[0]) => (await checkLibrary(store)).problems.map(({ what, where }) => `${what}: ${where}`);

test('a whole library has no problems, and what is in it is counted', async () => {
  const store = await openTestStore();
  const { file, bytes } = await storeFile(store.root, Buffer.from('picture'), 'png');
  await addReady(store, { pictures: [{ url: 'https://x.example/p.png', state: 'stored', file, bytes, width: 1, height: 1 }] });
  expect(await checkLibrary(store)).toEqual({ articles: 1, files: 1, acts: 2, problems: [] });
});

test('every damaged or missing part is named, and the article still opens', async () => {
  const store = await openTestStore();
  for (const part of ['article.html', 'meta.json', 'page.br']) {
    const id = await addReady(store, { title: part, html: '<p>Body.</p>' });
    const folder = `${store.now().slice(0, 4)}/${id}`;
    const path = join(store.root, 'articles', folder, part);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = sure(bytes[bytes.length >> 1]) ^ 1;
    writeFileSync(path, bytes);
    expect(await problems(store)).toContain(`part damaged or missing: articles/${folder}/${part}`);
    const opened = article(store)({ id });
    expect(opened.title).toBe(part);
    expect(opened.damaged).toEqual(part === 'page.br' ? [] : [`${folder}/${part}`]);
    expect(opened.html).toBe(part === 'article.html' ? '' : '<p>Body.</p>');
    rmSync(path);
    expect(await problems(store)).toContain(`part damaged or missing: articles/${folder}/${part}`);
  }
});

test('pictures that changed or are gone are named', async () => {
  const store = await openTestStore();
  const stored = [await storeFile(store.root, Buffer.from('one'), 'png'), await storeFile(store.root, Buffer.from('two'), 'jpg')];
  const pictures = stored.map((picture) => ({ url: 'https://x.example/', state: 'stored' as const, width: 1, height: 1, ...picture }));
  const id = await addReady(store, { pictures });
  writeFileSync(filePath(store.root, sure(stored[0]).file), 'other');
  rmSync(filePath(store.root, sure(stored[1]).file));
  const found = await problems(store);
  expect(found).toContainEqual(expect.stringContaining(`picture damaged: files/${sure(stored[0]).file.slice(0, 2)}/`));
  expect(found).toContainEqual(expect.stringContaining(`picture of ${id} missing`));
});

test('an index that is not what a rebuild makes is said to differ', async () => {
  for (const [text, what] of [
    ["UPDATE articles SET title = 'wrong'", 'articles'],
    ['UPDATE lists SET count = count + 1', 'lists'],
    ["DELETE FROM tagged", 'tagged'],
    ['UPDATE tags SET unread = 7', 'tags'],
    ['DELETE FROM search_index WHERE rowid = (SELECT seat FROM articles)', 'search index'],
  ] as const) {
    const store = await openTestStore();
    await addReady(store, { title: 'Right', tags: ['t'] });
    await store.settled();
    run(store.db, text);
    expect(await problems(store), text).toContainEqual(expect.stringContaining(what));
    await store.rebuild();
    expect(await problems(store), text).toEqual([]);
  }
});

test('a rebuild while acts go on loses none of them', async () => {
  const store = await openTestStore();
  keep(store, Array.from({ length: 2_000 }, (_, n) => ({ url: `https://before.example/${n}`, job: { from: 'web', typed: true } as const })), []);
  await store.settled();
  const rebuild = { done: false };
  const both = Promise.all([store.rebuild(), store.rebuild()]).finally(() => (rebuild.done = true));
  let added = 0;
  while (!rebuild.done) {
    keep(store, [{ url: `https://during.example/${added++}`, job: { from: 'web', typed: true } }], ['during']);
    await setImmediate();
  }
  await both;
  expect(added).toBeGreaterThan(2);
  expect((await checkLibrary(store)).articles).toBe(2_000 + added);
  expect(await problems(store)).toEqual([]);
});

test('acts go on while it is checked, and are in what is compared', async () => {
  const store = await openTestStore();
  for (let n = 0; n < 10; n++) await addReady(store, { title: `Before ${n}`, tags: ['t'] });
  const check = { done: false };
  const checking = checkLibrary(store).finally(() => (check.done = true));
  expect(checkLibrary(store)).toBe(checkLibrary(store));
  let added = 0;
  while (!check.done) {
    keep(store, [{ url: `https://during.example/${added++}`, job: { from: 'web', typed: true } }], ['during']);
    await setImmediate();
    if (added % 5 === 0) await store.settled();
  }
  expect((await checking).problems).toEqual([]);
  expect(added).toBeGreaterThan(2);
  expect(existsSync(join(store.root, 'check.db'))).toBe(false);
});

test('a check and a new index can be stopped, and nothing has changed; what one killed at it left is thrown away', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  await addReady(store, { title: 'Right' });
  await store.settled();
  const checking = checkLibrary(store);
  const rebuilding = store.rebuild();
  await Promise.all([expect(checking).rejects.toMatchObject({ failure: { kind: 'cancelled' } }), expect(rebuilding).rejects.toMatchObject({ failure: { kind: 'cancelled' } }), stopCheck(store), store.stopRebuild()]);
  const left = () => readdirSync(path).filter((name) => /^(?:check\.db|index\.db\.new)/.test(name));
  expect(left()).toEqual([]);
  expect(await problems(store)).toEqual([]);
  await store.rebuild();
  await store.close();
  for (const name of ['index.db.new', 'index.db.new-wal', 'check.db', 'check.db-shm']) writeFileSync(join(path, name), 'half');
  await openTestStore({ path });
  expect(left()).toEqual([]);
});

test('what a crash left is swept, what is being made or may be all that is left is not', async () => {
  const store = await openTestStore();
  const id = await addReady(store);
  const year = join(store.root, 'articles', store.now().slice(0, 4));
  await seal(store, id);
  const stranger = '0123456789abcdefghjk';
  await seal(store, stranger);
  mkdirSync(join(year, `.${id}.abc.part`));
  const { file } = await storeFile(store.root, Buffer.from('never named'), 'png');
  expect(await sweepLeftovers(store, Date.now() - 60_000)).toBe(0);
  for (const path of [...readdirSync(year).map((name) => join(year, name)), filePath(store.root, file)]) utimesSync(path, 1, 1);
  expect(await sweepLeftovers(store, Date.now())).toBe(3);
  expect(readdirSync(year).toSorted()).toEqual([stranger, id].toSorted());
  expect(existsSync(filePath(store.root, file))).toBe(false);
  expect(await problems(store)).toEqual([`article folder that no journal knows: articles/${store.now().slice(0, 4)}/${stranger}`]);
});

test('where the journals are lost, whole folders are taken in again and damaged ones left alone', async () => {
  const path = temporaryFolder();
  const first = await openStore({ path });
  const ids = [await addReady(first, { title: 'Kept', url: 'https://example.org/kept' }), await addReady(first)];
  const broken = join(path, 'articles', first.now().slice(0, 4), sure(ids[1]), 'article.html');
  await first.close();
  writeFileSync(broken, 'something else');
  for (const name of ['journal', 'index.db']) rmSync(join(path, name), { recursive: true });
  const store = await openTestStore({ path });
  expect(await adoptFolders(store)).toBe(1);
  expect(await adoptFolders(store)).toBe(0);
  expect(article(store)({ id: sure(ids[0]) })).toMatchObject({ title: 'Kept', url: 'https://example.org/kept', stage: { state: 'ready' }, damaged: [] });
  expect(await problems(store)).toEqual([expect.stringContaining(`no journal knows: articles/${store.now().slice(0, 4)}/${ids[1]}`)]);
});

test('the page as it came is kept with its headers', async () => {
  const store = await openTestStore();
  const sealed = await seal(store, '0123456789abcdefghjk', { url: 'https://example.org/x' });
  const page = readSealedPage(store.root, sealed);
  expect(page && { ...page, bytes: Buffer.from(page.bytes).toString() }).toEqual({ url: 'https://example.org/x', headers: { 'content-type': 'text/html' }, bytes: '<p>as it came</p>' });
  expect(() => readSealedPage(store.root, { ...sealed, folder: '../../etc' })).toThrow('damaged');
});

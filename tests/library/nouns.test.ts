import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import type { News, Where, sortOrders } from '../../shared/contract.ts';
import { article, find, keep, known } from '../../electron/library/articles.ts';
import { all } from '../../electron/library/storage/database.ts';
import { filePath, storeFile } from '../../electron/library/storage/files.ts';
import { countOf, home, list, related } from '../../electron/library/lists.ts';
import { archive, favourite, finish, rename, restore, trash } from '../../electron/library/marks.ts';
import { keepPlaces } from '../../electron/library/reading-place.ts';
import { rowsOf } from '../../electron/library/rows.ts';
import { shelves } from '../../electron/library/shelves.ts';
import { openStore, type OpenStore, type Store } from '../../electron/library/storage/store.ts';
import { tag, tags } from '../../electron/library/tags.ts';
import { erase, purgeTrash } from '../../electron/library/trash.ts';
import { undo } from '../../electron/library/undo.ts';
import { addReady, openTestStore, temporaryFolder } from './made-up.ts';
import { sure } from './made-up-article.ts';

const titles = (store: Store, where: Where, sort: (typeof sortOrders)[number] = 'newest') => {
  const { total, rows } = list(store)({ where, sort, from: 0, count: 50 });
  expect(rows).toHaveLength(total);
  return rows.map((row) => row.title);
};
const web = (url: string) => ({ url, job: { from: 'web', typed: true } as const });
const stored = (file: { file: string; bytes: number }) => ({ url: 'https://x.example/p', state: 'stored' as const, ...file, width: 9, height: 9 });
/** Everything the reader sees of a library, for comparing before and after. */
const picture = (store: Store) => ({
  articles: all(store.db, 'SELECT id, title, tags, favourite, archived, finished_at, trashed_at, lists FROM articles ORDER BY id'),
  tags: tags(store)({}),
  counts: all(store.db, 'SELECT * FROM lists WHERE count <> 0 ORDER BY bit'),
});

async function threeArticles(): Promise<{ store: OpenStore; ids: string[] }> {
  let time = Date.parse('2030-01-01T00:00:00Z');
  const store = await openTestStore({ now: () => (time += 1_000) });
  const ids = [
    await addReady(store, { title: 'banana', words: 300, tags: ['food/fruit'] }),
    await addReady(store, { title: '《Apple》', words: 100, tags: ['food', '水'], url: 'https://www.apple.example/a' }),
    await addReady(store, { title: 'cherry', words: 200, tags: ['food/fruit/small'] }),
  ];
  return { store, ids };
}

test('lists hold what belongs in them, in every order, with their counts', async () => {
  const { store, ids } = await threeArticles();
  expect(titles(store, { list: 'inbox' })).toEqual(['cherry', '《Apple》', 'banana']);
  expect(titles(store, { list: 'all' }, 'oldest')).toEqual(['banana', '《Apple》', 'cherry']);
  expect(titles(store, { list: 'all' }, 'title')).toEqual(['《Apple》', 'banana', 'cherry']);
  expect(titles(store, { list: 'all' }, 'shortest')).toEqual(['《Apple》', 'cherry', 'banana']);
  for (const where of [{ list: 'tag', tag: 'food' }, { list: 'all' }] as const) expect(titles(store, where, 'longest')).toEqual(['banana', 'cherry', '《Apple》']);
  for (const sort of ['newest', 'oldest', 'title', 'shortest', 'longest'] as const) {
    expect(titles(store, { list: 'tag', tag: 'food/fruit' }, sort).toSorted()).toEqual(['banana', 'cherry']);
    expect(titles(store, { list: 'site', host: 'apple.example' }, sort)).toEqual(['《Apple》']);
  }
  favourite(store)({ ids: [sure(ids[0])], on: true });
  archive(store)({ ids: [sure(ids[1])], on: true });
  trash(store)({ ids: [sure(ids[2])] });
  keep(store, [web('https://example.net/w')], []);
  store.act([{ act: 'failed', id: sure(find(store)({ what: 'https://example.net/w' }).id), failure: { kind: 'no-article' } }]);
  expect(titles(store, { list: 'favourites' })).toEqual(['banana']);
  expect(titles(store, { list: 'archive' })).toEqual(['《Apple》']);
  expect(titles(store, { list: 'trash' })).toEqual(['cherry']);
  expect(titles(store, { list: 'failed' })).toEqual(['https://example.net/w']);
  expect(titles(store, { list: 'inbox' })).toEqual(['https://example.net/w', 'banana']);
  expect(titles(store, { list: 'tag', tag: 'food' })).toEqual(['《Apple》', 'banana']);
  expect(tags(store)({})).toMatchObject([{ name: '水', count: 1, unread: 0 }, { name: 'food', count: 2, unread: 1 }, { name: 'food/fruit', count: 1, unread: 1 }]);
});

test('home shows what was begun, what is new, and the shelves', async () => {
  const { store, ids } = await threeArticles();
  const places = keepPlaces(store);
  places.place({ id: sure(ids[0]), place: { block: 1, quote: 'q', offset: 2, progress: 0.4 } });
  places.flush();
  const shown = home(store)({ rows: 2 });
  expect(shown.reading.map((row) => row.title)).toEqual(['banana']);
  expect(shown.fresh.map((row) => row.title)).toEqual(['cherry', '《Apple》']);
  expect(shown.shelves.map((shelf) => [shelf.tag, shelf.count, shelf.rows.length])).toEqual([['food', 3, 2], ['水', 1, 1]]);
  keep(store, [web('https://example.net/dead')], []);
  expect(home(store)({ rows: 1 }).fresh.map((row) => row.title)).toEqual(['https://example.net/dead']);
  store.act([{ act: 'failed', id: sure(find(store)({ what: 'https://example.net/dead' }).id), failure: { kind: 'no-article' } }]);
  expect(home(store)({ rows: 2 }).fresh.map((row) => row.title)).toEqual(['cherry', '《Apple》']);
  shelves(store)({ tags: ['水', 'food/fruit', 'nothing here'] });
  // What was chosen stays, be it empty.
  expect(home(store)({ rows: 2 }).shelves.map((shelf) => [shelf.tag, shelf.count])).toEqual([['水', 1], ['food/fruit', 2], ['nothing here', 0]]);
  expect(tags(store)({}).filter((one) => one.position !== null).map((one) => [one.name, one.position])).toContainEqual(['nothing here', 2]);
  shelves(store)({ tags: [] });
  expect(home(store)({ rows: 2 }).shelves).toEqual([]);
  expect(related(store)({ id: sure(ids[0]), count: 5 }).map((row) => row.title)).toEqual(['cherry']);
});

test('one address is one article: brought up, out of the trash, tags added', async () => {
  const store = await openTestStore();
  const [first, second, third] = keep(store, [web('https://www.example.org/a?utm_source=x'), web('https://example.org/b'), web('http://example.org/a/')], ['one']);
  expect([sure(first).outcome, sure(second).outcome, sure(third).outcome]).toEqual(['new', 'new', 'new']);
  const again = keep(store, [web('https://www.example.org/a#part'), web('https://www.example.org/a')], ['two']);
  expect(again.map(({ id, outcome }) => [id, outcome])).toEqual([[sure(first).id, 'known'], [sure(first).id, 'known']]);
  trash(store)({ ids: [sure(second).id] });
  keep(store, [web('https://example.org/b')], []);
  const rows = list(store)({ where: { list: 'all' }, sort: 'newest', from: 0, count: 9 }).rows;
  expect(rows.map((row) => row.id)).toContain(sure(second).id);
  expect(sure(rowsOf(store, [sure(first).id])[0]).tags).toEqual(['one', 'two']);
  expect(await known(store)({ urls: ['https://example.org/b/', 'https://nowhere.example', 'no address'] })).toEqual([sure(second).id, null, null]);
  expect(find(store)({ what: ` ${sure(second).id} ` }).id).toBe(sure(second).id);
  expect(() => keep(store, [web('javascript:alert(1)')], [])).toThrow('bad-address');
  expect(countOf(store, 'all')).toBe(3);
});

test('500 pasted lines are one batch, and the first of them stands on top', async () => {
  const store = await openTestStore();
  const news: News[] = [];
  store.onNews((one) => news.push(one));
  const saved = keep(store, Array.from({ length: 500 }, (_, n) => web(`https://example.org/${n}`)), []);
  const rows = list(store)({ where: { list: 'inbox' }, sort: 'newest', from: 0, count: 500 }).rows;
  expect(rows.map((row) => row.id)).toEqual(saved.map(({ id }) => id));
  expect(news.filter((one) => one.about === 'articles')).toHaveLength(1);
});

test('whatever was done, undo brings back exactly what was', async () => {
  const { store, ids } = await threeArticles();
  const some = fc.subarray(ids, { minLength: 1 });
  const name = fc.constantFrom('food', 'food/fruit', '水', 'new', 'new/sub');
  const deed = fc.oneof(
    fc.tuple(fc.constantFrom(favourite, archive, finish), some, fc.boolean()).map(([act, chosen, on]) => () => act(store)({ ids: chosen, on })),
    fc.tuple(fc.constantFrom(trash, restore), some).map(([act, chosen]) => () => act(store)({ ids: chosen })),
    fc.tuple(some, fc.uniqueArray(name), fc.uniqueArray(name)).map(([chosen, add, remove]) => () => tag(store)({ ids: chosen, add, remove })),
    fc.tuple(fc.constantFrom(...ids), fc.constantFrom('x', 'y', 'banana')).map(([id, title]) => () => rename(store)({ id, title })),
  );
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 6 }), (deeds) => {
      const before: unknown[] = [];
      const tokens: Array<string | null> = [];
      for (const act of deeds) {
        before.push(picture(store));
        tokens.push(act().undo);
      }
      for (const [index, token] of [...tokens.entries()].toReversed()) {
        expect(undo(store)({ undo: token ?? '' })).toEqual({ done: token !== null });
        expect(picture(store)).toEqual(before[index]);
        expect(undo(store)({ undo: token ?? '' })).toEqual({ done: false });
      }
    }),
    { numRuns: 40 },
  );
});

test('only what is in the trash is erased; its folder and lonely pictures go, shared ones stay', async () => {
  const store = await openTestStore();
  const [lonely, shared] = [await storeFile(store.root, Buffer.from('lonely'), 'png'), await storeFile(store.root, Buffer.from('shared'), 'png')];
  const first = await addReady(store, { pictures: [stored(lonely), stored(shared)] });
  await addReady(store, { pictures: [stored(shared)] });
  for (const { file } of [lonely, shared]) utimesSync(filePath(store.root, file), 1, 1);
  expect(erase(store)({ ids: [first] })).toEqual({ count: 0 });
  trash(store)({ ids: [first] });
  expect(existsSync(join(store.root, 'articles', store.now().slice(0, 4), first))).toBe(true);
  expect(erase(store)({ ids: 'all' })).toEqual({ count: 1 });
  expect(existsSync(join(store.root, 'articles', store.now().slice(0, 4), first))).toBe(false);
  expect([lonely, shared].map(({ file }) => existsSync(filePath(store.root, file)))).toEqual([false, true]);
  expect(() => article(store)({ id: first })).toThrow('not-found');
});

test('the trash is emptied of what has lain there for 30 days', async () => {
  let now = Date.parse('2030-01-01T00:00:00Z');
  const store = await openTestStore({ now: () => now });
  const [old, young] = [await addReady(store), await addReady(store)];
  trash(store)({ ids: [old] });
  now += 29 * 86_400_000;
  trash(store)({ ids: [young] });
  expect(purgeTrash(store)).toBe(0);
  now += 2 * 86_400_000;
  expect(purgeTrash(store)).toBe(1);
  expect(titles(store, { list: 'trash' })).toHaveLength(1);
});

test('a reading place is seen at once, written down on flush, and the end of an article finishes it', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  const id = await addReady(store);
  const places = keepPlaces(store);
  for (let block = 0; block < 50; block++) places.place({ id, place: { block, quote: 'q', offset: 0, progress: block / 100 } });
  expect(article(store)({ id }).place?.block).toBe(49);
  expect(all(store.db, 'SELECT place FROM articles WHERE place IS NOT NULL')).toEqual([]);
  places.flush();
  await store.close();
  const again = await openTestStore({ path });
  expect(article(again)({ id })).toMatchObject({ progress: 0.49, finishedAt: null });
  const later = keepPlaces(again);
  later.place({ id, place: { block: 60, quote: '', offset: 0, progress: 1 } });
  expect(article(again)({ id }).finishedAt).not.toBeNull();
  expect(titles(again, { list: 'reading' })).toEqual([]);
  later.flush();
});

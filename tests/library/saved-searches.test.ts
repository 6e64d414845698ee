import { expect, test } from 'vitest';
import { undo } from '../../electron/library/undo.ts';
import { forgetSearch, hosts, keepSearch, moveSearch, searches } from '../../electron/library/search/saved.ts';
import { openStore, type OpenStore } from '../../electron/library/storage/store.ts';
import { addReady, openTestStore, temporaryFolder } from './made-up.ts';
import { sure } from './made-up-article.ts';

const names = (store: OpenStore) => searches(store)({}).map(({ name }) => name).join(' ');
const keepOne = (store: OpenStore, name: string) => keepSearch(store)({ id: null, name, query: `is:unread ${name}`, sort: 'relevance' });

test('searches are kept, renamed, put in order and forgotten, each with a way back, and survive a restart and a rebuild', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  const ids = ['a', 'b', 'c', 'd'].map((name) => keepOne(store, name).id);
  expect(names(store)).toBe('a b c d');
  const [a, b, c, d] = ids.map(sure) as [string, string, string, string];
  const moved = moveSearch(store)({ id: c, before: b });
  expect(names(store)).toBe('a c b d');
  moveSearch(store)({ id: a, before: null });
  moveSearch(store)({ id: d, before: c });
  expect(names(store)).toBe('d c b a');
  await undo(store)({ undo: sure(moved.undo) });
  expect(names(store)).toBe('d b c a');
  keepSearch(store)({ id: b, name: 'B', query: 'has:code', sort: 'oldest' });
  const gone = forgetSearch(store)({ id: d });
  expect(names(store)).toBe('B c a');
  expect(() => forgetSearch(store)({ id: d })).toThrow('not-found');
  await undo(store)({ undo: sure(gone.undo) });
  expect(names(store)).toBe('d B c a');
  forgetSearch(store)({ id: a });
  await store.rebuild();
  expect(names(store)).toBe('d B c');
  await store.close();
  const again = await openTestStore({ path });
  expect(searches(again)({})[1]).toEqual({ id: b, name: 'B', query: 'has:code', sort: 'oldest' });
});

test('a change of a search is told as that, and no article is asked for again', async () => {
  const store = await openTestStore();
  const told: string[] = [];
  store.onNews((news) => told.push(news.about));
  keepOne(store, 'a');
  expect(told).toEqual(['searches']);
});

test('hosts are offered by their beginning', async () => {
  const store = await openTestStore();
  for (const host of ['b.example', 'a.example', 'a.example', 'apple.example']) await addReady(store, { url: `https://${host}/${Math.random()}` });
  expect(hosts(store)({ begin: 'A', count: 8 })).toEqual(['a.example', 'apple.example']);
  expect(hosts(store)({ begin: '', count: 2 })).toEqual(['a.example', 'apple.example']);
  expect(hosts(store)({ begin: 'z', count: 8 })).toEqual([]);
});

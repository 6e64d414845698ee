import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keep } from '../../electron/library/articles.ts';
import { list } from '../../electron/library/lists.ts';
import { archive, favourite, finish, trash } from '../../electron/library/marks.ts';
import { search, searchCount } from '../../electron/library/search/search.ts';
import { run } from '../../electron/library/storage/database.ts';
import type { OpenStore } from '../../electron/library/storage/store.ts';
import { sortOrders } from '../../shared/listing.ts';
import { addReady, openTestStore } from './made-up.ts';
import { sure } from './made-up-article.ts';

/** A clock whose hands the test sets. */
const clock = { now: Date.parse('2024-06-15T10:00:00') };

/** Articles called by one word each, so that what is found is told by titles. */
async function shelf(): Promise<OpenStore> {
  const store = await openTestStore({ now: () => clock.now });
  const add = (day: string, title: string, facts: Parameters<typeof addReady>[1]) => {
    clock.now = Date.parse(`${day}T10:00:00`);
    return addReady(store, { title, ...facts });
  };
  const file = `${'a'.repeat(64)}.png`;
  await add('2023-12-31', 'Alder', { html: '<p>river bank</p>', tags: ['trees'], site: 'The Garden Times', byline: 'Ada Example', lang: 'en', url: 'https://www.garden.example/a', minutes: 3, published: '2023-05-01' });
  await add('2024-01-01', 'Birch', { html: '<p>river lake</p>', tags: ['trees/birches'], byline: 'Bo Other', lang: 'en-GB', url: 'https://news.garden.example/b', minutes: 20, published: '2024-02-29T08:30' });
  await add('2024-06-01', 'Cedar', { html: '<p>lake</p><pre><code>river()</code></pre>', lang: 'zh-CN', url: 'https://notgarden.example/c', minutes: 21, byline: '李河' });
  const doomed = await add('2024-06-10', 'Dogwood', { html: '<p>river of no return</p>', lang: 'zh-Hant', url: 'https://garden.example.org/d', minutes: 45 });
  const elm = await add('2024-06-14', 'Elm', { html: '<p>a quiet lake</p>', tags: ['Weeds'], url: 'https://elm.example/e', minutes: 90, pictures: [{ url: 'https://elm.example/p.png', state: 'stored', file, bytes: 1, width: 1, height: 1 }] });
  const fir = await add('2024-06-15', 'Fir', { html: '<p>頭髮 and river stones</p>', url: 'https://fir.example/f', minutes: 5 });
  favourite(store)({ ids: [elm], on: true });
  archive(store)({ ids: [elm], on: true });
  finish(store)({ ids: [fir], on: true });
  trash(store)({ ids: [doomed] });
  keep(store, [{ url: 'https://ginkgo.example/g', name: 'Ginkgo', job: { from: 'web', typed: true }, bookmark: true, note: 'by the river' }], []);
  await store.settled();
  return store;
}

const titles = (store: OpenStore, query: string) => search(store)({ query, from: 0, count: 50 }).hits.map(({ title }) => title.slice(0, 1)).toSorted().join('');

test('every operator, by a table', async () => {
  const store = await shelf();
  const table: Array<[string, string]> = [
    ['river', 'ABCFG'], ['river -stones', 'ABCG'], ['-river ', 'E'], ['river OR lake', 'ABCEFG'], ['river lake ', 'BC'], ['-(river OR lake) ', ''],
    ['"river bank"', 'A'], ['"bank river"', ''], ['riv', 'ABCFG'], ['riv ', ''], ['(bank OR stones) river ', 'AF'],
    ['tag:trees', 'AB'], ['tag:TREES', 'AB'], ['tag:trees/birches', 'B'], ['-tag:trees', 'CEFG'], ['tag:weeds', 'E'], ['tag:none', ''], ['tag:trees lake ', 'B'],
    ['tag:trees OR stones ', 'ABF'], ['标签:trees', 'AB'],
    ['site:garden.example', 'AB'], ['site:www.garden.example', 'AB'], ['site:news.garden.example', 'B'], ['-site:garden.example', 'CEFG'],  ['site:garden', 'AB'],
    ['site:"garden times"', 'A'], ['site:elm', 'E'], ['site:garden.example lake ', 'B'], ['site:garden.exampl', ''],
    ['by:ada', 'A'], ['by:ad', 'A'], ['by:ad ', ''], ['by:"ada example"', 'A'], ['by:李河', 'C'], ['-by:ada river ', 'BCFG'], ['by:ada OR by:bo', 'AB'],
    ['lang:zh', 'C'], ['lang:en', 'ABEF'], ['lang:en-gb', 'B'], ['lang:chinese', 'C'], ['-lang:en', 'CG'],
    ['is:unread', 'ABC'], ['is:read', 'F'], ['is:finished', 'F'], ['is:favourite', 'E'], ['is:favorite', 'E'], ['is:archived', 'E'], ['is:trashed', 'D'], ['is:failed', ''],
    ['is:bookmark', 'G'], ['is:waiting', ''], ['-is:unread', 'EFG'], ['is:unread OR is:read', 'ABCF'], ['is:trashed river ', 'D'], ['is:reading', ''],
    ['has:code', 'C'], ['has:image', 'E'], ['has:note', 'G'], ['has:tag', 'ABE'], ['-has:tag', 'CFG'], ['has:highlight', ''],
    ['before:2024', 'A'], ['after:2024', 'BCEFG'], ['after:2024-01 before:2024-06', 'B'], ['saved:2024-06', 'CEFG'], ['saved:2024-06-01', 'C'], ['after:7d', 'EFG'], ['before:1m', 'AB'],
    ['saved:today', 'FG'], ['保存:昨天', 'E'], ['published:2024', 'B'], ['published:2024-02-29', 'B'], ['published:2023', 'A'], ['-published:2024', 'ACEFG'],
    ['longer:20', 'CE'], ['shorter:20', 'AF'], ['longer:1h', 'E'], ['longer:19 shorter:22', 'BC'],
    ['is:nonsense river ', 'ABCFG'], ['头发', 'F'], ['頭發', 'F'], ['HAS:CODE 河', 'C'],
  ];
  const wrong = table.filter(([query, wanted]) => titles(store, query) !== wanted).map(([query, wanted]) => [query, wanted, titles(store, query)]);
  expect(wrong).toEqual([]);
  // As a list, in every order, it is the same articles.
  for (const [query, wanted] of table) {
    const sort = sure(sortOrders[query.length % sortOrders.length]);
    const { rows, total } = list(store)({ where: { list: 'search', query }, sort, from: 0, count: 50 });
    expect([query, sort, total, rows.map(({ title }) => title.slice(0, 1)).toSorted().join('')]).toEqual([query, sort, wanted.length, wanted]);
    expect(searchCount(store)({ query })).toEqual({ count: wanted.length, more: false });
  }
});

test('what is not understood is told, a tag that is not there as well', async () => {
  const store = await shelf();
  const told = (query: string) => search(store)({ query, from: 0, count: 5 }).problems.map(({ kind, from, to }) => [kind, query.slice(from, to)]);
  expect(told('river tag:nowhere')).toEqual([['unknown-tag', 'tag:nowhere']]);
  expect(told('river tag:trees before:soon')).toEqual([['unreadable-date', 'before:soon']]);
});

test('a search as a list is sorted by any column, in groups too', async () => {
  const store = await shelf();
  const order = (sort: (typeof sortOrders)[number], query = 'river OR lake') => list(store)({ where: { list: 'search', query }, sort, from: 0, count: 50 }).rows.map(({ title }) => title.slice(0, 1)).join('');
  expect(order('oldest')).toBe('ABCEFG');
  expect(order('newest')).toBe('GFECBA');
  expect(order('title')).toBe('ABCEFG');
  expect(order('longest')).toHaveLength(6);
  expect(order('relevance', 'cedar OR lake')[0]).toBe('C');
  expect(list(store)({ where: { list: 'search', query: 'river OR lake' }, sort: 'newest', within: { by: 'day', key: '2024-06-14' }, from: 0, count: 9 }).rows.map(({ title }) => title)).toEqual(['Elm']);
  expect(list(store)({ where: { list: 'search', query: '()' }, sort: 'newest', from: 0, count: 9 })).toMatchObject({ total: 0, rows: [] });
});

test('whether an article of an earlier library has code is learnt while it is indexed anew', async () => {
  const store = await shelf();
  run(store.db, 'UPDATE articles SET code = NULL');
  run(store.db, 'UPDATE seats SET has = has & ~8');
  expect(titles(store, 'has:code')).toBe('');
  run(store.db, 'INSERT OR IGNORE INTO unsearched SELECT id FROM articles WHERE saved = 1');
  expect(search(store)({ query: 'river', from: 0, count: 5 }).lacking).toBe(7);
  await store.settled();
  expect(titles(store, 'has:code')).toBe('C');
  expect(search(store)({ query: 'river', from: 0, count: 5 }).lacking).toBe(0);
});

test('no query raises, as a list or counted, with operators and all', async () => {
  const store = await shelf();
  const piece = fc.constantFrom('river', 'lake ', 'tag:trees', 'tag:', 'site:garden.example', 'site:elm', 'by:ada', 'is:unread', 'is:trashed', 'has:code', 'before:2024', 'after:7d', 'longer:3', '-', '(', ')', ' OR ', ' AND ', '"', '“', '*', '^', 'NEAR(', '{title}:', "'", '%', '\u0000', '字', '😀', '\ud800', ' ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }).map((parts) => parts.join('').slice(0, 500)), fc.constantFrom(...sortOrders), (query, sort) => {
      const found = search(store)({ query, from: 0, count: 50 });
      expect(found.hits.length).toBe(found.total);
      if (query === '') return;
      const { rows, total } = list(store)({ where: { list: 'search', query }, sort, from: 0, count: 50 });
      expect([total, rows.map(({ id }) => id).toSorted()]).toEqual([found.total, found.hits.map(({ id }) => id).toSorted()]);
      expect(searchCount(store)({ query }).count).toBe(total);
    }),
    { numRuns: 400 },
  );
});

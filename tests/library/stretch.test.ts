import { expect, test } from 'vitest';
import { keep } from '../../electron/library/articles.ts';
import { idsOf, totalOf } from '../../electron/library/listing.ts';
import { favourite, rename } from '../../electron/library/marks.ts';
import { orders } from '../../electron/library/orders.ts';
import type { Store } from '../../electron/library/storage/store.ts';
import { tag } from '../../electron/library/tags.ts';
import type { Where } from '../../shared/contract.ts';
import type { Sort } from '../../shared/listing.ts';
import { addReady, openTestStore } from './made-up.ts';
import { sure } from './made-up-article.ts';

const sorts = Object.keys(orders).filter((sort): sort is Sort => sort !== 'relevance' && sort !== 'manual');

/** The whole list, as SQLite sorts it by itself. */
function wholeOf(store: Store, where: Where, sort: Sort): string[] {
  return idsOf(store, where, sort, undefined, 0, 100_000);
}

test('any stretch of any list is what stands there in the whole list, wherever one was before and whatever changed', async () => {
  const store = await openTestStore();
  const wanted = Array.from({ length: 150 }, (_, n) => ({ url: `https://site${n % 7}.example/${(n * 37) % 150}`, job: { from: 'web', typed: true } as const }));
  const ids = keep(store, wanted, ['all']).map(({ id }) => id);
  for (const title of ['B', 'a', '《C》', 'c', '水']) ids.push(await addReady(store, { title, tags: ['all'] }));
  tag(store)({ ids: ids.slice(10, 40), add: ['some'], remove: [] });
  favourite(store)({ ids: ids.slice(5, 90), on: true });
  const places: Where[] = [{ list: 'all' }, { list: 'inbox' }, { list: 'favourites' }, { list: 'tag', tag: 'all' }, { list: 'tag', tag: 'some' }, { list: 'site', host: 'site3.example' }];
  let seed = 7;
  const below = (end: number) => (seed = (seed * 16_807) % 2_147_483_647) % end;
  for (const where of places) {
    for (const sort of sorts) {
      const whole = wholeOf(store, where, sort);
      expect(whole, `${JSON.stringify(where)} ${sort}`).toHaveLength(totalOf(store, where).total);
      for (let n = 0; n < 12; n++) {
        const [from, count] = [below(whole.length + 5), 1 + below(30)];
        expect(idsOf(store, where, sort, undefined, from, count), `${JSON.stringify(where)} ${sort} ${from}`).toEqual(whole.slice(from, from + count));
      }
    }
  }
  // What was remembered of before does not lead astray.
  for (let n = 0; n < 20; n++) {
    rename(store)({ id: sure(ids[below(ids.length)]), title: `title ${below(9)}` });
    const whole = wholeOf(store, { list: 'all' }, 'title');
    for (const from of [100, 60, 80, 20]) expect(idsOf(store, { list: 'all' }, 'title', undefined, from, 20)).toEqual(whole.slice(from, from + 20));
  }
  // The groups of a list: each has its own places.
  const grouped = (key: string) => [0, 5, 10, 15, 20].flatMap((from) => idsOf(store, { list: 'all' }, 'newest', { by: 'site', key }, from, 5));
  expect(new Set(grouped('site3.example')).size).toBe(totalOf(store, { list: 'site', host: 'site3.example' }).total);
});

test('the whole list is in its order', async () => {
  const store = await openTestStore();
  for (const title of ['B', 'a', '《C》', 'd']) await addReady(store, { title, tags: ['t'] });
  const titles = (where: Where, from: number, count: number) => idsOf(store, where, 'title', undefined, from, count).map((id) => sure(store.db.prepare('SELECT title FROM articles WHERE id = ?').get(id))['title']);
  for (const where of [{ list: 'all' }, { list: 'tag', tag: 't' }] as const) {
    expect(titles(where, 0, 4)).toEqual(['a', 'B', '《C》', 'd']);
    expect(titles(where, 3, 1)).toEqual(['d']);
    expect(titles(where, 2, 9)).toEqual(['《C》', 'd']);
  }
});

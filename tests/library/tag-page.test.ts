import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { list } from '../../electron/library/lists.ts';
import { finish, trash } from '../../electron/library/marks.ts';
import { shelves, shelvesOf } from '../../electron/library/shelves.ts';
import { between, longestSpot, manualRows, spotPattern, spread } from '../../electron/library/storage/spots.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import { all, get } from '../../electron/library/storage/database.ts';
import { moveTagFacts } from '../../electron/library/storage/tag-facts.ts';
import type { Store } from '../../electron/library/storage/store.ts';
import { arrange, setTag, tagPage } from '../../electron/library/tag-page.ts';
import { tag } from '../../electron/library/tags.ts';
import { undo } from '../../electron/library/undo.ts';
import { addReady, openTestStore } from './made-up.ts';
import { sure } from './made-up-article.ts';

const ordered = (store: Store, name: string, sort: 'manual' | 'unread' | 'shortest' | 'newest' = 'manual') =>
  list(store)({ where: { list: 'tag', tag: name }, sort, from: 0, count: 100 }).rows.map((row) => row.id);
const set = (store: Store, name: string, facts: Partial<Omit<Parameters<ReturnType<typeof setTag>>[0], 'tag'>>) => setTag(store)({ tag: name, ...facts });

test('a text between two others sorts between them, however often, and stays of a shape a journal takes', () => {
  const spot = fc.stringMatching(/^[!-~]{1,8}$/);
  fc.assert(fc.property(spot, spot, fc.integer({ min: 1, max: 40 }), (a, b, count) => {
    fc.pre(a !== b);
    const [low, high] = a < b ? [a, b] : [b, a];
    const made = spread(low, high, count);
    expect([high, ...made, low]).toEqual([...new Set([high, ...made, low])].toSorted().toReversed());
    for (const one of made) expect(one).toMatch(spotPattern);
  }), { numRuns: 300 });
  let [low, high] = ['2031-05-01T00:00:00.000Z0a', '2031-05-01T00:00:00.001Z0a'];
  for (let n = 0; n < 400; n++) {
    const next = between(low, high);
    expect(next > low && next < high).toBe(true);
    if (n % 2) low = next;
    else high = next;
  }
  let top = '2031-05-01T00:00:00.000Z0123456789abcdefghij';
  for (let n = 0; n < 1_000; n++) {
    const next = between(top, null);
    expect(next > top && next < '2031-05-01T00:00:00.001Z').toBe(true);
    top = next;
  }
  expect(top.length).toBeLessThan(longestSpot);
});

test('moved about at random, a list stands as the hand left it, also after a rebuild; undo takes each move back', async () => {
  const store = await openTestStore();
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) ids.unshift(await addReady(store, { tags: n % 2 ? ['a/b'] : ['a'] }));
  expect(ordered(store, 'a')).toEqual(ids);
  const move = fc.tuple(fc.subarray(ids, { minLength: 1, maxLength: 3 }), fc.option(fc.constantFrom(...ids)));
  fc.assert(fc.property(fc.array(move, { maxLength: 6 }), (moves) => {
    const undos: Array<[string[], string]> = [];
    for (const [chosen, below] of moves) {
      if (below !== null && chosen.includes(below)) continue;
      const before = ordered(store, 'a');
      const rest = before.filter((id) => !chosen.includes(id));
      const wanted = rest.toSpliced(below === null ? 0 : rest.indexOf(below) + 1, 0, ...chosen);
      const { undo: token } = arrange(store)({ tag: 'a', ids: chosen, below });
      expect(ordered(store, 'a')).toEqual(wanted);
      undos.push([before, sure(token)]);
    }
    for (const [before, token] of undos.toReversed()) {
      undo(store)({ undo: token });
      expect(ordered(store, 'a')).toEqual(before);
    }
  }), { numRuns: 60 });
  arrange(store)({ tag: 'a', ids: [sure(ids[6]), sure(ids[3])], below: sure(ids[0]) });
  const kept = ordered(store, 'a');
  // Each tag's list has its own order, also one nested in another.
  expect(ordered(store, 'a/b')).toEqual(ids.filter((_, n) => n % 2));
  await store.rebuild();
  expect(ordered(store, 'a')).toEqual(kept);
  expect((await checkLibrary(store)).problems).toEqual([]);
  const fresh = await addReady(store, { tags: ['a'] });
  expect(ordered(store, 'a')).toEqual([fresh, ...kept]);
  trash(store)({ ids: [sure(ids[6])] });
  expect(ordered(store, 'a')).toEqual([fresh, ...kept].filter((id) => id !== ids[6]));
  expect(() => arrange(store)({ tag: 'a', ids: [sure(ids[6])], below: null })).toThrow('not-found');
  expect(() => arrange(store)({ tag: 'nothing', ids: [fresh], below: null })).toThrow('not-found');
});

test('a gap that has become too narrow is spread anew with what follows', async () => {
  const store = await openTestStore();
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) ids.unshift(await addReady(store, { tags: ['a'] }));
  const [first, one, other, last] = ids as [string, string, string, string];
  const longest = () => get<{ most: number }>(store.db, 'SELECT max(length(first) + length(rest)) AS most FROM spots')?.most ?? 0;
  store.act([{ act: 'spot', id: first, tag: 'a', spot: `2031${'!'.repeat(170)}P` }, { act: 'spot', id: one, tag: 'a', spot: `2031${'!'.repeat(170)}O` }, { act: 'spot', id: last, tag: 'a', spot: '2030' }]);
  for (let n = 0; n < 60; n++) {
    const [move, keep] = n % 2 ? [one, other] : [other, one];
    arrange(store)({ tag: 'a', ids: [move], below: first });
    expect(ordered(store, 'a')).toEqual([first, move, keep, last]);
    expect(longest()).toBeLessThanOrEqual(longestSpot);
  }
});

test('a tag’s page counts what its list holds, its sites and what is nested in it', async () => {
  const store = await openTestStore();
  const ids = [
    await addReady(store, { url: 'https://www.a.example/1', tags: ['科技/人工智能'], words: 300 }),
    await addReady(store, { url: 'https://a.example/2', tags: ['科技'], words: 100 }),
    await addReady(store, { url: 'https://b.example/3', tags: ['科技/人工智能/模型', '科技0'], words: 200 }),
  ];
  finish(store)({ ids: [sure(ids[0])], on: true });
  expect(tagPage(store)({ tag: '科技' })).toEqual({
    tag: '科技', description: null, count: 3, unread: 2, minutes: 3, order: 'newest', shelved: false,
    sites: [{ host: 'a.example', count: 2 }, { host: 'b.example', count: 1 }], children: [{ tag: '科技/人工智能', count: 2 }],
  });
  expect(ordered(store, '科技', 'unread')).toEqual([ids[2], ids[1], ids[0]]);
  expect(ordered(store, '科技', 'shortest')).toEqual([ids[1], ids[2], ids[0]]);
  tag(store)({ ids: [sure(ids[2])], add: [], remove: ['科技/人工智能/模型'] });
  trash(store)({ ids: [sure(ids[0])] });
  expect(tagPage(store)({ tag: '科技' })).toMatchObject({ count: 1, unread: 1, minutes: 1, sites: [{ host: 'a.example', count: 1 }], children: [] });
  expect(tagPage(store)({ tag: 'nowhere' })).toMatchObject({ count: 0, sites: [], children: [], description: null });
  expect((await checkLibrary(store)).problems).toEqual([]);
});

test('what is kept about a tag can be undone, and goes along when the tag is renamed or merged', async () => {
  const store = await openTestStore();
  const ids = [await addReady(store, { tags: ['old', 'there'] }), await addReady(store, { tags: ['old'] })];
  const before = tagPage(store)({ tag: 'old' });
  const { undo: token } = set(store, 'old', { description: 'What it is', order: 'manual', titles: 3, folded: true });
  expect(tagPage(store)({ tag: 'old' })).toMatchObject({ description: 'What it is', order: 'manual' });
  undo(store)({ undo: sure(token) });
  expect(tagPage(store)({ tag: 'old' })).toEqual(before);
  expect(set(store, 'old', { description: null })).toEqual({ undo: null });
  set(store, 'old', { description: 'What it is', order: 'manual', titles: 1 });
  set(store, 'there', { description: 'Was there' });
  arrange(store)({ tag: 'old', ids: [sure(ids[0])], below: null });
  shelves(store)({ tags: ['other', 'old', 'there'] });
  const look = () => [shelvesOf(store, 5), tagPage(store)({ tag: 'old' }), all(store.db, 'SELECT tag, article, first, rest FROM spots WHERE first IS NOT NULL')];
  const kept = look();
  const { acts, back } = moveTagFacts(store.db, new Map([['old', 'there']]));
  tag(store)({ ids, add: ['there'], remove: ['old'] });
  store.act(acts);
  expect(shelvesOf(store, 5).map(({ tag: name, titles, order }) => [name, titles, order])).toEqual([['other', 5, 'newest'], ['there', 1, 'manual']]);
  expect(tagPage(store)({ tag: 'there' }).description).toBe('Was there');
  expect(ordered(store, 'there')).toEqual(ids);
  expect(tagPage(store)({ tag: 'old' })).toMatchObject({ description: null, order: 'newest' });
  tag(store)({ ids, add: ['old'], remove: [] });
  store.act(back);
  tag(store)({ ids: [sure(ids[1])], add: [], remove: ['there'] });
  expect(look()).toEqual(kept);
  store.act(moveTagFacts(store.db, new Map([['old', null]])).acts);
  expect(shelvesOf(store, 5).map((shelf) => shelf.tag)).toEqual(['other', 'there']);
  expect((await checkLibrary(store)).problems).toEqual([]);
});

test('every order of a tag’s list walks an index: nothing is sorted but titles', async () => {
  const store = await openTestStore();
  const planOf = (text: string) => all<{ detail: string }>(store.db, `EXPLAIN QUERY PLAN ${text}`).map(({ detail }) => detail).join('\n');
  const manual = (bounded: boolean) => `${manualRows(bounded).replaceAll('?1', '7').replaceAll('?2', "'t'").replaceAll('?3', "'x'").replaceAll('?4', "'y'")} LIMIT 60`;
  for (const text of [manual(false), manual(true)]) {
    expect(planOf(text)).toMatch(/MERGE/);
    expect(planOf(text)).not.toMatch(/TEMP B-TREE FOR ORDER BY|SCAN (?!CONSTANT)/);
  }
  for (const order of ['unread DESC, added_at DESC, article DESC', 'words, added_at, article', 'words DESC, added_at DESC, article DESC']) {
    expect(planOf(`SELECT article FROM tag_rows WHERE tag = 7 ORDER BY ${order} LIMIT 60`)).toMatch(/USING COVERING INDEX/);
    expect(planOf(`SELECT article FROM tag_rows WHERE tag = 7 ORDER BY ${order} LIMIT 60`)).not.toMatch(/TEMP B-TREE/);
  }
});

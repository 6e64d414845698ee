import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { favourite, trash } from '../../electron/library/marks.ts';
import { retag } from '../../electron/library/retag.ts';
import { rowsOf } from '../../electron/library/rows.ts';
import { keepSearch, searches } from '../../electron/library/search/saved.ts';
import { shelves } from '../../electron/library/shelves.ts';
import { compareIndexes } from '../../electron/library/storage/compare.ts';
import { all } from '../../electron/library/storage/database.ts';
import { makeIndex } from '../../electron/library/storage/rebuild.ts';
import { allTagFacts, chosenShelves } from '../../electron/library/storage/tag-facts.ts';
import type { OpenStore } from '../../electron/library/storage/store.ts';
import { arrange, setTag, tagList } from '../../electron/library/tag-page.ts';
import { answerTagRules, keptRules } from '../../electron/library/tag-rules.ts';
import { answerAlikeTags } from '../../electron/library/alike-tags.ts';
import { tag, tags } from '../../electron/library/tags.ts';
import { undo, undoInTurn } from '../../electron/library/undo.ts';
import { addReady, openTestStore } from './made-up.ts';
import { sure } from './made-up-article.ts';

async function library() {
  const store = await openTestStore();
  const ids = [
    await addReady(store, { tags: ['科技', '科技/人工智能'] }), await addReady(store, { tags: ['科技/人工智能/模型', '水'] }),
    await addReady(store, { tags: ['科技书'] }), await addReady(store, { tags: ['AI'] }), await addReady(store, { tags: ['科技/人工智能', 'AI'] }),
  ];
  trash(store)({ ids: [sure(ids[3])] });
  return { store, ids };
}
const tagsOf = (store: OpenStore, ids: string[]) => ids.map((id) => sure(rowsOf(store, [id])[0]).tags);
/** Everything that a tag's name stands in. */
const picture = (store: OpenStore) => ({
  articles: all(store.db, 'SELECT id, tags FROM articles ORDER BY id'), tags: tags(store)({}), facts: [...allTagFacts(store.db)].toSorted(),
  shelves: chosenShelves(store.db), rules: keptRules(store),
});
const done = async (store: OpenStore, token: string | null) => expect(await undo(store)({ undo: token ?? '' })).toEqual({ done: true });

test('a new name goes everywhere: nested tags, the trash, shelves, colour, rules; one undo brings all of it back', async () => {
  const { store, ids } = await library();
  shelves(store)({ tags: ['水', '科技/人工智能', '科技'] });
  setTag(store)({ tag: '科技', colour: 'blue', description: '说明' });
  setTag(store)({ tag: '科技/人工智能', colour: 'red' });
  const rules = answerTagRules(store);
  const base = { match: 'all' as const, favourite: false, archive: false, on: true };
  await rules.keepTagRule({ rule: null, value: { ...base, when: [{ by: 'tag', value: '科技' }], add: ['科技/人工智能', 'x'] } });
  const before = picture(store);
  const renamed = await retag(store)({ tags: ['科技'], to: 'tech' });
  expect(renamed.count).toBe(3);
  expect(tagsOf(store, ids)).toEqual([['tech', 'tech/人工智能'], ['tech/人工智能/模型', '水'], ['科技书'], ['AI'], ['AI', 'tech/人工智能']]);
  expect(tags(store)({}).map(({ name, count, position, colour }) => [name, count, position, colour])).toEqual([
    ['科技书', 1, null, null], ['水', 1, 0, null], ['AI', 1, null, null], ['tech', 3, 2, 'blue'], ['tech/人工智能', 3, 1, 'red'], ['tech/人工智能/模型', 1, null, null],
  ]);
  expect(keptRules(store)[0]?.rule).toMatchObject({ when: [{ by: 'tag', value: 'tech' }], add: ['tech/人工智能', 'x'] });
  await done(store, renamed.undo);
  expect(picture(store)).toEqual(before);
});

test('a rule or a search that would grow too long by a new name stays as it is, and the rest is renamed', async () => {
  const { store, ids } = await library();
  const long = `水/${'x'.repeat(97)}`;
  const query = `tag:水 ${'word '.repeat(98)}`.slice(0, 500);
  keepSearch(store)({ id: null, name: 'Long', query, sort: 'newest' });
  await answerTagRules(store).keepTagRule({ rule: null, value: { match: 'all', when: [{ by: 'tag', value: long }], add: ['y'], favourite: false, archive: false, on: true } });
  await retag(store)({ tags: ['水'], to: 'water and more' });
  expect(sure(tagsOf(store, ids)[1])).toContain('water and more');
  expect(keptRules(store)[0]?.rule.when).toEqual([{ by: 'tag', value: long }]);
  expect(searches(store)({}).map((each) => each.query)).toEqual([query]);
});

test('a tag that goes into itself keeps what is kept about it, and so does what was there and moves on', async () => {
  const { store, ids } = await library();
  setTag(store)({ tag: '科技', colour: 'blue', description: 'above' });
  setTag(store)({ tag: '科技/人工智能', colour: 'red', description: 'below' });
  arrange(store)({ tag: '科技', ids: [sure(ids[0])], below: null });
  arrange(store)({ tag: '科技/人工智能', ids: [sure(ids[1])], below: null });
  const orders = (above: string, below: string) => [above, below].map((name) => tagList(store, name, 'manual', 0, 10).ids);
  const [before, order] = [picture(store), orders('科技', '科技/人工智能')];
  const renamed = await retag(store)({ tags: ['科技'], to: '科技/人工智能' });
  const facts = allTagFacts(store.db);
  expect(facts.get('科技')).toBeUndefined();
  expect(facts.get('科技/人工智能')).toMatchObject({ colour: 'blue', description: 'above' });
  expect(facts.get('科技/人工智能/人工智能')).toMatchObject({ colour: 'red', description: 'below' });
  expect(orders('科技/人工智能', '科技/人工智能/人工智能')).toEqual(order);
  await done(store, renamed.undo);
  expect(picture(store)).toEqual(before);
  expect(orders('科技', '科技/人工智能')).toEqual(order);
});

test('a name that is there already takes the articles in, those in the trash too; each has it once', async () => {
  const { store, ids } = await library();
  setTag(store)({ tag: '科技/人工智能', colour: 'green' });
  setTag(store)({ tag: 'AI', colour: 'red' });
  const before = picture(store);
  const merged = await retag(store)({ tags: ['AI'], to: '科技/人工智能' });
  expect(merged.count).toBe(2);
  expect(tagsOf(store, ids)).toEqual([['科技', '科技/人工智能'], ['水', '科技/人工智能/模型'], ['科技书'], ['科技/人工智能'], ['科技/人工智能']]);
  expect(tags(store)({}).find(({ name }) => name === '科技/人工智能')).toMatchObject({ count: 3, colour: 'green' });
  await done(store, merged.undo);
  expect(picture(store)).toEqual(before);
});

test('a tag taken away leaves the articles, and rules that did nothing else go with it', async () => {
  const { store, ids } = await library();
  const rules = answerTagRules(store);
  const base = { match: 'all' as const, when: [{ by: 'title' as const, value: 'x' }], archive: false, on: true };
  await rules.keepTagRule({ rule: null, value: { ...base, add: ['科技/人工智能'], favourite: false } });
  await rules.keepTagRule({ rule: null, value: { ...base, add: ['科技/人工智能', '水'], favourite: false } });
  shelves(store)({ tags: ['科技'] });
  const before = picture(store);
  const removed = await retag(store)({ tags: ['科技'], to: null });
  expect(tagsOf(store, ids)).toEqual([[], ['水'], ['科技书'], ['AI'], ['AI']]);
  expect(keptRules(store).map(({ rule }) => rule.add)).toEqual([['水']]);
  expect(tags(store)({}).map(({ name }) => name)).toEqual(['科技书', '水', 'AI']);
  await done(store, removed.undo);
  expect(picture(store)).toEqual(before);
});

test('a tag may move into itself, out of itself, or only change its case; nothing to do is nothing done', async () => {
  const { store, ids } = await library();
  const shown = (n: number) => tagsOf(store, [sure(ids[n])])[0];
  await retag(store)({ tags: ['科技'], to: '科技/旧' });
  expect(shown(0)).toEqual(['科技/旧', '科技/旧/人工智能']);
  await retag(store)({ tags: ['科技/旧'], to: '科技' });
  expect(shown(0)).toEqual(['科技', '科技/人工智能']);
  await retag(store)({ tags: ['AI'], to: 'ai' });
  expect(shown(4)).toEqual(['ai', '科技/人工智能']);
  expect(await retag(store)({ tags: ['ai'], to: 'ai' })).toEqual({ undo: null, count: 0 });
  expect(await retag(store)({ tags: ['no such'], to: 'other' })).toEqual({ undo: null, count: 0 });
  await expect(retag(store)({ tags: ['科技'], to: 'x'.repeat(95) })).rejects.toThrow('bad-input');
  expect(shown(0)).toEqual(['科技', '科技/人工智能']);
});

test('whatever is renamed, merged and removed: undone in turn it is as before, and a rebuilt index agrees', async () => {
  const { store } = await library();
  const name = fc.constantFrom('科技', '科技/人工智能', '科技/人工智能/模型', '水', 'AI', 'new', 'new/sub');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), fc.option(name)), { minLength: 1, maxLength: 4 }), async (deeds) => {
      const before: unknown[] = [];
      const tokens: Array<string | null> = [];
      for (const [from, to] of deeds) {
        before.push(picture(store));
        tokens.push((await retag(store)({ tags: from, to })).undo);
      }
      const made = await makeIndex(store.root, ':memory:');
      await store.settled();
      expect(compareIndexes(store.db, made)).toEqual([]);
      made.close();
      for (const [index, token] of [...tokens.entries()].toReversed()) {
        if (token !== null) await done(store, token);
        expect(picture(store)).toEqual(before[index]);
      }
    }),
    { numRuns: 15 },
  );
});

test('asked for in stretches it comes to the same, and one token takes all of it back, in stretches too', async () => {
  const name = fc.constantFrom('科技', '科技/人工智能', '科技/人工智能/模型', '水', 'AI', 'new', '科技/new');
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), fc.option(name), async (from, to) => {
      const [whole, cut] = [await library(), await library()];
      for (const { store, ids } of [whole, cut]) {
        arrange(store)({ tag: '科技/人工智能/模型', ids: [sure(ids[1])], below: null });
        tag(store)({ ids: Array.from({ length: 45 }, (_, n) => ids[n % 5] ?? ''), add: ['水'], remove: [] });
        store.act(Array.from({ length: 45 }, (_, n) => ({ act: 'save' as const, id: `z${String(n).padStart(19, '0')}`, at: '2031-01-01T00:00:00.000Z', url: null, name: `w${n}`, tags: ['科技/人工智能'], job: { from: 'web' as const, typed: false } })));
      }
      const tagsAfter = ({ store }: typeof whole) => all(store.db, 'SELECT tags FROM articles ORDER BY length(id), seat').concat(tags(store)({}).map(({ name: each, count }) => ({ each, count })));
      const [before, order] = [picture(cut.store), tagsAfter(cut)];
      await retag(whole.store)({ tags: from, to });
      let [token, calls] = [null as string | null, 0];
      for (let after: { after?: string } | null = {}; after !== null; calls++) {
        const reply = await retag(cut.store)({ tags: from, to, most: 20, ...after, ...(token === null ? {} : { joins: token }) });
        token = reply.undo ?? token;
        after = reply.after === undefined ? null : { after: reply.after };
      }
      expect(tagsAfter(cut)).toEqual(tagsAfter(whole));
      if (token === null) return;
      for (let left = 1, taken = 0; left > 0; taken++) {
        const reply = await undoInTurn(cut.store)({ undo: token, most: 100 });
        expect(reply.done && taken < 20).toBe(true);
        left = reply.left ?? 0;
      }
      expect(await undoInTurn(cut.store)({ undo: token })).toEqual({ done: false });
      expect(picture(cut.store)).toEqual(before);
      expect(tagsAfter(cut)).toEqual(order);
    }),
    { numRuns: 12 },
  );
});

test('a tag with thousands of articles: others are answered in between', async () => {
  const store = await openTestStore();
  const ids: string[] = [];
  for (let n = 0; n < 60; n++) ids.push(await addReady(store, {}));
  // Rows are what costs here, not text: the rest are waiting ones.
  store.act(Array.from({ length: 1_500 }, (_, n) => ({ act: 'save' as const, id: `z${String(n).padStart(19, '0')}`, at: '2031-01-01T00:00:00.000Z', url: null, name: `w${n}`, tags: ['big'], job: { from: 'web' as const, typed: false } })));
  tag(store)({ ids, add: ['big/small'], remove: [] });
  let turns = 0;
  let going = true;
  const turn = () => {
    turns += 1;
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  const running = retag(store)({ tags: ['big'], to: 'large' });
  favourite(store)({ ids: ids.slice(0, 1), on: true });
  const { undo: token, count } = await running;
  going = false;
  expect(count).toBe(1_560);
  expect(turns).toBeGreaterThan(10);
  expect(tags(store)({}).map((each) => [each.name, each.count])).toEqual([['large', 1_560], ['large/small', 60]]);
  turns = 0;
  going = true;
  setImmediate(turn);
  expect(await undoInTurn(store)({ undo: token ?? '' })).toEqual({ done: true });
  going = false;
  expect(turns).toBeGreaterThan(4);
  expect(tags(store)({}).map((each) => [each.name, each.count])).toEqual([['big', 1_560], ['big/small', 60]]);
});

test('tags that mean the same are pointed out, the fullest first', async () => {
  const store = await openTestStore();
  for (const names of [['AI'], ['ai', 'ＡＩ'], ['AI', 'Open Source'], ['open-sources', '機器學習'], ['机器学习', 'C++'], ['C', 'C#', 'news', 'new'], ['node.js', 'NodeJS', '#rust', 'Rust', '.NET', 'net']]) await addReady(store, { tags: names });
  const { alikeTags } = answerAlikeTags(store);
  const groups = (await alikeTags({})).map((group) => group.map(({ name }) => name));
  expect(groups[0]).toEqual(['AI', 'ai', 'ＡＩ']);
  expect(groups.map((group) => group.toSorted().join(' = ')).toSorted()).toEqual(['#rust = Rust', 'AI = ai = ＡＩ', 'NodeJS = node.js', 'Open Source = open-sources', '机器学习 = 機器學習']);
});

test('what is kept apart is pointed out no more, in another library of the same journal too, until it is taken back', async () => {
  const store = await openTestStore();
  for (const names of [['AI'], ['AI', 'ＡＩ'], ['AI', 'ai', 'ＡＩ']]) await addReady(store, { tags: names });
  const { alikeTags, keepTagsApart, tagsApart } = answerAlikeTags(store);
  const told = async () => (await alikeTags({})).map((group) => group.map(({ name }) => name));
  expect(await told()).toEqual([['AI', 'ＡＩ', 'ai']]);
  const { undo: token } = await keepTagsApart({ tags: ['ai', 'AI'], on: true });
  // The third is like both, and is never in one group with two that differ.
  expect(await told()).toEqual([['AI', 'ＡＩ']]);
  expect(await tagsApart({})).toEqual([['AI', 'ai']]);
  await keepTagsApart({ tags: ['AI', 'ＡＩ', 'ai', 'ai'], on: true });
  expect([await told(), (await tagsApart({})).length]).toEqual([[], 3]);
  const anew = await makeIndex(store.root, ':memory:');
  expect(compareIndexes(store.db, anew)).toEqual([]);
  anew.close();
  await keepTagsApart({ tags: ['ＡＩ', 'AI'], on: false });
  await done(store, token);
  // What the first undo takes back is the first pair alone; the two others were said later.
  expect(await tagsApart({})).toEqual([['ai', 'ＡＩ']]);
  expect((await keepTagsApart({ tags: ['ＡＩ', 'ai'], on: true })).undo).toBe(null);
  await retag(store)({ tags: ['ai'], to: 'machines' });
  expect(await tagsApart({})).toEqual([]);
});

test('kept searches follow a new name, and come back with the undo', async () => {
  const { store } = await library();
  const keep = (query: string) => keepSearch(store)({ id: null, name: 'x', query, sort: 'newest' });
  keep('-tag:科技 标签："科技/人工智能" 科技 tag:科技书 is:unread');
  const told = () => searches(store)({}).map(({ query }) => query);
  const before = told();
  const { undo: token } = await retag(store)({ tags: ['科技'], to: 'big tech' });
  expect(told()).toEqual(['-tag:"big tech" 标签："big tech/人工智能" 科技 tag:科技书 is:unread']);
  await done(store, token);
  expect(told()).toEqual(before);
});

import { expect, test } from 'vitest';
import { copiesOf } from '../../electron/library/duplicates/copies.ts';
import { duplicates } from '../../electron/library/duplicates/duplicates.ts';
import { partsOf, sketchOf } from '../../electron/library/duplicates/fingerprint.ts';
import { openPairs } from '../../electron/library/duplicates/pairs.ts';
import { erase } from '../../electron/library/trash.ts';
import { restore, trash } from '../../electron/library/marks.ts';
import { keepApart } from '../../electron/library/duplicates/merge.ts';
import { undo } from '../../electron/library/undo.ts';
import { all } from '../../electron/library/storage/database.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import type { OpenStore, Store } from '../../electron/library/storage/store.ts';
import { addReady, openTestStore } from './made-up.ts';
import { seal, sure } from './made-up-article.ts';
import { bodyOf, framed, mirrored, newsroom, reports, type MadeUpNews } from './made-up-news.ts';

const add = (store: OpenStore, news: MadeUpNews, facts: { url?: string; title?: string } = {}) => addReady(store, { title: news.title, html: bodyOf(news), ...facts });
const groups = (store: Store) => duplicates(store)({ from: 0, count: 200 }).groups.map(({ rows }) => rows.map(({ id }) => id));

test('mirrored news is found, other news, issues of a series and pages in one frame are not', { timeout: 120_000 }, async () => {
  const store = await openTestStore();
  const source = new Map<string, string>();
  for (const [language, seed] of [['en', 11], ['zh', 12]] as const) {
    const room = newsroom(language, seed);
    for (let number = 0; number < 60; number++) {
      const news = room.article();
      source.set(await add(store, news), `${language}${number}`);
      // From a copy word for word to one in which every thirtieth word is another.
      if (number % 2 === 0) source.set(await add(store, mirrored(room, news, (number % 7) * 0.005)), `${language}${number}`);
    }
    const others = [...[0.3, 0.6, 0.9].flatMap((slots) => reports(room, 8, slots)), ...framed(room, 10)];
    for (const [number, news] of others.entries()) source.set(await add(store, news), `${language} other ${number}`);
  }
  await store.settled();
  const found = [...source.keys()].flatMap((id) => openPairs(store.db, id).filter(({ one }) => one === id));
  const right = found.filter(({ one, other }) => source.get(one) === source.get(other));
  const missed = [...source].filter(([id, from]) => [...source].some(([twin, other]) => twin !== id && other === from) && openPairs(store.db, id).length === 0);
  expect(found.filter((pair) => !right.includes(pair)).map(({ one, other, share }) => `${source.get(one)} and ${source.get(other)} ${share}`)).toEqual([]);
  // Every one of the 60 up to one word in fifty, and by far most of what is changed further.
  expect(missed.map(([, from]) => from).length).toBeLessThanOrEqual(2);
  expect(right.length).toBeGreaterThanOrEqual(59);
  expect(duplicates(store)({ from: 0, count: 200 }).total).toBe(right.length);
});

test('one address, one canonical address and one text are reasons too, each told', async () => {
  const store = await openTestStore();
  const room = newsroom('en', 3);
  const [news, other, third] = [room.article(), room.article(), room.article()];
  const canonical = async (url: string, named: string | null, text: MadeUpNews) => {
    const id = await addReady(store, { url, html: bodyOf(text) });
    store.act([{ act: 'ready', id, ...(await seal(store, id, { url, html: bodyOf(text), canonical: named })) }]);
    return id;
  };
  const first = await canonical('https://example.org/a?page=all', 'https://example.org/a', news);
  const second = await canonical('https://m.example.org/amp/a', 'https://example.org/a/', other);
  const third1 = await canonical('https://example.org/a', null, third);
  const copy = await add(store, news, { url: 'https://mirror.example/x' });
  // Every page of a careless site names its front page.
  await canonical('https://careless.example/1', 'https://careless.example/', room.article());
  await canonical('https://careless.example/2', 'https://careless.example/', room.article());
  await store.settled();
  const why = (id: string) => Object.fromEntries(copiesOf(store, id).map(({ row, why: reason }) => [row.id, reason]));
  expect(why(first)).toEqual({ [second]: 'canonical', [third1]: 'canonical', [copy]: 'text' });
  expect(groups(store)).toEqual([[first, second, third1, copy]]);
  // Of another device's journal, the same address under another id.
  store.act([{ act: 'save', id: '00000000000000000001', at: store.now(), url: 'http://mirror.example/x/', name: '', tags: [], job: { from: 'web', typed: false }, bookmark: true }]);
  await store.settled();
  expect(why('00000000000000000001')).toEqual({ [copy]: 'address' });
});

test('a short text and a page a hundred sites give alike are no duplicates', async () => {
  const store = await openTestStore();
  const room = newsroom('en', 5);
  for (let number = 0; number < 5; number++) await addReady(store, { html: '<p>Open this page in the app to read it.</p>' });
  const wall = room.article(2);
  const ids: string[] = [];
  for (let number = 0; number < 33; number++) ids.push(await add(store, wall));
  await store.settled();
  expect(groups(store)).toEqual([]);
  expect(all(store.db, 'SELECT * FROM pairs')).toEqual([]);
  // One fewer is a number of copies that a person may have made.
  trash(store)({ ids: [sure(ids[0])] });
  erase(store)({ ids: [sure(ids[0])] });
  await store.settled();
  expect(groups(store)).toEqual([ids.slice(1)]);
  await add(store, wall);
  await store.settled();
  expect(groups(store)).toEqual([]);
  expect((await checkLibrary(store)).problems).toEqual([]);
});

test('what is in the trash, erased, changed or kept apart is in no group, and comes back to it', async () => {
  const store = await openTestStore();
  const room = newsroom('zh', 6);
  const news = room.article();
  const [a, b, c] = [await add(store, news), await add(store, mirrored(room, news, 0.01)), await add(store, news)];
  await store.settled();
  expect(groups(store)).toEqual([[a, b, c]]);
  const apart = keepApart(store)({ id: b, others: [c, a] });
  expect(groups(store)).toEqual([[a, c]]);
  undo(store)({ undo: sure(apart.undo) });
  expect(groups(store)).toEqual([[a, b, c]]);
  keepApart(store)({ id: b, others: [a, c] });
  trash(store)({ ids: [c] });
  expect(groups(store)).toEqual([]);
  restore(store)({ ids: [c] });
  expect(groups(store)).toEqual([[a, c]]);
  store.act([{ act: 'ready', id: a, ...(await seal(store, a, { html: bodyOf(room.article()) })) }]);
  await store.settled();
  expect(groups(store)).toEqual([]);
  store.act([{ act: 'ready', id: a, ...(await seal(store, a, { html: bodyOf(news) })) }]);
  await store.settled();
  expect(groups(store)).toEqual([[a, c]]);
  const before = groups(store);
  expect((await checkLibrary(store)).problems).toEqual([]);
  await store.rebuild();
  expect(groups(store)).toEqual(before);
});

test('in whatever order articles came and went, a rebuild finds the same pairs, also where a bucket is crowded', { timeout: 120_000 }, async () => {
  const store = await openTestStore();
  const room = newsroom('en', 8);
  const { random } = room;
  const news = [room.article(), room.article()];
  const ids: string[] = [];
  for (let step = 0; step < 120; step++) {
    const from = sure(news[step % 5 === 0 ? 1 : 0]);
    const some = ids[Math.floor(random() * ids.length)];
    const what = random();
    if (what < 0.7 || some === undefined) ids.push(await add(store, random() < 0.5 ? from : mirrored(room, from, 0.01)));
    else if (what < 0.8) store.act([{ act: 'ready', id: some, ...(await seal(store, some, { html: bodyOf(mirrored(room, from, 0.005)) })) }]);
    else if (what < 0.9) trash(store)({ ids: [some] });
    else {
      trash(store)({ ids: [some] });
      erase(store)({ ids: [some] });
      ids.splice(ids.indexOf(some), 1);
    }
    if (random() < 0.3) await store.settled();
  }
  await store.settled();
  const pairs = () => all(store.db, 'SELECT one, other, why, share, open FROM pairs ORDER BY one, other');
  const before = pairs();
  expect(before.length).toBeGreaterThan(20);
  expect((await checkLibrary(store)).problems).toEqual([]);
  await store.rebuild();
  expect(pairs()).toEqual(before);
});

test('a text is taken apart the same whatever its signs, widths and spaces, and in no time', () => {
  const sketch = (text: string) => sketchOf(partsOf(text));
  const text = newsroom('en', 1).article(3).paragraphs.flat().join(' ');
  expect(sketch(text.replaceAll('.', ' ;').toUpperCase())).toEqual(sketch(text));
  expect(sketch('太短')).toBeNull();
  const [simplified, traditional] = ['这个国家的经济发展现状与问题，学者们认为应该重视环境保护。', '這個國家的經濟發展現狀與問題，學者們認為應該重視環境保護。'];
  expect(partsOf(traditional)).toEqual(partsOf(simplified));
  const begun = performance.now();
  for (const long of ['a', 'a ', '水', '1.', '.', '\n', '𠀀 ', '\u0301']) sketch(long.repeat(400_000));
  expect(performance.now() - begun).toBeLessThan(20_000);
});

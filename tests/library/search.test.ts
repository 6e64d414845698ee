import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { keep } from '../../electron/library/articles.ts';
import { rename, trash } from '../../electron/library/marks.ts';
import { search } from '../../electron/library/search/search.ts';
import { marksIn, snippetOf } from '../../electron/library/search/snippet.ts';
import { tag } from '../../electron/library/tags.ts';
import { erase } from '../../electron/library/trash.ts';
import { idsOf } from '../../electron/library/listing.ts';
import { openStore, type Store } from '../../electron/library/storage/store.ts';
import { parseQuery } from '../../shared/query.ts';
import { addReady, openTestStore, temporaryFolder } from './made-up.ts';
import { sure } from './made-up-article.ts';

const ask = (store: Store, query: string, count = 200) => search(store)({ query, from: 0, count });
const marked = (text: string, query: string) => marksIn(text, parseQuery(query).terms).map(({ from, to }) => text.slice(from, to));
const titles = (store: Store, query: string) => ask(store, query).hits.map((hit) => hit.title);

test('Chinese of one to six characters is found exactly where the text contains it', { timeout: 60_000 }, async () => {
  const store = await openTestStore();
  const characters = [...'山水江河湖海天地人文书画琴棋诗酒茶花风月日星云雨雪电火木金土明暗新旧'];
  let state = 42;
  const pick = () => sure(characters[(state = (state * 48_271) % 2_147_483_647) % characters.length]);
  const texts = new Map<string, string>();
  for (let number = 0; number < 60; number++) {
    const text = Array.from({ length: 300 }, (_, n) => (n % 29 === 28 ? 'ok键' : pick())).join('');
    texts.set(await addReady(store, { title: `T${number}`, html: `<p>${text.slice(0, 150)}</p><p>${text.slice(150)}</p>` }), text);
  }
  await store.settled();
  for (let length = 1; length <= 6; length++) {
    for (let round = 0; round < 25; round++) {
      const source = sure([...texts.values()][(round * 7) % texts.size]);
      const from = (round * 13) % 100;
      const wanted = source.slice(from, from + length);
      if (/[a-z]/.test(wanted)) continue;
      const found = new Set(ask(store, wanted).hits.map(({ id }) => id));
      // Across the two paragraphs a phrase may match or not; everywhere else it must be as the text says.
      const sides = (text: string) => [text.slice(0, 150), text.slice(150)].some((half) => half.includes(wanted));
      const decided = [...texts].filter(([, text]) => sides(text) === text.includes(wanted));
      const wrong = decided.filter(([id, text]) => found.has(id) !== sides(text));
      expect(wrong, wanted).toEqual([]);
    }
  }
  expect(texts.size).toBe(60);
});

test('words are found by title, text, byline, site and tag, without accents, in any width, and while still typed', async () => {
  const store = await openTestStore();
  await addReady(store, { title: '陶明的Ctrl键与Café', html: '<p>GPT-4o is <b>strong</b>er &amp; wider.</p>', byline: 'Ada Example', site: '某某网', tags: ['资源 分享'] });
  await addReady(store, { title: 'Another', html: '<p>strong, but cafeteria</p>' });
  await store.settled();
  for (const query of ['陶明', 'ctrl', '键', 'CAFÉ', 'cafe -another', 'ｇｐｔ', 'gpt-4o', 'stronger', 'ada', '某某', '资源分享', '"stronger & wider"', 'wid', 'site:example.org wider', 'tag:"资源 分享"', '陶 键']) {
    expect(titles(store, query), query).toContain('陶明的Ctrl键与Café');
  }
  for (const query of ['rong', 'pt-4o', '明陶', 'cafe -ctrl', '"wider stronger"', 'tag:nothing strong', 'is:trashed wider', 'w']) {
    expect(titles(store, query), query).not.toContain('陶明的Ctrl键与Café');
  }
  expect(titles(store, 'strong ')).toEqual(['Another']);
  expect(titles(store, 'stro')).toHaveLength(2);
});

test('the index follows renaming, tagging, trashing and erasing', async () => {
  const store = await openTestStore();
  const id = await addReady(store, { title: 'Before', tags: ['old'] });
  rename(store)({ id, title: '之后' });
  tag(store)({ ids: [id], add: ['fresh'], remove: ['old'] });
  expect(titles(store, 'before')).toEqual([]);
  expect(titles(store, '之后')).toEqual(['之后']);
  expect(titles(store, 'fresh')).toEqual(['之后']);
  expect(titles(store, 'old')).toEqual([]);
  trash(store)({ ids: [id] });
  expect(titles(store, '之后')).toEqual([]);
  expect(titles(store, '之后 is:trashed')).toEqual(['之后']);
  erase(store)({ ids: 'all' });
  expect(titles(store, '之后 is:trashed')).toEqual([]);
});

test('of a word that is nearly everywhere the newest come first, titles before all, and every page is there', async () => {
  const store = await openTestStore();
  const wanted = Array.from({ length: 2_300 }, (_, n) => ({ url: `https://common.example/${n}`, job: { from: 'web', typed: true } as const }));
  keep(store, wanted, ['everywhere']);
  await store.settled();
  expect(ask(store, 'everywhere', 1)).toMatchObject({ total: 2_000, more: true });
  const pages = [0, 1_900, 2_000, 2_200].flatMap((from) => search(store)({ query: 'everywhere', from, count: 100 }).hits);
  expect(new Set(pages.map(({ id }) => id)).size).toBe(400);
  const id = await addReady(store, { title: 'Common is this', html: '<p>everywhere</p>', tags: ['everywhere'] });
  rename(store)({ id: sure(pages[50]).id, title: 'Everywhere again' });
  await store.settled();
  expect(sure(ask(store, 'everywhere', 3).hits[0]).title).toBe('Everywhere again');
  expect(sure(ask(store, 'everywhere', 3).hits[1]).id).toBe(id);
});

test('a first answer has what the whole one has, in the same order; how much it is, and where the words stand, comes with the whole', async () => {
  const store = await openTestStore();
  keep(store, Array.from({ length: 120 }, (_, n) => ({ url: `https://common.example/${n}`, job: { from: 'web', typed: true } as const })), ['ferry']);
  for (const name of ['One', 'Two ferry', 'Three']) await addReady(store, { title: name, html: `<p>How it begins.</p><p>${'Nothing more. '.repeat(30)}</p><p>The ferry came.</p>` });
  await store.settled();
  const [first, whole] = [true, undefined].map((only) => search(store)({ query: 'ferry', from: 0, count: 200, first: only }));
  expect(first?.hits.map(({ id }) => id)).toEqual(whole?.hits.map(({ id }) => id));
  expect(sure(whole?.hits[0])).toMatchObject({ title: 'Two ferry', titleMarks: [{ from: 4, to: 9 }] });
  expect(sure(first?.hits[0]).titleMarks).toEqual([{ from: 4, to: 9 }]);
  expect(sure(whole?.hits[0]).snippet).toContain('The ferry came.');
  expect(sure(first?.hits[0]).snippet).not.toContain('The ferry came.');
  expect(whole).toMatchObject({ total: 123, more: false });
  expect(first).toMatchObject({ total: 100, more: true });
  expect(search(store)({ query: '"two ferry"', from: 0, count: 20, first: true })).toMatchObject({ total: 1, more: false });
});

test('a title is found before all else, however much came later; by what stands beside it or how a text begins as well', async () => {
  const store = await openTestStore();
  const title = await addReady(store, { title: 'The lamplighter' });
  const site = await addReady(store, { title: 'Another', site: 'Lamplighter' });
  const begin = await addReady(store, { title: 'A third', html: `<p>A lamplighter it was.</p>` });
  for (let n = 0; n < 130; n++) await addReady(store, { title: `Later ${n}`, html: `<p>${'Nothing yet. '.repeat(20)}</p><p>A lamplighter came by.</p>` });
  await store.settled();
  expect(ask(store, 'lamplighter', 3).hits.map(({ id }) => id)).toEqual([title, site, begin]);
  expect(ask(store, 'lamplighter -another', 2).hits.map(({ id }) => id)).not.toContain(site);
  expect(new Set([0, 60, 120].flatMap((from) => search(store)({ query: 'lamplighter', from, count: 60 }).hits.map(({ id }) => id))).size).toBe(133);
  const list = idsOf(store, { list: 'search', query: 'lamplighter' }, 'relevance', undefined, 0, 200);
  expect([list.slice(0, 3), new Set(list).size]).toEqual([[title, site, begin], 133]);
});

test('an index from before gets what its titles are found by in the background', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  const ids = [];
  for (let n = 0; n < 120; n++) ids.push(await addReady(store, { title: n === 3 ? 'The lamplighter' : `Later ${n}`, html: `<p>${'Nothing yet. '.repeat(20)}</p><p>A lamplighter came by.</p>` }));
  await store.settled();
  // As the migration leaves it.
  store.db.exec("DELETE FROM head_index; INSERT INTO facts SELECT 'heads lack from', CAST(max(seat) AS TEXT) FROM seats");
  await store.close();
  const again = await openTestStore({ path });
  expect(sure(ask(again, 'lamplighter', 1).hits[0]).id).not.toBe(ids[3]);
  await again.settled();
  expect(sure(ask(again, 'lamplighter', 1).hits[0]).id).toBe(ids[3]);
});

test('what was tagged by the thousand is in the search index after the next start', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  const ids: string[] = [];
  for (let number = 0; number < 60; number++) ids.push(await addReady(store, { title: `N${number}` }));
  tag(store)({ ids, add: ['many'], remove: [] });
  await store.close();
  const again = await openTestStore({ path });
  await again.settled();
  expect(ask(again, 'many').total).toBe(60);
});

test('any text may be asked for and nothing raises', async () => {
  const store = await openTestStore();
  await addReady(store, { title: 'a AND (b "c" 中文', html: '<p>NEAR(x y) col:z * ^ 字</p>' });
  const piece = fc.constantFrom('a', 'AND', 'OR', 'NOT', 'NEAR(', '(', ')', '"', '*', '^', ':', '-', '+', '{', '}', 'title', '中', '文', ' ', '\u0000', '\u0001', '\\', "'", '%', 'tag:', 'site:%', 'is:', '😀', '\ud800');
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')));
  fc.assert(
    fc.property(text, (query) => {
      const { total, hits } = ask(store, query);
      expect(hits.length).toBe(total);
      for (const hit of hits) {
        for (const [marks, shown] of [[hit.titleMarks, hit.title], [hit.snippetMarks, hit.snippet]] as const) {
          for (const mark of marks) expect(mark.from < mark.to && mark.to <= shown.length).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('marks lie on what matched', () => {
  expect(marked('Ctrl键 and ctrlx, CTRL', 'ctrl ')).toEqual(['Ctrl', 'CTRL']);
  expect(marked('Ctrl键 and ctrlx', 'ctrl')).toEqual(['Ctrl', 'ctrlx']);
  expect(marked('人工智能，人工', '人工')).toEqual(['人工', '人工']);
  expect(marked('Café ＣＡＦＥ cafe\u0301 \uFB01ne', 'cafe fine ')).toEqual(['Café', 'ＣＡＦＥ', 'cafe\u0301', '\uFB01ne']);
  expect(marked('😀😀 字 end', '字 end')).toEqual(['字', 'end']);
  expect(marked('over lapping', '"over lap" lapping')).toEqual(['lapping']);
  expect(marked('日本語の茶', '語の茶')).toEqual(['語の茶']);
});

test('a snippet shows the first match with its marks', () => {
  const text = `${'前面的字。'.repeat(50)}这里有目标词汇，后面${'还有很多。'.repeat(60)}`;
  const { snippet, marks } = snippetOf(text, parseQuery('目标').terms);
  expect(snippet.length).toBeLessThan(200);
  expect(marks.map(({ from, to }) => snippet.slice(from, to))).toEqual(['目标']);
  expect(snippet.startsWith('…') && snippet.endsWith('…')).toBe(true);
  expect(snippetOf('nothing here', parseQuery('目标').terms)).toEqual({ snippet: '', marks: [] });
});

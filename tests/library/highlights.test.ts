import { expect, test } from 'vitest';
import type { ArticleId } from '../../shared/article.ts';
import { signsOf, foldedLength } from '../../shared/anchor-text.ts';
import type { Anchor, HighlightColour } from '../../shared/highlight.ts';
import { get } from '../../electron/library/storage/database.ts';
import { hasBits } from '../../electron/library/storage/seat.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import { sure } from './made-up-article.ts';
import { openTestLibrary, type TestLibrary } from './open-test-library.ts';

const lines = [
  'In the morning the people of the harbour stood about in the fog, and by noon most of them had gone home without a word.',
  'Later the people of the market counted their baskets twice, wrote the sum on a door, and could not say who had asked for it.',
  'Nobody told the people of the orchard anything, which suited them; they had seen worse years, and the ladders were paid for.',
  'At night the people of the railway lit the lamps, one after another, and the last of them walked back along the line alone.',
];
const page = (texts: readonly string[]): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fog</title><article><h1>Fog</h1>${texts.map((text) => `<p>${text}</p>`).join('')}</article>`;

async function kept(library: TestLibrary, texts: readonly string[] = lines, url = 'https://fog.example/a'): Promise<ArticleId> {
  const { id } = await library.answers.saveText({ text: page(texts), format: 'html', name: '', url, tags: ['weather/fog'] });
  await library.idle();
  return id;
}

function anchorOf(quote: string, texts: readonly string[] = lines): Anchor {
  const text = texts.join('\n');
  const from = text.indexOf(quote);
  const start = foldedLength(text, from);
  return { quote, prefix: text.slice(Math.max(0, from - 64), from).replace(/\s+/g, ' '), suffix: text.slice(from + quote.length, from + quote.length + 64).replace(/\s+/g, ' '), start, end: start + signsOf(quote).length, twins: text.split(quote).length - 2 };
}

const mark = async (library: TestLibrary, id: ArticleId, quote: string, colour: HighlightColour = 'yellow', note = '') => library.answers.highlight({ id, anchor: anchorOf(quote), colour, note });
const listed = async (library: TestLibrary, asked: Partial<Parameters<TestLibrary['answers']['allHighlights']>[0]> = {}) =>
  (await library.answers.allHighlights({ find: '', colour: null, tag: null, notes: false, after: null, count: 50, ...asked })).highlights;
const quotes = (some: ReadonlyArray<{ anchor: Anchor }>): string[] => some.map(({ anchor }) => anchor.quote);
const found = async (library: TestLibrary, query: string) => (await library.answers.search({ query, from: 0, count: 20 })).hits.map(({ title }) => title);

test('what is marked is listed in the order of the text, changed, taken away, and brought back as it was', async () => {
  const library = await openTestLibrary();
  const id = await kept(library);
  const second = await mark(library, id, 'people of the market', 'blue', '  A note about 渔港  ');
  const first = await mark(library, id, 'people of the harbour');
  expect(library.news.filter(({ about }) => about === 'highlights')).toEqual([{ about: 'highlights', ids: [id] }, { about: 'highlights', ids: [id] }]);
  const both = await library.answers.highlights({ id });
  expect(quotes(both)).toEqual(['people of the harbour', 'people of the market']);
  expect(both[1]).toMatchObject({ colour: 'blue', note: 'A note about 渔港', orphan: false, located: { start: anchorOf('people of the market').start } });

  const changed = await library.answers.changeHighlight({ id, highlight: first.highlight, colour: 'pink', note: 'Hm' });
  expect((await library.answers.highlights({ id }))[0]).toMatchObject({ colour: 'pink', note: 'Hm' });
  await library.answers.undo({ undo: sure(changed.undo) });
  expect((await library.answers.highlights({ id }))[0]).toMatchObject({ colour: 'yellow', note: '' });
  expect(await library.answers.changeHighlight({ id, highlight: first.highlight, colour: 'yellow' })).toEqual({ undo: null });

  const removed = await library.answers.removeHighlights({ id, highlights: [first.highlight, second.highlight] });
  expect(await library.answers.highlights({ id })).toEqual([]);
  await library.answers.undo({ undo: sure(removed.undo) });
  expect(await library.answers.highlights({ id })).toEqual(both);
  await library.answers.undo({ undo: sure(first.undo) });
  expect(quotes(await library.answers.highlights({ id }))).toEqual(['people of the market']);

  await expect(async () => library.answers.changeHighlight({ id, highlight: '0'.repeat(20), note: 'x' })).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  expect((await library.answers.check({})).problems).toEqual([]);
  await library.answers.rebuild({});
  await library.idle();
  expect(quotes(await library.answers.highlights({ id }))).toEqual(['people of the market']);
});

test('the list of all is newest first, page by page, narrowed by words, colour, tag and notes, without the trash', async () => {
  const library = await openTestLibrary();
  const id = await kept(library);
  const other = await kept(library, lines.toReversed(), 'https://fog.example/b');
  const made: string[] = [];
  for (const [at, place] of ['harbour', 'market', 'orchard', 'railway'].entries()) made.push((await mark(library, at % 2 === 0 ? id : other, `people of the ${place}`, at === 3 ? 'green' : 'yellow', at === 1 ? '渔港 and boats' : '')).highlight);
  const whole = await listed(library);
  expect(whole.map(({ id: each }) => each).toSorted()).toEqual(made.toSorted());
  expect(whole.map(({ madeAt, id: each }) => madeAt + each)).toEqual(whole.map(({ madeAt, id: each }) => madeAt + each).toSorted().toReversed());
  const paged: string[] = [];
  for (let after: { madeAt: string; id: string } | null = null, more = true; more;) {
    const reply: Awaited<ReturnType<TestLibrary['answers']['allHighlights']>> = await library.answers.allHighlights({ find: '', colour: null, tag: null, notes: false, after, count: 3 });
    paged.push(...reply.highlights.map((each) => each.id));
    more = reply.more;
    const last = sure(reply.highlights.at(-1));
    after = { madeAt: last.madeAt, id: last.id };
  }
  expect(paged).toEqual(whole.map((each) => each.id));
  expect(whole[0]).toMatchObject({ title: 'Fog', host: 'fog.example', lang: 'en' });
  expect(quotes(await listed(library, { colour: 'green' }))).toEqual(['people of the railway']);
  expect(quotes(await listed(library, { notes: true }))).toEqual(['people of the market']);
  expect(quotes(await listed(library, { find: '渔港' }))).toEqual(['people of the market']);
  expect(quotes(await listed(library, { find: 'people orch' }))).toEqual(['people of the orchard']);
  expect(await listed(library, { find: '"()*' })).toEqual([]);
  expect(await listed(library, { tag: 'weather' })).toHaveLength(4);
  expect(await listed(library, { tag: 'nothing' })).toEqual([]);
  await library.answers.trash({ ids: [other] });
  expect(quotes(await listed(library)).toSorted()).toEqual(['people of the harbour', 'people of the orchard']);
  await library.answers.erase({ ids: [other] });
  expect(await listed(library)).toHaveLength(2);
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('a note is found by the search of the library, and no longer once it is gone', async () => {
  const library = await openTestLibrary();
  const id = await kept(library);
  const { highlight } = await mark(library, id, 'people of the market', 'yellow', 'Compare with Thucydides');
  await library.idle();
  expect(await found(library, 'Thucydides')).toEqual(['Fog']);
  await library.answers.removeHighlights({ id, highlights: [highlight] });
  await library.idle();
  expect(await found(library, 'Thucydides')).toEqual([]);
});

test('a text that changes keeps its highlights where it can; what has no place is an orphan, never lost, and can be put back by hand', async () => {
  const library = await openTestLibrary();
  const id = await kept(library);
  const lost = await mark(library, id, 'people of the market counted their baskets', 'pink', 'Keep this');
  await mark(library, id, 'had gone home without a word.');
  await mark(library, id, 'people of the railway');
  const edited = [...lines.slice(2).map((text) => text.replace('one after another', 'slowly')), 'A new last paragraph stands here, about nothing that was said before.'];
  await library.answers.capture({ url: 'https://fog.example/a', title: 'Fog', html: page(edited), part: 'page', tags: [] });
  await library.idle();
  const after = await library.answers.highlights({ id });
  expect(after.map(({ anchor, orphan }) => [anchor.quote, orphan])).toEqual([
    ['people of the railway', false], ['had gone home without a word.', true], ['people of the market counted their baskets', true],
  ]);
  expect(sure(after[0]).located).toEqual({ start: signsOf(edited.join('')).indexOf('peopleoftherailway'), end: signsOf(edited.join('')).indexOf('peopleoftherailway') + 'peopleoftherailway'.length });
  expect(sure(after[2])).toMatchObject({ note: 'Keep this', colour: 'pink', located: null });
  await library.answers.changeHighlight({ id, highlight: lost.highlight, anchor: anchorOf('A new last paragraph', edited) });
  expect((await library.answers.highlights({ id })).filter(({ orphan }) => orphan)).toHaveLength(1);
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('extracting again says beforehand how many highlights would lose their place', async () => {
  const library = await openTestLibrary();
  const { id } = await library.answers.saveText({ text: page(lines), format: 'html', name: '', url: 'https://fog.example/a', tags: [] });
  await library.idle();
  await mark(library, id, 'people of the market counted');
  expect((await library.answers.tryExtract({ id, encoding: null, kind: null })).highlights).toEqual({ lost: 0, of: 1 });
  // Read by a wrong encoding of two bytes a sign, nothing of the text is left.
  expect((await library.answers.tryExtract({ id, encoding: 'utf-16be', kind: null })).highlights).toEqual({ lost: 1, of: 1 });
});

test('highlights are written out with links back, of one article and of all', async () => {
  const library = await openTestLibrary();
  const id = await kept(library);
  const { highlight } = await mark(library, id, 'people of the market', 'yellow', 'Why?');
  const one = await library.answers.exportHighlights({ id });
  expect(one.count).toBe(1);
  expect(one.text).toContain('> people of the market\n\nWhy?\n\n');
  expect(one.text).toContain(`lectern://open?article=${id}&highlight=${highlight}`);
  expect(one.text).toContain('https://fog.example/a#:~:text=people%20of%20the%20market');
  expect(await library.answers.exportHighlights({ id: null })).toEqual(one);
});

test('articles become one: highlights go with their notes, those both have stand once, and Undo takes exactly that back', async () => {
  const library = await openTestLibrary();
  const [from, to] = [await kept(library), await kept(library, lines, 'https://fog.example/copy')];
  await mark(library, from, 'people of the market', 'blue', 'Moved');
  await mark(library, from, 'people of the harbour');
  await mark(library, to, 'people of the harbour');
  const before = await library.answers.highlights({ id: to });
  const { undo } = await library.answers.merge({ id: to, others: [from] });
  const after = await library.answers.highlights({ id: to });
  expect(after.map(({ anchor, note, orphan }) => [anchor.quote, note, orphan])).toEqual([['people of the harbour', '', false], ['people of the market', 'Moved', false]]);
  await library.answers.undo({ undo: sure(undo) });
  expect(await library.answers.highlights({ id: to })).toEqual(before);
});

test('that an article has highlights, and notes on them, stands in its seat for search to narrow by', async () => {
  const library = await openTestLibrary();
  const id = await kept(library);
  const { undo } = await mark(library, id, 'people of the market');
  const noted = await mark(library, id, 'people of the harbour', 'green', 'Here');
  const bits = async (): Promise<number> => {
    const store = await openStore({ path: library.path, readOnly: true });
    try {
      return sure(get<{ has: number }>(store.db, 'SELECT has FROM seats')).has & (hasBits.highlight | hasBits.note);
    } finally {
      await store.close();
    }
  };
  expect(await bits()).toBe(hasBits.highlight | hasBits.note);
  await library.answers.undo({ undo: sure(noted.undo) });
  expect(await bits()).toBe(hasBits.highlight);
  await library.answers.undo({ undo: sure(undo) });
  expect(await bits()).toBe(0);
});

import { expect, test } from 'vitest';
import { article } from '../../electron/library/articles.ts';
import { note } from '../../electron/library/bookmarks.ts';
import { compare, duplicates } from '../../electron/library/duplicates/duplicates.ts';
import { merge } from '../../electron/library/duplicates/merge.ts';
import { answerHighlights, highlightsOf } from '../../electron/library/highlights.ts';
import { list } from '../../electron/library/lists.ts';
import { favourite, finish } from '../../electron/library/marks.ts';
import { keepPlaces } from '../../electron/library/reading-place.ts';
import { search } from '../../electron/library/search/search.ts';
import { all } from '../../electron/library/storage/database.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import type { Store } from '../../electron/library/storage/store.ts';
import { undo } from '../../electron/library/undo.ts';
import { addReady, openTestStore } from './made-up.ts';
import { questions } from '../../shared/contract.ts';
import { noteLimit } from '../../shared/note.ts';
import { sure } from './made-up-article.ts';
import { bodyOf, newsroom } from './made-up-news.ts';

/** An anchor at the first words of an article's text. */
const anchorOf = (text: string) => {
  const quote = text.split(' ').slice(0, 4).join(' ');
  return { quote, prefix: '', suffix: text.slice(quote.length, quote.length + 40), start: 0, end: quote.replaceAll(' ', '').length, twins: 0 };
};

/** Everything a reader sees of a library, in the order of lists and of search. */
const seen = (store: Store) => ({
  articles: all(store.db, 'SELECT id, title, tags, note, favourite, archived, finished_at, trashed_at, added_at, place, progress, read_at, lists FROM articles ORDER BY id'),
  lists: (['all', 'trash', 'favourites', 'reading'] as const).map((name) => list(store)({ where: { list: name }, sort: 'newest', from: 0, count: 50 }).rows.map(({ id }) => id)),
  tags: all(store.db, 'SELECT name, count, unread FROM tags WHERE count > 0 ORDER BY name'),
  found: search(store)({ query: 'is:unread', from: 0, count: 50 }).hits.map(({ id }) => id),
  highlights: all<{ id: string }>(store.db, 'SELECT id FROM articles ORDER BY id').map(({ id }) => highlightsOf(store, id)),
  groups: duplicates(store)({ from: 0, count: 50 }).groups,
});

test('merging carries over what is the reader’s, puts the rest into the trash, and one undo brings everything back exactly', async () => {
  let time = Date.parse('2031-01-01T00:00:00Z');
  const store = await openTestStore({ now: () => (time += 1_000) });
  const places = keepPlaces(store);
  const news = newsroom('en', 21).article();
  const old = await addReady(store, { title: 'Old copy', html: bodyOf(news), tags: ['river', 'both'] });
  await addReady(store, { title: 'Something else', html: '<p>In between.</p>' });
  const fresh = await addReady(store, { title: 'New copy', html: bodyOf(news), tags: ['both', 'harbour'] });
  await addReady(store, { title: 'Newest', html: '<p>After all.</p>' });
  note(store)({ id: old, text: 'From long ago' });
  note(store)({ id: fresh, text: 'From today' });
  favourite(store)({ ids: [old], on: true });
  places.place({ id: old, place: { block: 3, quote: 'far', offset: 1, progress: 0.7 } });
  places.flush();
  places.place({ id: fresh, place: { block: 1, quote: 'near', offset: 0, progress: 0.2 } });
  places.flush();
  const marked = answerHighlights(store).highlight({ id: old, anchor: anchorOf(news.paragraphs.map((each) => each.join(' ')).join(' ')), colour: 'green', note: 'Well said' });
  expect(marked.undo).not.toBeNull();
  await store.settled();
  const before = seen(store);
  expect(before.groups.map(({ rows, pairs }) => [rows.map(({ title }) => title), pairs.map(({ why, share }) => [why, share])])).toEqual([[['Old copy', 'New copy'], [['text', 1]]]]);

  const done = merge(store)({ id: fresh, others: [old, fresh] });
  await store.settled();
  const merged = article(store)({ id: fresh });
  expect(merged).toMatchObject({ tags: ['both', 'harbour', 'river'], note: 'From today\n\nFrom long ago', favourite: true, progress: 0.7, addedAt: article(store)({ id: old }).addedAt, trashedAt: null });
  expect(merged.place?.quote).toBe('far');
  expect(highlightsOf(store, fresh)).toMatchObject([{ colour: 'green', note: 'Well said', orphan: false, located: { start: 0 } }]);
  expect(article(store)({ id: old }).trashedAt).not.toBeNull();
  expect(seen(store).groups).toEqual([]);
  expect(seen(store).lists[0]?.map((id) => article(store)({ id }).title)).toEqual(['Newest', 'Something else', 'New copy']);
  expect(search(store)({ query: 'is:unread', from: 0, count: 50 }).hits.map(({ title }) => title).at(0)).toBe('Newest');
  expect((await checkLibrary(store)).problems).toEqual([]);

  expect(undo(store)({ undo: sure(done.undo) })).toEqual({ done: true });
  await store.settled();
  expect(seen(store)).toEqual(before);
  expect((await checkLibrary(store)).problems).toEqual([]);
});

test('a place not written down yet is neither lost nor put in the way', async () => {
  const store = await openTestStore();
  const places = keepPlaces(store);
  const news = newsroom('en', 22).article();
  const [one, other] = [await addReady(store, { html: bodyOf(news) }), await addReady(store, { html: bodyOf(news) })];
  places.place({ id: one, place: { block: 1, quote: 'near', offset: 0, progress: 0.1 } });
  places.place({ id: other, place: { block: 9, quote: 'far', offset: 0, progress: 0.9 } });
  finish(store)({ ids: [other], on: true });
  const done = merge(store)({ id: one, others: [other] });
  places.flush();
  expect(article(store)({ id: one })).toMatchObject({ progress: 0.9, place: { quote: 'far' } });
  expect(article(store)({ id: one }).finishedAt).not.toBeNull();
  undo(store)({ undo: sure(done.undo) });
  places.flush();
  expect(article(store)({ id: one })).toMatchObject({ progress: 0.1, place: { quote: 'near' }, finishedAt: null });
  expect(merge(store)({ id: one, others: [one] })).toEqual({ undo: null });
});

test('two are shown side by side, with what differs in their texts', async () => {
  const store = await openTestStore();
  const [one, other] = [await addReady(store, { html: '<p>First.</p><p>Second.</p><p>Third.</p>', words: 3 }), await addReady(store, { html: '<p>First.</p><p>Changed.</p><p>Third.</p>', words: 4 })];
  note(store)({ id: other, text: 'Mine' });
  expect(compare(store)({ one, other })).toMatchObject({
    sides: [{ row: { id: one }, words: 3, note: null }, { row: { id: other }, words: 4, note: 'Mine' }], same: null, kept: 2, added: 1, removed: 1,
    changes: [{ did: 'kept' }, { did: 'removed', text: 'Second.' }, { did: 'added', text: 'Changed.' }, { did: 'kept' }],
  });
  expect(() => compare(store)({ one, other: '00000000000000000009' })).toThrow('not-found');
});

test('two notes as long as notes may be are both kept, and what comes of them can be edited', async () => {
  const store = await openTestStore();
  const [one, two] = [await addReady(store, { title: 'One' }), await addReady(store, { title: 'Two' })];
  note(store)({ id: one, text: 'a'.repeat(noteLimit) });
  note(store)({ id: two, text: 'b'.repeat(noteLimit) });
  merge(store)({ id: one, others: [two] });
  const kept = sure(article(store)({ id: one }).note);
  expect(kept).toBe(`${'a'.repeat(noteLimit)}\n\n${'b'.repeat(noteLimit)}`);
  expect(questions.note.input.safeParse({ id: one, text: `${kept} and more` }).success).toBe(true);
});

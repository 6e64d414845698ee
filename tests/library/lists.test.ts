import { setImmediate as breathe } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../shared/article.ts';
import type { Where } from '../../shared/contract.ts';
import { boundsOf, dayAfter, dayOf } from '../../shared/day.ts';
import { groupings, sortOrders, type Sort } from '../../shared/listing.ts';
import { keep } from '../../electron/library/articles.ts';
import { groups } from '../../electron/library/groups.ts';
import { countOf, list, listed, surprise } from '../../electron/library/lists.ts';
import { archive, favourite, finish, restore, trash } from '../../electron/library/marks.ts';
import { keepPlaces } from '../../electron/library/reading-place.ts';
import { rowsOf } from '../../electron/library/rows.ts';
import { compareIndexes } from '../../electron/library/storage/compare.ts';
import { all, run } from '../../electron/library/storage/database.ts';
import { makeIndex } from '../../electron/library/storage/rebuild.ts';
import { openStore, type OpenStore, type Store } from '../../electron/library/storage/store.ts';
import { heedZone } from '../../electron/library/storage/tallies.ts';
import { tag } from '../../electron/library/tags.ts';
import { erase, purgeTrash } from '../../electron/library/trash.ts';
import { changeInTurn, undo, undoInTurn } from '../../electron/library/undo.ts';
import { addReady, openTestStore, temporaryFolder } from './made-up.ts';
import { sure } from './made-up-article.ts';

const hours = 3_600_000;
const start = Date.parse('2030-03-01T09:00:00Z');

/** A store whose clock is the test's, with articles saved over some days from some sites, tagged and not. */
async function filled(count = 12): Promise<{ store: OpenStore; ids: string[]; clock: { now: number } }> {
  const clock = { now: start };
  const store = await openTestStore({ now: () => (clock.now += 1) });
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    clock.now += 7 * hours;
    ids.push(await addReady(store, {
      title: `《${'甲乙丙丁abcd'[n % 8]}${n}》`, words: 400 + ((n * 7) % 5) * 300, minutes: 1 + ((n * 7) % 5), url: `https://${['a', 'b', 'c'][n % 3]}.example/${n}`,
      tags: [['水'], ['food/fruit', 'x'], []][n % 3] ?? [],
    }));
  }
  return { store, ids, clock };
}

const wheres: Where[] = [
  { list: 'inbox' }, { list: 'reading' }, { list: 'favourites' }, { list: 'archive' }, { list: 'all' }, { list: 'trash' }, { list: 'forgotten' },
  { list: 'tag', tag: 'food' }, { list: 'tag', tag: 'none' }, { list: 'site', host: 'b.example' },
];
const rowsIn = (store: Store, where: Where, sort: Sort = 'newest') => list(store)({ where, sort, from: 0, count: 500 });
const keyOf = (row: Row, by: (typeof groupings)[number]) => (by === 'day' ? dayOf(row.addedAt) : by === 'site' ? row.host : row.tags[0]) ?? '';

/** Whatever was done: totals, minutes and groups are what the rows add up to, and a group's rows are those of its key. */
function expectCounted(store: Store): void {
  for (const where of wheres) {
    const { total, minutes, rows } = rowsIn(store, where);
    expect([where, total, minutes]).toEqual([where, rows.length, rows.reduce((sum, row) => sum + row.minutes, 0)]);
    expect(listed(store)({ where, sort: 'newest' }).ids).toEqual(rows.map(({ id }) => id));
    for (const by of groupings) {
      const found = groups(store)({ where, by, sort: 'newest' });
      const inGroups = found.map(({ key, count, minutes: each }) => {
        const inside = list(store)({ where, sort: 'newest', within: { by, key }, from: 0, count: 500 }).rows;
        const wanted = rows.filter((row) => keyOf(row, by) === key);
        expect([by, key, inside.map(({ id }) => id)]).toEqual([by, key, wanted.map(({ id }) => id)]);
        expect(count).toBe(wanted.length);
        expect(each).toBe(wanted.reduce((sum, row) => sum + row.minutes, 0));
        return inside;
      });
      expect(inGroups.flat()).toHaveLength(total);
      const inOrder = by === 'day' ? rows : inGroups.flat();
      expect(inGroups.flat().map(({ id }) => id)).toEqual(inOrder.map(({ id }) => id));
      expect(found.findIndex(({ key }) => key === '')).toBeOneOf([-1, found.length - 1]);
    }
  }
}

/** Everything counted, as it stands and as it is when counted anew. */
function expectTallied(store: Store): void {
  const tallies = () => all(store.db, 'SELECT * FROM tallies ORDER BY scope, key');
  const before = tallies();
  run(store.db, "DELETE FROM facts WHERE name = 'zone'");
  heedZone(store.db);
  expect(tallies()).toEqual(before);
}

test('totals, minutes and groups are what the rows add up to, whatever was done', async () => {
  const { store, ids } = await filled();
  expectCounted(store);
  expect(countOf(store, 'all')).toBe(12);
  const some = fc.subarray(ids, { minLength: 1 });
  const deed = fc.oneof(
    fc.tuple(fc.constantFrom(favourite, archive, finish), some, fc.boolean()).map(([act, chosen, on]) => () => act(store)({ ids: chosen, on }).undo),
    fc.tuple(fc.constantFrom(trash, restore), some).map(([act, chosen]) => () => act(store)({ ids: chosen }).undo),
    fc.tuple(some, fc.subarray(['food', 'food/fruit', '水', 'x']), fc.subarray(['水', 'x'])).map(([chosen, add, remove]) => () => tag(store)({ ids: chosen, add, remove }).undo),
    some.map((chosen) => () => {
      const places = keepPlaces(store);
      for (const id of chosen) places.place({ id, place: { block: 1, quote: '', offset: 0, progress: 0.5 } });
      places.flush();
      return null;
    }),
  );
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 5 }), fc.boolean(), (deeds, back) => {
      const tokens = deeds.map((act) => act());
      if (back) for (const token of tokens.toReversed()) undo(store)({ undo: token ?? '' });
      expectCounted(store);
      expectTallied(store);
    }),
    { numRuns: 25 },
  );
});

test('every order is what sorting the rows gives, in both directions and in each list', async () => {
  const { store, ids, clock } = await filled();
  const at = (n: number) => sure(ids[n]);
  for (const n of [3, 1, 7]) {
    clock.now += hours;
    archive(store)({ ids: [at(n)], on: true });
    favourite(store)({ ids: [at(n)], on: true });
  }
  for (const n of [5, 2]) finish(store)({ ids: [at(n)], on: true });
  for (const n of [8, 9]) trash(store)({ ids: [at(n)] });
  const places = keepPlaces(store);
  for (const n of [4, 0, 6]) {
    places.place({ id: at(n), place: { block: 1, quote: '', offset: 0, progress: n / 10 + 0.1 } });
    places.flush();
  }
  const published = (row: Row) => row.publishedAt?.local ?? row.addedAt;
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const time = (of: (row: Row) => string | null) => (a: Row, b: Row) => text(of(b) ?? '', of(a) ?? '');
  const read = (row: Row) => (row.finishedAt === null ? row.progress : 2);
  const by: Record<Sort, (a: Row, b: Row) => number> = {
    newest: (a, b) => text(b.addedAt, a.addedAt), oldest: (a, b) => text(a.addedAt, b.addedAt),
    published: (a, b) => text(published(b), published(a)), 'published-up': (a, b) => text(published(a), published(b)),
    title: (a, b) => text(a.title, b.title), 'title-down': (a, b) => text(b.title, a.title),
    site: (a, b) => text(a.host ?? '', b.host ?? '') || text(b.addedAt, a.addedAt),
    'site-down': (a, b) => text(b.host ?? '', a.host ?? '') || text(a.addedAt, b.addedAt),
    shortest: (a, b) => a.minutes - b.minutes, longest: (a, b) => b.minutes - a.minutes,
    progress: (a, b) => read(b) - read(a), 'progress-up': (a, b) => read(a) - read(b),
    read: time((row) => row.readAt), finished: time((row) => row.finishedAt), archived: time((row) => row.archivedAt),
    favourited: time((row) => row.favouritedAt), trashed: time((row) => row.trashedAt),
    unread: () => 0, manual: () => 0, relevance: () => 0,
  };
  for (const where of wheres) {
    for (const sort of sortOrders) {
      const { rows, total } = rowsIn(store, where, sort);
      expect(rows).toHaveLength(total);
      expect([where, sort, rows.filter((row, n) => n > 0 && by[sort](sure(rows[n - 1]), row) > 0)]).toEqual([where, sort, []]);
      // In pieces it is the same list.
      const pieces = [0, 4, 8, 12].flatMap((from) => list(store)({ where, sort, from, count: 4 }).rows);
      expect(pieces.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    }
  }
});

test('each state has its time, an undo gives the same time back, and a rebuild has them all', async () => {
  const { store, ids, clock } = await filled(3);
  const [id, other] = [sure(ids[0]), sure(ids[1])];
  const row = () => sure(rowsOf(store, [id])[0]);
  const act = (work: () => { undo: string | null }) => {
    clock.now = Math.ceil(clock.now / hours) * hours + hours;
    const at = new Date(clock.now).toISOString().slice(0, 13);
    return { at, token: work().undo ?? '' };
  };
  const archived = act(() => archive(store)({ ids: [id], on: true }));
  const loved = act(() => favourite(store)({ ids: [id], on: true }));
  const done = act(() => finish(store)({ ids: [id], on: true }));
  const times = () => [row().archivedAt, row().favouritedAt, row().finishedAt].map((time) => time?.slice(0, 13));
  expect(times()).toEqual([archived.at, loved.at, done.at]);
  const exact = row();
  const back = [archive, favourite, finish].map((mark) => act(() => mark(store)({ ids: [id], on: false })));
  expect(times()).toEqual([undefined, undefined, undefined]);
  for (const { token } of back.toReversed()) undo(store)({ undo: token });
  expect(row()).toEqual(exact);
  const places = keepPlaces(store);
  const first = act(() => {
    places.place({ id: other, place: { block: 0, quote: '', offset: 0, progress: 0.2 } });
    places.flush();
    return { undo: null };
  });
  act(() => {
    places.place({ id: other, place: { block: 9, quote: '', offset: 0, progress: 0.6 } });
    places.flush();
    return { undo: null };
  });
  const begun = sure(rowsOf(store, [other])[0]);
  expect([begun.startedAt?.slice(0, 13), (begun.readAt ?? '') > (begun.startedAt ?? '')]).toEqual([first.at, true]);
  const made = await makeIndex(store.root, ':memory:');
  expect(compareIndexes(store.db, made)).toEqual([]);
  made.close();
});

test('what was saved a year ago and never opened is forgotten, until it is opened, archived or read', async () => {
  const { store, ids, clock } = await filled(4);
  const forgotten = () => rowsIn(store, { list: 'forgotten' }, 'oldest').rows.map(({ id }) => id);
  expect([forgotten(), countOf(store, 'forgotten')]).toEqual([[], 0]);
  clock.now = Date.parse(boundsOf(dayAfter(dayOf(start), 366)).from) + 12 * hours;
  // The first two were saved on the first day, the others the day after: they have a day left.
  const old = ids.filter((id) => dayOf(sure(rowsOf(store, [id])[0]).addedAt) < dayAfter(dayOf(clock.now), -365));
  expect(old.length).toBeGreaterThan(0);
  expect([forgotten(), countOf(store, 'forgotten')]).toEqual([old, old.length]);
  clock.now += 3 * 24 * hours;
  expect(forgotten()).toEqual(ids);
  archive(store)({ ids: [sure(ids[0])], on: true });
  finish(store)({ ids: [sure(ids[1])], on: true });
  const places = keepPlaces(store);
  places.place({ id: sure(ids[2]), place: { block: 1, quote: '', offset: 0, progress: 0.3 } });
  places.flush();
  expect(forgotten()).toEqual([ids[3]]);
  keep(store, [{ url: 'https://example.org/waits', job: { from: 'web', typed: true } }], []);
  expect(countOf(store, 'forgotten')).toBe(1);
});

test('a surprise is unread, another than the one that is open, and none where there is none', async () => {
  const { store, ids } = await filled(6);
  for (const id of ids.slice(2)) finish(store)({ ids: [id], on: true });
  const found = new Set(Array.from({ length: 60 }, () => surprise(store)({ not: null }).id));
  expect(found).toEqual(new Set(ids.slice(0, 2)));
  expect(surprise(store)({ not: sure(ids[0]) })).toEqual({ id: ids[1] });
  finish(store)({ ids: [sure(ids[1])], on: true });
  expect(surprise(store)({ not: sure(ids[0]) })).toEqual({ id: null });
});

test('what is done to many piece by piece is taken back in one go', async () => {
  const store = await openTestStore();
  const ids = keep(store, Array.from({ length: 1_200 }, (_, n) => ({ url: `https://example.org/${n}`, job: { from: 'web', typed: false } as const })), []).map(({ id }) => id);
  let undone: string | undefined;
  for (let from = 0; from < ids.length; from += 500) {
    undone = archive(store)({ ids: ids.slice(from, from + 500), on: true, ...(undone === undefined ? {} : { joins: undone }) }).undo ?? undone;
  }
  expect(countOf(store, 'archive')).toBe(1_200);
  expect(await undoInTurn(store)({ undo: undone ?? '' })).toEqual({ done: true });
  expect([countOf(store, 'archive'), countOf(store, 'inbox')]).toEqual([0, 1_200]);
  expect(await undoInTurn(store)({ undo: undone ?? '' })).toEqual({ done: false });
});

test('a change of many lets others have their turn, and one that breaks off leaves what its token can take back', async () => {
  const store = await openTestStore();
  const ids = keep(store, Array.from({ length: 450 }, (_, n) => ({ url: `https://example.org/${n}`, job: { from: 'web', typed: false } as const })), []).map(({ id }) => id);
  const inTurn = changeInTurn(store, archive(store));
  const counts: number[] = [];
  const changing = inTurn({ ids, on: true });
  for (let ended = false; !ended; ) {
    counts.push(countOf(store, 'archive'));
    ended = await Promise.race([changing.then(() => true), breathe(false)]);
  }
  expect(counts.some((count) => count > 0 && count < 450)).toBe(true);
  const { undo: token } = await changing;
  expect(countOf(store, 'archive')).toBe(450);
  expect(await undoInTurn(store)({ undo: token ?? '' })).toEqual({ done: true });
  expect(countOf(store, 'archive')).toBe(0);
  expect(await inTurn({ ids, on: false })).toEqual({ undo: null });

  let left = 2;
  const breaks = changeInTurn(store, (input: { ids: string[]; on: boolean; joins?: string | undefined }) => {
    if (left-- === 0) throw new Error('no room');
    return archive(store)(input);
  });
  // Nothing to join: it is all or nothing.
  await expect(breaks({ ids, on: true })).rejects.toThrow('no room');
  expect(countOf(store, 'archive')).toBe(0);
  // Joined to a change before, both are taken back by the token that the asker holds.
  const first = archive(store)({ ids: ids.slice(0, 10), on: true }).undo ?? '';
  left = 2;
  await expect(breaks({ ids: ids.slice(10), on: true, joins: first })).rejects.toThrow('no room');
  expect(countOf(store, 'archive')).toBe(210);
  expect(await undoInTurn(store)({ undo: first })).toEqual({ done: true });
  expect(countOf(store, 'archive')).toBe(0);
});

test('an index made before there were tallies and times is brought on, and is what a rebuild makes', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  const ids = [await addReady(store, { tags: ['水'] }), await addReady(store), await addReady(store)];
  archive(store)({ ids: [sure(ids[0])], on: true });
  favourite(store)({ ids: [sure(ids[1])], on: true });
  trash(store)({ ids: [sure(ids[2])] });
  erase(store)({ ids: 'all' });
  purgeTrash(store);
  await store.settled();
  // As the version before left it.
  run(store.db, "DELETE FROM facts WHERE name = 'zone'");
  run(store.db, 'DELETE FROM tallies');
  await store.close();
  const again = await openTestStore({ path });
  const made = await makeIndex(path, ':memory:');
  expect(compareIndexes(again.db, made)).toEqual([]);
  made.close();
  expect(list(again)({ where: { list: 'all' }, sort: 'newest', from: 0, count: 9 }).minutes).toBeGreaterThan(0);
});

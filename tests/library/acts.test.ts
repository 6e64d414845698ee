import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { decodeAct, encodeAct, type Act, type ActBody } from '../../electron/library/storage/acts.ts';
import { applyActs } from '../../electron/library/storage/apply.ts';
import { createClock, createId } from '../../electron/library/storage/clock.ts';
import { compareIndexes } from '../../electron/library/storage/compare.ts';
import { openDatabase, transaction } from '../../electron/library/storage/database.ts';
import { pairSome } from '../../electron/library/duplicates/pairing.ts';
import { indexSome } from '../../electron/library/search/search-index.ts';
import { prepareFolder } from '../../electron/library/storage/layout.ts';
import { temporaryFolder } from './made-up.ts';
import { seal, sure } from './made-up-article.ts';

const now = () => '2031-05-01T00:00:00.000Z';

test('the same acts in any order, any grouping and any number of times come to the same index', async () => {
  const root = temporaryFolder();
  prepareFolder(root);
  const ids = [createId(1), createId(2), createId(3)];
  const folders = await Promise.all(
    ids.flatMap((id) => ['First', 'Second 标题'].map((title) => seal({ root, now }, id, { title, url: `https://example.org/${title}` }))),
  );
  const id = fc.constantFrom(...ids);
  const at = fc.constantFrom('2031-01-01T00:00:00.000Z', '2032-02-02T00:00:00.000Z');
  const tag = fc.constantFrom('a', 'a/b', 'a/b/c', '标签', 'z');
  const place = fc.record({ block: fc.nat(9), quote: fc.string({ maxLength: 5 }), offset: fc.nat(9), progress: fc.constantFrom(0, 0.3, 0.9) });
  const rule = fc.constantFrom('all' as const, 'any' as const).map((match) => ({ match, when: [{ by: 'longer' as const, minutes: 20 }], add: ['long'], favourite: false, archive: false, on: true }));
  const mark = fc.constantFrom(createId(11), createId(12));
  const anchor = fc.constantFrom('Invented text.', 'text', 'not in it').map((quote) => ({ quote, prefix: '', suffix: '', start: 0, end: 9, twins: 0 }));
  const body: fc.Arbitrary<ActBody> = fc.oneof(
    fc.record({ act: fc.constant('save' as const), id, at, url: fc.constantFrom(null, 'https://example.org/x?utm_source=q'), name: fc.constantFrom('', 'name'), tags: fc.array(tag, { maxLength: 2 }), job: fc.constant({ from: 'web' as const, typed: true }) }),
    fc.record({ act: fc.constant('bump' as const), id, at }),
    fc.record({ act: fc.constant('wait' as const), id }),
    fc.nat(folders.length - 1).map((n) => ({ act: 'ready' as const, id: sure(ids[Math.floor(n / 2)]), ...sure(folders[n]) })),
    fc.record({ act: fc.constant('failed' as const), id, failure: fc.constant({ kind: 'no-article' as const }) }),
    fc.record({ act: fc.constant('save' as const), id, at, url: fc.constant('https://example.org/kept'), name: fc.constantFrom('', 'name'), tags: fc.array(tag, { maxLength: 2 }), job: fc.constant({ from: 'web' as const, typed: true }), bookmark: fc.constant(true as const) }),
    fc.record({ act: fc.constant('bookmark' as const), id }),
    fc.record({ act: fc.constant('tagsApart' as const), one: fc.constant('A'), other: fc.constantFrom('a', 'b'), on: fc.boolean() }),
    fc.record({ act: fc.constant('apart' as const), one: fc.constant(sure(ids[0])), other: fc.constantFrom(sure(ids[1]), sure(ids[2])), on: fc.boolean() }),
    fc.record({ act: fc.constant('glance' as const), id, title: fc.constantFrom(null, 'Seen', '看到的'), excerpt: fc.constantFrom(null, 'Said of itself') }),
    fc.record({ act: fc.constant('icon' as const), host: fc.constantFrom('example.org', 'example.net'), file: fc.constantFrom(null, `${'a'.repeat(64)}.png`), at }),
    fc.record({ act: fc.constant('set' as const), id, field: fc.constant('note' as const), value: fc.constantFrom(null, 'Remember', '记住') }),
    fc.record({ act: fc.constant('set' as const), id, field: fc.constantFrom('favourite' as const, 'archived' as const), value: fc.boolean() }),
    fc.record({ act: fc.constant('set' as const), id, field: fc.constantFrom('finished' as const, 'trashed' as const), value: fc.option(at) }),
    fc.record({ act: fc.constant('set' as const), id, field: fc.constant('title' as const), value: fc.option(fc.constantFrom('Mine', '我的')) }),
    fc.record({ act: fc.constant('tag' as const), id, tag, on: fc.boolean() }),
    fc.record({ act: fc.constant('place' as const), id, at, place: fc.option(place) }),
    fc.record({ act: fc.constant('place' as const), id, at, place: fc.option(place), carried: fc.constant(true as const) }),
    fc.record({ act: fc.constant('highlight' as const), id, highlight: mark, at, anchor, colour: fc.constantFrom('yellow' as const, 'pink' as const), note: fc.constantFrom('', '笔记') }),
    fc.record({ act: fc.constant('setHighlight' as const), id, highlight: mark, field: fc.constant('colour' as const), value: fc.constantFrom('green' as const, 'blue' as const) }),
    fc.record({ act: fc.constant('setHighlight' as const), id, highlight: mark, field: fc.constant('note' as const), value: fc.constantFrom('', 'later note') }),
    fc.record({ act: fc.constant('setHighlight' as const), id, highlight: mark, field: fc.constant('anchor' as const), value: anchor }),
    fc.record({ act: fc.constant('setHighlight' as const), id, highlight: mark, field: fc.constant('removed' as const), value: fc.boolean() }),
    fc.record({ act: fc.constant('look' as const), id, field: fc.constant('textSize' as const), value: fc.option(fc.integer({ min: 12, max: 40 })) }),
    fc.record({ act: fc.constant('look' as const), id, field: fc.constantFrom('vertical' as const, 'justify' as const), value: fc.option(fc.boolean()) }),
    fc.record({ act: fc.constant('shelves' as const), tags: fc.option(fc.array(tag, { maxLength: 3 })) }),
    fc.record({ act: fc.constant('search' as const), search: fc.constantFrom('000000000001', '000000000002'), value: fc.option(fc.record({ name: fc.constantFrom('Rivers', '河'), query: fc.constantFrom('river', 'is:unread'), sort: fc.constantFrom('relevance' as const, 'newest' as const), place: fc.constantFrom(1, 2.5) })) }),
    fc.record({ act: fc.constant('about' as const), tag, field: fc.constant('description' as const), value: fc.option(fc.constantFrom('what it is', '说明')) }),
    fc.record({ act: fc.constant('about' as const), tag, field: fc.constant('titles' as const), value: fc.option(fc.integer({ min: 1, max: 20 })) }),
    fc.record({ act: fc.constant('spot' as const), id, tag, spot: fc.option(fc.constantFrom('2031-05', 'P', '2031-05-01T00:00:00.000Z0P')) }),
    fc.record({ act: fc.constant('ruled' as const), id }),
    fc.record({ act: fc.constant('rule' as const), rule: fc.constantFrom(createId(7), createId(8)), value: fc.option(rule) }),
    { weight: 1, arbitrary: fc.record({ act: fc.constant('erase' as const), id }) },
  );
  const plan = fc.array(body, { minLength: 1, maxLength: 40 }).chain((bodies) =>
    fc.tuple(
      fc.constant(bodies),
      fc.shuffledSubarray([...bodies.keys(), ...bodies.keys()], { minLength: bodies.length * 2 }),
      fc.integer({ min: 1, max: 7 }),
    ),
  );
  fc.assert(
    fc.property(plan, ([bodies, order, group]) => {
      const clock = createClock('testdevice', () => 1_000);
      const acts = bodies.map((one) => ({ ...one, clock: clock.tick() }) as Act);
      const straight = indexOf(root, acts, acts.length);
      const mixed = indexOf(root, order.map((n) => sure(acts[n])), group);
      const problems = compareIndexes(straight, mixed);
      straight.close();
      mixed.close();
      expect(problems).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a save that arrives after what brought the article up is found by its own name, not by the former', () => {
  const clock = createClock('testdevice', () => 1_000);
  const id = createId(4);
  const save = (name: string): Act => ({ act: 'save', id, at: '2031-01-01T00:00:00.000Z', url: null, name, tags: [], job: { from: 'web', typed: true }, clock: clock.tick() });
  const [first, second] = [save('harbour'), save('orchard')];
  const bump: Act = { act: 'bump', id, at: '2031-01-02T00:00:00.000Z', clock: clock.tick() };
  const [straight, mixed] = [indexOf('', [first, second, bump], 3), indexOf('', [first, bump, second], 2)];
  expect(compareIndexes(straight, mixed)).toEqual([]);
  straight.close();
  mixed.close();
});

function indexOf(root: string, acts: Act[], group: number) {
  const db = openDatabase(':memory:');
  for (let from = 0; from < acts.length; from += group) {
    transaction(db, () => applyActs(db, root, acts.slice(from, from + group)));
    if (group % 2 === 0) {
      indexSome(db, 2);
      pairSome(db, root, 1);
    }
  }
  while (indexSome(db, 50));
  while (pairSome(db, root, 5).more);
  return db;
}

test('a line reads back as it was written, and no damaged line reads at all', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 1, max: 255 }), (title, where, flip) => {
      const act: Act = { act: 'set', id: createId(5), field: 'title', value: title, clock: createClock('d0d0').tick() };
      const line = encodeAct(act);
      expect(line.endsWith('\n') && line.indexOf('\n') === line.length - 1).toBe(true);
      expect(decodeAct(line.slice(0, -1))).toEqual(JSON.parse(JSON.stringify(act)));
      const bytes = Buffer.from(line.slice(0, -1));
      const at = where % bytes.length;
      bytes[at] = sure(bytes[at]) ^ flip;
      const found = decodeAct(bytes.toString());
      // A flip inside a string that decodes to the same replacement character is the one change text cannot show.
      expect(found === null || bytes.toString() === line.slice(0, -1)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('a clock never goes back and never repeats, whatever the system says', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { minLength: 2, maxLength: 60 }), (times) => {
      let at = 0;
      const clock = createClock('dev', () => sure(times[at++ % times.length]));
      const ticks = times.map(() => clock.tick());
      expect([...new Set(ticks)].toSorted()).toEqual(ticks);
    }),
  );
  const clock = createClock('dev', () => 0);
  clock.seen('000000fffff-00003-other');
  expect(clock.tick() > '000000fffff-00003-other').toBe(true);
});

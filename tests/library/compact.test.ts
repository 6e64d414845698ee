import fc from 'fast-check';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keep } from '../../electron/library/articles.ts';
import { openCare } from '../../electron/library/storage/care.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import { compactLibrary } from '../../electron/library/storage/compact.ts';
import { compareIndexes } from '../../electron/library/storage/compare.ts';
import { createClock } from '../../electron/library/storage/clock.ts';
import { encodeAct, type Act, type ActBody } from '../../electron/library/storage/acts.ts';
import { all, get } from '../../electron/library/storage/database.ts';
import { openJournal, segmentPath, segmentsOf } from '../../electron/library/storage/journal.ts';
import { deviceName, prepareFolder } from '../../electron/library/storage/layout.ts';
import { makeIndex } from '../../electron/library/storage/rebuild.ts';
import { dropSuperseded } from '../../electron/library/storage/superseded.ts';
import { addReady, openTestStore, temporaryFolder } from './made-up.ts';

const ids = ['01h0000000aaaaaaaaaa', '01h0000000bbbbbbbbbb', '01h0000000cccccccccc'];
const at = '2026-01-02T03:04:05.000Z';
const times = fc.constantFrom(at, '2026-01-01T03:04:05.000Z', '2026-01-03T03:04:05.000Z');
const id = fc.constantFrom(...ids);
const act: fc.Arbitrary<ActBody> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('place' as const), id, at: times, place: fc.record({ block: fc.nat(9), quote: fc.constant(''), offset: fc.constant(0), progress: fc.double({ min: 0, max: 1, noNaN: true }) }) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('tag' as const), id, tag: fc.constantFrom('a', 'a/b', 'c'), on: fc.boolean() }) },
  fc.record({ act: fc.constant('save' as const), id, at: fc.constant(at), url: fc.constant('https://x.example/1'), name: fc.constant('x'), tags: fc.constantFrom<string[]>([], ['a'], ['c']), job: fc.constant({ from: 'web' as const, typed: true }) }),
  fc.record({ act: fc.constant('set' as const), id, field: fc.constant('favourite' as const), value: fc.boolean() }),
  fc.record({ act: fc.constant('set' as const), id, field: fc.constant('trashed' as const), value: fc.constantFrom(at, null) }),
  fc.record({ act: fc.constant('wait' as const), id }),
  fc.record({ act: fc.constant('failed' as const), id, failure: fc.constant({ kind: 'gone' as const, host: 'x.example', status: 404 }) }),
  fc.record({ act: fc.constant('bump' as const), id, at: fc.constant('2026-02-02T03:04:05.000Z') }),
  { weight: 1, arbitrary: fc.record({ act: fc.constant('erase' as const), id }) },
);

test('whatever was done, the journal without what later acts made void comes to the same index', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 5 }), async (segments) => {
      const root = temporaryFolder();
      const device = deviceName(prepareFolder(root).id);
      const clock = createClock(device, () => Date.parse(at));
      openJournal(root, device).close();
      const lines = segments.map((acts) => acts.map((body) => encodeAct({ ...body, clock: clock.tick() } as Act)));
      lines.forEach((some, index) => writeFileSync(segmentPath(root, device, index + 1), some.join('')));
      const before = await makeIndex(root, ':memory:');
      const last = readFileSync(segmentPath(root, device, segments.length), 'utf8');
      const gone = await dropSuperseded(root, device);
      const after = await makeIndex(root, ':memory:');
      expect(compareIndexes(before, after)).toEqual([]);
      before.close();
      after.close();
      expect(segmentsOf(root, device)).toHaveLength(segments.length);
      expect(readFileSync(segmentPath(root, device, segments.length), 'utf8')).toBe(last);
      const left = segments.map((_, index) => readFileSync(segmentPath(root, device, index + 1), 'utf8')).join('');
      expect(lines.flat().join('').length - left.length).toBe(gone.bytes);
      for (const line of left.split('\n')) expect(line === '' || lines.flat().includes(`${line}\n`)).toBe(true);
      // Done once, there is nothing left to do.
      expect(await dropSuperseded(root, device)).toEqual({ acts: 0, bytes: 0 });
    }),
    { numRuns: 40 },
  );
});

test('compacting makes the index smaller, goes on beside other work, and loses nothing', async () => {
  const store = await openTestStore();
  const care = openCare();
  const html = Array.from({ length: 400 }, (_, n) => `<p>word${n} and some text of the river ${n}</p>`).join('');
  const made: string[] = [];
  for (let n = 0; n < 20; n++) made.push(await addReady(store, { title: `Article ${n}`, html, tags: ['t'] }));
  await store.settled();
  for (const each of made.slice(2)) store.act([{ act: 'erase', id: each }]);
  writeFileSync(join(store.root, 'index-set-aside.db'), Buffer.alloc(50_000));
  const rows = () => all<{ id: string }>(store.db, 'SELECT id, title, tags, lists FROM articles ORDER BY id');
  const before = rows();
  const spare = () => get<{ freelist_count: number }>(store.db, 'PRAGMA freelist_count')?.freelist_count ?? 0;
  expect(spare()).toBeGreaterThan(5);
  const compacting = compactLibrary(store, care);
  // Meanwhile the reader goes on.
  keep(store, [{ url: 'https://meanwhile.example/', job: { from: 'web', typed: true } }], []);
  const gained = await compacting;
  expect(gained.index).toBeGreaterThan(50_000);
  expect(spare()).toBeLessThanOrEqual(5);
  expect(existsSync(join(store.root, 'index-set-aside.db'))).toBe(false);
  expect(rows()).toHaveLength(before.length + 1);
  expect(get<{ n: number }>(store.db, "SELECT count(*) AS n FROM search_index WHERE search_index MATCH 'word7'")).toEqual({ n: 2 });
  // The folders of erased ones are the trash's to remove; here they are not yet.
  expect((await checkLibrary(store)).problems).toEqual([]);
  await care.close();
});

test('a library that is only read is not compacted', async () => {
  const root = temporaryFolder();
  const first = await openTestStore({ path: root });
  await first.close();
  const store = await openTestStore({ path: root, readOnly: true });
  const care = openCare();
  await expect(compactLibrary(store, care)).rejects.toMatchObject({ failure: { kind: 'read-only' } });
  await care.close();
});

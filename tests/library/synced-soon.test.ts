import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keep } from '../../electron/library/articles.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import { deviceName } from '../../electron/library/storage/layout.ts';
import { openJournal } from '../../electron/library/storage/journal.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import { countOf } from '../../electron/library/lists.ts';
import { temporaryFolder } from './made-up.ts';

const wanted = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ url: `https://site${i % 9}.example/${from + i}`, job: { from: 'web', typed: true } as const }));
const linesIn = (path: string): number => {
  const folder = join(path, 'journal', String(readdirSync(join(path, 'journal'))[0]));
  return readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1)).length;
};

test('acts synced later are in the journal and the index at once, and stay when the library is closed and opened', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  keep(store, wanted(0, 50), [], 'soon');
  expect([countOf(store, 'all'), linesIn(path)]).toEqual([50, 50]);
  await store.synced();
  keep(store, wanted(50, 50), [], 'soon');
  // Two who ask at once both wait for it.
  await Promise.all([store.synced(), store.synced()]);
  keep(store, wanted(100, 5), []);
  await store.close();
  const again = await openStore({ path });
  expect(countOf(again, 'all')).toBe(105);
  expect((await checkLibrary(again)).problems).toEqual([]);
  await again.close();
});

test('a journal whose segment is full goes on in the next, also with acts not synced yet', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  const device = deviceName(store.libraryId);
  await store.close();
  const journal = openJournal(path, device);
  const long = 'x'.repeat(60_000);
  const act = (n: number) => ({ act: 'set' as const, id: '0'.repeat(20), field: 'title' as const, value: long, clock: `${String(n).padStart(11, '0')}-00000-device` });
  const ends = [];
  for (let n = 0; n < 300; n++) {
    ends.push(journal.append([act(n)], false).segment);
    if (n % 70 === 0) void journal.sync();
  }
  await journal.sync();
  journal.close();
  expect(new Set(ends)).toEqual(new Set([1, 2, 3]));
  expect(linesIn(path)).toBe(300);
});

test('the log of the index is begun anew while writing never pauses, and a rebuild after it loses nothing', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  const size = () => statSync(join(path, 'index.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
  // A log that is begun anew keeps its length: so many rounds of the same length, and it has been.
  let same = 0;
  let round = 0;
  for (let last = 0; same < 15 && last < 60_000_000; round++) {
    keep(store, wanted(round * 60, 60), ['bulk'], 'soon');
    await new Promise((soon) => setImmediate(soon));
    same = size() === last ? same + 1 : 0;
    last = size();
  }
  // Without the thread it grows to the last resort's 64 MB.
  expect(size()).toBeLessThan(60_000_000);
  await store.rebuild();
  keep(store, wanted(round * 60, 60), ['bulk'], 'soon');
  await store.close();
  const again = await openStore({ path });
  expect(countOf(again, 'all')).toBe((round + 1) * 60);
  expect((await checkLibrary(again)).problems).toEqual([]);
  await again.close();
}, 120_000);

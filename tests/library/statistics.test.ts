import * as fc from 'fast-check';
import { existsSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boundsOf, dayAfter, dayOf } from '../../shared/day.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { finish, trash } from '../../electron/library/marks.ts';
import { read, statistics } from '../../electron/library/statistics.ts';
import { applyActs } from '../../electron/library/storage/apply.ts';
import type { Act } from '../../electron/library/storage/acts.ts';
import { readAct } from '../../electron/library/storage/act-shape.ts';
import { compareIndexes } from '../../electron/library/storage/compare.ts';
import { all, openDatabase } from '../../electron/library/storage/database.ts';
import { filePath, storeFile } from '../../electron/library/storage/files.ts';
import { makeIndex } from '../../electron/library/storage/rebuild.ts';
import { sweepLeftovers } from '../../electron/library/storage/sweep.ts';
import { hasThumb, keepThumb, thumbPath } from '../../electron/library/thumbs.ts';
import { emptyingTrash, erase } from '../../electron/library/trash.ts';
import { addReady, openTestStore } from './made-up.ts';
import { sure } from './made-up-article.ts';

const hours = 3_600_000;
const settings = (countReading = true) => () => ({ ...defaultSettings, countReading });

async function reader() {
  const clock = { now: Date.parse('2030-03-01T12:00:00Z') };
  const store = await openTestStore({ now: () => clock.now });
  return { store, clock, read: read(store, settings()) };
}

test('seconds add up by day, by site and by tag, and a rebuild has them all', async () => {
  const { store, clock, read } = await reader();
  const one = await addReady(store, { url: 'https://a.example/1', tags: ['水', 'x'] });
  const two = await addReady(store, { url: 'https://b.example/1', tags: ['x'] });
  for (const [id, seconds] of [[one, 50], [two, 30], [one, 70]] as const) read({ id, seconds });
  clock.now += 24 * hours;
  read({ id: one, seconds: 600 });
  finish(store)({ ids: [one], on: true });
  const today = dayOf(clock.now);
  expect(statistics(store)({})).toEqual({
    today,
    days: [{ day: dayAfter(today, -1), seconds: 150, saved: 2, finished: 0 }, { day: today, seconds: 600, saved: 0, finished: 1 }],
    streak: { now: 2, best: 2 },
    all: { seconds: 750, days: 2, finished: 1, saved: 2 },
    sites: [{ name: 'a.example', seconds: 720 }, { name: 'b.example', seconds: 30 }],
    tags: [{ name: 'x', seconds: 750 }, { name: '水', seconds: 720 }],
  });
  const made = await makeIndex(store.root, ':memory:');
  expect(compareIndexes(store.db, made)).toEqual([]);
  made.close();
});

test('a row of days ends with a day that was not read on, and stands while today is young', async () => {
  const { store, clock, read } = await reader();
  const id = await addReady(store);
  const streak = () => statistics(store)({}).streak;
  for (const seconds of [90, 90, 90, 20, 60, 61]) {
    read({ id, seconds });
    clock.now += 24 * hours;
  }
  expect(streak()).toEqual({ now: 2, best: 3 });
  clock.now += 24 * hours;
  expect(streak()).toEqual({ now: 0, best: 3 });
});

test('what is not wanted is not counted, and erasing an article leaves its days and nothing else of it', async () => {
  const { store, read } = await reader();
  const id = await addReady(store, { url: 'https://a.example/1', tags: ['x'] });
  const off = (await import('../../electron/library/statistics.ts')).read(store, settings(false));
  off({ id, seconds: 500 });
  expect(statistics(store)({}).all.seconds).toBe(0);
  expect(() => read({ id: '0'.repeat(20), seconds: 5 })).toThrow('not-found');
  read({ id, seconds: 90 });
  trash(store)({ ids: [id] });
  erase(store)({ ids: [id] });
  expect(statistics(store)({})).toMatchObject({ all: { seconds: 90, saved: 0 }, sites: [], tags: [] });
  const made = await makeIndex(store.root, ':memory:');
  expect(compareIndexes(store.db, made)).toEqual([]);
  made.close();
});

test('told in any order and any number of times, reading is the same; what is no reading is refused', () => {
  const [id, other] = ['0'.repeat(20), '1'.repeat(20)];
  const acts = ([[id, '2030-01-01', 30, 'here'], [id, '2030-01-01', 80, 'here'], [id, '2030-01-01', 40, 'there'], [id, '2030-01-02', 5, 'here'], [other, '2030-01-01', 7, 'here']] as const)
    .map(([article, day, seconds, device], n): Act => ({ act: 'read', id: article, day, seconds, clock: `${n.toString(16).padStart(11, '0')}-00000-${device}` }));
  fc.assert(fc.property(fc.shuffledSubarray([...acts, ...acts], { minLength: acts.length * 2 }), (told) => {
    const db = openDatabase(':memory:');
    applyActs(db, '/nowhere', told);
    expect(all(db, 'SELECT day, seconds FROM reading_days ORDER BY day')).toMatchObject([{ day: '2030-01-01', seconds: 127 }, { day: '2030-01-02', seconds: 5 }]);
    expect(all(db, 'SELECT id FROM articles')).toEqual([]);
    db.close();
  }), { numRuns: 30 });
  const good = sure(acts[0]);
  expect(readAct(good)).toEqual(good);
  for (const bad of [{ day: '2030-13-01' }, { day: 'today' }, { seconds: 0 }, { seconds: 86_401 }, { seconds: 1.5 }, { id: 'x' }]) expect(readAct({ ...good, ...bad })).toBeNull();
});

test('days are this machine’s, whole through changes of the clocks', () => {
  fc.assert(fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
    const day = dayOf(date);
    const { from, to } = boundsOf(day);
    expect(from <= date.toISOString() && date.toISOString() < to).toBe(true);
    expect([dayOf(from), dayOf(to), boundsOf(dayAfter(day, 1)).from]).toEqual([day, dayAfter(day, 1), to]);
    expect(dayAfter(dayAfter(day, 400), -400)).toBe(day);
  }));
  expect(dayOf('nonsense')).toBe('');
});

const webp = Buffer.concat([Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'), Buffer.alloc(8)]);

test('a small picture is kept for a stored one, told of in its rows, and goes with it', async () => {
  const { store } = await reader();
  const file = await storeFile(store.root, Buffer.from('a large picture'), 'png');
  const id = await addReady(store, { pictures: [{ url: 'https://x.example/p', state: 'stored', ...file, width: 900, height: 900 }] });
  const { rowsOf } = await import('../../electron/library/rows.ts');
  expect(rowsOf(store, [id])).toMatchObject([{ leadPicture: file.file, thumb: false }]);
  const keep = (name: string, bytes: Buffer) => keepThumb(store)({ file: name, base64: bytes.toString('base64') });
  expect(() => keep(file.file, Buffer.from('<svg onload=…>'))).toThrow('not-a-picture');
  expect(() => keep(`${'0'.repeat(64)}.png`, webp)).toThrow('not-found');
  keep(file.file, webp);
  expect(rowsOf(store, [id])).toMatchObject([{ thumb: true }]);
  const path = sure(thumbPath(store.root, file.file));
  expect(readFileSync(path)).toEqual(webp);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(thumbPath(store.root, '../../etc/passwd')).toBeNull();
  await sweepLeftovers(store, Date.now() + hours);
  expect(existsSync(path)).toBe(true);
  utimesSync(filePath(store.root, file.file), 1, 1);
  trash(store)({ ids: [id] });
  erase(store)({ ids: [id] });
  expect([existsSync(path), hasThumb(store, file.file)]).toEqual([false, false]);
});

test('a small picture without its large one is swept', async () => {
  const { store } = await reader();
  const file = await storeFile(store.root, Buffer.from('another picture'), 'jpg');
  await addReady(store, { pictures: [{ url: 'https://x.example/p', state: 'stored', ...file, width: 900, height: 900 }] });
  keepThumb(store)({ file: file.file, base64: webp.toString('base64') });
  const path = sure(thumbPath(store.root, file.file));
  const lonely = join(path, '..', `${file.file.slice(0, 2)}${'0'.repeat(62)}.webp`);
  rmSync(lonely, { force: true });
  (await import('node:fs')).writeFileSync(lonely, webp);
  await sweepLeftovers(store, Date.now() + hours);
  expect([existsSync(path), existsSync(lonely)]).toEqual([true, false]);
});

test('the trash empties itself when it is opened, of what lay there for 30 days', async () => {
  const { store, clock } = await reader();
  const [old, young] = [await addReady(store), await addReady(store)];
  trash(store)({ ids: [old] });
  clock.now += 29 * 24 * hours;
  trash(store)({ ids: [young] });
  clock.now += 2 * 24 * hours;
  emptyingTrash(store)();
  expect(all(store.db, 'SELECT id FROM articles')).toEqual([{ id: young }]);
});

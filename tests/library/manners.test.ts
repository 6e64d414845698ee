import { expect, test } from 'vitest';
import { createEstimate } from '../../electron/library/saving/estimate.ts';
import { goodManners, mannersFor, nextTry, retryMoment } from '../../electron/library/saving/manners.ts';
import { readAct } from '../../electron/library/storage/act-shape.ts';
import type { Failure } from '../../shared/failure.ts';

const pauses = goodManners.retryPauses;
const busy: Failure = { kind: 'server-error', host: 'a.example', status: 503 };
const now = Date.parse('2026-11-23T12:00:00Z');

test('three further tries, each after a longer pause than the one before, never all at the same moment', () => {
  const seconds = (tries: number, random: number) => ((nextTry(busy, tries, now, pauses, () => random) ?? Number.NaN) - now) / 1_000;
  expect([0, 1, 2].map((tries) => [seconds(tries, 0), seconds(tries, 1)])).toEqual([[3.75, 6.25], [15, 25], [45, 75]]);
  expect(nextTry(busy, 3, now, pauses)).toBeNull();
});

test.each<[Failure, boolean]>([
  [{ kind: 'timeout', host: 'a', waited: 20 }, true],
  [{ kind: 'no-connection', host: 'a' }, true],
  [{ kind: 'cut-short', host: 'a' }, true],
  [{ kind: 'server-error', host: 'a', status: 500 }, true],
  [{ kind: 'server-error', host: 'a', status: 418 }, false],
  [{ kind: 'refused', host: 'a', status: 429 }, true],
  [{ kind: 'refused', host: 'a', status: 403 }, false],
  [{ kind: 'gone', host: 'a', status: 404 }, false],
  [{ kind: 'no-such-host', host: 'a' }, false],
  [{ kind: 'certificate', host: 'a', reason: 'x' }, false],
  [{ kind: 'no-article' }, false],
])('%j is tried again: %s', (failure, again) => {
  expect(nextTry(failure, 0, now, pauses) !== null).toBe(again);
});

test('what the server asks for is waited for, up to an hour; a wait that is over changes nothing', () => {
  const asking = (seconds: number): Failure => ({ ...busy, retryAt: new Date(now + seconds * 1_000).toISOString() });
  expect(nextTry(asking(600), 0, now, pauses, () => 0.5)).toBe(now + 600_500);
  expect(nextTry(asking(3_600), 0, now, pauses, () => 0)).toBe(now + 3_600_000);
  expect(nextTry(asking(3_601), 0, now, pauses)).toBeNull();
  expect(nextTry(asking(1), 0, now, pauses, () => 0.5)).toBe(now + 5_000);
  expect(nextTry(asking(-60), 0, now, pauses, () => 0.5)).toBe(now + 5_000);
});

test.each([
  ['120', '2026-11-23T12:02:00.000Z'],
  [' 0 ', null],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['', null],
  [undefined, null],
  ['99999999', null],
  ['Mon, 23 Nov 2026 12:30:00 GMT', '2026-11-23T12:30:00.000Z'],
  ['Monday, 23-Nov-26 12:30:00 GMT', '2026-11-23T12:30:00.000Z'],
  ['Mon Nov 23 12:30:00 2026', '2026-11-23T12:30:00.000Z'],
  ['Mon, 23 Nov 2026 11:30:00 GMT', null],
  ['Mon, 99 Nov 2026 12:30:00 GMT', null],
])('Retry-After: %s is %s', (header, moment) => {
  expect(retryMoment(header, now)).toBe(moment);
});

test('a journal holds the moment asked for, and nothing else in its place', () => {
  const act = (retryAt: unknown) => readAct({ act: 'failed', id: '0'.repeat(20), clock: '00000000000-00000-a', failure: { ...busy, retryAt } });
  expect(act('2026-11-23T12:02:00.000Z')).toMatchObject({ failure: { retryAt: '2026-11-23T12:02:00.000Z' } });
  for (const bad of ['soon', 5, null, '2026-99-99T99:99:99Z', {}]) expect(act(bad)).toBeNull();
});

test('the time left is told once enough has been seen, follows the speed, and counts no time in which nothing could be done', () => {
  let time = 0;
  const estimate = createEstimate(() => time);
  const work = (count: number, each: number) => {
    for (let i = 0; i < count; i++) {
      time += each;
      estimate.finished();
    }
  };
  estimate.working(true);
  work(4, 1_000);
  expect(estimate.secondsLeft(10, null)).toBeNull();
  work(1, 1_000);
  expect(estimate.secondsLeft(10, null)).toBe(10);
  expect(estimate.secondsLeft(0, null)).toBeNull();
  estimate.working(false);
  time += 3_600_000;
  estimate.working(true);
  expect(estimate.secondsLeft(10, null)).toBe(10);
  // Nothing ends before what waits for its time.
  expect(estimate.secondsLeft(10, time + 90_000)).toBe(90);
  // A stall is not hidden.
  time += 5_000;
  expect(estimate.secondsLeft(10, null)).toBe(20);
  work(100, 100);
  expect(estimate.secondsLeft(10, null)).toBe(1);
  estimate.reset();
  work(30, 10);
  expect(estimate.secondsLeft(10, null)).toBeNull();
});

test("the reader's own machine is neither spared nor asked again; everybody else is", () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) expect(mannersFor(host)).toEqual({ hostPause: 0, retryPauses: [] });
  for (const host of ['a.example', '192.168.1.4', '127.0.0.1.example', 'localhost.example', null]) expect(mannersFor(host)).toBe(goodManners);
});

import { expect, test } from 'vitest';
import { createOffline } from '../../electron/library/saving/offline.ts';
import { createSchedule } from '../../electron/library/saving/schedule.ts';

const nothing = (): void => undefined;
type Thing = { id: string; host: string | null };
const things = (host: string | null, count: number): Thing[] => Array.from({ length: count }, (_, i) => ({ id: `${host ?? ''}${i}`, host }));

function filled(lists: Thing[][]) {
  const schedule = createSchedule<Thing>({ atOnce: () => 2 });
  for (const thing of lists.flat()) schedule.add(thing);
  return schedule;
}

test('hosts are served in turn, two of each at once', () => {
  const schedule = filled([things('a', 5), things('b', 2), things('c', 1)]);
  const taken = Array.from({ length: 8 }, () => schedule.take());
  expect(taken.map((thing) => thing?.id)).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', undefined, undefined, undefined]);
  if (taken[0]) schedule.release(taken[0]);
  expect(schedule.take()?.id).toBe('a2');
  expect(schedule.size).toBe(2);
});

test('a host rests between two things, others and things without a host do not wait for it', () => {
  let now = 1_000;
  const schedule = createSchedule<Thing>({ atOnce: () => 2, pause: () => 300 }, () => now);
  for (const thing of [...things('a', 3), ...things('b', 1), ...things(null, 2)]) schedule.add(thing);
  expect(schedule.freeAt()).toBeNull();
  expect(Array.from({ length: 5 }, () => schedule.take()?.id)).toEqual(['a0', 'b0', '0', '1', undefined]);
  expect(schedule.freeAt()).toBe(1_300);
  now = 1_299;
  expect(schedule.take()).toBeNull();
  now = 1_300;
  expect(schedule.take()?.id).toBe('a1');
  // Busy with two now: their end is waited for, not a time.
  expect([schedule.take(), schedule.freeAt()]).toEqual([null, null]);
});

test('things without a host do not hold each other up, and go on without the web', () => {
  const schedule = filled([things(null, 5), things('a', 1)]);
  expect(Array.from({ length: 6 }, () => schedule.take({ web: false })?.id)).toEqual(['0', '1', '2', '3', '4', undefined]);
  expect(schedule.take()?.id).toBe('a0');
});

test('what is taken out is not served, what is put back comes first', () => {
  const schedule = filled([things('a', 3)]);
  expect(schedule.remove('a1')?.id).toBe('a1');
  expect(schedule.remove('a1')).toBeNull();
  const first = schedule.take();
  if (first) {
    schedule.release(first);
    schedule.add(first, 'front');
  }
  expect([...schedule.waiting()].map(({ id }) => id)).toEqual(['a0', 'a2']);
  expect(schedule.take()?.id).toBe('a0');
});

test('10,000 hosts and 10,000 of one host are cheap', () => {
  const begun = performance.now();
  const many = filled(Array.from({ length: 10_000 }, (_, i) => things(`h${i}`, 1)));
  const one = filled([things('a', 10_000)]);
  for (const schedule of [many, one]) {
    for (let thing = schedule.take(); thing; thing = schedule.take()) schedule.release(thing);
    expect(schedule.size).toBe(0);
  }
  expect(performance.now() - begun).toBeLessThan(3_000);
});

test('a machine without network is tried again, ever less often, and one article alone is given up after three', async () => {
  let due = 0;
  let woken: () => void = nothing;
  const offline = createOffline(() => {
    due++;
    woken();
  }, 0.01);
  expect([offline.paused(), offline.mayTry()]).toEqual([false, true]);
  for (let attempt = 1; attempt <= 4; attempt++) {
    expect(offline.failed(attempt)).toBe(true);
    expect([offline.paused(), offline.mayTry()]).toEqual([true, false]);
    await new Promise<void>((resolve) => (woken = resolve));
    expect(offline.mayTry()).toBe(true);
    offline.trying();
    expect(offline.mayTry()).toBe(false);
  }
  expect(due).toBe(4);
  offline.worked();
  expect([offline.paused(), offline.mayTry()]).toEqual([false, true]);
  expect(offline.failed(1)).toBe(true);
  offline.worked();
  expect(offline.failed(3)).toBe(false);
  offline.close();
});

test('a try that came to nothing is followed by another', async () => {
  let woken: () => void = nothing;
  const offline = createOffline(() => woken(), 0.01);
  offline.failed(1);
  await new Promise<void>((resolve) => (woken = resolve));
  offline.trying();
  const again = new Promise<void>((resolve) => (woken = resolve));
  offline.tried();
  await again;
  expect(offline.mayTry()).toBe(true);
  offline.close();
});

import { expect, test } from 'vitest';
import { createHosts } from '../../electron/library/saving/hosts.ts';
import { createSchedule } from '../../electron/library/saving/schedule.ts';
import type { HostRest } from '../../shared/article.ts';
import type { Failure } from '../../shared/failure.ts';

const host = 'news.example';
const busy = (retryAt?: number): Failure => ({ kind: 'refused', host, status: 429, ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt).toISOString() }) });
const broken: Failure = { kind: 'server-error', host, status: 503 };
const silent: Failure = { kind: 'timeout', host, waited: 30 };

function setUp() {
  const time = { now: Date.parse('2026-11-24T12:00:00Z') };
  const shown = new Map<string, HostRest>();
  const hosts = createHosts(2, shown, () => time.now);
  const inSeconds = () => Math.max(0, (hosts.restsUntil(host) - time.now) / 1_000);
  return { time, shown, hosts, inSeconds };
}

test('a host that names a moment is left alone until then, at most an hour', () => {
  const { time, shown, hosts, inSeconds } = setUp();
  expect(hosts.failed(host, busy(time.now + 300_000))).toEqual({ host, comes: 'rests' });
  expect(inSeconds()).toBe(300);
  expect(shown.get(host)).toEqual({ host, until: '2026-11-24T12:05:00.000Z', why: 'asked' });
  hosts.failed(host, busy(time.now + 90 * 60_000));
  expect(inSeconds()).toBe(3_600);
  // The second of two that were under way together does not shorten it.
  hosts.failed(host, busy(time.now + 10_000));
  expect(inSeconds()).toBe(3_600);
  time.now += 3_600_000;
  expect(hosts.resting()).toEqual([]);
  expect(hosts.atOnce(host)).toBe(1);
  hosts.worked(host);
  expect([hosts.atOnce(host), inSeconds()]).toEqual([2, 0]);
});

test('three failures in a row that pass by themselves make a host rest, ever longer, until it answers', () => {
  const { time, shown, hosts, inSeconds } = setUp();
  expect([hosts.failed(host, broken), hosts.failed(host, silent), hosts.atOnce(host)]).toEqual([null, null, 2]);
  const rests: number[] = [];
  for (let round = 0; round < 5; round++) {
    expect(hosts.failed(host, silent)).toEqual({ host, comes: 'rests' });
    expect(shown.get(host)?.why).toBe('trouble');
    rests.push(inSeconds());
    time.now = hosts.restsUntil(host);
  }
  expect(rests).toEqual([30, 60, 120, 240, 480]);
  expect(hosts.failed(host, silent)).toEqual({ host, comes: 'given-up' });
  // What is asked of it later begins anew.
  expect([hosts.failed(host, silent), hosts.atOnce(host), inSeconds(), shown.size]).toEqual([null, 2, 0, 0]);
});

test('an answer in between, also that a page is gone, says that the host is well', () => {
  const { hosts } = setUp();
  for (const _ of [1, 2, 3, 4]) {
    expect([hosts.failed(host, broken), hosts.failed(host, broken)]).toEqual([null, null]);
    expect(hosts.failed(host, { kind: 'gone', host, status: 404 })).toBeNull();
  }
});

test('the host that answered is the one that rests, not the one that led to it', () => {
  const { time, hosts, inSeconds } = setUp();
  expect(hosts.failed('short.example', { ...broken, host: `www.${host}`, retryAt: new Date(time.now + 60_000).toISOString() })).toEqual({ host, comes: 'rests' });
  expect([inSeconds(), hosts.restsUntil('short.example')]).toEqual([60, 0]);
});

test('the reader may ask all the same; who asked for a pause and still does rests again', () => {
  const { time, shown, hosts, inSeconds } = setUp();
  hosts.failed(host, busy(time.now + 300_000));
  hosts.lift(host);
  expect([inSeconds(), shown.size]).toEqual([0, 0]);
  hosts.failed(host, busy(time.now + 300_000));
  expect(inSeconds()).toBe(300);
});

type Thing = { id: string; host: string | null };
const things = (of: string, count: number): Thing[] => Array.from({ length: count }, (_, i) => ({ id: `${of}${i}`, host: of }));

test('nothing of a resting host is taken, and the schedule knows when', () => {
  const until = new Map([['a', 5_000], ['b', 3_000]]);
  const time = { now: 1_000 };
  const schedule = createSchedule<Thing>({ atOnce: () => 2, restsUntil: (of) => until.get(of) ?? 0, pause: () => 100 }, () => time.now);
  for (const thing of [...things('a', 11), ...things('b', 1), ...things('c', 1)]) schedule.add(thing);
  expect([schedule.take()?.id, schedule.take(), schedule.freeAt()]).toEqual(['c0', null, 3_000]);
  // Eleven of a, a tenth of a second between them, the first at five seconds.
  expect(schedule.lastAt()).toBe(6_000);
  time.now = 3_000;
  expect([schedule.take()?.id, schedule.take(), schedule.freeAt()]).toEqual(['b0', null, 5_000]);
  expect(schedule.of('a')).toHaveLength(11);
});

test('5,000 of one host do not keep ten of another waiting, and what is wanted at once comes before all', () => {
  const schedule = createSchedule<Thing>({ atOnce: () => 2 });
  for (const thing of [...things('slow', 5_000), ...things('quick', 10)]) schedule.add(thing);
  const first = Array.from({ length: 4 }, () => schedule.take()?.id);
  expect(first).toEqual(['slow0', 'quick0', 'slow1', 'quick1']);
  for (const id of ['quick0', 'quick1']) schedule.release({ id, host: 'quick' });
  // Slow ones never end; the others are served all the same.
  const served = Array.from({ length: 8 }, () => {
    const thing = schedule.take();
    if (thing) schedule.release(thing);
    return thing?.id;
  });
  expect(served).toEqual(Array.from({ length: 8 }, (_, i) => `quick${i + 2}`));
  schedule.add({ id: 'now', host: 'new.example' }, 'urgent');
  schedule.add({ id: 'last', host: 'other.example' });
  expect([schedule.take({ urgent: true })?.id, schedule.take({ urgent: true }), schedule.take()?.id]).toEqual(['now', null, 'last']);
  expect(schedule.remove('slow7')?.id).toBe('slow7');
});

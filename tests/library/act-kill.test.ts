import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectWhole, makeWorked, runWork, works, type Held } from './long-acts.ts';

/*
 * Killed, or out of room, in the middle of work on the whole library. `KILLS=20 npx vitest run tests/library/act-kill.test.ts`
 * is the long version.
 */

const kills = Number(process.env['KILLS'] ?? 1);
let base = '';
let before: Map<string, Held>;
const copy = (to: string): void => {
  rmSync(to, { recursive: true, force: true });
  cpSync(join(base, 'made'), to, { recursive: true });
};

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'lectern-act-kill-'));
  before = await makeWorked(join(base, 'made'));
}, 60_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

test.each(works)('killed at any moment of “%s”, nothing is lost and the library is whole; done once more it comes to its end', async (work) => {
  const path = join(base, 'library');
  copy(path);
  const { ms, failures } = await runWork(path, work, null);
  expect(failures).toEqual([]);
  for (let round = 0; round < kills; round++) {
    copy(path);
    const after = (ms * (round + Math.random())) / kills;
    await runWork(path, work, after);
    await expectWhole(path, work, before, `${work}, killed after ${after} of ${ms} ms`);
  }
  expect((await runWork(path, work, null)).failures).toEqual([]);
  expect(await expectWhole(path, work, before, `${work}, done once more`)).toEqual({ done: true });
}, 60_000 + kills * 20_000);

/** So many kilobytes are free: enough to open it, and to begin. */
const spare = 40;

/** A small disk of its own, where the system lets us have one. */
const disk = join(tmpdir(), `lectern-small-disk-${process.pid}`);
const mount = (how: string): boolean => {
  mkdirSync(disk, { recursive: true });
  return process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', how, 'tmpfs', disk]).status === 0;
};
const unmount = (): void => {
  spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
};
const canMount = mount('size=100k');
unmount();

test.each(canMount ? works : ['compact' as const])('out of room in the middle of “%s”, it says so, nothing is lost, and with room it comes to its end', async (work) => {
  // Elsewhere than on Linux, and for others than root, `store.test.ts` has what a limit on files shows.
  if (!canMount) return;
  try {
    expect(mount('size=64m')).toBe(true);
    const path = join(disk, 'library');
    cpSync(join(base, 'made'), path, { recursive: true });
    const used = Number(execFileSync('df', ['--output=used', '-k', disk], { encoding: 'utf8' }).split('\n')[1]);
    execFileSync('mount', ['-o', `remount,size=${used + spare}k`, disk]);
    const { failures } = await runWork(path, work, null);
    expect(failures.filter((kind) => kind !== 'disk-full'), work).toEqual([]);
    // Taking away needs hardly any.
    expect(failures.length > 0 || work === 'empty', `${work} needs room`).toBe(true);
    execFileSync('mount', ['-o', 'remount,size=64m', disk]);
    await expectWhole(path, work, before, work);
    expect((await runWork(path, work, null)).failures).toEqual([]);
    expect(await expectWhole(path, work, before, `${work}, with room`)).toEqual({ done: true });
  } finally {
    unmount();
  }
}, 90_000);

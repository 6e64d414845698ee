import { rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { list } from '../electron/library/lists.ts';
import { checkLibrary } from '../electron/library/storage/checking.ts';
import { openStore, type OpenStore } from '../electron/library/storage/store.ts';

/*
 * node bench/long-work.ts FOLDER …
 * How long others wait while a library is checked, its index made anew, and opened without an index: the event loop's delay, and
 * what a list's first page takes that is asked for twenty times a second, beside the same while nothing goes on. The folders
 * are changed: give copies.
 */

const resolution = 5;

async function beside(name: string, asked: () => OpenStore | null, work: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution });
  const waits: number[] = [];
  const timer = setInterval(() => {
    const store = asked();
    if (store === null) return;
    const began = performance.now();
    list(store)({ where: { list: 'all' }, sort: 'newest', from: 0, count: 60 });
    waits.push(performance.now() - began);
  }, 50);
  const cpu = process.cpuUsage();
  const began = performance.now();
  delay.enable();
  await work();
  delay.disable();
  clearInterval(timer);
  const { user, system } = process.cpuUsage(cpu);
  const of = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution).toFixed(0).padStart(5);
  const worst = waits.toSorted((a, b) => a - b).at(-1) ?? 0;
  console.log(
    `${name.padEnd(28)} ${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s, ${((user + system) / 1e6).toFixed(1).padStart(6)} s CPU; ` +
      `delay p50 ${of(delay.percentile(50))}, p99 ${of(delay.percentile(99))}, longest ${of(delay.max)} ms; a list at most ${worst.toFixed(0)} ms`,
  );
}

for (const path of process.argv.slice(2)) {
  let store = await openStore({ path });
  await store.settled();
  console.log(path.split('/').at(-1));
  await beside('nothing, for five seconds', () => store, () => new Promise((done) => setTimeout(done, 5_000)));
  await beside('check', () => store, async () => {
    const { problems } = await checkLibrary(store);
    if (problems.length > 0) console.log(problems.slice(0, 5));
  });
  await beside('make the index anew', () => store, () => store.rebuild());
  await store.settled();
  await store.close();
  for (const end of ['', '-wal', '-shm']) rmSync(join(path, `index.db${end}`), { force: true });
  await beside('open without an index', () => null, async () => (store = await openStore({ path })));
  await store.close();
  await beside('open', () => null, async () => (store = await openStore({ path })));
  await store.close();
}

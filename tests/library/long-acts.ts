import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { makeLibrary } from '../../bench/made-up-library.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import { all, get } from '../../electron/library/storage/database.ts';
import { openStore, type OpenStore } from '../../electron/library/storage/store.ts';
import { sweepLeftovers } from '../../electron/library/storage/sweep.ts';

/** What takes long, and changes or rewrites much. */
export const works = ['compact', 'rebuild', 'check', 'retag', 'rule', 'merge', 'empty', 'again'] as const;
export type Work = (typeof works)[number];

/** What a reader has of an article. */
export type Held = { id: string; url: string; title: string; tags: string[]; favourite: boolean; trashed: boolean; state: string };

export function heldOf(store: OpenStore): Map<string, Held> {
  const rows = all<{ id: string; url: string; title: string; tags: string; favourite: number; trashed_at: string | null; state: string }>(
    store.db, 'SELECT id, url, title, tags, favourite, trashed_at, state FROM articles WHERE saved = 1',
  );
  return new Map(rows.map(({ favourite, trashed_at, tags, ...row }) => [row.id, { ...row, tags: JSON.parse(tags) as string[], favourite: favourite === 1, trashed: trashed_at !== null }]));
}

/** A library for all of them: every article tagged, some in the trash, some with the page they were made of. */
export async function makeWorked(path: string): Promise<Map<string, Held>> {
  await makeLibrary(path, 80, 11, () => undefined);
  const store = await openStore({ path });
  const ids = [...heldOf(store).keys()];
  store.act(ids.map((id) => ({ act: 'tag', id, tag: 'old', on: true })));
  store.act(ids.slice(0, 15).map((id) => ({ act: 'set', id, field: 'trashed', value: '2100-01-01T00:00:00.000Z' })));
  await store.settled();
  const held = heldOf(store);
  await store.close();
  return held;
}

const same = (a: Held, b: Held): boolean => JSON.stringify({ ...a, tags: a.tags.toSorted() }) === JSON.stringify({ ...b, tags: b.tags.toSorted() });

/** Whether an article is as it was or as the work leaves it; null where it is no more. */
function isSound(work: Work, before: Held, after: Held | undefined, all: ReadonlyMap<string, Held>): boolean {
  if (after === undefined) return work === 'empty' && before.trashed;
  switch (work) {
    case 'retag':
      return same(before, after) || same({ ...before, tags: [...before.tags.filter((tag) => tag !== 'old'), 'new/name'] }, after);
    case 'rule':
      return same(before, after) || same({ ...before, tags: [...before.tags, 'ruled'], favourite: true }, after);
    case 'merge':
      // Either its tags are still its own outside the trash, or another has them.
      return before.tags.every((tag) => after.tags.includes(tag)) && (after.trashed === before.trashed || [...all.values()].some((other) => !other.trashed && before.tags.every((tag) => other.tags.includes(tag))));
    case 'again':
      return same({ ...before, title: '' }, { ...after, title: '' }) && after.title !== '';
    default:
      return same(before, after);
  }
}

/** Whether the work has come to its end. */
function isDone(work: Work, store: OpenStore): boolean {
  const none = (text: string): boolean => all(store.db, `SELECT 1 FROM articles WHERE saved = 1 AND ${text} LIMIT 1`).length === 0;
  switch (work) {
    case 'retag':
      return none(`tags LIKE '%"old"%'`);
    case 'rule':
      return none("state = 'ready' AND trashed_at IS NULL AND favourite = 0");
    case 'empty':
      return none('trashed_at IS NOT NULL');
    case 'merge':
      return !none("trashed_at < '2100'");
    case 'again':
      return [...heldOf(store).keys()].some((id) => get<{ folder: string }>(store.db, 'SELECT folder FROM articles WHERE id = ?', id)?.folder?.endsWith(`${id}-2`));
    default:
      return true;
  }
}

/** Opens the library as the next start would: it is whole, and nothing is lost. */
export async function expectWhole(path: string, work: Work, before: ReadonlyMap<string, Held>, say: string): Promise<{ done: boolean }> {
  const store = await openStore({ path });
  try {
    const after = heldOf(store);
    expect([...before.values()].filter((held) => !isSound(work, held, after.get(held.id), after)), say).toEqual([]);
    expect([...after.keys()].filter((id) => !before.has(id)), say).toEqual([]);
    await store.settled();
    await sweepLeftovers(store, Date.now() + 10_000);
    expect((await checkLibrary(store)).problems, say).toEqual([]);
    return { done: isDone(work, store) };
  } finally {
    await store.close();
  }
}

/** Runs a work in a process of its own, killed `after` so many milliseconds from its beginning, if it is not through by then. */
export async function runWork(path: string, work: Work, after: number | null): Promise<{ ms: number; killed: boolean; failures: string[] }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'act-child.ts'), path, work], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('close', (_code, signal) => done(signal)));
  const failures: string[] = [];
  let begun = performance.now();
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { begun?: true; failure?: string };
    if (said.failure !== undefined) failures.push(said.failure);
    if (said.begun !== true) continue;
    begun = performance.now();
    if (after !== null) void wait(after).then(() => child.kill('SIGKILL'));
  }
  return { killed: (await ended) !== null, ms: performance.now() - begun, failures };
}

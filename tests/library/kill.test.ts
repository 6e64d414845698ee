import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import type { Row } from '../../shared/article.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import { find } from '../../electron/library/articles.ts';
import { rowsOf } from '../../electron/library/rows.ts';
import { openStore, type Store } from '../../electron/library/storage/store.ts';
import { sweepLeftovers } from '../../electron/library/storage/sweep.ts';
import { temporaryFolder } from './made-up.ts';
import type { Step } from './kill-child.ts';

/** `KILLS=200 npx vitest run tests/library/kill.test.ts` is the long version. */
const kills = Number(process.env['KILLS'] ?? 15);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

test(`killed ${kills} times at random, nothing acknowledged is lost and the library is whole`, { timeout: 60_000 + kills * 10_000 }, async () => {
  let path = temporaryFolder();
  let known = new Map<string, Partial<Row> | null>();
  let steps = 0;
  for (let round = 1; round <= kills; round++) {
    // A new library now and then: checking a whole one each time would come to be all the work.
    if (round % 25 === 0) [path, known] = [temporaryFolder(), new Map()];
    const { done, begun } = await workAndKill(path, seed + round, 20 + ((seed * round * 7_919) % 300));
    for (const step of done) note(known, step);
    steps += done.length;
    // Every fifth time the index is lost as well.
    if (round % 5 === 0) for (const end of ['', '-wal', '-shm']) rmSync(join(path, `index.db${end}`), { force: true });
    const store = await openStore({ path });
    try {
      const unsure = new Set(begun === null ? [] : begun.do === 'save' ? begun.urls : [begun.url]);
      const certain = new Map([...known].filter(([url]) => !unsure.has(url)));
      const found = new Map([...certain].map(([url, facts]) => [url, facts && pick(rowOf(store, url), facts)]));
      expect(found, `seed ${seed}, round ${round}`).toEqual(certain);
      // What was under way when it was killed either happened or did not; from here on it is as it is found.
      for (const url of unsure) {
        const row = rowOf(store, url);
        const before = known.get(url);
        if (before && begun?.do !== 'erase' && !row) throw new Error(`lost ${url}: seed ${seed}, round ${round}`);
        if (before && row) known.set(url, pick(row, before) as Partial<Row>);
        else if (before && !row) known.set(url, null);
      }
      await store.settled();
      await sweepLeftovers(store, Date.now());
      expect((await checkLibrary(store)).problems, `seed ${seed}, round ${round}`).toEqual([]);
    } finally {
      await store.close();
    }
  }
  expect(steps).toBeGreaterThan(kills);
});

/** Lets a process work and kills it `after` milliseconds from its first words: what it finished, what it had begun. */
async function workAndKill(path: string, childSeed: number, after: number): Promise<{ done: Step[]; begun: Step | null }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), path, String(childSeed)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const done: Step[] = [];
  let begun: Step | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.endsWith('}')) continue;
    const said = JSON.parse(line) as { open?: true; begin?: Step; done?: number };
    if (said.open) setTimeout(() => child.kill('SIGKILL'), after);
    if (said.begin) begun = said.begin;
    if (said.done !== undefined && begun) {
      done.push(begun);
      begun = null;
    }
  }
  expect(await ended, errors.join('')).toBe('SIGKILL');
  return { done, begun };
}

function note(known: Map<string, Partial<Row> | null>, step: Step): void {
  if (step.do === 'save') {
    for (const url of step.urls) if (!known.has(url)) known.set(url, { url, tags: [...step.tags].toSorted() });
    return;
  }
  const facts = known.get(step.url);
  if (!facts) return;
  switch (step.do) {
    case 'ready':
      facts.stage = { state: 'ready' };
      break;
    case 'tag':
      facts.tags = step.on ? [...new Set([...(facts.tags ?? []), step.tag])].toSorted() : (facts.tags ?? []).filter((tag) => tag !== step.tag);
      break;
    case 'title':
      facts.title = step.title;
      break;
    case 'favourite':
      facts.favourite = step.on;
      break;
    case 'place':
      facts.progress = step.progress;
      break;
    case 'erase':
      known.set(step.url, null);
      break;
    case 'trash':
      break;
  }
}

function rowOf(store: Store, url: string): Row | null {
  const { id } = find(store)({ what: url });
  return id === null ? null : (rowsOf(store, [id])[0] ?? null);
}

function pick(row: Row | null, like: Partial<Row>): Partial<Row> | null {
  if (!row) return null;
  return Object.fromEntries(Object.keys(like).map((key) => [key, row[key as keyof Row]])) as Partial<Row>;
}

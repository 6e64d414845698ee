import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { makeLibrary } from '../../bench/made-up-library.ts';
import { openCare } from '../../electron/library/storage/care.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import { settleMove } from '../../electron/library/storage/move.ts';
import { openStore } from '../../electron/library/storage/store.ts';

const kills = Number(process.env['KILLS'] ?? 10);
const articles = 60;

/** Starts a move and kills it so many milliseconds after it began; answers whether it was killed. */
async function killed(base: string, how: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'move-child.ts'), base, how], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_code, signal) => done(signal)));
  await new Promise<void>((begun) => child.stdout.once('data', () => begun()));
  await Promise.race([wait(after), ended]);
  child.kill('SIGKILL');
  return (await ended) !== null;
}

for (const how of ['copy', 'rename']) {
  test(`killed at any moment of a move (${how}), the next start has one whole library and clears the rest away`, async () => {
    const base = mkdtempSync(join(tmpdir(), 'lectern-move-kill-'));
    onTestFinished(() => rmSync(base, { recursive: true, force: true }));
    await makeLibrary(join(base, 'made'), articles, 6, () => undefined);
    let died = 0;
    for (let round = 0; round < kills; round++) {
      for (const name of ['old', 'new', 'notes']) rmSync(join(base, name), { recursive: true, force: true });
      cpSync(join(base, 'made'), join(base, 'old'), { recursive: true });
      mkdirSync(join(base, 'notes'));
      writeFileSync(join(base, 'named'), join(base, 'old'));
      // A move of this size takes about half a second, most of it syncing; by its name a few milliseconds.
      died += Number(await killed(base, how, how === 'copy' ? (round * 600) / kills : (round * 40) / kills));

      const named = () => readFileSync(join(base, 'named'), 'utf8');
      await settleMove(join(base, 'notes'), named(), (path) => writeFileSync(join(base, 'named'), path), openCare);
      const here = named();
      const other = here === join(base, 'old') ? join(base, 'new') : join(base, 'old');
      expect(existsSync(join(here, 'lectern.json')), `round ${round}`).toBe(true);
      expect(existsSync(other), `round ${round}: ${other}`).toBe(false);
      expect(existsSync(join(base, 'notes', 'note.json'))).toBe(false);
      const store = await openStore({ path: here });
      expect((await checkLibrary(store)).problems, `round ${round}`).toEqual([]);
      expect(store.db.prepare('SELECT count(*) AS n FROM articles WHERE saved = 1').get()).toEqual({ n: articles });
      await store.close();
    }
    // By its name it may be through before it can be killed.
    expect(died).toBeGreaterThanOrEqual(how === 'copy' ? 1 : 0);
  }, 120_000);
}

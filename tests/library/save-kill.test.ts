import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { png } from '../web/pictures.ts';
import { startWeb } from '../web/web.ts';
import { newsPage, openTestLibrary } from './open-test-library.ts';

test.each([0, 1, 4])('killed after %i of ten articles: nothing that was promised is lost, and the rest finishes', async (after) => {
  const web = await startWeb({
    '/a/': (_, response, path) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(newsPage(`Story ${path}`, `<img src="/pictures${path}.png"><img src="/pictures/same.png">`)),
    '/pictures/': (_, response, path) => response.writeHead(200).end(png(30, 30, path.endsWith('same.png') ? 1 : 2 + path.length)),
  });
  const path = mkdtempSync(join(tmpdir(), 'lectern-kill-'));
  onTestFinished(async () => {
    await web.close();
    rmSync(path, { recursive: true, force: true });
  });
  const urls = Array.from({ length: 10 }, (_, i) => `${web.origin}/a/${'x'.repeat(i + 1)}`);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'save-child.ts'), path, ...urls], { stdio: ['ignore', 'pipe', 'inherit'] });
  let saved = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'saved 10') saved = true;
    if (saved && (after === 0 || Number(/^done (\d+)$/.exec(line)?.[1] ?? 0) >= after)) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  const library = await openTestLibrary({ path });
  expect(await library.rows()).toHaveLength(10);
  await library.idle();
  const rows = await library.rows();
  expect(rows.map(({ stage, tags }) => `${stage.state} ${tags.join()}`)).toEqual(rows.map(() => 'ready kept'));
  expect(rows.map(({ url }) => url)).toEqual(urls);
  for (const { id } of rows) expect((await library.answers.article({ id })).certificate).toMatchObject({ pictures: 2, stored: 2 });
  expect((await library.answers.check({})).problems).toEqual([]);
}, 90_000);

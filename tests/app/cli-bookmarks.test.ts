import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lectern, makeHome } from '../stage.ts';
import { startFog } from './fog.ts';

test('an address is kept as a bookmark with a note on the command line, listed and found as one', { timeout: 120_000 }, async () => {
  const [home, web] = [await makeHome(), await startFog()];
  onTestFinished(async () => {
    await web.close();
    await home.remove();
  });
  const url = `${web.origin}/third.html`;
  const added = await lectern(home, ['add', url, '--bookmark', '--note', 'Ask the lamplighter', '--tag', 'Kept', '--wait', '--json']);
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(added.stdout.trim().split('\n').map((line) => JSON.parse(line) as object)).toMatchObject([{ url, outcome: 'new', state: 'bookmark' }]);
  const rows = JSON.parse((await lectern(home, ['list', '--state', 'bookmarks', '--json'])).stdout) as object[];
  expect(rows).toMatchObject([{ url, note: 'Ask the lamplighter', tags: ['Kept'] }]);
  expect(JSON.parse((await lectern(home, ['search', 'lamplighter', '--json'])).stdout)).toMatchObject({ total: 1 });
  expect(await lectern(home, ['add', url, '--note', 'alone'])).toMatchObject({ code: 2, stdout: '' });
  writeFileSync(join(home.folder, 'kept.txt'), 'A text in a file.');
  expect(await lectern(home, ['add', join(home.folder, 'kept.txt'), '--bookmark'])).toMatchObject({ code: 1, stdout: '' });
});

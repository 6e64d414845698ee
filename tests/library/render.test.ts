import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { png } from '../web/pictures.ts';
import { startWeb } from '../web/web.ts';
import { newsPage, openTestLibrary } from './open-test-library.ts';

test('handed out, an article names its pictures by what can be opened outside the app', async () => {
  const web = await startWeb({
    '/p': newsPage('Pictures', '<p><img src="/one.png" alt="a > b"></p><p><img src="/two_(2).png?x=1&y=2" alt="lost"></p>'),
    '/one.png': png(30, 30, 1),
  });
  onTestFinished(() => web.close());
  const path = mkdtempSync(join(tmpdir(), 'lectern (a) b-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const library = await openTestLibrary({ path });
  const [saved] = await library.answers.save({ urls: [`${web.origin}/p`], tags: [], typed: true });
  const id = saved?.id ?? '';
  await library.idle();

  const markdown = (await library.answers.render({ id, as: 'markdown', pictures: 'here' })).text;
  const [, local] = /!\[a > b\]\((file:[^()\s]+\.png)\)/.exec(markdown) ?? [];
  expect(await readFile(fileURLToPath(local ?? ''))).toEqual(Buffer.from(png(30, 30, 1)));
  expect(markdown).toContain(`![lost](${web.origin}/two_%282%29.png?x=1&y=2)`);
  expect(markdown).not.toMatch(/\(\/?files\//);

  const html = (await library.answers.render({ id, as: 'html', pictures: 'here' })).text;
  expect(html).toContain(`src="data:image/png;base64,${Buffer.from(png(30, 30, 1)).toString('base64')}"`);
  expect(html).not.toMatch(/"(?:\.\.\/)*\/?files\//);

  // On the clipboard, which goes to other people: where they came from, and nothing of this machine's folders.
  const copied = (await library.answers.render({ id, as: 'markdown', pictures: 'origin' })).text;
  expect(copied).toContain(`![a > b](${web.origin}/one.png)`);
  const fragment = (await library.answers.render({ id, as: 'fragment', pictures: 'here' })).text;
  expect(fragment).toMatch(/^<article><h1>Pictures<\/h1>/);
  expect(fragment).toContain(`<a href="${web.origin}/p">`);
  expect(fragment).toContain(`src="${web.origin}/one.png"`);
  for (const text of [copied, fragment]) expect(text).not.toMatch(/file:|\/files\//);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zipOf } from '../../scripts/extension.mjs';
import { lectern, makeHome, setStage, type Stage } from '../stage.ts';

/* What other services export, taken over in the window and on the command line. */

let stage: Stage;
const folder = mkdtempSync(join(tmpdir(), 'lectern-exports-'));
beforeAll(async () => {
  stage = await setStage();
  await stage.page.getByRole('navigation').first().waitFor();
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, files: Record<string, string> | string): string {
  const path = join(folder, name);
  if (typeof files === 'string') writeFileSync(path, files);
  else {
    const inside = join(folder, `${name}.d`);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(inside, file)), { recursive: true });
      writeFileSync(join(inside, file), text);
    }
    writeFileSync(path, zipOf(inside));
  }
  return path;
}

const text = Array.from({ length: 8 }, (_, i) => `<p>Sentence ${i} of a text that came along, and went on for a while before it ended.</p>`).join('');
const omnivore = () => put('omnivore.zip', {
  'metadata_0_to_20.json': JSON.stringify([
    { id: '1', slug: 'one', title: 'Kept from a service that closed', url: 'http://127.0.0.1:9/one', state: 'Archived', readingProgress: 100, labels: ['long reads'], savedAt: '2021-03-04T16:30:11.000Z', publishedAt: null },
    { id: '2', slug: 'two', title: '另一篇', url: 'http://127.0.0.1:9/two', state: 'Active', readingProgress: 0, labels: [], savedAt: '2024-10-29T16:30:11.000Z', publishedAt: null },
    { id: '3', slug: 'three', title: 'A letter', url: 'mailto:someone@letters.example', state: 'Active', readingProgress: 0, labels: [], savedAt: '2024-10-29T16:30:11.000Z', publishedAt: null },
  ]),
  'content/one.html': text, 'content/two.html': text, 'highlights/one.md': '> Sentence 3 of a text\n\nIndeed\n',
});

test('an export is looked through as soon as it is chosen, taken over with its states and texts, and taken back with Undo', async () => {
  const { page } = stage;
  await page.keyboard.press('n');
  const panel = page.getByRole('dialog', { name: 'Add to Lectern' });
  await panel.locator('input[type=file]').setInputFiles(omnivore());
  await panel.getByText('Omnivore export · 2 pages').waitFor();
  expect(await panel.innerText()).toMatch(/1 archived · 1 read · 1 highlight\n+Saved from March 2021 to October 2024\n+1 tag: long reads\n+All of them bring their text along[\s\S]+1 entry without a web address left out/);
  await panel.getByText('1 entry without a web address left out').click();
  await expect.poll(() => panel.innerText()).toMatch(/Entry 3\s+mailto:someone@letters.example\s+not a web address/);
  await panel.getByRole('button', { name: 'Save 2 articles' }).click();
  const notice = page.getByText('2 articles taken over');
  await notice.waitFor();
  await expect.poll(async () => (await stage.ask('list', { where: { list: 'all' } })).rows.map(({ title, stage: { state } }) => `${title} ${state}`)).toEqual(['另一篇 ready', 'Kept from a service that closed ready']);
  const [, old] = (await stage.ask('list', { where: { list: 'all' } })).rows;
  expect(old).toMatchObject({ archived: true, addedAt: '2021-03-04T16:30:11.000Z', tags: ['long reads'] });
  // Its place is found once its text is taken into the index.
  await expect.poll(() => stage.ask('highlights', { id: old?.id ?? '' })).toMatchObject([{ note: 'Indeed', orphan: false, located: { start: expect.any(Number) } }]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await stage.ask('list', { where: { list: 'all' } })).total).toBe(0);
});

test('a browser’s bookmarks can be kept as bookmarks, their folders as tags; a page of a saved article is none of that', async () => {
  const { page } = stage;
  const bookmarks = put('bookmarks.html', '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n<DT><H3>Cooking</H3>\n<DL><p>\n<DT><A HREF="http://127.0.0.1:9/soup" ADD_DATE="1601411565">Soup</A>\n</DL><p>\n<DT><A HREF="http://127.0.0.1:9/bread">Bread</A>\n</DL><p>\n');
  const saved = put('saved.html', `<!doctype html><html lang="en"><head><title>A saved page</title></head><body><article><h1>A saved page</h1>${text}</article></body></html>`);
  await page.keyboard.press('n');
  const panel = page.getByRole('dialog', { name: 'Add to Lectern' });
  await panel.locator('input[type=file]').setInputFiles([bookmarks, saved]);
  await panel.getByText('Bookmarks · 2 pages').waitFor();
  await panel.getByText('Web page · ').waitFor();
  await panel.getByLabel('Keep the addresses only, as bookmarks').check();
  await expect.poll(() => panel.getByLabel('Make their folders tags (1 page)').isChecked()).toBe(true);
  await panel.getByRole('button', { name: 'Save 3 articles' }).click();
  await page.getByText('2 bookmarks taken over').waitFor();
  await expect.poll(async () => (await stage.ask('list', { where: { list: 'all' } })).rows.map(({ title, tags, stage: { state } }) => [title, tags.join(), state].join(' ')).toSorted()).toEqual(['A saved page  ready', 'Bread  bookmark', 'Soup Cooking bookmark']);
  expect(stage.faults).toEqual([]);
});

test('lectern import says what a file holds, takes it over, and tells an export from a page', async () => {
  const home = await makeHome();
  try {
    const file = omnivore();
    const looked = await lectern(home, ['import', file, '--look']);
    expect(looked).toMatchObject({ code: 0, stdout: expect.stringContaining('Omnivore export, 2 pages, 1 archived, 1 read, 1 highlight, 1 tag\nSaved from 2021-03-04 to 2024-10-29\n') });
    const taken = await lectern(home, ['import', file, '--tag', 'brought', '--json']);
    expect(JSON.parse(taken.stdout)).toEqual({ file, format: 'omnivore', made: 2, known: 0, left: 1 });
    const page = await lectern(home, ['import', put('page.html', '<!doctype html><title>x</title><p>A page.')]);
    expect(page).toMatchObject({ code: 1, stderr: expect.stringContaining('is no export that Lectern knows') });
    expect(await lectern(home, ['import', join(folder, 'none.zip')])).toMatchObject({ code: 1, stderr: expect.stringContaining('could not be read (ENOENT)') });
    const listed = await lectern(home, ['list', '--tag', 'brought', '--json']);
    expect(listed.stdout).toContain('Kept from a service that closed');
  } finally {
    await home.remove();
  }
});

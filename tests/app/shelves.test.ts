import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* Shelves on Home, a tag's page, its manual order and what it leaves as: in the built app and a real Chromium. */

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ width: 1440, height: 900 });
  for (let n = 0; n < 9; n++) {
    const tag = ['essays', '科技/人工智能', '科技'][n % 3] ?? 'essays';
    const paragraphs = Array.from({ length: 3 }, (_, part) => `Part ${part} of text ${n}. ${'A sentence of some length to fill the page. '.repeat(4)}`);
    await stage.ask('saveText', { text: `# Text ${n} <b>&\n\n${paragraphs.join('\n\n')}`, format: 'markdown', name: `Text ${n}`, url: `https://site${n % 2}.example/${n}`, tags: [tag] });
  }
  await stage.ask('shelves', { tags: ['essays', '科技', 'empty'] });
});
afterAll(() => stage.close());

const open = async (hash: string) => {
  await stage.page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await stage.page.locator('#main').waitFor();
};
const shelfNames = () => stage.page.locator('main section h2').allTextContents();

test('shelves are folded, moved by keyboard and by hand, changed in their menu, and taken off with Undo', async () => {
  const { page } = stage;
  await open('#/home');
  await page.getByRole('region', { name: 'empty' }).getByText('No article has this tag.').waitFor();
  expect(await shelfNames()).toEqual(['New', 'essays', '科技', 'empty']);
  const essays = page.getByRole('region', { name: 'essays' });
  const fold = essays.getByRole('button', { name: 'Fold essays' });
  await fold.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(shelfNames).toEqual(['New', '科技', 'essays', 'empty']);
  await page.getByRole('status').getByText('essays: place 2 of 3').waitFor({ state: 'attached' });
  await expect.poll(() => fold.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await essays.getByRole('button', { name: 'Unfold essays' }).waitFor();
  expect(await essays.getByRole('listitem').count()).toBe(0);
  await page.keyboard.press('Enter');
  await essays.getByRole('link', { name: /Text 6/ }).waitFor();
  // By hand: the handle of the last is dropped on the upper half of the first.
  await page.getByRole('region', { name: 'empty' }).getByRole('button', { name: 'Fold empty' }).dragTo(page.getByRole('region', { name: '科技' }), { targetPosition: { x: 60, y: 6 } });
  await expect.poll(shelfNames).toEqual(['New', 'empty', '科技', 'essays']);
  await essays.getByRole('button', { name: 'Options of essays' }).click();
  await page.getByRole('combobox', { name: 'Order' }).selectOption('oldest');
  await page.getByRole('combobox', { name: 'Titles shown' }).selectOption('5');
  await expect.poll(() => stage.ask('home', {})).toMatchObject({ shelves: [{ tag: 'empty' }, { tag: '科技' }, { tag: 'essays', order: 'oldest', titles: 5 }] });
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Take off Home' }).click();
  await expect.poll(shelfNames).toEqual(['New', 'empty', '科技']);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(shelfNames).toEqual(['New', 'empty', '科技', 'essays']);
  await page.reload();
  await expect.poll(shelfNames).toEqual(['New', 'empty', '科技', 'essays']);
  expect(stage.faults).toEqual([]);
});

test('a tag’s page says what it is about, and leads to its sites and the tags in it', async () => {
  const { page } = stage;
  await open('#/home');
  await page.getByRole('link', { name: 'More of 科技' }).click();
  await page.getByText('6 unread').waitFor();
  await page.getByRole('button', { name: 'Add a description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('机器与人');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: '机器与人' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('list', { name: 'Tags in it' }).getByRole('link', { name: /人工智能/ }).click();
  await page.getByRole('heading', { level: 1, name: '科技/人工智能' }).waitFor();
  await page.goBack();
  await page.getByRole('list', { name: 'Sites' }).getByRole('link', { name: /site1/ }).click();
  await page.getByRole('heading', { level: 1, name: 'site1.example' }).waitFor();
});

test('a list in its own order is arranged by keyboard and by hand', async () => {
  const { page } = stage;
  await open('#/tag/essays');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('manual');
  const rows = async () => (await stage.ask('list', { where: { list: 'tag', tag: 'essays' }, sort: 'manual' })).rows.map((row) => /\d/.exec(row.title)?.[0]);
  await expect.poll(() => stage.ask('tagPage', { tag: 'essays' })).toMatchObject({ order: 'manual' });
  expect(await rows()).toEqual(['6', '3', '0']);
  const shown = async () => (await page.getByRole('row').allTextContents()).map((text) => /Text (\d)/.exec(text)?.[1]);
  await expect.poll(shown).toEqual(['6', '3', '0']);
  await page.getByRole('row').first().focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(shown).toEqual(['3', '6', '0']);
  await page.getByRole('status').getByText('Now in place 2 of 3').waitFor({ state: 'attached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('Text 6');
  await page.keyboard.press('Alt+End');
  await expect.poll(shown).toEqual(['3', '0', '6']);
  await page.getByRole('row').last().locator('[draggable=true]').dragTo(page.getByRole('row').first(), { targetPosition: { x: 80, y: 10 } });
  await expect.poll(shown).toEqual(['6', '3', '0']);
  await page.keyboard.press('u');
  await expect.poll(rows).toEqual(['3', '0', '6']);
  expect(await axe(page)).toEqual([]);
  expect(stage.faults).toEqual([]);
});

test('a list leaves as each kind of file, by way of the browser’s own download', async () => {
  const { page } = stage;
  await open('#/tag/%E7%A7%91%E6%8A%80');
  const expected = { 'Web page': ['科技.html', '<!doctype html>'], Markdown: ['科技.md', '# 科技'], OPML: ['科技.opml', '<?xml'], 'Bookmarks file': ['科技.bookmarks.html', '<!DOCTYPE NETSCAPE-Bookmark-file-1>'] } as const;
  for (const [format, [name, start]] of Object.entries(expected)) {
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('radio', { name: format }).check();
    if (format === 'Web page') await page.getByRole('checkbox', { name: /own texts/ }).check();
    expect(await axe(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export', exact: true }).click()]);
    expect(download.suggestedFilename()).toBe(name);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.startsWith(start)).toBe(true);
    expect(text.match(/Text \d/g)?.length).toBeGreaterThanOrEqual(6);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  expect(stage.faults).toEqual([]);
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';
import { png } from '../web/pictures.ts';
import { startWeb, type Web } from '../web/web.ts';
import { fogPage } from './fog.ts';

/* Bookmarks, notes and duplicates, walked through by keyboard and mouse in a real browser. */

const places = ['orchard', 'railway', 'market', 'library', 'theatre'];
const moody = `<!doctype html><html lang="en"><head><title>Moody</title></head><body><article><h1>Moody</h1>${places.map((place) => `<p>At noon the ${place} opened its doors as on any other day, and those who came early found that somebody had swept the ${place} before them and left a lamp burning.</p>`).join('')}</article></body></html>`;

let stage: Stage;
let web: Web;
const refused = { now: true };
beforeAll(async () => {
  const icon = (page: string) => page.replace('<title>', '<link rel="icon" href="/icon.png"><meta name="description" content="What the harbour looks like in fog"><title>');
  web = await startWeb({
    '/fog.html': icon(fogPage('Fog over the harbour')),
    '/mirror.html': fogPage('Fog over the harbour, elsewhere').replace('</article>', '<p>First printed in another paper.</p></article>'),
    '/icon.png': png(32, 32, 0xaa3311),
    '/moody.html': (_, response) => (refused.now ? response.writeHead(403).end() : response.writeHead(200, { 'content-type': 'text/html' }).end(moody)),
  });
  stage = await setStage();
});
afterAll(async () => {
  await stage.close();
  await web.close();
});

const dialog = (page: Page) => page.getByRole('dialog');
const rows = async (list: 'bookmarks' | 'all' | 'trash') => (await stage.ask('list', { where: { list } })).rows;

test('an address is kept as a bookmark, shown with its icon, noted, opened outside, and saved as an article', async () => {
  const { page } = stage;
  await page.getByRole('heading', { name: 'Your desk is clear' }).waitFor();
  await page.keyboard.press('n');
  await dialog(page).getByRole('textbox', { name: 'Addresses or text' }).fill(`${web.origin}/fog.html`);
  await dialog(page).getByRole('checkbox', { name: /Keep the address only/ }).check();
  await dialog(page).getByRole('textbox', { name: 'Note' }).fill('Ask the lighthouse keeper');
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Keep bookmark' }).click();
  await page.getByText('1 bookmark kept').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  const row = page.getByRole('row', { name: /Fog over the harbour/ });
  await row.getByText('Ask the lighthouse keeper').waitFor();
  await row.locator('img[src^="/files/"]').waitFor();
  expect(await row.locator('img[src^="/files/"]').evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(32);
  await row.click();
  await page.getByText('What the harbour looks like in fog').waitFor();
  expect(await axe(page)).toEqual([]);

  await page.keyboard.press('w');
  const note = dialog(page).getByRole('textbox', { name: 'Note' });
  await expect.poll(() => note.inputValue()).toBe('Ask the lighthouse keeper');
  await note.fill('Ask the harbour master');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByText('Note kept').waitFor();
  await page.getByRole('region', { name: 'Article' }).getByText('Ask the harbour master').waitFor();

  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Title of the bookmark' }).fill('My fog');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /My fog/ }).waitFor();

  await page.keyboard.press('b');
  await page.getByRole('button', { name: 'Edit the note' }).first().waitFor();
  await page.frameLocator('iframe').getByText('The harbour was quiet that morning').waitFor();
  // What was written on the bookmark stands above the article.
  await page.frameLocator('iframe').getByText('Ask the harbour master').waitFor();
  expect(await rows('bookmarks')).toEqual([]);
  expect(await rows('all')).toMatchObject([{ title: 'My fog', note: 'Ask the harbour master', stage: { state: 'ready' } }]);
});

test('of what could not be saved the address is kept, and Undo takes that back', async () => {
  const { page } = stage;
  await stage.ask('save', { urls: [`${web.origin}/moody.html`] });
  await page.goto(`${stage.host.origin}/#/failed`);
  await page.getByRole('row', { name: /moody/ }).click();
  await page.getByRole('button', { name: 'Keep the address only' }).click();
  await page.getByText('Kept as a bookmark').waitFor();
  await page.getByRole('button', { name: 'Save as an article' }).waitFor();
  await page.keyboard.press('u');
  await page.getByText('The site answered 403').first().waitFor();
  expect((await stage.ask('library', {})).counts).toMatchObject({ failed: 1, bookmarks: 0 });
  await stage.ask('toBookmarks', { ids: [(await stage.ask('list', { where: { list: 'failed' } })).rows[0]?.id ?? ''] });
  refused.now = false;
  await page.goto(`${stage.host.origin}/#/bookmarks`);
  const row = page.getByRole('row', { name: /moody/ });
  await row.getByRole('checkbox').check();
  await page.keyboard.press('b');
  await expect.poll(async () => (await rows('all')).map(({ stage: { state } }) => state)).toEqual(['ready', 'ready']);
});

test('a copy from elsewhere is told of, compared, merged, and brought back', async () => {
  const { page } = stage;
  const before = await rows('all');
  const first = before.find(({ title }) => title === 'My fog');
  await stage.ask('save', { urls: [`${web.origin}/mirror.html`], tags: ['elsewhere'] });
  await expect.poll(async () => (await stage.ask('library', {})).duplicates).toBe(1);
  await page.goto(`${stage.host.origin}/#/all?article=${first?.id}`);
  const line = page.frameLocator('iframe').getByText('You also have this as “Fog over the harbour, elsewhere”');
  await line.waitFor();
  await page.getByRole('link', { name: /Duplicates/ }).click();
  await page.getByRole('heading', { name: 'Duplicates', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Merge both' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Compare' }).click();
  await dialog(page).getByText('First printed in another paper.').waitFor();
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByRole('radio').first().check();
  const kept = (await dialog(page).getByRole('radio').first().isChecked()) ? await dialog(page).locator('p[lang]').first().textContent() : '';
  await dialog(page).getByRole('button', { name: 'Merge both' }).click();
  await page.getByText('Merged; 1 article moved to the trash').waitFor();
  await page.getByText('Nothing is here twice').waitFor();
  expect((await rows('all')).find(({ title }) => title === kept)).toMatchObject({ tags: ['elsewhere'], note: 'Ask the harbour master', addedAt: first?.addedAt });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByRole('button', { name: 'Not the same' }).click();
  await page.getByText('Remembered: not the same').waitFor();
  await page.getByText('Nothing is here twice').waitFor();
  expect(await rows('trash')).toEqual([]);
  expect((await rows('all')).map(({ title, tags, note }) => ({ title, tags, note }))).toContainEqual({ title: 'My fog', tags: [], note: 'Ask the harbour master' });
  expect(stage.faults).toEqual([]);
});

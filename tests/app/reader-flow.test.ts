import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Frame } from 'playwright-core';
import type { ArticleId } from '../../shared/article.ts';
import { essay, footnotes, pieces, tables } from '../articles/articles.ts';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* How a text goes on, in the built app and a real Chromium: pages that turn, vertical columns, one article's own look. */

let stage: Stage;
const ids: Record<string, ArticleId> = {};

beforeAll(async () => {
  stage = await setStage({ width: 1000, height: 800 });
  const saved = { essay: essay(6_000), simplified: pieces.simplified, arabic: pieces.arabic, tables, footnotes };
  for (const [name, piece] of Object.entries(saved)) {
    const html = name === 'simplified' ? piece.html.replace('</article>', `${'<p>潮水又不会因为你快一点就早来，他写字很慢,每一笔都像在和纸商量.</p>'.repeat(60)}</article>`) : piece.html;
    ids[name] = (await stage.ask('saveText', { text: html, format: 'html', url: `https://flow.example/${name}` })).id;
  }
  await vi.waitUntil(async () => {
    const { waiting, working } = await stage.ask('queue', {});
    return waiting + working === 0;
  }, { timeout: 30_000, interval: 100 });
});
afterAll(async () => stage.close());

async function open(name: string): Promise<Frame> {
  const { page, host } = stage;
  await page.goto(`${host.origin}/#/home?article=${ids[name] ?? ''}`);
  await page.reload();
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForSelector('#body > section > *');
  await frame.waitForSelector('#head h1');
  await frame.evaluate(async () => document.fonts.ready);
  return frame;
}

const number = () => stage.page.getByRole('navigation', { name: 'Pages' }).locator('output').textContent();
const pageNumber = async (): Promise<number> => Number((await number())?.split(' / ')[0]);
/** The number that the first paragraph on the page begins with; every paragraph of the essay has one. */
const firstOnPage = (frame: Frame) => frame.evaluate(() => {
  const shown = [...document.querySelectorAll('#body p')].find((each) => [...each.getClientRects()].some((box) => box.left >= 0 && box.right <= innerWidth && box.height > 0));
  return Number.parseInt(shown?.textContent ?? '', 10);
});
const quote = async (name: string) => (await stage.ask('article', { id: ids[name] ?? '' })).place?.quote ?? '';
const faults = () => stage.faults.filter((fault) => !fault.startsWith('Blocked script execution'));

test('pages turn by keys, wheel, presses at the edges and buttons, each page whole and none left out', async () => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow: 'pages' });
  const frame = await open('essay');
  await expect.poll(pageNumber).toBe(1);
  await page.keyboard.press('ArrowRight');
  await expect.poll(pageNumber).toBe(2);
  await page.keyboard.press('Space');
  await expect.poll(pageNumber).toBe(3);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(pageNumber).toBe(2);
  const box = await page.locator('iframe').boundingBox();
  if (box === null) throw new Error('no box');
  await page.mouse.move(box.x + box.width / 2, box.y + 300);
  await page.mouse.wheel(0, 120);
  await expect.poll(pageNumber).toBe(3);
  await page.mouse.click(box.x + box.width - 20, box.y + 400);
  await expect.poll(pageNumber).toBe(4);
  await page.mouse.click(box.x + 20, box.y + 400);
  await expect.poll(pageNumber).toBe(3);
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect.poll(pageNumber).toBe(4);
  // No line is cut: everything of the text lies within the page's height.
  const cut = await frame.evaluate(() => [...document.querySelectorAll('#body p')].flatMap((each) => [...each.getClientRects()]).filter((each) => each.bottom > innerHeight || each.top < 48).length);
  expect(cut).toBe(0);
  await page.keyboard.press('End');
  await expect.poll(async () => (await number())?.split(' / ')).toSatisfy((parts: string[] | undefined) => parts !== undefined && parts[0] === parts[1]);
  await page.keyboard.press('Home');
  await expect.poll(pageNumber).toBe(1);
  expect(faults()).toEqual([]);
});

test('in pages the place is kept by the text: after a reload, in another window, at another size, and when scrolled again', async () => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow: 'pages' });
  const frame = await open('essay');
  await page.keyboard.press('Home');
  await expect.poll(pageNumber).toBe(1);
  for (let at = 2; at <= 6; at += 1) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(pageNumber).toBe(at);
  }
  const first = await firstOnPage(frame);
  await expect.poll(async () => Number.parseInt(await quote('essay'), 10)).toBe(first);
  const again = await open('essay');
  await expect.poll(() => firstOnPage(again)).toBe(first);
  const holds = () => again.evaluate((wanted) => [...document.querySelectorAll('#body p')]
    .some((each) => Number.parseInt(each.textContent ?? '', 10) === wanted && [...each.getClientRects()].some((box) => box.left >= 0 && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight)), first);
  for (const [width, height] of [[1500, 900], [420, 700], [1000, 800]] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(holds).toBe(true);
  }
  await stage.ask('changeSettings', { textSize: 26 });
  await expect.poll(holds).toBe(true);
  await stage.ask('changeSettings', { flow: 'scroll' });
  await expect.poll(() => again.evaluate(() => document.documentElement.hasAttribute('data-pages'))).toBe(false);
  await expect.poll(holds).toBe(true);
  await stage.ask('changeSettings', { textSize: 19 });
});

test('a wide window shows two pages beside each other; the outline leads to the right one, and tables fit theirs', async () => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow: 'pages' });
  await page.setViewportSize({ width: 1600, height: 900 });
  const frame = await open('essay');
  await page.keyboard.press('Home');
  await expect.poll(pageNumber).toBe(1);
  await page.keyboard.press('ArrowRight');
  await expect.poll(pageNumber).toBe(3);
  await page.getByRole('button', { name: 'Outline' }).click();
  await page.getByRole('button', { name: 'Chapter 5' }).click();
  await expect.poll(() => frame.evaluate(() => {
    const box = [...document.querySelectorAll('#body h2')].find((each) => each.textContent === 'Chapter 5')?.getBoundingClientRect();
    return box !== undefined && box.left >= 0 && box.right <= innerWidth;
  })).toBe(true);
  const set = await open('tables');
  const outside = await set.evaluate(() => {
    const columns = [...document.querySelectorAll('#body p')].flatMap((each) => [...each.getClientRects()]);
    const widest = Math.max(...columns.map((each) => each.width));
    return [...document.querySelectorAll('#body .table')].flatMap((each) => [...each.getClientRects()]).filter((each) => each.width > widest + 1 || each.bottom > innerHeight).length;
  });
  expect(outside).toBe(0);
  await page.setViewportSize({ width: 1000, height: 800 });
  expect(faults()).toEqual([]);
});

test.each(['scroll', 'pages'] as const)('wherever the outline leads, the minutes left in the section are told (%s)', async (flow) => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow });
  await open('essay');
  await page.getByRole('button', { name: 'Outline' }).click();
  // The first chapter begins the text: it has been read to nought per cent there, and yet is a section.
  for (const chapter of [5, 1, 8, 2, 1]) {
    await page.getByRole('button', { name: `Chapter ${chapter}`, exact: true }).click();
    await expect.poll(() => page.getByRole('toolbar', { name: 'Article tools' }).textContent()).toMatch(/\d+ min in this section · \d+ min left/);
  }
});

test.each([['essay', false, 1], ['arabic', false, -1], ['simplified', true, -1]] as const)('a finger drawn along the way of the text turns its pages, and one drawn across does not (%s)', async (name, vertical, way) => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow: 'pages', vertical });
  await open(name);
  await page.keyboard.press('Home');
  await expect.poll(pageNumber).toBe(1);
  const touch = await page.context().newCDPSession(page);
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const swipe = async (across: number, down: number) => {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 550, y: 400 }] });
    for (const part of [0.3, 0.6, 1]) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: 550 + across * part, y: 400 + down * part }] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await swipe(-way * 250, 20);
  await expect.poll(pageNumber).toBe(2);
  await swipe(20, -200);
  await swipe(way * 30, 0);
  await swipe(way * 250, 20);
  await expect.poll(pageNumber).toBe(1);
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: false });
  await stage.ask('changeSettings', { flow: 'scroll', vertical: false });
});

test('a note lies whole within the page it is called on, and turns none', async () => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow: 'pages' });
  const frame = await open('footnotes');
  await page.keyboard.press('Home');
  const calls = await frame.locator('#body sup a').evaluateAll((links) => links.filter((link) => link.getBoundingClientRect().left < innerWidth - 40).length);
  expect(calls).toBeGreaterThan(1);
  const within = [];
  for (let at = 0; at < calls; at += 1) {
    await frame.locator('#body sup a').nth(at).click();
    await frame.locator('.card .note').waitFor();
    within.push(await frame.locator('.card').evaluate((card) => card.getBoundingClientRect().bottom <= innerHeight && card.getBoundingClientRect().top >= 48));
    await page.keyboard.press('Escape');
    await frame.locator('.card').waitFor({ state: 'detached' });
  }
  expect(within).toEqual(within.map(() => true));
  expect(await pageNumber()).toBe(1);
});

test('a text from right to left turns leftwards', async () => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow: 'pages' });
  await open('arabic');
  await expect.poll(pageNumber).toBe(1);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(pageNumber).toBe(2);
  await page.keyboard.press('ArrowRight');
  await expect.poll(pageNumber).toBe(1);
});

test.each(['scroll', 'pages'] as const)('vertical text goes leftwards by wheel and keys and keeps its place (%s)', async (flow) => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow, vertical: true });
  const frame = await open('simplified');
  expect(await frame.evaluate(() => getComputedStyle(document.documentElement).writingMode)).toBe('vertical-rl');
  const gone = () => frame.evaluate(() => Math.abs(scrollX) + scrollY);
  const box = await page.locator('iframe').boundingBox();
  if (box === null) throw new Error('no box');
  await page.mouse.move(box.x + box.width / 2, box.y + 300);
  await page.mouse.wheel(0, 400);
  await expect.poll(gone).toBeGreaterThan(300);
  const before = await gone();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(gone).toBeGreaterThan(before);
  await page.keyboard.press('ArrowRight');
  await expect.poll(gone).toBe(before);
  await page.keyboard.press('PageDown');
  await expect.poll(gone).toBeGreaterThan(before);
  const shown = await gone();
  await expect.poll(async () => (await stage.ask('article', { id: ids['simplified'] ?? '' })).place?.block ?? 0).toBeGreaterThan(2);
  const again = await open('simplified');
  await expect.poll(() => again.evaluate(() => Math.abs(scrollX) + scrollY)).toSatisfy((at: number) => Math.abs(at - shown) < 80);
  await stage.ask('changeSettings', { flow: 'scroll', vertical: false });
  expect(faults()).toEqual([]);
});

test('one article has a look of its own, which is said, kept, and taken back; half-width marks are mended only on the screen', async () => {
  const { page } = stage;
  await stage.ask('changeSettings', { flow: 'scroll' });
  const frame = await open('simplified');
  await page.getByRole('button', { name: 'Text and page' }).click();
  const panel = page.getByRole('group', { name: 'Text and page' });
  await panel.getByLabel('Only this article').check();
  await panel.getByRole('button', { name: 'Sepia' }).click();
  await panel.getByLabel('Show half-width punctuation full-width').check();
  await expect.poll(async () => (await stage.ask('article', { id: ids['simplified'] ?? '' })).look).toEqual({ theme: 'sepia', repairMarks: true });
  await panel.getByText('This article has 2 settings of its own.').waitFor();
  await expect.poll(() => frame.evaluate(() => document.documentElement.dataset['theme'])).toBe('sepia');
  await expect.poll(() => frame.locator('#body').innerText()).toContain('他写字很慢，每一笔都像在和纸商量。');
  expect((await stage.ask('settings', {})).repairMarks).toBe(false);
  expect(await axe(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Make it like all others' }).click();
  await expect.poll(async () => (await stage.ask('article', { id: ids['simplified'] ?? '' })).look).toEqual({});
  await expect.poll(() => frame.locator('#body').innerText()).toContain('他写字很慢,每一笔都像在和纸商量.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => frame.evaluate(() => document.documentElement.dataset['theme'])).toBe('sepia');
  expect(faults()).toEqual([]);
});

test('at four hundred per cent nothing has to be scrolled sideways, in any kind of article', async () => {
  const { page } = stage;
  await page.setViewportSize({ width: 320, height: 256 });
  for (const name of Object.keys(ids)) {
    for (const flow of ['scroll', 'pages'] as const) {
      await stage.ask('changeSettings', { flow });
      const frame = await open(name);
      const wider = await frame.evaluate(() => {
        const text = [...document.querySelectorAll('#head h1, #body :is(p, h2, h3, li)')].filter((each) => each.closest('.table') === null);
        const room = innerWidth + 1;
        return text.flatMap((each) => [...each.getClientRects()]).filter((box) => box.width > room).length + (document.documentElement.hasAttribute('data-pages') ? 0 : Math.max(0, document.documentElement.scrollWidth - innerWidth));
      });
      expect([name, flow, wider]).toEqual([name, flow, 0]);
    }
  }
  await stage.ask('changeSettings', { flow: 'scroll' });
  await page.setViewportSize({ width: 1000, height: 800 });
});

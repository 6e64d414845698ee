import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Frame } from 'playwright-core';
import type { ArticleId } from '../../shared/article.ts';
import { axe } from '../axe.ts';
import { writeDictionary } from '../library/made-up-dictionary.ts';
import { setStage, type Stage } from '../stage.ts';

/* Finding in an article, the way back in it, and looking a word up, in the built app and a real Chromium. */

let stage: Stage;
let long: ArticleId;
let chinese: ArticleId;
let large: ArticleId;
const patient = { timeout: 15_000, interval: 100 };

const weather = (at: number) => `<p id="p${at}">Paragraph ${at} tells of the <em>weather</em> at the quay, where somebody said “it’s only rain” for the ${at}th time and nobody minded.</p>`;
const html = (title: string, lang: string, body: string) => `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>${title}</title><article><h1>${title}</h1>${body}</article></html>`;

beforeAll(async () => {
  stage = await setStage({ width: 1280, height: 860 });
  const parts = Array.from({ length: 120 }, (_, at) => (at % 20 === 0 ? `<h2 id="c${at}">Chapter ${at / 20 + 1}</h2>` : weather(at))).join('');
  const save = async (title: string, lang: string, body: string) => (await stage.ask('saveText', { text: html(title, lang, body), format: 'html', url: `https://quay.example/${lang}/${title.length}` })).id;
  long = await save('The Quay', 'en', `<p>See <a href="#p97">an earlier paragraph</a> and, in <a href="#c100">Chapter 6</a>, <a href="#p101">a later one</a>.</p>${parts}<p>A café was open.</p>`);
  chinese = await save('码头', 'zh-Hans', Array.from({ length: 60 }, (_, at) => `<p>第${at}段说的是码头上的天气，有人在雨里等船，等了很久也没有等到；船长说，明天再来吧，没有什么可着急的。</p>`).join('') + '<p>最后一段里有一座圖書館和ＡＢＣ。</p>');
  const sentence = (at: number) => `In week ${at} the keeper wrote down what the boats had brought, and what they had not, and who had asked ${at % 7} times. `;
  large = await save('The Whole Quay', 'en', `${Array.from({ length: 3_500 }, (_, at) => `<p>${sentence(at).repeat(5)}${at === 3_490 ? 'Near the very end stands a heliograph.' : ''}</p>`).join('')}`);
  await vi.waitUntil(async () => {
    const { waiting, working } = await stage.ask('queue', {});
    return waiting + working === 0;
  }, { timeout: 90_000, interval: 100 });
  writeDictionary(join(stage.home.library, 'dictionaries'), 'quay', [['weather', 'what the sky does'], ['quay', 'where ships are made fast']], { title: 'Words of the Quay' });
}, 120_000);
afterAll(() => stage.close());
afterEach(async () => void (await stage.ask('changeSettings', { flow: 'scroll', vertical: false })));

async function open(id: ArticleId, extra = ''): Promise<Frame> {
  const { page, host } = stage;
  await page.goto(`${host.origin}/#/home?article=${id}${extra}`);
  await page.reload();
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForSelector('#body > section > p');
  return frame;
}
const faults = () => stage.faults.filter((fault) => !fault.startsWith('Blocked script execution'));
const bar = () => stage.page.getByRole('search', { name: 'Find in the article' });
const count = () => bar().locator('[aria-hidden]').first().textContent();
const now = (frame: Frame) => frame.evaluate(() => [...(CSS.highlights.get('found-now') ?? [])].map(String)[0] ?? null);
/** Whether what is found now can be seen, clear of the toolbar. */
const seen = (frame: Frame) => frame.evaluate(() => {
  const [range] = [...(CSS.highlights.get('found-now') ?? [])] as Range[];
  const box = range?.getBoundingClientRect();
  return box !== undefined && box.top > 48 && box.bottom < innerHeight && box.left >= 0 && box.right <= innerWidth;
});
const y = (frame: Frame) => frame.evaluate(() => scrollY);

test('what is typed is found while typing: counted, marked, gone to, round and round; Escape goes back to the place', async () => {
  const { page } = stage;
  const frame = await open(long);
  await frame.locator('#body em').first().click();
  await page.keyboard.press('PageDown');
  const pageful = await frame.evaluate(() => Math.round(innerHeight * 0.9));
  await expect.poll(() => y(frame), patient).toBe(pageful);
  const before = await y(frame);
  await page.keyboard.press('Control+f');
  await expect.poll(() => bar().getByRole('searchbox').evaluate((field) => field === document.activeElement), patient).toBe(true);
  await page.keyboard.type("IT'S ONLY rain");
  await expect.poll(count, patient).toMatch(/^\d+ \/ 114$/);
  expect(await now(frame)).toBe('it’s only rain');
  await expect.poll(() => seen(frame), patient).toBe(true);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('cafe');
  await expect.poll(count, patient).toBe('1 / 1');
  await expect.poll(() => now(frame), patient).toBe('café');
  await expect.poll(() => seen(frame), patient).toBe(true);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('chapter');
  await expect.poll(count, patient).toMatch(/^[123] \/ 7$/);
  const first = Number((await count())?.[0]);
  await page.keyboard.press('Enter');
  await expect.poll(count, patient).toBe(`${first + 1} / 7`);
  await page.keyboard.press('F3');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+F3');
  await expect.poll(count, patient).toBe(`${first} / 7`);
  for (let at = 0; at < first; at += 1) await page.keyboard.press('Shift+Enter');
  await expect.poll(count, patient).toBe('7 / 7');
  await expect.poll(() => seen(frame), patient).toBe(true);
  expect(await frame.evaluate(() => CSS.highlights.get('found')?.size)).toBe(7);
  expect(await axe(page, 'main')).toEqual([]);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('no such words');
  await expect.poll(count, patient).toBe('Not found');
  await page.keyboard.press('Escape');
  await bar().waitFor({ state: 'detached' });
  await expect.poll(() => y(frame), patient).toBe(before);
  expect(await frame.evaluate(() => CSS.highlights.has('found'))).toBe(false);
  // The keys are the text's again.
  await page.keyboard.press('End');
  await expect.poll(() => y(frame), patient).toBeGreaterThan(before);
  expect(faults()).toEqual([]);
});

test('Escape leaves alone whoever has read on; the cross stays, with a way back', async () => {
  const { page } = stage;
  const frame = await open(long);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('101th time');
  await expect.poll(count, patient).toBe('1 / 1');
  await expect.poll(() => y(frame), patient).toBeGreaterThan(3_000);
  await frame.locator('#body').hover();
  await page.mouse.wheel(0, 300);
  const there = await y(frame);
  await page.keyboard.press('Escape');
  await bar().waitFor({ state: 'detached' });
  expect(await y(frame)).toBeGreaterThanOrEqual(there);
  await page.keyboard.press('Home');
  await expect.poll(() => y(frame), patient).toBe(0);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('101th time');
  await expect.poll(count, patient).toBe('1 / 1');
  await bar().getByRole('button', { name: 'Close, and stay here' }).click();
  await expect.poll(() => y(frame), patient).toBeGreaterThan(3_000);
  await page.getByRole('button', { name: 'Back to where you were' }).click();
  await expect.poll(() => y(frame), patient).toBe(0);
});

test('Chinese is found in either script and width, in vertical columns and in pages', async () => {
  const { page } = stage;
  for (const look of [{}, { vertical: true }, { flow: 'pages' }, { flow: 'pages', vertical: true }] as const) {
    await stage.ask('changeSettings', look);
    const frame = await open(chinese);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('图书馆和abc');
    await expect.poll(count, patient).toBe('1 / 1');
    expect(await now(frame)).toBe('圖書館和ＡＢＣ');
    await expect.poll(() => seen(frame), patient).toBe(true);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('碼頭');
    await expect.poll(count, patient).toMatch(/^\d+ \/ 60$/);
    await page.keyboard.press('Escape');
    await bar().waitFor({ state: 'detached' });
    await stage.ask('changeSettings', { flow: 'scroll', vertical: false });
  }
});

test('what goes on from one paragraph to the next is found, marked whole and shown, scrolled and in pages', async () => {
  const { page } = stage;
  for (const flow of ['scroll', 'pages'] as const) {
    await stage.ask('changeSettings', { flow });
    const frame = await open(long);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('nobody minded. paragraph 97 tells');
    await expect.poll(count, patient).toBe('1 / 1');
    expect(await now(frame)).toBe('nobody minded.Paragraph 97 tells');
    await expect.poll(() => frame.evaluate(() => {
      const [range] = [...(CSS.highlights.get('found-now') ?? [])] as Range[];
      const box = range?.getClientRects()[0];
      return box !== undefined && box.top > 48 && box.bottom < innerHeight && box.left >= 0 && box.right <= innerWidth;
    }), patient).toBe(true);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('minded. paragraph');
    // Of 114 paragraphs a heading follows every nineteenth.
    await expect.poll(count, patient).toMatch(/^\d+ \/ 108$/);
    await page.keyboard.press('Escape');
    await bar().waitFor({ state: 'detached' });
  }
});

test('in forced colours what is found, the one shown, what is marked and the text are told apart', async () => {
  const { page } = stage;
  await page.emulateMedia({ forcedColors: 'active' });
  const frame = await open(long);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('minded');
  await expect.poll(count, patient).toMatch(/114$/);
  const shown = await frame.evaluate(() => ['', '::highlight(found)', '::highlight(found-now)', '::highlight(mark-green)', '::highlight(code-name)'].map((name) => {
    const { backgroundColor, color } = getComputedStyle(document.querySelector('#body p') as Element, name === '' ? undefined : name);
    return `${backgroundColor} ${color}`;
  }));
  expect(new Set(shown.slice(1, 4)).size).toBe(3);
  // What is marked has a line under it, what is code nothing: neither has a ground like that of a selection.
  expect(shown[4]).toBe(shown[3]);
  await page.keyboard.press('Escape');
  await page.emulateMedia({ forcedColors: 'none' });
});

test('what a search has led to is in the same bar, and Ctrl+F goes on with its word', async () => {
  const { page } = stage;
  const frame = await open(long, '&find=minded');
  const led = page.getByRole('search', { name: 'Places found' });
  await led.getByText('1 / 114').first().waitFor();
  await page.keyboard.press('F3');
  await led.getByText('2 / 114').first().waitFor();
  await page.keyboard.press('Control+f');
  expect(await bar().getByRole('searchbox').inputValue()).toBe('minded');
  await page.keyboard.press('Escape');
  await bar().waitFor({ state: 'detached' });
  await led.waitFor({ state: 'detached' });
  expect(await frame.evaluate(() => CSS.highlights.has('found'))).toBe(false);
});

test('a text of two megabytes is searched to its end, and no more places are marked than can be counted', async () => {
  const { page } = stage;
  const frame = await open(large);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('heliograph');
  await expect.poll(count, patient).toBe('1 / 1');
  await expect.poll(() => seen(frame), patient).toBe(true);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('the boats');
  await expect.poll(count, patient).toMatch(/^[\d,]+ \/ 2,000\+$/);
});

test('links within the article leave a trail: back and forward by key and by button', async () => {
  const { page } = stage;
  const frame = await open(long);
  const line = () => frame.evaluate(() => Math.abs(-88 + ([...document.querySelectorAll('#body p')].find((each) => each.textContent?.startsWith('Paragraph 97'))?.getBoundingClientRect().top ?? 0)));
  await frame.getByRole('link', { name: 'an earlier paragraph' }).click();
  await expect.poll(line, patient).toBeLessThan(3);
  const trail = page.getByRole('navigation', { name: 'Back and forward in the article' });
  await trail.getByRole('button', { name: 'Back to where you were' }).waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => y(frame), patient).toBe(0);
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(line, patient).toBeLessThan(3);
  await trail.getByRole('button', { name: 'Back to where you were' }).click();
  await expect.poll(() => y(frame), patient).toBe(0);
  await frame.getByRole('link', { name: 'Chapter 6' }).click();
  await expect.poll(() => y(frame), patient).toBeGreaterThan(3_000);
  await expect.poll(() => trail.getByRole('button').count(), patient).toBe(1);
  // With nothing left to go back to in the article, the key means the window’s own history.
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => y(frame), patient).toBe(0);
  expect(new URL(page.url()).hash).toContain(long);
});

test('a selected word is looked up in the reader’s dictionaries', async () => {
  const { page } = stage;
  const frame = await open(long);
  await frame.locator('#body em').first().dblclick();
  await frame.getByRole('toolbar', { name: 'Selected text' }).getByRole('button', { name: 'Look up', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Look up' });
  await panel.getByText('what the sky does').waitFor();
  await panel.getByText('Words of the Quay').waitFor();
  expect(await axe(page, 'dialog')).toEqual([]);
  await panel.getByRole('textbox').fill('quay');
  await panel.getByText('where ships are made fast').waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

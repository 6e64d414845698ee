import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Frame } from 'playwright-core';
import type { ArticleId } from '../../shared/article.ts';
import { setStage, type Stage } from '../stage.ts';

/* Aids for the eye, in the built app and a real Chromium: none of them changes a letter of the text. */

let stage: Stage;
let id: ArticleId;
const patient = { timeout: 15_000, interval: 100 };

beforeAll(async () => {
  stage = await setStage();
  const body = Array.from({ length: 120 }, (_, at) => `<p>Paragraph ${at} goes on about the weather for long enough to fill a line or two of the column, and ends where it may.</p>`).join('');
  id = (await stage.ask('saveText', { text: `<!doctype html><html lang="en"><title>Weather</title><article><h1>Weather</h1>${body}<pre>lex code = 1;</pre></article>`, format: 'html', url: 'https://weather.example/1' })).id;
  await vi.waitUntil(async () => (await stage.ask('article', { id })).stage.state === 'ready', patient);
});
afterAll(() => stage.close());

async function open(): Promise<Frame> {
  const { page, host } = stage;
  await page.goto(`${host.origin}/#/home?article=${id}`);
  await page.reload();
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForSelector('#body > section > p');
  return frame;
}

const text = (frame: Frame) => frame.evaluate(() => document.getElementById('body')?.textContent);

test('paragraphs step back but the one being read, which moves with the scrolling', async () => {
  await stage.ask('changeSettings', { dimOthers: true });
  const frame = await open();
  const before = await text(frame);
  const now = () => frame.evaluate(() => [...document.querySelectorAll('[data-now]')].map((block) => Number(/\d+/.exec(block.textContent ?? '')?.[0])));
  await expect.poll(now, patient).toEqual([0]);
  await expect.poll(async () => {
    await stage.page.keyboard.press('PageDown');
    return (await now())[0] ?? 0;
  }, patient).toBeGreaterThan(5);
  expect(await now()).toHaveLength(1);
  const opacity = (selector: string) => frame.evaluate((of) => Number(getComputedStyle(document.querySelector(of) as Element).opacity), selector);
  await expect.poll(() => opacity('[data-now]'), patient).toBe(1);
  await expect.poll(() => opacity('section > :not([data-now])'), patient).toBeLessThan(0.5);
  await stage.ask('changeSettings', { dimOthers: false });
  await expect.poll(now, patient).toEqual([]);
  expect(await text(frame)).toBe(before);
});

test('beginnings of words are painted near the window only, and not in code', async () => {
  await stage.ask('changeSettings', { wordBeginnings: true });
  const frame = await open();
  const before = await text(frame);
  const painted = () => frame.evaluate(() => [...(CSS.highlights.get('beginnings') ?? [])].map(String));
  await expect.poll(async () => (await painted()).slice(0, 3), patient).toEqual(['Para', 'go', 'o']);
  const few = (await painted()).length;
  expect(few).toBeLessThan(1_500);
  await stage.page.keyboard.press('End');
  await expect.poll(() => frame.evaluate(() => [...(CSS.highlights.get('beginnings') ?? [])].some((range) => (range as Range).startContainer.textContent?.includes('Paragraph 119') === true)), patient).toBe(true);
  expect((await painted()).some((part) => part === 'l' || part === 'co')).toBe(false);
  expect(await text(frame)).toBe(before);
  await stage.ask('changeSettings', { wordBeginnings: false });
  await expect.poll(painted, patient).toEqual([]);
});

test('the ruler follows the pointer, and presses go through it', async () => {
  await stage.ask('changeSettings', { ruler: true });
  await open();
  const { page } = stage;
  const strip = page.locator('[class*="strip"]');
  await strip.waitFor();
  await page.mouse.move(640, 300);
  await page.mouse.move(640, 500, { steps: 4 });
  await expect.poll(async () => {
    const box = await strip.boundingBox();
    return box === null ? 0 : Math.abs(box.y + box.height / 2 - 500);
  }, patient).toBeLessThan(3);
  expect(await page.evaluate(() => document.elementFromPoint(640, 500)?.localName)).toBe('iframe');
  await stage.ask('changeSettings', { ruler: false });
  await strip.waitFor({ state: 'detached' });
});

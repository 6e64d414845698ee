import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Frame } from 'playwright-core';
import type { ArticleId } from '../../shared/article.ts';
import { essay, simplified } from '../articles/articles.ts';
import { setStage, type Stage } from '../stage.ts';

/* Highlights where the text does not simply go down the page: turned in pages, one or two wide, in vertical lines, and by a finger. */

let stage: Stage;
const ids: Record<string, ArticleId> = {};
beforeAll(async () => {
  stage = await setStage({ width: 1000, height: 800 });
  const long = simplified.html.replace('</article>', `${Array.from({ length: 60 }, (_, at) => `<p>第${at}条：潮水又不会因为你快一点就早来，他写字很慢，每一笔都像在和纸商量。后来有人问起。</p>`).join('')}</article>`);
  for (const [name, html] of [['latin', essay(6_000).html], ['chinese', long]] as const) ids[name] = (await stage.ask('saveText', { text: html, format: 'html', url: `https://ways.example/${name}` })).id;
  await vi.waitUntil(async () => {
    const { waiting, working } = await stage.ask('queue', {});
    return waiting + working === 0;
  }, { timeout: 30_000, interval: 100 });
});
afterAll(() => stage.close());

async function open(name: string): Promise<Frame> {
  await stage.page.goto(`${stage.host.origin}/#/home?article=${ids[name] ?? ''}`);
  await stage.page.reload();
  const frame = await (await stage.page.waitForSelector('iframe')).contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForSelector('#body > section > *');
  await frame.evaluate(async () => document.fonts.ready);
  return frame;
}
const gone = (frame: Frame) => frame.evaluate(() => [Math.round(scrollX), Math.round(scrollY)]);
const within = (frame: Frame, selector: string) => frame.evaluate((wanted) => {
  const box = document.querySelector(wanted)?.getBoundingClientRect();
  return box !== undefined && box.width > 0 && box.left >= 0 && box.right <= innerWidth && box.top >= 44 && box.bottom <= innerHeight;
}, selector);
const kept = async (name: string) => (await stage.ask('highlights', { id: ids[name] ?? '' })).map(({ anchor, colour, note }) => [anchor.quote, colour, note]);
const painted = (frame: Frame) => frame.evaluate(() => [...CSS.highlights].filter(([name]) => name.startsWith('mark-')).flatMap(([, each]) => [...each].map(String)));
/** Whether the highlight's first line is in the window. */
const seen = (frame: Frame) => frame.evaluate(() => {
  const range = [...CSS.highlights].filter(([name]) => name.startsWith('mark-')).flatMap(([, each]) => [...each] as Range[])[0];
  const box = range?.getClientRects()[0];
  return box !== undefined && box.left >= -1 && box.right <= innerWidth + 1 && box.top >= 0 && box.bottom <= innerHeight + 1;
});

const ways = [
  { way: 'pages', name: 'latin', look: { flow: 'pages', vertical: false }, width: 1000, on: 'ArrowRight' },
  { way: 'two pages', name: 'latin', look: { flow: 'pages', vertical: false }, width: 1700, on: 'ArrowRight' },
  { way: 'vertical', name: 'chinese', look: { flow: 'scroll', vertical: true }, width: 1000, on: 'ArrowDown' },
  { way: 'vertical pages', name: 'chinese', look: { flow: 'pages', vertical: true }, width: 1000, on: 'ArrowDown' },
] as const;

test.each(ways)('$way: selected by keys, marked with a note where it stands, found again, and taken away', async ({ name, look, width, on }) => {
  const { page } = stage;
  await page.setViewportSize({ width, height: 800 });
  await stage.ask('changeSettings', look);
  const frame = await open(name);
  await frame.locator('#head h1').focus();
  await page.keyboard.press('Home');
  await expect.poll(() => gone(frame)).toEqual([0, 0]);
  for (let at = 0; at < 3; at += 1) {
    const before = await gone(frame);
    await page.keyboard.press('PageDown');
    await expect.poll(() => gone(frame)).not.toEqual(before);
  }
  // A turn takes a moment; it has come to rest when it is where it was.
  let rest: number[] = [];
  await expect.poll(async () => {
    const [before, now] = [rest, await gone(frame)];
    rest = now;
    return String(before) === String(now);
  }).toBe(true);
  await page.keyboard.press('h');
  const bar = frame.getByRole('toolbar', { name: 'Selected text' });
  await bar.waitFor();
  const first = await frame.evaluate(() => String(document.getSelection()));
  await page.keyboard.press(on);
  await expect.poll(() => frame.evaluate(() => String(document.getSelection()))).not.toBe(first);
  // Wherever the arrows lead, the sentence is seen.
  for (let at = 0; at < 30; at += 1) await page.keyboard.press(on);
  await expect.poll(() => frame.evaluate(() => {
    const box = document.getSelection()?.getRangeAt(0).getClientRects()[0];
    return box !== undefined && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
  })).toBe(true);
  await bar.waitFor();
  await expect.poll(() => within(frame, '.marking')).toBe(true);
  const box = await bar.boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeGreaterThan(2);
  const at = await gone(frame);
  await page.keyboard.press('n');
  await frame.getByRole('textbox').waitFor();
  await expect.poll(() => within(frame, '.card')).toBe(true);
  await page.keyboard.type('Seen here');
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await kept(name))[0]?.[2]).toBe('Seen here');
  // Writing it has moved nothing, and its sign is beside it.
  expect(await gone(frame)).toEqual(at);
  await expect.poll(() => within(frame, '.marker')).toBe(true);
  await page.keyboard.press('Home');
  await expect.poll(() => gone(frame)).toEqual([0, 0]);
  // Home goes there once more in the next frame.
  await page.evaluate(async () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.keyboard.press('.');
  await frame.locator('.card').waitFor();
  await expect.poll(() => seen(frame)).toBe(true);
  await expect.poll(() => within(frame, '.card')).toBe(true);
  await frame.getByRole('button', { name: 'Blue' }).click();
  await expect.poll(async () => (await kept(name))[0]?.[1]).toBe('blue');
  const again = await open(name);
  await expect.poll(() => painted(again)).toHaveLength(1);
  await page.keyboard.press('.');
  await again.getByRole('button', { name: 'Delete highlight' }).click();
  await expect.poll(() => kept(name)).toEqual([]);
  await expect.poll(() => painted(again)).toEqual([]);
  expect(stage.faults.filter((fault) => !fault.startsWith('Blocked script execution'))).toEqual([]);
});

test.each(['scroll', 'pages'] as const)('a word held by a finger is selected and marked, and no page turns (%s)', async (flow) => {
  const { page } = stage;
  await page.setViewportSize({ width: 1000, height: 800 });
  await stage.ask('changeSettings', { flow, vertical: false });
  const frame = await open('latin');
  const touch = await page.context().newCDPSession(page);
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const before = await gone(frame);
  const at = await frame.evaluate(() => {
    const text = [...document.querySelectorAll('#body p')].map((each) => each.firstChild as Text).find((each) => {
      const range = document.createRange();
      range.selectNode(each);
      const box = range.getClientRects()[0];
      return box !== undefined && box.left >= 0 && box.right <= innerWidth && box.top > 160 && box.bottom < innerHeight - 200;
    });
    text?.parentElement?.setAttribute('data-held', '');
    const word = /[a-z]{5,}/.exec(text?.data ?? '');
    const range = document.createRange();
    range.setStart(text as Text, word?.index ?? 0);
    range.setEnd(text as Text, (word?.index ?? 0) + (word?.[0].length ?? 0));
    const box = range.getBoundingClientRect();
    return { word: word?.[0] ?? '', x: box.left + box.width / 2, y: box.top + box.height / 2 };
  });
  const around = await page.locator('iframe').boundingBox();
  // Where there is no finger, no engine selects by one: the touch is real, and the selection that it makes is made for it.
  const finger = { x: Math.round((around?.x ?? 0) + at.x), y: Math.round((around?.y ?? 0) + at.y) };
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [finger] });
  await frame.evaluate(() => {
    const text = [...document.querySelectorAll('#body p')].map((each) => each.firstChild as Text).find((each) => each.parentElement?.dataset['held'] === '');
    const word = /[a-z]{5,}/.exec(text?.data ?? '');
    document.getSelection()?.setBaseAndExtent(text as Text, word?.index ?? 0, text as Text, (word?.index ?? 0) + (word?.[0].length ?? 0));
  });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const bar = frame.getByRole('toolbar', { name: 'Selected text' });
  await bar.waitFor();
  const green = await bar.getByRole('button', { name: 'Highlight in green' }).boundingBox();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: Math.round((green?.x ?? 0) + 16), y: Math.round((green?.y ?? 0) + 16) }] });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(() => kept('latin')).toEqual([[at.word, 'green', '']]);
  expect(await gone(frame)).toEqual(before);
  const [one] = await stage.ask('highlights', { id: ids['latin'] ?? '' });
  await stage.ask('removeHighlights', { id: ids['latin'] ?? '', highlights: [one?.id ?? ''] });
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: false });
});

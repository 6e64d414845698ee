import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Frame } from 'playwright-core';
import type { ArticleId } from '../../shared/article.ts';
import { axe } from '../axe.ts';
import { lectern, setStage, type Stage } from '../stage.ts';

/* Highlights in the built app and a real Chromium: made, overlapping, noted, kept over a reload and a changed text, undone, by keyboard. */

const lines = [
  'In the morning the people of the harbour stood about in the <em>fog</em>, and by noon most of them had gone home without a word.',
  'Later the people of the <a href="https://market.example/">market</a> counted their baskets twice, wrote the sum on a door, and could not say who had asked for it.',
  'Nobody told the people of the orchard anything, which suited them; they had seen worse years, and the ladders were paid for.',
  'At night the people of the railway lit the lamps, one after another, and the last of them walked back along the line alone.',
];
const page = (texts: readonly string[]): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fog</title><article><h1>Fog</h1>${texts.map((text) => `<p>${text}</p>`).join('')}<ul><li>A list says so too.</li></ul></article>`;

let stage: Stage;
let id: ArticleId;
beforeAll(async () => {
  stage = await setStage({ width: 1280, height: 860 });
  id = (await stage.ask('saveText', { text: page(lines), format: 'html', url: 'https://fog.example/a' })).id;
  await settled();
});
afterAll(async () => {
  await stage.close();
});

const settled = () => vi.waitUntil(async () => {
  const { waiting, working } = await stage.ask('queue', {});
  return waiting + working === 0;
}, { timeout: 30_000, interval: 100 });

async function open(extra = ''): Promise<Frame> {
  await stage.page.goto(`${stage.host.origin}/#/all?article=${id}${extra}`);
  await stage.page.reload();
  const frame = await (await stage.page.waitForSelector('iframe')).contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForSelector('#body > section > *');
  return frame;
}

/** Selects words of the text, from the first of `from` to the end of `to`, as a pointer would leave them. */
const select = (frame: Frame, from: string, to = from) => frame.evaluate(([start, end]) => {
  const body = document.getElementById('body');
  const walker = document.createTreeWalker(body as Node, 4);
  const range = document.createRange();
  let begun = false;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node as Text).data;
    const [a, b] = [text.indexOf(start ?? ''), text.indexOf(end ?? '')];
    if (!begun && a >= 0) {
      range.setStart(node, a);
      begun = true;
    }
    if (begun && b >= 0) {
      range.setEnd(node, b + (end ?? '').length);
      break;
    }
  }
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}, [from, to]);

/** What is painted, by the names of its layers. */
const painted = (frame: Frame) => frame.evaluate(() => Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith('mark-')).map(([name, highlight]) => [name, [...highlight].map((range) => (range as Range).toString())])));
const kept = async () => (await stage.ask('highlights', { id })).map(({ anchor, colour, note, orphan }) => ({ quote: anchor.quote, colour, note, orphan }));
const faults = () => stage.faults.filter((fault) => !fault.startsWith('Blocked script execution'));

test('a selected text is highlighted in a colour; another overlaps it over two paragraphs and inline markup; both are there after a reload', async () => {
  const frame = await open();
  await select(frame, 'people of the harbour');
  const bar = frame.getByRole('toolbar', { name: 'Selected text' });
  await bar.waitFor();
  await bar.getByRole('button', { name: 'Highlight in green' }).press('Enter');
  await expect.poll(() => painted(frame)).toEqual({ 'mark-green': ['people of the harbour'] });
  await bar.waitFor({ state: 'detached' });
  await select(frame, 'harbour stood', 'counted');
  await frame.getByRole('button', { name: 'Highlight in blue' }).press('Enter');
  await expect.poll(async () => Object.keys(await painted(frame))).toEqual(['mark-green', 'mark-blue']);
  expect(await kept()).toEqual([
    { quote: 'people of the harbour', colour: 'green', note: '', orphan: false },
    { quote: 'harbour stood about in the fog, and by noon most of them had gone home without a word. Later the people of the market counted', colour: 'blue', note: '', orphan: false },
  ]);
  const before = await painted(frame);
  const again = await open();
  await expect.poll(() => painted(again)).toEqual(before);
  // Nothing of ours is in the article's own text.
  expect(await again.evaluate(() => document.querySelectorAll('#body mark, #body button').length)).toBe(0);
  expect(faults()).toEqual([]);
});

test('a press opens the card: a note is kept when it is left and shown in the margin, the text staying where it was', async () => {
  const frame = await open();
  await expect.poll(async () => Object.keys(await painted(frame))).toHaveLength(2);
  const at = await frame.evaluate(() => {
    const [range] = [...(CSS.highlights.get('mark-green') ?? [])] as Range[];
    const box = range?.getBoundingClientRect();
    return { x: (box?.left ?? 0) + 8, y: (box?.top ?? 0) + 8, text: document.querySelector('#body p')?.getBoundingClientRect().top };
  });
  const frameBox = await stage.page.locator('iframe').boundingBox();
  await stage.page.mouse.click((frameBox?.x ?? 0) + at.x, (frameBox?.y ?? 0) + at.y);
  const card = frame.getByRole('dialog', { name: 'Highlight' });
  await card.getByRole('textbox', { name: 'Note' }).fill('Ask about 渔港');
  await stage.page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  await expect.poll(async () => (await kept())[0]?.note).toBe('Ask about 渔港');
  const marker = frame.getByRole('button', { name: 'Note: Ask about 渔港' });
  await marker.waitFor();
  expect(await frame.evaluate(() => document.querySelector('#body p')?.getBoundingClientRect().top)).toBe(at.text);
  await marker.press('Enter');
  await card.getByRole('button', { name: 'Delete highlight' }).press('Enter');
  await expect.poll(async () => (await kept()).length).toBe(1);
  await stage.page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await kept())[0]).toEqual({ quote: 'people of the harbour', colour: 'green', note: 'Ask about 渔港', orphan: false });
  expect(faults()).toEqual([]);
});

test('by keyboard alone: a sentence is selected, more is taken, marked, noted, stepped to and deleted', async () => {
  const { page: window } = stage;
  const frame = await open();
  const selected = () => frame.evaluate(() => document.getSelection()?.toString() ?? '');
  await window.keyboard.press('h');
  await expect.poll(selected).toMatch(/^In the morning/);
  await window.keyboard.press('ArrowDown');
  await expect.poll(selected).toMatch(/^Later the people/);
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Shift+ArrowRight');
  await expect.poll(selected).toMatch(/^Nobody told[^]*alone\.$/);
  await window.keyboard.press('4');
  await expect.poll(async () => (await kept()).at(-1)).toMatchObject({ colour: 'pink' });
  await expect.poll(selected).toBe('');
  await window.keyboard.press('y');
  const panel = window.getByRole('group', { name: 'Highlights (3)' });
  await panel.getByRole('button', { name: /Pink/ }).last().waitFor();
  expect(await axe(window)).toEqual([]);
  await window.keyboard.press('Escape');
  await window.keyboard.press('.');
  await frame.getByRole('dialog', { name: 'Highlight' }).waitFor();
  await window.keyboard.press('Escape');
  expect(faults()).toEqual([]);
});

test('the place for all highlights finds them by quote and note, narrows them by colour, and opens the article at one', async () => {
  const { page: window } = stage;
  await window.goto(`${stage.host.origin}/#/home`);
  await window.getByRole('link', { name: 'Highlights' }).click();
  const main = window.getByRole('main');
  await main.getByRole('heading', { name: 'Highlights' }).waitFor();
  await main.getByRole('searchbox').fill('渔港');
  await expect.poll(() => main.getByRole('listitem').count()).toBe(1);
  await main.getByRole('searchbox').fill('');
  await main.getByRole('button', { name: 'Pink' }).first().click();
  await expect.poll(() => main.getByRole('listitem').count()).toBe(1);
  for (const theme of ['paper', 'night'] as const) {
    await stage.ask('changeSettings', theme === 'night' ? { appearance: 'dark', darkTheme: 'night' } : { appearance: 'light', lightTheme: 'paper' });
    await window.locator(`html[data-theme=${theme}]`).waitFor();
    expect(await axe(window)).toEqual([]);
  }
  await stage.ask('changeSettings', { appearance: 'light' });
  await main.getByRole('listitem').getByRole('button').first().click();
  const frame = await (await window.waitForSelector('iframe')).contentFrame();
  await frame?.getByRole('dialog', { name: 'Highlight' }).waitFor();
  expect(await window.evaluate(() => location.hash)).toContain('mark=');
  expect(faults()).toEqual([]);
});

test('when the text changes, highlights stay with their words; one without is listed as an orphan and put back by hand', async () => {
  const { page: window } = stage;
  await stage.ask('capture', { url: 'https://fog.example/a', title: 'Fog', html: page([...lines.slice(1).map((text) => text.replace('one after another', 'slowly')), 'Nobody knows what the harbour did in the end, and nobody in the harbour says.']) });
  await settled();
  await expect.poll(async () => (await kept()).filter(({ orphan }) => orphan).map(({ quote }) => quote)).toEqual(['people of the harbour', expect.stringMatching(/^harbour stood.*counted$/)]);
  const frame = await open();
  await window.getByRole('button', { name: 'Highlights (3)' }).click();
  await window.getByText('2 whose text is no longer found').waitFor();
  await window.getByRole('button', { name: /Put back/ }).first().click();
  await select(frame, 'what the harbour did');
  await frame.getByRole('button', { name: 'Put the highlight here' }).press('Enter');
  await expect.poll(async () => (await kept()).find(({ note }) => note !== '')).toEqual({ quote: 'what the harbour did', colour: 'green', note: 'Ask about 渔港', orphan: false });
  expect(faults()).toEqual([]);
});

test('the command line prints what was highlighted', async () => {
  const printed = await lectern(stage.home, ['highlights', id]);
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  expect(printed.stdout).toContain('> what the harbour did\n\nAsk about 渔港\n');
  expect(printed.stdout).toContain(`lectern://open?article=${id}&highlight=`);
  const data = (await lectern(stage.home, ['highlights', '--json'])).stdout.trim().split('\n').flatMap((line) => JSON.parse(line) as Array<{ article: string }>);
  expect(data.map(({ article }) => article)).toEqual([id, id, id]);
});

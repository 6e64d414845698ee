import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* Searching, in the built app and a real Chromium: the box, what it understands, the list, the sidebar, the marks in the text. */

let stage: Stage;
const shots = process.env['LECTERN_SHOTS'];
const shoot = async (name: string) => {
  if (shots !== undefined) await stage.page.screenshot({ path: `${shots}/${name}.png` });
};

beforeAll(async () => {
  stage = await setStage({ width: 1280, height: 860 });
  const far = 'Nothing of what is looked for stands in this paragraph, which only takes its place. '.repeat(12);
  for (const [title, text, tags] of [
    ['A quiet harbour', `The harbour lies still.\n\n${far}\n\n${far}\n\n${far}\n\n${far}\n\nIn the evening the harbour fills.\n\n${far}\n\n${far}\n\nA second HARBOUR, across the bay.`, ['places/sea']],
    ['理髮師的早晨', `他的頭髮很長，發展得也快。\n\n${'清晨的街道上只有風。'.repeat(30)}\n\n頭髮落在地上。`, ['生活']],
    ['On trains', `A train passes the harbour without stopping. ${far}`, ['places']],
  ] as const) await stage.ask('saveText', { text: `# ${title}\n\n${text}`, format: 'markdown', name: title, tags: [...tags] });
});
afterAll(() => stage.close());

const field = () => stage.page.getByRole('combobox', { name: 'Search and commands' });
const ask = async (text: string) => {
  await field().fill(text);
};

test('from the box to the text: results, completion, what is not understood, and each place in the article', async () => {
  const { page } = stage;
  await page.getByRole('navigation').first().waitFor();
  await page.keyboard.press('/');
  await field().waitFor();
  await shoot('start');
  expect(await axe(page)).toEqual([]);
  await ask('harbour');
  await page.getByRole('option', { name: /A quiet harbour/ }).waitFor();
  await page.getByRole('option', { name: /Show all 2 in a list/ }).waitFor();
  await shoot('results');
  expect(await axe(page)).toEqual([]);
  await ask('harbour tag:pl');
  await page.getByRole('option', { name: 'tag:places/sea' }).waitFor();
  await shoot('completion');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  expect(await field().inputValue()).toBe('harbour tag:places/sea ');
  await ask('harbour before:soon (train');
  await page.getByText(/“before:soon” has no date in it/).waitFor();
  await page.getByRole('option', { name: /On trains/ }).waitFor();
  await shoot('error');
  expect(await axe(page)).toEqual([]);
  await ask('zzz');
  await page.getByText('Nothing found for “zzz”').waitFor();
  await shoot('empty');
  expect(await axe(page)).toEqual([]);

  await ask('harbour -train');
  await page.getByRole('option', { name: /A quiet harbour/ }).waitFor();
  await page.keyboard.press('Enter');
  const bar = page.getByRole('search', { name: 'Places found' });
  await bar.getByText(/^1 \/ \d/).waitFor();
  const text = page.frameLocator('iframe').locator('body');
  await text.getByText('In the evening').waitFor({ state: 'attached' });
  const top = () => page.evaluate(() => document.querySelector('iframe')?.contentWindow?.scrollY ?? 0);
  expect(await page.evaluate(() => [...((document.querySelector('iframe')?.contentWindow as (Window & { CSS: typeof CSS }) | null)?.CSS.highlights.keys() ?? [])].filter((name) => name.startsWith('found')))).toEqual(['found', 'found-now']);
  const before = await top();
  await page.keyboard.press('F3');
  await bar.getByText(/^2 \/ \d/).waitFor();
  await bar.getByRole('button', { name: 'Next place' }).click();
  await bar.getByText(/^3 \/ \d/).waitFor();
  await expect.poll(top).toBeGreaterThan(before);
  await shoot('marks');
  expect(await axe(page)).toEqual([]);
  await bar.getByRole('button', { name: 'Mark no longer' }).click();
  await bar.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  expect(stage.faults).toEqual([]);
});

test('all that is found is a list, kept in the sidebar with its count, renamed and forgotten with a way back', async () => {
  const { page } = stage;
  await page.keyboard.press('/');
  await ask('harbour');
  await page.getByRole('option', { name: /Show all 2 in a list/ }).click();
  await page.getByRole('grid', { name: 'harbour' }).waitFor();
  await page.getByRole('row').filter({ hasText: 'On trains' }).waitFor();
  await page.getByRole('combobox', { name: 'Sort' }).or(page.getByRole('combobox', { name: 'Order' })).first().waitFor();
  await page.getByRole('button', { name: 'Keep this search in the sidebar' }).click();
  const kept = page.getByRole('region', { name: 'Searches' });
  await kept.getByRole('link', { name: /harbour\s*2/ }).waitFor();
  await shoot('list');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Edit kept searches' }).click();
  const name = page.getByRole('textbox', { name: 'Name of harbour' });
  await name.fill('Harbours');
  await name.press('Enter');
  await kept.getByRole('link', { name: /Harbours/ }).waitFor({ state: 'attached' });
  await shoot('searches');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Keep Harbours no longer' }).click();
  await kept.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await kept.getByRole('link', { name: /Harbours\s*2/ }).waitFor();
  expect(stage.faults).toEqual([]);
});

test('in Chinese, dark and narrow: traditional is found by simplified, and marked', async () => {
  const { page } = stage;
  await stage.ask('changeSettings', { appearance: 'dark', language: 'zh-CN' });
  await page.locator('html[data-theme=night][lang=zh-CN]').waitFor({ state: 'attached' });
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: '搜索与命令' });
  await box.fill('头发');
  await page.getByRole('option', { name: /理髮師的早晨/ }).waitFor();
  expect(await page.getByRole('option', { name: /理髮師的早晨/ }).locator('mark').allTextContents()).toContain('頭髮');
  await shoot('chinese');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '搜索写法' }).click();
  await shoot('help');
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 720 });
  await shoot('narrow-help');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '搜索写法' }).click();
  await shoot('narrow');
  await box.press('Enter');
  await page.getByRole('search', { name: '找到的位置' }).getByText(/^1 \/ \d/).waitFor();
  await shoot('narrow-marks');
  expect(await axe(page)).toEqual([]);
  expect(stage.faults).toEqual([]);
});

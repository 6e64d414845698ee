import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* What is done to thousands at once, in the built app: told as it goes, stopped, taken back. MANY=20000 for more. */

const many = Number(process.env['MANY'] ?? 3_000);
const told = (count: number) => count.toLocaleString('en');
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  for (let from = 0; from < many; from += 500) {
    const pages = Array.from({ length: Math.min(500, many - from) }, (_, n) => ({ url: `https://one.example/${from + n}`, title: `Number ${from + n}`, note: '' }));
    await stage.ask('bookmark', { pages, tags: ['old', ...(from === 0 ? ['old/inner'] : [])] });
  }
});
afterAll(() => stage.close());

const trashed = async () => (await stage.ask('library', {})).counts.trash;
const counts = async () => (await stage.ask('tags', {})).map(({ name, count }) => [name, count]);

test('thousands are moved to the trash, told as it goes, while the window answers; one Undo brings all back', async () => {
  const { page } = stage;
  await page.goto(`${stage.host.origin}/#/bookmarks`);
  await page.getByRole('row').first().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('heading', { name: `${told(many)} selected` }).waitFor();
  await page.keyboard.press('d');
  const bar = page.getByRole('progressbar', { name: `of ${told(many)} articles changed` });
  await bar.waitFor();
  expect(await axe(page)).toEqual([]);
  if (process.env['SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SHOTS']}/many.png` });
  // Meanwhile something else is asked and shown.
  await page.keyboard.press('/');
  await page.getByRole('dialog', { name: 'Search' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(`${told(many)} articles moved to the trash`).waitFor({ timeout: 120_000 });
  await bar.waitFor({ state: 'detached' });
  expect(await trashed()).toBe(many);
  await page.keyboard.press('u');
  await page.getByRole('progressbar', { name: 'Taking it back…' }).waitFor();
  await page.getByText('Undone').waitFor({ timeout: 120_000 });
  expect([await trashed(), await counts()]).toEqual([0, [['old', many], ['old/inner', 500]]]);
});

test('a tag of thousands gets another name: stopped in between and taken back, then done whole', async () => {
  const { page } = stage;
  const rename = async () => {
    await page.getByRole('navigation').getByRole('link', { name: /^old / }).focus();
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Rename old' }).waitFor();
    await page.keyboard.type('new');
    await page.keyboard.press('Enter');
  };
  await rename();
  // What tells of it lies in the panel that is open, so that it can be reached.
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await page.getByText(/^Stopped\. [\d,]+ articles changed\.$/).waitFor({ timeout: 60_000 });
  expect((await counts()).find(([name]) => name === 'old')).toBeDefined();
  expect((await counts()).find(([name]) => name === 'new')).toBeDefined();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('u');
  await expect.poll(counts, { timeout: 120_000 }).toEqual([['old', many], ['old/inner', 500]]);
  await rename();
  await page.getByText('The tag is now new').waitFor({ timeout: 120_000 });
  expect(await counts()).toEqual([['new', many], ['new/inner', 500]]);
  await page.keyboard.press('u');
  await expect.poll(counts, { timeout: 120_000 }).toEqual([['old', many], ['old/inner', 500]]);
  expect(stage.faults).toEqual([]);
});

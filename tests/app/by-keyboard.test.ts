import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { setStage, type Stage } from '../stage.ts';

/* What is done with a library, by keys alone: everything is come to by Tab and its role and name, and what is taken away is brought back. */

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  const same = 'The same long text stands here twice, or very nearly, for all who care to see it. '.repeat(60);
  for (const [name, host] of [['One', 'a'], ['Two', 'b']] as const) await stage.ask('saveText', { text: `# ${name}\n\n${same}`, format: 'markdown', url: `https://${host}.example/x`, tags: [name] });
  for (let n = 0; n < 3; n++) await stage.ask('saveText', { text: `# Fog ${n}\n\n${`Number ${n} tells of fog and of nothing that the others tell. `.repeat(20 + 9 * n)}`, format: 'markdown', tags: ['weather'] });
});
afterAll(() => stage.close());

/** Presses Tab until it is there, as who has no pointer does. */
async function tabTo(target: Locator): Promise<void> {
  for (let steps = 0; steps < 120; steps++) {
    if (await target.evaluateAll((all) => all.some((each) => each === document.activeElement))) return;
    await stage.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${String(target)}.`);
}
async function press(target: Locator, key = 'Enter'): Promise<void> {
  await target.first().waitFor();
  await tabTo(target);
  await stage.page.keyboard.press(key);
}
const open = async (hash: string) => {
  await stage.page.goto(`${stage.host.origin}/${hash}`);
  await stage.page.reload();
};

test('duplicates are compared, kept apart and merged, and each is taken back', async () => {
  const { page } = stage;
  await expect.poll(async () => (await stage.ask('duplicates', { count: 10 })).total).toBe(1);
  await open('#/duplicates');
  const total = async () => (await stage.ask('duplicates', { count: 10 })).total;
  await press(page.getByRole('button', { name: /^Not the same|^Keep apart|^These differ/ }));
  await expect.poll(total).toBe(0);
  await page.keyboard.press('u');
  await expect.poll(total).toBe(1);
  await press(page.getByRole('button', { name: /^Merge|^Keep this/ }));
  await expect.poll(async () => (await stage.ask('library', {})).counts.trash).toBe(1);
  await page.keyboard.press('u');
  await expect.poll(async () => (await stage.ask('library', {})).counts.trash).toBe(0);
});

test('kept searches are put in another order and forgotten; a button at the end keeps the focus', async () => {
  const { page } = stage;
  for (const name of ['First', 'Second']) await stage.ask('keepSearch', { id: null, name, query: `fog ${name}`, sort: 'newest' });
  await open('#/inbox');
  const names = async () => (await stage.ask('searches', {})).map(({ name }) => name);
  await press(page.getByRole('button', { name: 'Edit kept searches' }));
  const up = page.getByRole('button', { name: 'Move Second up' });
  await press(up);
  await expect.poll(names).toEqual(['Second', 'First']);
  await expect.poll(() => up.getAttribute('aria-disabled')).toBe('true');
  expect(await up.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await press(page.getByRole('button', { name: 'Keep First no longer' }));
  await expect.poll(names).toEqual(['Second']);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('u');
  await expect.poll(names).toEqual(['Second', 'First']);
});

test('a tag is merged, taken off everywhere and brought back; a shelf is folded, moved and taken off', async () => {
  const { page } = stage;
  await open('#/inbox?panel=tags');
  const counts = async () => (await stage.ask('tags', {})).map(({ name, count }) => `${name} ${count}`);
  const before = await counts();
  await press(page.getByRole('button', { name: 'Actions for weather' }));
  await page.getByRole('menu').waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  for (let steps = 0; steps < 12 && !(await focused()).startsWith('Remove'); steps++) await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('Remove from all articles');
  await page.keyboard.press('Enter');
  await expect.poll(counts).toEqual(before.filter((each) => !each.startsWith('weather')));
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('u');
  await expect.poll(counts).toEqual(before);
  await stage.ask('shelves', { tags: ['One', 'weather'] });
  await open('#/home');
  const shelves = async () => (await stage.ask('home', {})).shelves.map(({ tag }) => tag);
  await press(page.getByRole('button', { name: 'Fold weather' }), 'Alt+ArrowUp');
  await expect.poll(shelves).toEqual(['weather', 'One']);
  await page.keyboard.press('u');
  await expect.poll(shelves).toEqual(['One', 'weather']);
  await press(page.getByRole('button', { name: 'Options of weather' }));
  await press(page.getByRole('button', { name: 'Take off Home' }));
  await expect.poll(shelves).toEqual(['One']);
  await page.keyboard.press('u');
  await expect.poll(shelves).toEqual(['One', 'weather']);
});

test('a list is selected, given a tag, archived and put into the trash, and each is taken back', async () => {
  const { page } = stage;
  await open('#/tag/weather');
  const facts = async () => (await stage.ask('list', { where: { list: 'all' } })).rows.map(({ title, tags, archived, favourite }) => ({ title, tags, archived, favourite }));
  const before = await facts();
  await page.getByRole('row').first().waitFor();
  await tabTo(page.getByRole('row'));
  for (const [key, undone] of [['e', 'u'], ['s', 'u'], ['d', 'u']] as const) {
    await page.keyboard.press('ControlOrMeta+a');
    await page.getByRole('heading', { name: '3 selected' }).waitFor();
    await page.keyboard.press(key);
    await expect.poll(facts).not.toEqual(before);
    await page.keyboard.press(undone);
    await expect.poll(facts).toEqual(before);
    await page.keyboard.press('Escape');
    await page.getByRole('row').nth(2).waitFor();
    await tabTo(page.getByRole('row'));
  }
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('heading', { name: '3 selected' }).waitFor();
  await page.keyboard.press('t');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('fresh');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(async () => (await facts()).filter(({ tags }) => tags.includes('fresh')).length).toBe(3);
  await page.keyboard.press('u');
  await expect.poll(facts).toEqual(before);
  expect(stage.faults).toEqual([]);
});

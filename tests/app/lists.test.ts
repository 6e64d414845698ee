import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* Lists in the built app: groups, densities, what is selected, statistics. */

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  for (let n = 0; n < 9; n++) {
    const tags = n % 2 === 0 ? ['harbour'] : [];
    await stage.ask('saveText', { text: `The text of number ${n}. `.repeat(40), name: `Number ${n}`, url: `https://site${n % 3}.example/${n}`, tags });
  }
});
afterAll(() => stage.close());

test('one list in groups, compact, selected, archived and taken back; told in the statistics', async () => {
  const { page } = stage;
  await expect.poll(async () => (await stage.ask('list', { where: { list: 'all' } })).rows.filter(({ stage: { state } }) => state === 'ready').length).toBe(9);
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await page.getByRole('row').first().waitFor();
  await page.getByRole('button', { name: 'How the list looks' }).click();
  await page.getByRole('combobox', { name: 'In groups' }).selectOption('tag');
  await page.getByText('Compact').click();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const group = page.getByRole('rowgroup', { name: 'harbour' });
  await group.getByText(/^5 articles/).waitFor();
  await expect.poll(async () => (await group.getByRole('row').nth(1).boundingBox())?.height).toBe(56);

  await group.getByRole('row').nth(1).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('heading', { name: '2 selected' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await page.getByText('2 articles archived').waitFor();
  await expect.poll(async () => (await stage.ask('library', {})).counts.archive).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await stage.ask('library', {})).counts.archive).toBe(0);

  const [row] = (await stage.ask('list', { where: { list: 'all' } })).rows;
  await stage.ask('read', { id: row?.id ?? '', seconds: 120 });
  await page.getByRole('link', { name: 'Statistics' }).click();
  await page.getByText('2 min this week').waitFor();
  expect(await axe(page)).toEqual([]);
  expect(stage.faults).toEqual([]);
});

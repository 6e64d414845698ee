import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { lectern, setStage, type Stage } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await stage.ask('saveText', { text: 'Some words of the river.\n\nAnd some more of them, so that it is an article.', name: 'By the river' });
});
afterAll(() => stage.close());

/** The preferences, at the library. */
async function openSection(): Promise<Locator> {
  const { page } = stage;
  await page.goto(`${stage.host.origin}/#/home?panel=preferences`);
  const dialog = page.getByRole('dialog', { name: 'Preferences' });
  await dialog.getByRole('button', { name: 'Library', exact: true }).click();
  await dialog.getByRole('heading', { name: 'Folder' }).waitFor();
  return dialog;
}

test('by keyboard: sizes, a wrong folder, a move, another library and back', async () => {
  const { page, home } = stage;
  const dialog = await openSection();
  await dialog.getByText(home.library, { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Count' }).press('Enter');
  await dialog.getByText('Together').waitFor();
  expect(await axe(page)).toEqual([]);

  await dialog.getByRole('button', { name: 'Move…' }).press('Enter');
  const form = dialog.getByRole('form', { name: 'Move the library' });
  await page.keyboard.type(join(home.library, 'deeper'));
  await form.getByText(/lies inside the library/).waitFor();
  expect(await axe(page)).toEqual([]);
  const moved = join(home.folder, 'moved');
  await form.getByRole('textbox', { name: 'Folder' }).fill(moved);
  await form.getByText(`The library will be at ${moved}. It stays on this disk, so this takes a moment.`).waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByText(`The library is now at ${moved}.`).waitFor();
  await dialog.getByText(moved, { exact: true }).waitFor();
  expect(existsSync(home.library)).toBe(false);
  expect(await stage.ask('list', { where: { list: 'all' } })).toMatchObject({ total: 1 });
  // The command line finds the owner at the new place.
  const where = await lectern({ ...home, library: moved }, ['where', '--json']);
  expect(where).toMatchObject({ code: 0 });
  expect(JSON.parse(where.stdout)).toMatchObject({ path: moved });

  const other = join(home.folder, 'other');
  await mkdir(other);
  await dialog.getByRole('button', { name: 'Open another…' }).press('Enter');
  await page.keyboard.type(other);
  const made = dialog.getByRole('button', { name: 'Make a new library' });
  await made.waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.hash === '#/home');
  await page.getByRole('button', { name: 'Read the sample article' }).waitFor();
  expect(await stage.ask('list', { where: { list: 'all' } })).toMatchObject({ total: 0 });

  const again = await openSection();
  await again.getByRole('button', { name: `Open ${moved}` }).press('Enter');
  await page.waitForURL((url) => url.hash === '#/home');
  await page.getByText(/Some words of the river/).first().waitFor();
  expect(stage.faults).toEqual([]);
});

test('the room is given back in plain words, and the command line does the same', async () => {
  const dialog = await openSection();
  await dialog.getByRole('button', { name: 'Compact' }).press('Enter');
  await dialog.getByText(/given back\.|nothing to give back/).waitFor();
  const path = join(stage.home.folder, 'moved');
  const home = { ...stage.home, library: path };
  expect(await lectern(home, ['compact'])).toMatchObject({ code: 0 });
  expect(await lectern(home, ['move', path])).toMatchObject({ code: 1, stderr: expect.stringContaining('is where the library is already') });
  expect(await lectern(home, ['move'])).toMatchObject({ code: 2 });
  const third = join(stage.home.folder, 'third');
  expect(await lectern(home, ['move', third])).toMatchObject({ code: 0, stdout: expect.stringContaining(third) });
  expect(await stage.ask('library', {})).toMatchObject({ path: third });
  expect(await stage.ask('check', {})).toMatchObject({ problems: [] });
});

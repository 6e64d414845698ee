import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { axe } from '../axe.ts';
import { launchChromium, lectern, makeHome, root, runNode, startHost, watchFaults, type Home } from '../stage.ts';

/* A library on a disk that is not always there: at the start, and while it is open. */

let home: Home;
let browser: Browser;
const drive = () => dirname(home.library);
const unplug = () => renameSync(drive(), join(home.folder, 'unplugged'));
const plug = () => renameSync(join(home.folder, 'unplugged'), drive());

beforeAll(async () => {
  const made = await makeHome();
  home = { ...made, library: join(made.folder, 'drive', 'library') };
  mkdirSync(drive());
  browser = await launchChromium();
  await lectern(home, ['add', '--tag', 'kept', '-'], 'Some words of the river.\n\nAnd some more of them, so that it is an article.');
});
afterAll(async () => {
  await browser.close();
  await home.remove();
});

async function look(page: Page, name: string): Promise<void> {
  expect(await axe(page)).toEqual([]);
  // Looked at by hand where it is asked for.
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], `${name}.png`) });
}

test('the command line says so, makes none, and makes a new one when it is told to', async () => {
  unplug();
  const missing = await lectern(home, ['list']);
  expect(missing).toMatchObject({ code: 1, stdout: '' });
  expect(missing.stderr).toContain(`The library’s folder ${home.library} is not there. Its disk may not be connected`);
  expect(existsSync(drive())).toBe(false);
  const other = { ...home, library: join(home.folder, 'other') };
  expect(await lectern(other, ['list'])).toMatchObject({ code: 0 });
  renameSync(other.library, join(home.folder, 'other-away'));
  expect(await lectern(other, ['list'])).toMatchObject({ code: 1 });
  expect(await lectern(other, ['list', '--make'])).toMatchObject({ code: 2 });
  expect(await runNode([join(root, 'scripts', 'lectern.mjs'), '--make', '--library', other.library, 'list'], { env: home.env })).toMatchObject({ code: 0 });
  expect(existsSync(other.library)).toBe(true);
  plug();
});

test('a window says which folder is missing, and shows the library by itself when it is there', async () => {
  unplug();
  const host = await startHost(home);
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB' });
  const page = await context.newPage();
  const faults = watchFaults(page);
  await page.goto(host.link);
  await page.getByRole('heading', { name: 'The library’s folder is not there' }).waitFor();
  await page.getByText(home.library, { exact: true }).waitFor();
  await look(page, 'missing-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'missing-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 700 });
  await look(page, 'missing-narrow');
  await page.setViewportSize({ width: 1280, height: 860 });
  // By keyboard: tried again, and another chosen.
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await page.getByRole('button', { name: 'Open another…' }).press('Enter');
  await page.keyboard.type(join(home.folder, 'nowhere', 'at', 'all'));
  await page.getByText(/There is no folder that/).waitFor();
  await look(page, 'missing-choose');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Make a new one here' }).press('Enter');
  await page.getByText(/It begins empty/).waitFor();
  await look(page, 'missing-make');
  // Where its disk would be there is nothing to make a folder in: said, and nothing done.
  await page.getByRole('button', { name: 'Make a new library' }).press('Enter');
  await page.getByText(/There is no folder that/).waitFor();
  expect(existsSync(drive())).toBe(false);
  plug();
  await page.getByText(/Some words of the river/).first().waitFor();

  // Unplugged while it is open.
  unplug();
  await page.getByText(/Some words of the river/).first().click();
  const bar = page.getByRole('alert').filter({ hasText: 'is not there any more' });
  await bar.waitFor();
  await look(page, 'gone');
  plug();
  await bar.waitFor({ state: 'detached' });
  await page.reload();
  await page.frameLocator('iframe').getByText('And some more of them').waitFor();
  expect(faults.filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]);
  expect(host.output()).not.toMatch(/\n\s+at /);
  expect(await host.stop()).toBe(0);
  expect(await lectern(home, ['check'])).toMatchObject({ code: 0 });
});

test('in Chinese', async () => {
  unplug();
  const host = await startHost(home);
  const context = await browser.newContext({ viewport: { width: 900, height: 700 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(host.link);
  await page.getByRole('heading', { name: '找不到文库所在的文件夹' }).waitFor();
  await look(page, 'missing-chinese');
  expect(await host.stop()).toBe(0);
  plug();
});

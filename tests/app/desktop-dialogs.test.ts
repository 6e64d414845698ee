import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { standInDriver, type Desktop } from '../electron/driver.ts';

/*
 * The system's own dialogs, answered in every way they can be: a folder, nothing, one that cannot be used; a file that is
 * written, called off, or cannot be written. On the stand-in: a real dialog takes no answers from a test.
 */

let home = '';
let app: Desktop;
let page: Page;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lectern-dialogs-'));
  app = await standInDriver.start({ home });
  page = await app.page();
  await page.locator('#main').waitFor();
  await page.evaluate(() => (window as unknown as { lectern: { ask(name: string, input: unknown): unknown } }).lectern.ask('saveText', { text: '# Harbour\n\nThe ferry was late all week, and the pilot wrote it down.', tags: ['harbour'] }));
});
afterAll(async () => {
  await app?.end();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

type Record = { asked: Array<{ over: boolean; options: { defaultPath?: string; properties?: string[] } }>; folders: string[]; unshown: string };
const record = <T>(run: (record: Record, arg: string) => T, arg = '') => app.main(new Function('electron', 'arg', `return (${run.toString()})(electron.record, arg)`) as never, arg as never) as Promise<T>;
const answerWith = (folder: string) => record(({ folders }, path) => void folders.push(path), folder);
const asked = () => record((each) => each.asked.splice(0));

async function openForm(name: 'Move…' | 'Open another…', label: string): Promise<{ dialog: Locator; form: Locator; field: Locator }> {
  await page.evaluate(() => (location.hash = '#/home'));
  await page.evaluate(() => (location.hash = '#/home?panel=preferences'));
  const dialog = page.getByRole('dialog', { name: 'Preferences' });
  await dialog.getByRole('button', { name: 'Library', exact: true }).click();
  await dialog.getByRole('button', { name }).click();
  const form = dialog.getByRole('form', { name: label });
  return { dialog, form, field: form.getByRole('textbox', { name: 'Folder' }) };
}

const library = () => join(home, 'data', 'Lectern');

test('choosing a folder: over the window, from where the library is; closed without a choice, nothing changes', async () => {
  const { form, field } = await openForm('Move…', 'Move the library');
  await field.fill('/typed/before');
  await form.getByRole('button', { name: 'Choose…' }).click();
  await expect.poll(asked).toEqual([{ over: true, options: { defaultPath: library(), properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] } }]);
  expect(await field.inputValue()).toBe('/typed/before');
  expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('a folder that cannot be written is told before anything is moved', async () => {
  const shut = join(home, 'shut');
  await mkdir(shut);
  await chmod(shut, 0o500);
  const { dialog, form, field } = await openForm('Move…', 'Move the library');
  await answerWith(join(shut, 'library'));
  await form.getByRole('button', { name: 'Choose…' }).click();
  await expect.poll(() => field.inputValue()).toBe(join(shut, 'library'));
  const move = form.getByRole('button', { name: 'Move', exact: true });
  await expect.poll(() => move.isEnabled()).toBe(true);
  await move.click();
  // Root may write everywhere: then it has moved, and moves back.
  if (process.getuid?.() === 0) {
    await dialog.getByText(`The library is now at ${join(shut, 'library')}.`).waitFor();
    await openForm('Move…', 'Move the library');
    await field.fill(library());
    await form.getByText(/will be at/).waitFor();
    await move.click();
    await dialog.getByText(`The library is now at ${library()}.`).waitFor();
  } else await dialog.getByText(/did not allow access to/).waitFor();
  expect(JSON.parse(await readFile(join(library(), 'lectern.json'), 'utf8'))).toMatchObject({ format: expect.any(Number) });
});

test('a chosen folder takes the library in; another one becomes a new library', async () => {
  const moved = join(home, 'moved');
  await mkdir(moved);
  const { dialog, form } = await openForm('Move…', 'Move the library');
  await answerWith(moved);
  await form.getByRole('button', { name: 'Choose…' }).click();
  await form.getByText(`The library will be at ${moved}.`, { exact: false }).waitFor();
  await form.getByRole('button', { name: 'Move', exact: true }).click();
  await dialog.getByText(`The library is now at ${moved}.`).waitFor();

  const other = join(home, 'other');
  await mkdir(other);
  const second = await openForm('Open another…', 'Open another library');
  await answerWith(other);
  await second.form.getByRole('button', { name: 'Choose…' }).click();
  await second.form.getByRole('button', { name: 'Make a new library' }).click();
  await page.getByRole('button', { name: 'Read the sample article' }).waitFor();
  expect((await asked()).map(({ options }) => options.defaultPath)).toEqual([library(), library(), moved]);
  const back = await openForm('Open another…', 'Open another library');
  await back.dialog.getByRole('button', { name: `Open ${moved}` }).click();
  await page.getByText('Harbour').first().waitFor();
});

test('a folder that the system cannot show is told', async () => {
  await openForm('Move…', 'Move the library');
  await record((each, reason) => void (each.unshown = reason), 'No application knows how to open it.');
  const dialog = page.getByRole('dialog', { name: 'Preferences' });
  await dialog.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(() => page.getByRole('alert').allTextContents()).toEqual([expect.stringContaining('No application knows how to open it.')]);
  await record((each) => void (each.unshown = ''));
});

/** Hands a list out; the system's dialog sends it to `path`, or is called off. */
async function handOut(path: string | null): Promise<void> {
  await app.main(({ session }, to) => {
    session.fromPartition('lectern').once('will-download', (_event: unknown, item: { setSavePath(path: string): void }) => void (to !== null && item.setSavePath(to)));
  }, path);
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['# A list'], { type: 'text/markdown' }));
    link.download = 'list.md';
    link.click();
  });
}

test('a file that is handed out is written; called off, nothing is said; not writable, it is told', async () => {
  const there = join(home, 'list.md');
  await handOut(there);
  await expect.poll(() => existsSync(there)).toBe(true);
  const before = await page.getByRole('alert').count();
  await handOut(null);
  // A folder in place of the file: not even root writes there.
  const taken = join(home, 'taken.md');
  await mkdir(join(taken, 'in the way'), { recursive: true });
  await handOut(taken);
  await page.getByRole('alert').filter({ hasText: taken }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(before + 1);
});

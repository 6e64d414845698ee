import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { boat, garbledPage, map, mapPath, paragraphs, title } from '../library/garbled.ts';
import { lectern, makeHome, setStage, type Home, type Stage } from '../stage.ts';
import { startWeb, type Web } from '../web/web.ts';

/* Extracting again, on the command line and in the real window. */

let web: Web;
let home: Home;
let stage: Stage;
beforeAll(async () => {
  web = await startWeb({ '/p': garbledPage, '/boat.png': boat, [mapPath]: map });
  home = await makeHome();
  // Whoever runs first builds, if a source is newer than the build.
  await lectern(home, ['--version']);
  stage = await setStage();
});
afterAll(async () => {
  await stage.close();
  await home.remove();
  await web.close();
});

const lines = (text: string) => text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

test('the command line tries, replaces, and finds nothing older', async () => {
  const [added] = lines((await lectern(home, ['add', `${web.origin}/p`, '--wait', '--json'])).stdout);
  const id = String(added?.['id']);
  const dry = await lectern(home, ['again', id, '--encoding', 'gb18030', '--dry-run']);
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout.split('\n')[0]).toBe(`${id}  ${title}  gb18030  0 kept, 6 added, 6 removed`);
  expect(dry.stdout).toContain(`    + Title: ${title}\n`);
  expect(dry.stdout).toContain(`    + ${paragraphs[0]}\n`);
  expect((await lectern(home, ['show', id])).stdout).not.toContain(paragraphs[0]);

  const done = await lectern(home, ['again', `${web.origin}/p`, '--encoding', 'gb18030', '--json']);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(lines(done.stdout)).toMatchObject([{ id, replaced: true, title, added: 6, error: null, encoding: { before: 'windows-1252', after: 'gb18030', chosen: true } }]);
  expect((await lectern(home, ['show', id])).stdout).toContain(paragraphs[0]);
  expect((await lectern(home, ['again', id])).stdout).toBe(`${id}  ${title}  gb18030  nothing changes\n`);
  expect(await lectern(home, ['again', '--all-older'])).toMatchObject({ code: 0, stdout: '', stderr: 'No article was made by an earlier extractor.\n' });

  const [failed] = lines((await lectern(home, ['add', `${web.origin}/not-there`, '--wait', '--json'])).stdout);
  const mixed = await lectern(home, ['again', String(failed?.['id']), id, 'nobody']);
  expect([mixed.code, mixed.stdout]).toEqual([1, `${id}  ${title}  gb18030  nothing changes\n`]);
  expect(mixed.stderr).toContain('there is nothing to extract again');
  expect(mixed.stderr).toContain('“nobody” is not in this library.');
});

test.each([
  [['again'], 'Something is missing.'],
  [['again', '--all-older', 'x'], '“x” is one thing too many here.'],
  [['again', 'x', '--encoding'], '--encoding needs a value.'],
])('misuse %j ends with 2', async (args, sentence) => {
  const ended = await lectern(home, args);
  expect([ended.code, ended.stdout]).toEqual([2, '']);
  expect(ended.stderr).toContain(sentence);
});

test('in the window, by keyboard alone: a garbled text is given its encoding, and taken back', async () => {
  const { page, ask } = stage;
  const [saved] = await ask('save', { urls: [`${web.origin}/p`] });
  const id = saved?.id ?? '';
  await expect.poll(async () => (await ask('article', { id })).stage.state, { timeout: 30_000 }).toBe('ready');
  await page.goto(`${stage.host.origin}/#/all?article=${id}`);
  await page.getByRole('button', { name: 'Text and page' }).focus();
  await page.keyboard.press('Enter');
  const entry = page.getByRole('button', { name: 'Text garbled? Choose encoding…' });
  await entry.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Choose the encoding' });
  await panel.getByRole('status').filter({ hasText: 'Nothing would change.' }).waitFor();
  await expect.poll(() => panel.getByRole('combobox').evaluate((field) => field === document.activeElement)).toBe(true);
  await panel.getByRole('combobox').selectOption('gb18030');
  await panel.getByText(title).first().waitFor();
  for (const theme of ['paper', 'night'] as const) {
    await ask('changeSettings', theme === 'night' ? { appearance: 'dark', darkTheme: 'night' } : { appearance: 'light', lightTheme: 'paper' });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    expect(await axe(page, 'dialog')).toEqual([]);
  }
  await ask('changeSettings', { appearance: 'light' });
  await panel.getByRole('button', { name: 'Replace the article' }).press('Enter');
  await panel.waitFor({ state: 'detached' });
  await page.frameLocator('iframe').getByText(paragraphs[5] ?? '').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Text and page');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.frameLocator('iframe').getByText(paragraphs[5] ?? '').waitFor({ state: 'detached' });
  expect(stage.faults).toEqual([]);
});

test('extract tells what it left out when it is asked, as lines and as data', async () => {
  const page = '<!doctype html><title>Fog</title><nav class="menu"><a href="/a">Weather</a></nav>' +
    `<article><h1>Fog</h1>${['harbour', 'market', 'orchard'].map((place) => `<p>In the morning the people of the ${place} met to talk about the fog, and by noon most of them agreed that something had to be done.</p>`).join('')}</article>`;
  const told = await lectern(home, ['extract', '-', '--explain'], page);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('Left out: in the site’s navigation (1 block, 7 characters)\n    Weather\n');
  expect(told.stdout).toContain('Kept as a fact: the title, shown above the text');
  const data = JSON.parse((await lectern(home, ['extract', '-', '--explain', '--json'], page)).stdout) as object;
  expect(data).toMatchObject({ explanation: { by: 'chooser', kept: { blocks: 3 }, leftOut: expect.arrayContaining([expect.objectContaining({ why: 'nav', step: 'choose' })]) } });
  expect((await lectern(home, ['extract', '-'], page)).stdout).not.toContain('Left out');
});

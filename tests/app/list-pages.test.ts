import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { listPages, notLists } from '../library/list-pages.ts';
import { lectern, makeHome, setStage, type Home, type Stage } from '../stage.ts';
import { startWeb, type Web } from '../web/web.ts';

/* A page that is only a list, on the command line and as a checklist in the real window. */

const list = listPages.find(({ name }) => name.includes('更多'))?.html ?? '';
const long = `<!doctype html><html lang="en"><title>Archive</title><body><h1>Archive</h1>${['2024', '2023', '2022'].map((year) => `<h2>${year}</h2><ul>${Array.from({ length: 100 }, (_, i) => `<li><a href="/x/${year}/${i}">Report ${i} of the year ${year} from the harbour</a></li>`).join('')}</ul>`).join('')}</body></html>`;
let web: Web;
let home: Home;
let stage: Stage;
beforeAll(async () => {
  web = await startWeb({ '/': list, '/archive/': long, '/c0/': notLists[0]?.html ?? '' });
  home = await makeHome();
  await lectern(home, ['--version']);
  stage = await setStage();
});
afterAll(async () => {
  await stage.close();
  await home.remove();
  await web.close();
});

async function open(path: string, tags: string[] = []): Promise<string> {
  const [saved] = await stage.ask('save', { urls: [web.origin + path], tags });
  const id = saved?.id ?? '';
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state, { timeout: 30_000 }).toBe('ready');
  await stage.page.goto(`${stage.host.origin}/#/all?article=${id}`);
  return id;
}

test('the command line says that a page is a list, with how many links, and keeps it as an article when told', async () => {
  const added = await lectern(home, ['add', `${web.origin}/`, '--wait']);
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(added.stdout).toMatch(/^[0-9a-z]{20} {2}某某网首页 {2}List page · 15 links\n$/);
  const id = added.stdout.slice(0, 20);
  expect((await lectern(home, ['list'])).stdout).toContain('List page · 15 links');
  expect((await lectern(home, ['show', id])).stdout).toContain('海滨小城投票决定最后一班渡轮的去留');
  const dry = await lectern(home, ['again', id, '--as', 'article', '--dry-run']);
  expect(dry.stdout).toContain('    - Kept as: List page\n    + Kept as: Article\n');
  expect((await lectern(home, ['again', id, '--as', 'article'])).code).toBe(0);
  expect((await lectern(home, ['list'])).stdout).not.toContain('List page');
  expect(await lectern(home, ['again', id, '--as', 'book'])).toMatchObject({ code: 2 });
});

test('extract gives the kind as data, and the lists as text', async () => {
  const data = JSON.parse((await lectern(home, ['extract', '-', '--url', 'https://portal.example/', '--json'], list)).stdout) as { kind: string; text: string };
  expect(data.kind).toBe('list');
  const told = (await lectern(home, ['extract', '-', '--url', 'https://portal.example/'], list)).stdout;
  expect(told).toContain('List page · 15 links');
  expect(told).toContain('要闻\n海滨小城投票决定最后一班渡轮的去留');
});

test('in the window: links chosen by group and one by one, tags chosen, saved in one go, told; then they are known', async () => {
  const { page, ask } = stage;
  const id = await open('/', ['harbour']);
  const frame = page.frameLocator('iframe');
  await page.getByRole('row', { name: /某某网首页/ }).getByText('15 links').waitFor();
  const group = frame.getByRole('group', { name: '要闻 5 links' });
  const all = group.getByRole('checkbox', { name: 'Choose all under 要闻' });
  await all.focus();
  await page.keyboard.press('Space');
  await frame.getByRole('button', { name: 'Save 5 links' }).waitFor();
  await group.getByRole('checkbox', { name: '新版潮汐表没有写明的几件事' }).press('Space');
  expect(await all.evaluate((box) => (box as HTMLInputElement).indeterminate)).toBe(true);
  await frame.getByRole('status').getByText('4 links chosen').waitFor();

  await frame.getByRole('button', { name: 'With these tags: harbour' }).press('Enter');
  const panel = page.getByRole('dialog', { name: 'With these tags' });
  await expect.poll(() => panel.getByRole('combobox').evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('coast');
  await page.keyboard.press('Enter');
  for (const theme of ['paper', 'night'] as const) {
    await ask('changeSettings', theme === 'night' ? { appearance: 'dark', darkTheme: 'night' } : { appearance: 'light', lightTheme: 'paper' });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    expect(await axe(page, 'dialog')).toEqual([]);
  }
  await ask('changeSettings', { appearance: 'light' });
  await panel.getByRole('button', { name: 'Done' }).press('Enter');
  await frame.getByRole('button', { name: 'Save 4 links' }).press('Enter');
  await page.getByText('4 links kept, fetched in the background.').waitFor();
  await expect.poll(() => group.getByText('In your library').count()).toBe(4);
  const [known] = await ask('known', { urls: [`${web.origin}/c0/1000.html`] });
  expect((await ask('article', { id: known ?? '' })).tags).toEqual(['coast', 'harbour']);
  // Seen whole, it has not been read to an end.
  expect((await ask('article', { id })).finishedAt).toBeNull();
});

test('axe finds nothing in the checklist, light and dark', async () => {
  const { page, context, host } = stage;
  await open('/archive/');
  await page.frameLocator('iframe').getByRole('searchbox', { name: 'Look among the links' }).waitFor();
  // A frame without script cannot answer axe: a copy of it with script allowed can.
  const html = (await page.frames()[1]?.evaluate(() => document.documentElement.outerHTML)) ?? '';
  const copy = await context.newPage();
  await copy.route('**/copy.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html>${html}` }));
  await copy.goto(`${host.origin}/copy.html`);
  expect(await copy.getByRole('checkbox').count()).toBeGreaterThan(100);
  for (const theme of ['paper', 'night']) {
    await copy.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    expect([theme, await axe(copy)]).toEqual([theme, []]);
  }
  await copy.close();
});

test('kept as an article anyway, and taken back', async () => {
  const { page, ask } = stage;
  const id = await open('/');
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Keep it as an article anyway' }).press('Enter');
  await page.getByText('Kept as an article', { exact: true }).waitFor();
  await frame.locator('#body').getByText('海滨小城投票决定最后一班渡轮的去留').first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await frame.getByRole('region', { name: 'Links on this page' }).waitFor();
  expect((await ask('article', { id })).links).toBe(15);
});

test('three hundred links begin folded beyond the first list, and are looked through by words', async () => {
  const { page } = stage;
  await open('/archive/');
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: '2023 100 links' }).waitFor();
  expect(await frame.getByRole('checkbox', { name: /^Report/ }).count()).toBe(100);
  const field = frame.getByRole('searchbox', { name: 'Look among the links' });
  await field.focus();
  await page.keyboard.type('2022 report 77');
  await expect.poll(() => frame.getByRole('checkbox', { name: /^Report/ }).count()).toBe(1);
  await frame.getByRole('button', { name: 'Choose all' }).press('Enter');
  await frame.getByRole('button', { name: 'Save 1 link' }).waitFor();
  expect(stage.faults.filter((fault) => !fault.startsWith('Blocked script execution'))).toEqual([]);
});

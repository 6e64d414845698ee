import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';
import { startWeb, type Web } from '../web/web.ts';

/* Articles on several pages and site rules, over the real library in a real browser. */

let stage: Stage;
let web: Web;
/** The second page is there from the moment it is put here. */
let second: string | null = null;

const line = (place: string): string => `<p>The ${place} had been shut since the spring, and everybody who walked past it on the way to the market slowed down a little, as if somebody might call out to them from behind the boards.</p>`;
const part = (places: string[], foot: string): string => `<!doctype html><html lang="en"><head><title>The bathhouse</title></head><body><header><a href="/">The Quay Post</a></header><article><h1>The bathhouse</h1>${places.map(line).join('')}</article><div class="pages">${foot}</div><aside><h2>By hand</h2>${line('tannery')}</aside></body></html>`;

beforeAll(async () => {
  web = await startWeb({
    '/a.html': part(['bathhouse', 'pool', 'boiler room'], '<b>1</b> <a href="/a_2.html">2</a> <a href="/a_2.html">下一页</a>'),
    '/a_2.html': (_, response) => response.writeHead(second === null ? 503 : 200, { 'content-type': 'text/html' }).end(second ?? ''),
  });
  stage = await setStage();
});
afterAll(async () => {
  await stage.close();
  await web.close();
});

const settled = (page: Page) => page.evaluate(() => Promise.allSettled(document.getAnimations().filter((each) => each.effect?.getTiming().iterations === 1).map((each) => each.finished)));

test('an article whose second page does not come says so, and has it when it is asked for again', async () => {
  const { page } = stage;
  const [saved] = await stage.ask('save', { urls: [`${web.origin}/a.html`] });
  const id = saved?.id ?? '';
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state).toBe('ready');
  await page.goto(`${stage.host.origin}/#/inbox?article=${id}`);
  const frame = page.frameLocator('iframe');
  const notice = frame.getByRole('complementary', { name: 'The article goes on' });
  await notice.getByText('This is its first page. The site answered 503: it has a problem of its own.').waitFor();
  // Said again where the text breaks off, and no promise is made for the whole.
  const again = frame.getByRole('button', { name: 'Fetch the further pages' });
  expect(await again.count()).toBe(2);
  await frame.locator('.certificate strong').getByText('The article goes on').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.screenshot({ path: `${process.env['SHOTS'] ?? stage.home.folder}/pages.png` });

  second = part(['laundry', 'cistern'], '<a href="/a.html">1</a> <b>2</b>');
  await notice.getByRole('button', { name: 'Fetch the further pages' }).click();
  await frame.getByText('The cistern had been shut').waitFor();
  await notice.waitFor({ state: 'detached' });
  await expect.poll(() => again.count()).toBe(0);
  expect((await stage.ask('article', { id })).pages).toEqual({ joined: 2, missing: null });
  expect(stage.faults).toEqual([]);
});

const looks = [
  { appearance: 'light', language: 'en', width: 1280, names: ['Site rules', 'New rule', 'File name', 'Rule', 'Try', 'What it gives', 'Save rule', 'All rules'] },
  { appearance: 'dark', language: 'zh-CN', width: 1280, names: ['网站规则', '新建规则', '文件名', '规则', '试用', '试用结果', '保存规则', '所有规则'] },
  { appearance: 'dark', language: 'en', width: 420, names: ['Site rules', 'New rule', 'File name', 'Rule', 'Try', 'What it gives', 'Save rule', 'All rules'] },
] as const;

test.each(looks)('a rule is written, tried on the kept page and saved: $appearance, $language, $width px', async ({ appearance, language, width, names }) => {
  const { page } = stage;
  const [section, add, name, rule, attempt, result, save, all] = names;
  const shot = (what: string) => page.screenshot({ path: `${process.env['SHOTS'] ?? stage.home.folder}/rules-${what}-${appearance}-${language}-${width}.png` });
  await stage.ask('changeSettings', { appearance, language });
  await page.setViewportSize({ width, height: 860 });
  await page.goto(`${stage.host.origin}/#/home`);
  await page.goto(`${stage.host.origin}/#/home?panel=preferences`);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('navigation').getByRole('button', { name: section }).click();
  await dialog.getByText(join(stage.home.library, 'rules')).waitFor();
  await dialog.getByRole('button', { name: add }).click();
  await page.keyboard.type('127.0.0.1.txt');
  await dialog.getByRole('textbox', { name: rule, exact: true }).fill("title: //aside/h2\nbody: //aside\nstrip: //div[\ntidy: no\nnext_page_link: //div[@class='pages']/a[last()]\n");
  await dialog.getByRole('option', { name: 'The bathhouse' }).waitFor({ state: 'attached' });
  await dialog.getByRole('button', { name: attempt, exact: true }).click();
  const outcome = dialog.getByRole('region', { name: result });
  await outcome.getByText('The tannery had been shut').waitFor();
  await outcome.scrollIntoViewIfNeeded();
  await settled(page);
  expect(await axe(page)).toEqual([]);
  await shot('tried');
  await dialog.getByRole('textbox', { name, exact: true }).scrollIntoViewIfNeeded();
  await shot('editor');
  await dialog.getByRole('button', { name: save }).click();
  await expect.poll(() => existsSync(join(stage.home.library, 'rules', '127.0.0.1.txt'))).toBe(true);
  expect(readFileSync(join(stage.home.library, 'rules', '127.0.0.1.txt'), 'utf8')).toContain('body: //aside');
  await dialog.getByRole('button', { name: all }).click();
  await dialog.getByRole('button', { name: '127.0.0.1' }).waitFor();
  await settled(page);
  expect(await axe(page)).toEqual([]);
  await shot('list');
  expect(stage.faults).toEqual([]);
});

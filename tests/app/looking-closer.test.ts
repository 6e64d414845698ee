import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Frame } from 'playwright-core';
import type { ArticleId } from '../../shared/article.ts';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';
import { startWeb, type Web } from '../web/web.ts';

/* Pictures seen from nearer, and links that tell where they lead, in the built app and a real Chromium. */

let stage: Stage;
let web: Web;
let sample: ArticleId;
let linked: ArticleId;
const patient = { timeout: 15_000, interval: 100 };
const lines = Array.from({ length: 12 }, (_, at) => `<p>Line ${at} goes on about the weather at the quay for long enough to be read as part of an article.</p>`).join('');
const page = (title: string, body: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><article><h1>${title}</h1>${body}</article>`;

beforeAll(async () => {
  web = await startWeb({ '/later': page('Saved for Later', lines) });
  stage = await setStage();
  sample = (await stage.ask('sample', { language: 'en' })).id;
  await stage.ask('saveText', { text: page('The Other', lines), format: 'html', url: 'https://kept.example/other' });
  linked = (await stage.ask('saveText', { text: page('With Links', `<p>There is <a href="${web.origin}/later">one to be read later</a> and <a href="https://kept.example/other">one that is here</a>.</p>${lines}`), format: 'html', url: 'https://quay.example/links' })).id;
  await vi.waitUntil(async () => {
    const { waiting, working } = await stage.ask('queue', {});
    return waiting + working === 0;
  }, { timeout: 30_000, interval: 100 });
});
afterAll(async () => {
  await stage.close();
  await web.close();
});

async function open(id: ArticleId): Promise<Frame> {
  await stage.page.goto(`${stage.host.origin}/#/home?article=${id}`);
  await stage.page.reload();
  const frame = await (await stage.page.waitForSelector('iframe')).contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForSelector('#body > section > *');
  return frame;
}

test('a picture is made larger by keys, wheel and double press, moved by arrows and dragging, and fits again', async () => {
  const { page } = stage;
  const frame = await open(sample);
  await frame.locator('img.zooms').focus();
  await page.keyboard.press('Enter');
  const box = page.getByRole('dialog', { name: 'Picture' });
  const picture = box.getByRole('img');
  await picture.waitFor();
  const size = () => picture.evaluate((image) => Math.round(image.getBoundingClientRect().width));
  const left = () => picture.evaluate((image) => Math.round(image.getBoundingClientRect().left));
  const fits = await size();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(size, patient).toBeGreaterThan(fits * 3);
  expect(await box.getByRole('status').textContent()).toBe('338 % of what fits the window');
  const before = await left();
  await page.keyboard.press('ArrowRight');
  await expect.poll(left, patient).toBe(before - 80);
  await page.mouse.move(640, 400);
  await page.mouse.down();
  await page.mouse.move(700, 400, { steps: 3 });
  await page.mouse.up();
  await expect.poll(left, patient).toBe(before - 20);
  expect(await axe(page, 'dialog')).toEqual([]);
  await page.keyboard.press('0');
  await expect.poll(size, patient).toBe(fits);
  await page.mouse.wheel(0, -300);
  await expect.poll(size, patient).toBeGreaterThan(fits);
  await page.keyboard.press('0');
  await page.mouse.dblclick(640, 400);
  await expect.poll(size, patient).toBeGreaterThan(fits);
  await page.mouse.dblclick(640, 400);
  await expect.poll(size, patient).toBe(fits);
  await box.getByRole('button', { name: 'Larger' }).press('Enter');
  await expect.poll(size, patient).toBeGreaterThan(fits);
  await page.keyboard.press('Escape');
  await box.waitFor({ state: 'detached' });
});

test('a link tells where it leads beside it, moving nothing, and is saved for later by key or by pointer', async () => {
  const { page } = stage;
  const frame = await open(linked);
  const height = () => frame.evaluate(() => [document.documentElement.scrollHeight, document.querySelector('#body p:nth-of-type(2)')?.getBoundingClientRect().top].join());
  const before = await height();
  const hint = frame.getByRole('complementary', { name: 'Where the link leads' });
  await frame.locator('h1').focus();
  const later = frame.getByRole('link', { name: 'one to be read later' });
  for (let at = 0; at < 20 && !(await later.evaluate((link) => link === document.activeElement)); at += 1) await page.keyboard.press('Tab');
  await hint.getByText(new URL(web.origin).host).waitFor();
  expect(await height()).toBe(before);
  expect(await later.getAttribute('aria-describedby')).toBe('link-hint');
  await page.keyboard.press('Tab');
  await hint.getByText('In your library').waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Enter');
  await page.getByText('Kept for later').waitFor();
  await expect.poll(async () => (await stage.ask('find', { what: `${web.origin}/later` })).id, patient).not.toBeNull();
  await later.hover();
  await hint.getByText('In your library').waitFor();
  await page.mouse.move(5, 400);
  await hint.waitFor({ state: 'detached' });
  // The list of links at the end is shorter by the one saved; the text stands where it stood.
  expect((await height()).split(',')[1]).toBe(before.split(',')[1]);
});

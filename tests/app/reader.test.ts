import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Frame, Page } from 'playwright-core';
import type { ArticleId, Place } from '../../shared/article.ts';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';
import { startWeb, type Web } from '../web/web.ts';
import { attacksOn } from './attacks.ts';

/* Reading, in the built app and a real Chromium: the place, the keyboard, notes, pictures, links, and nothing moving. */

let stage: Stage;
let web: Web;
let sample: ArticleId;
let long: ArticleId;

const paragraph = (at: number) =>
  `Paragraph number ${at} of the long account tells what the keeper of the lamp wrote down in the ${at}th week, when the boats came in late and nobody asked why. ` +
  'He wrote slowly and left wide margins, as if somebody would one day want to add something, and in the end somebody did.';

beforeAll(async () => {
  web = await startWeb({ '/elsewhere': '<p>outside</p>' });
  stage = await setStage({ width: 1440, height: 900 });
  sample = (await stage.ask('sample', { language: 'en' })).id;
  const body = Array.from({ length: 400 }, (_, at) => (at % 20 === 0 ? `<h2>Chapter ${at / 20 + 1}</h2>` : `<p>${paragraph(at)}</p>`)).join('');
  const links = `<p>There is <a href="${web.origin}/elsewhere">a page elsewhere</a>, and this <a href="https://kept.example/one">one that is kept</a>.</p>`;
  long = (await stage.ask('saveText', { text: `<!doctype html><html lang="en"><title>The Keeper of the Lamp</title><article><h1>The Keeper of the Lamp</h1>${links}${body}</article>`, format: 'html', url: 'https://lamp.example/long' })).id;
  await stage.ask('saveText', { text: `<!doctype html><html lang="en"><title>One That Is Kept</title><article><h1>One That Is Kept</h1>${Array.from({ length: 8 }, (_, at) => `<p>${paragraph(at)}</p>`).join('')}</article>`, format: 'html', url: 'https://kept.example/one' });
  await vi.waitUntil(async () => {
    const { waiting, working } = await stage.ask('queue', {});
    return waiting + working === 0;
  }, { timeout: 30_000, interval: 100 });
});
afterAll(async () => {
  await stage.close();
  await web.close();
});

async function open(id: ArticleId, extra = ''): Promise<Frame> {
  const { page, host } = stage;
  await page.goto(`${host.origin}/#/home?article=${id}${extra}`);
  await page.reload();
  return frameOf(page);
}

async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.waitForSelector('iframe');
  const frame = await handle.contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForSelector('#body > section > *');
  await frame.waitForSelector('#head h1');
  return frame;
}

/** What the page complained of, without what the test's own pointer does: it tries to run script in the frame to aim. */
const faults = () => stage.faults.filter((fault) => !fault.startsWith('Blocked script execution'));

const place = async (id: ArticleId): Promise<Place | null> => (await stage.ask('article', { id })).place;
/** The article's page with script allowed: axe cannot run in one without. */
async function copyOf(frame: Frame): Promise<Page> {
  const html = await frame.evaluate(() => document.documentElement.outerHTML);
  const copy = await stage.context.newPage();
  await copy.route('**/copy.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html>${html}` }));
  await copy.goto(`${stage.host.origin}/copy.html`);
  await copy.evaluate(async () => document.fonts.ready);
  return copy;
}

/** The words at the line being read. */
const wordsAtLine = (frame: Frame) => frame.evaluate(() => {
  const column = document.getElementById('body')?.getBoundingClientRect();
  const caret = document.caretPositionFromPoint((column?.left ?? 0) + 4, 92);
  return caret?.offsetNode.textContent?.slice(0, 40) ?? '';
});

test('the place is kept, and found again after a reload, in another width and at another size', async () => {
  const { page } = stage;
  const frame = await open(long);
  await frame.locator('#body').hover();
  await page.mouse.wheel(0, 9_000);
  await expect.poll(async () => (await place(long))?.block ?? 0, { timeout: 10_000 }).toBeGreaterThan(20);
  await expect.poll(async () => (await place(long))?.quote.slice(0, 20)).toBe((await wordsAtLine(frame)).slice(0, 20));
  const words = await wordsAtLine(frame);
  const kept = await place(long);

  const again = await open(long);
  expect(await wordsAtLine(again)).toBe(words);

  await page.setViewportSize({ width: 700, height: 700 });
  await expect.poll(async () => wordsAtLine(again)).toBe(words);
  const narrow = await open(long);
  expect(await wordsAtLine(narrow)).toBe(words);

  await stage.ask('changeSettings', { textSize: 28, typeface: 'inter' });
  await expect.poll(async () => wordsAtLine(narrow)).toBe(words);
  expect(await place(long)).toEqual(kept);
  await stage.ask('changeSettings', { textSize: 19, typeface: 'literata' });
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(faults()).toEqual([]);
});

test('the keyboard moves the text wherever the focus is, and the rest of the keys mean what they do elsewhere', async () => {
  const { page } = stage;
  const frame = await open(sample);
  const y = () => frame.evaluate(() => scrollY);
  await page.keyboard.press('Space');
  await expect.poll(y).toBeGreaterThan(300);
  await page.keyboard.press('Shift+Space');
  await expect.poll(y).toBe(0);
  await page.keyboard.press('ArrowDown');
  await expect.poll(y).toBeGreaterThan(10);
  await frame.locator('#body p').first().click();
  await page.keyboard.press('End');
  await expect.poll(y).toBeGreaterThan(1_000);
  await page.keyboard.press('Home');
  await expect.poll(y).toBe(0);
  await page.keyboard.press('PageDown');
  await expect.poll(y).toBeGreaterThan(300);
  await page.keyboard.press('s');
  await expect.poll(async () => (await stage.ask('article', { id: sample })).favourite).toBe(true);
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Show everything again' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Only the text' }).waitFor();
});

test('keys that come faster than the page moves add up, and none moves the next article', async () => {
  const { page } = stage;
  const frame = await open(long);
  const y = () => frame.evaluate(() => scrollY);
  const pageful = await frame.evaluate(() => Math.round(innerHeight * 0.9));
  await frame.locator('#body p').first().click();
  const from = await y();
  for (const key of ['PageDown', 'PageDown', 'PageDown', 'PageUp']) await page.keyboard.press(key);
  await expect.poll(async () => Math.abs((await y()) - from - 2 * pageful)).toBeLessThan(4);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect.poll(y).toBe(60);

  await page.goto(`${stage.host.origin}/#/all`);
  await page.getByRole('grid').getByText('The Keeper of the Lamp', { exact: true }).click();
  const heading = page.frameLocator('iframe').locator('h1');
  await heading.filter({ hasText: 'The Keeper of the Lamp' }).waitFor();
  await page.frameLocator('iframe').locator('#body p').first().click();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('k');
  await heading.filter({ hasText: 'One That Is Kept' }).waitFor();
  // Through all the frames in which the movement begun before could still go on.
  const seen = await page.evaluate(() => new Promise<number>((done) => {
    let most = 0;
    const until = performance.now() + 600;
    const watch = () => {
      most = Math.max(most, document.querySelector('iframe')?.contentWindow?.scrollY ?? 0);
      if (performance.now() > until) done(most);
      else requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  }));
  expect(seen).toBe(0);
});

test('reading to the end marks the article as read; leaping there does not', async () => {
  const { page } = stage;
  let frame = await open(long);
  await page.getByRole('navigation', { name: 'Outline' }).getByRole('button', { name: 'Chapter 20' }).click();
  await expect.poll(async () => frame.evaluate(() => scrollY)).toBeGreaterThan(10_000);
  expect((await stage.ask('article', { id: long })).finishedAt).toBeNull();
  frame = await open(sample);
  await frame.locator('#body p').first().click();
  await page.keyboard.press('End');
  await expect.poll(async () => (await stage.ask('article', { id: sample })).finishedAt).not.toBeNull();
  await frame.getByRole('button', { name: 'Read to the end' }).waitFor();
});

test('the outline marks where one is', async () => {
  const { page } = stage;
  await open(long);
  const outline = page.getByRole('navigation', { name: 'Outline' });
  await outline.getByRole('button', { name: 'Chapter 7', exact: true }).click();
  await expect.poll(async () => outline.locator('[aria-current]').textContent()).toBe('Chapter 7');
});

test('what was searched for is gone to and marked', async () => {
  const frame = await open(long, '&find=in+the+217th+week');
  await expect.poll(async () => wordsAtLine(frame)).toContain('Paragraph number 217');
  const marked = await frame.evaluate(() => ['found', 'found-now'].flatMap((name) => [...(CSS.highlights.get(name) ?? [])].map(String)));
  expect(marked).toContain('217th');
});

test('a footnote opens in its place and closes with Escape', async () => {
  const { page } = stage;
  const frame = await open(sample);
  await frame.locator('sup a').click();
  const card = frame.getByRole('dialog', { name: 'Note' });
  expect(await card.textContent()).toContain('Look for article.html');
  await page.keyboard.press('Escape');
  await expect.poll(async () => card.count()).toBe(0);
  expect(await frame.evaluate(() => document.activeElement?.closest('sup')?.id)).toBe('l-ref1');
});

test('a picture opens large by mouse and keyboard', async () => {
  const { page } = stage;
  const frame = await open(sample);
  await frame.locator('img.zooms').focus();
  await page.keyboard.press('Enter');
  const box = page.getByRole('dialog', { name: 'Picture' });
  await box.waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await box.waitFor({ state: 'detached' });
  await frame.locator('img.zooms').click();
  await box.waitFor();
  await box.getByRole('button', { name: 'Close the picture' }).click();
  await box.waitFor({ state: 'detached' });
});

test('links never lead away in place: out by the host, home by an offer', async () => {
  const { page, context } = stage;
  const frame = await open(long);
  const [popup] = await Promise.all([context.waitForEvent('page'), frame.getByRole('link', { name: 'a page elsewhere' }).click()]);
  expect(popup.url()).toBe(`${web.origin}/elsewhere`);
  await popup.close();
  await frame.getByRole('link', { name: 'one that is kept' }).click();
  await frame.getByRole('dialog', { name: 'In your library' }).getByRole('button', { name: 'Read it here' }).click();
  await expect.poll(async () => frame.locator('#head h1').textContent()).toBe('One That Is Kept');
  expect(frame.url()).toBe(`${stage.host.origin}/reader.html`);
  expect(new URL(page.url()).pathname).toBe('/');
});

test('a page of attacks, saved and read, does nothing, pressed or not', async () => {
  const { page, context, host } = stage;
  const trap = await startWeb({ '/': '' });
  const attacks = attacksOn(trap.origin).map(({ html }, at) => `<p>${paragraph(at)}</p>${html}</div></svg></math></form></table>`).join('');
  const { id } = await stage.ask('saveText', { text: `<!doctype html><title>The Trap</title><article><h1>The Trap</h1>${attacks}</article>`, format: 'html', url: 'https://trap.example/' });
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state, { timeout: 30_000 }).toBe('ready');
  const asked = trap.hits.length;
  await page.addInitScript(() => window.addEventListener('message', () => document.documentElement.setAttribute('data-ran', '')));
  const frame = await open(id);
  const popups: string[] = [];
  context.on('page', (popup) => popups.push(popup.url()));
  // An ordinary link may be pressed by the reader; those of the attacks that became one are left to the next lines.
  for (const link of await frame.locator('#body a:not([href^=http])').all()) await link.click({ force: true });
  await frame.evaluate(() => {
    for (const element of document.querySelectorAll('#body *')) {
      for (const kind of ['click', 'focus', 'mouseover', 'toggle', 'animationend']) element.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
    }
  });
  expect(await page.locator('[data-ran]').count()).toBe(0);
  expect(popups).toEqual([]);
  expect(trap.hits.slice(asked).map(({ path }) => path)).toEqual([]);
  expect([frame.url(), new URL(page.url()).origin]).toEqual([`${host.origin}/reader.html`, host.origin]);
  await trap.close();
});

test('text and page settings show at once, and go back to the usual', async () => {
  const { page } = stage;
  const frame = await open(sample);
  const size = () => frame.evaluate(() => getComputedStyle(document.querySelector('#body p') ?? document.body).fontSize);
  await page.getByRole('button', { name: 'Text and page' }).click();
  await page.getByRole('button', { name: 'Larger' }).click();
  await expect.poll(size).toBe('20px');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back to the usual settings' }).click();
  await expect.poll(size).toBe('19px');
});

test('nothing moves while an article opens, and of a very long one only what is near is laid out', async () => {
  const frame = await open(sample);
  const moved = await frame.evaluate(async () => {
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    const shifts = performance.getEntriesByType('layout-shift') as Array<PerformanceEntry & { value: number }>;
    return shifts.reduce((sum, { value }) => sum + value, 0);
  });
  expect(moved).toBeLessThan(0.01);
  const text = `<!doctype html><title>The Whole Account</title><article><h1>The Whole Account</h1>${Array.from({ length: 1_200 }, (_, at) => `<p>${paragraph(at)}</p>`).join('')}</article>`;
  const { id } = await stage.ask('saveText', { text, format: 'html' });
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state, { timeout: 60_000 }).toBe('ready');
  const large = await open(id);
  const laidOut = await large.evaluate(() => [...document.querySelectorAll('#body > section')].filter((section) => section.firstElementChild?.checkVisibility({ contentVisibilityAuto: true })).length);
  expect(await large.locator('#body > section').count()).toBeGreaterThan(75);
  expect(laidOut).toBeLessThan(20);
});

test('axe finds nothing round the article or in it, in any theme', async () => {
  const { page } = stage;
  const frame = await open(sample);
  const copy = await copyOf(frame);
  for (const [appearance, theme] of [['light', 'paper'], ['light', 'white'], ['light', 'sepia'], ['dark', 'dusk'], ['dark', 'night']] as const) {
    await stage.ask('changeSettings', { appearance, ...(appearance === 'light' ? { lightTheme: theme } : { darkTheme: theme }) } as never);
    await expect.poll(async () => frame.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    await copy.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    expect([theme, await axe(page, 'main')]).toEqual([theme, []]);
    expect([theme, await axe(copy)]).toEqual([theme, []]);
  }
  await copy.close();
  await stage.ask('changeSettings', { appearance: 'auto' });
  expect(faults()).toEqual([]);
});

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import type { ArticleId } from '../../shared/article.ts';
import { en } from '../../shared/words/en.ts';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* An article leaves the window: on paper, and by the clipboard. */

let stage: Stage;
let sample: ArticleId;
const patient = { timeout: 15_000, interval: 100 };

beforeAll(async () => {
  stage = await setStage();
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stage.host.origin });
  // Printing would wait for a person: what would be printed is looked at instead.
  await stage.page.addInitScript(() => {
    const real = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow')?.get;
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
      get(this: HTMLIFrameElement) {
        const view = real?.call(this) as (Window & { print(): void }) | null;
        if (view !== null && this.dataset['print'] !== undefined) view.print = () => void Object.assign(window, { printed: view.document.documentElement.outerHTML, rules: [...(view.document.styleSheets[0]?.cssRules ?? [])].slice(-2).map((rule) => rule.cssText).join(' ') });
        return view;
      },
    });
  });
  sample = (await stage.ask('sample', { language: 'en' })).id;
  await vi.waitUntil(async () => (await stage.ask('article', { id: sample })).stage.state === 'ready', patient);
  await stage.page.goto(`${stage.host.origin}/#/home?article=${sample}`);
  await stage.page.reload();
  await stage.page.frameLocator('iframe').locator('#head h1').waitFor();
});
afterAll(() => stage.close());

const more = (page: Page) => page.getByRole('toolbar').getByRole('button', { name: en.more.title });

test('the menu is gone through by keyboard, and Escape closes it alone', async () => {
  const { page } = stage;
  await more(page).focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: en.more.title });
  await menu.waitFor();
  expect(await axe(page)).toEqual([]);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused, patient).toContain(en.reader.editTags);
  await page.keyboard.press('End');
  expect(await focused()).toContain(en.reader.trash);
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toContain(en.reader.editTags);
  await page.keyboard.press('p');
  expect(await focused()).toContain(en.more.items['article.print']);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  expect(new URL(page.url()).hash).toContain(sample);
});

test('where the system has a sheet for sharing, title and address go to it', async () => {
  const { page } = stage;
  await page.evaluate(() => Object.defineProperty(navigator, 'share', { configurable: true, value: async (what: unknown) => void Object.assign(window, { shared: what }) }));
  const { id } = await stage.ask('saveText', { text: '<!doctype html><title>With an Address</title><article><h1>With an Address</h1><p>There is enough text here for an article, and an address that it came from besides.</p></article>', format: 'html', url: 'https://kept.example/one' });
  await vi.waitUntil(async () => (await stage.ask('article', { id })).stage.state === 'ready', patient);
  await page.evaluate((hash) => void (location.hash = hash), `#/home?article=${id}`);
  await page.frameLocator('iframe').getByRole('heading', { name: 'With an Address' }).waitFor();
  await more(page).click();
  await page.getByRole('menuitem', { name: en.more.share }).click();
  await expect.poll(() => page.evaluate(() => (window as unknown as { shared?: unknown }).shared), patient).toEqual({ title: 'With an Address', url: 'https://kept.example/one' });
  await page.evaluate((hash) => void (location.hash = hash), `#/home?article=${sample}`);
  await page.frameLocator('iframe').getByRole('heading', { name: 'A Place to Read' }).waitFor();
});

test('on paper every page but the first has the title over it; links have numbers, their addresses stand at the end', async () => {
  const { page, context, host } = stage;
  const html = '<!doctype html><title>A “Title”</title><article><h1>A “Title”</h1><p>There is enough text here for an article with <a href="https://far.example/a">one link</a>, <a href="https://far.example/b">another</a>, <a href="https://far.example/a">the first again</a> and one that is its address, <a href="https://far.example/c">far.example/c</a>.</p><ol><li>A first thing that is told at some length, as things in a list are.</li><li>A second thing, which is told at no less length than the first.</li></ol><p>And a last paragraph, so that the list stands within the text and not at its end.</p></article>';
  const { id } = await stage.ask('saveText', { text: html, format: 'html', url: 'https://kept.example/links' });
  await vi.waitUntil(async () => (await stage.ask('article', { id })).stage.state === 'ready', patient);
  await page.goto(`${host.origin}/#/home?article=${id}`);
  await page.reload();
  await page.frameLocator('iframe').locator('#head h1').waitFor();
  await page.keyboard.press('Control+p');
  await expect.poll(() => page.evaluate(() => 'printed' in window), patient).toBe(true);
  const { printed, rules } = await page.evaluate(() => {
    const kept = window as unknown as { printed: string; rules: string };
    return { printed: kept.printed, rules: kept.rules };
  });
  expect(rules).toContain('content: "A “Title”"');
  expect(rules).toMatch(/@page :first \{[^}]*content: none/);
  const paper = await context.newPage();
  await paper.route('**/paper.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html>${printed}` }));
  await paper.goto(`${host.origin}/paper.html`);
  await paper.emulateMedia({ media: 'print' });
  expect(await paper.locator('.link-number').allTextContents()).toEqual(['1', '2', '1']);
  expect(await paper.locator('#end').innerText()).toMatch(/kept\.example\/links[^]*Links[^]*https:\/\/far\.example\/a[^]*https:\/\/far\.example\/b$/);
  // A list's numbers stand within the page's own area: what is in the margin is cut off.
  expect(await paper.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector('#body ol') as Element).paddingInlineStart))).toBeGreaterThan(20);
  await paper.close();
  await page.goto(`${host.origin}/#/home?article=${sample}`);
  await page.reload();
  await page.frameLocator('iframe').getByRole('heading', { name: 'A Place to Read' }).waitFor();
});

test('on paper: title, where it is from, every picture, no control; in pages of its own', async () => {
  const { page, context, host } = stage;
  await more(page).click();
  await page.getByRole('menuitem', { name: en.more.items['article.print'] }).click();
  await expect.poll(() => page.evaluate(() => 'printed' in window), patient).toBe(true);
  const html = await page.evaluate(() => (window as unknown as { printed: string }).printed);
  const paper = await context.newPage();
  await paper.route('**/paper.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html>${html}` }));
  await paper.goto(`${host.origin}/paper.html`);
  await paper.emulateMedia({ media: 'print' });
  const facts = await paper.evaluate(async () => {
    await document.fonts.ready;
    return {
      title: document.title,
      heading: document.querySelector('#head h1')?.textContent,
      controls: document.querySelectorAll('button, input, select').length,
      pictures: [...document.images].map((picture) => picture.complete && picture.naturalWidth > 0),
      theme: document.documentElement.dataset['theme'],
      size: getComputedStyle(document.getElementById('page') as Element).fontSize,
      padding: getComputedStyle(document.getElementById('page') as Element).padding,
    };
  });
  expect(facts).toMatchObject({ title: 'A Place to Read', heading: 'A Place to Read', controls: 0, theme: 'white', size: '14.6667px', padding: '0px' });
  expect(facts.pictures.length).toBeGreaterThan(0);
  expect(facts.pictures).not.toContain(false);
  const pdf = await paper.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(1);
  await paper.close();
});

test('on the clipboard: as text, as Markdown and with formatting, each with where it is from', async () => {
  const { page } = stage;
  const copied = (type: string) => page.evaluate(async (kind) => {
    const [item] = await navigator.clipboard.read();
    return item?.types.includes(kind) === true ? (await item.getType(kind)).text() : null;
  }, type);
  for (const [name, kind, start] of [['article.copyText', 'text/plain', 'A Place to Read'], ['article.copyMarkdown', 'text/plain', '# A Place to Read'], ['article.copyFormatted', 'text/html', 'A Place to Read']] as const) {
    await page.bringToFront();
    await more(page).click();
    await page.getByRole('menuitem', { name: en.more.items[name], exact: true }).click();
    await expect.poll(() => copied(kind), patient).toContain(start);
    expect(await copied(kind)).toContain('Lectern');
  }
});

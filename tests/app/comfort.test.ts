import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* Every screen for every reader: in each theme and in Chinese without a word from axe, and zoomed in by four without sideways scrolling. */

let stage: Stage;
let article = '';
let list = '';
const patient = { timeout: 15_000, interval: 100 };
const many = Array.from({ length: 30 }, (_, at) => `<p>Paragraph ${at} of this account tells at some length what the keeper of the lamp wrote down, and who asked him to, and why nobody came.</p>`).join('');
const rich = `<h2>A heading with averyveryverylongunbrokenwordindeedthatfitsnowhereatall</h2><p>See <a href="https://elsewhere.example/a/very/long/address/that/goes/on">https://elsewhere.example/a/very/long/address/that/goes/on/and/on/and/on</a>.</p>
<table><tr>${Array.from({ length: 12 }, (_, at) => `<th>Column ${at}</th>`).join('')}</tr><tr>${Array.from({ length: 12 }, (_, at) => `<td>Value ${at}</td>`).join('')}</tr></table>
<pre><code>const aVeryLongLineOfCode = withOne(argument, andAnother, andAThird, andSoOn, untilItDoesNotFit, anywhere);</code></pre>
<blockquote><p>Somebody said so.</p></blockquote><ul><li>One<ul><li>Two<ul><li>Three</li></ul></li></ul></li></ul>`;

beforeAll(async () => {
  stage = await setStage({ width: 1280, height: 860 });
  const save = async (title: string, body: string, url: string, tags: string[]) => (await stage.ask('saveText', { text: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><article><h1>${title}</h1>${body}</article>`, format: 'html', url, tags })).id;
  article = await save('The Keeper of the Lamp and Hisunusuallylongsurnamethatbreaksnowhere', rich + many, 'https://lamp.example/1', ['Sea/Lamps', 'A tag with quite a long name that goes on']);
  await save('The Keeper of the Lamp, again', rich + many, 'https://a-site-with-a-very-long-name-indeed.lamp.example/2', ['Sea/Boats']);
  await stage.ask('saveText', { text: '第一段文字。\n\n第二段文字，说的是灯塔上的人。', format: 'text', tags: ['资源分享'] } as never);
  await stage.ask('save', { urls: ['http://127.0.0.1:9/gone'], typed: true });
  await vi.waitUntil(async () => {
    const { waiting, working } = await stage.ask('queue', {});
    return waiting + working === 0;
  }, { timeout: 60_000, interval: 100 });
  list = (await stage.ask('saveText', { text: `<!doctype html><title>Links</title><ul>${Array.from({ length: 12 }, (_, at) => `<li><a href="https://links.example/${at}">A link number ${at} with a title</a></li>`).join('')}</ul>`, format: 'html', url: 'https://links.example/' })).id;
  await stage.ask('bookmark', { url: 'https://kept.example/alone' } as never).catch(() => undefined);
  await stage.ask('highlight', { id: article, anchor: { quote: 'tells at some length what the keeper', prefix: '', suffix: '', start: 0, end: 1 }, colour: 'green' } as never).catch(() => undefined);
  await vi.waitUntil(async () => (await stage.ask('article', { id: list })).stage.state !== 'waiting', patient);
}, 120_000);
afterAll(() => stage.close());

const places = () => [
  'home', 'inbox', 'all', 'all?sort=longest&group=site', `all?article=${article}`, `home?article=${article}`, `home?article=${article}&focus=1`, `home?article=${list}`, 'queue', 'failed', 'bookmarks', 'duplicates', 'statistics', 'highlights',
  'trash', 'tag/Sea', 'site/lamp.example', 'search/keeper', 'home?panel=add', 'home?panel=search', 'home?panel=preferences', 'home?panel=shortcuts', 'home?panel=tags', 'home?panel=tagRules',
];

async function show(page: Page, place: string): Promise<void> {
  await page.goto(`${stage.host.origin}/#/${place}`);
  await page.locator('#main').waitFor();
  if (place.includes('panel=')) await page.locator('dialog[open]').waitFor();
  if (place.includes('article=')) await page.frameLocator('iframe').locator('#head h1').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
}

/** What sticks out of the window sideways and cannot be scrolled to within a box of its own. */
const stickingOut = (): string[] => {
  const [doc, view] = [document, window];
  const found: string[] = [];
  if ((doc.scrollingElement?.scrollWidth ?? 0) > view.innerWidth + 1) found.push(`page: ${doc.scrollingElement?.scrollWidth}`);
  for (const element of doc.querySelectorAll<HTMLElement>('body *')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || (box.right <= view.innerWidth + 1 && box.left >= -1)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.closest('.visually-hidden, [aria-hidden=true], svg, [role=img], [inert]') !== null) continue;
    let inside = false;
    for (let at: HTMLElement | null = element.parentElement; at !== null && at !== doc.body; at = at.parentElement) {
      const { overflowX, textOverflow, position } = view.getComputedStyle(at);
      if (overflowX === 'auto' || overflowX === 'scroll' || textOverflow === 'ellipsis') inside = true;
      if (at.clientWidth === 1 && position === 'absolute') inside = true;
    }
    if (view.getComputedStyle(element).clipPath !== 'none' || view.getComputedStyle(element).position === 'fixed' && box.top < -50) inside = true;
    if (!inside) found.push(`${element.localName}.${element.className} ${Math.round(box.left)}–${Math.round(box.right)} ${(element.textContent ?? '').slice(0, 40)}`);
  }
  return found.slice(0, 6);
};

test.for(['en', 'zh-CN'] as const)('zoomed in by four (320 px wide) nothing sticks out sideways, on any screen, in %s', { timeout: 180_000 }, async (language) => {
  const { page } = stage;
  await stage.ask('changeSettings', { language });
  await page.setViewportSize({ width: 320, height: 256 });
  const found: Record<string, string[]> = {};
  const look = async (name: string) => {
    const out = await page.evaluate(stickingOut);
    if (process.env['SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SHOTS']}/${language}-${name.replace(/[^a-z0-9]+/gi, '-')}.png` });
    if (out.length > 0) found[name] = out;
  };
  for (const place of places()) {
    await show(page, place);
    await look(place);
    if (place.includes('article=')) {
      const frame = page.frames().find((one) => one.url().endsWith('/reader.html'));
      const out = await frame?.evaluate(stickingOut);
      if (out !== undefined && out.length > 0) found[`${place} (text)`] = out;
    }
  }
  await show(page, 'home?panel=preferences');
  for (const tab of await page.locator('dialog nav button').all()) {
    await tab.click();
    await look(`preferences ${await tab.textContent()}`);
  }
  expect(found).toEqual({});
  await page.setViewportSize({ width: 1280, height: 860 });
  await stage.ask('changeSettings', { language: 'en' });
});

const themes = [['light', 'paper'], ['light', 'white'], ['light', 'sepia'], ['dark', 'dusk'], ['dark', 'night']] as const;
test.for([...themes.map(([appearance, theme]) => ({ appearance, theme, language: 'en' as const })), { appearance: 'light', theme: 'paper', language: 'zh-CN' as const }])('axe finds nothing on any screen in $theme, $language', { timeout: 240_000 }, async ({ appearance, theme, language }) => {
  const { page } = stage;
  await stage.ask('changeSettings', { language, appearance, ...(appearance === 'light' ? { lightTheme: theme } : { darkTheme: theme }) } as never);
  const found: Record<string, string[]> = {};
  for (const place of places()) {
    await show(page, place);
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme']), patient).toBe(theme);
    const out = await axe(page);
    if (out.length > 0) found[place] = out;
  }
  await show(page, 'home?panel=preferences');
  for (const tab of await page.locator('dialog nav button').all()) {
    await tab.click();
    const out = await axe(page, 'dialog');
    if (out.length > 0) found[`preferences ${await tab.textContent()}`] = out;
  }
  expect(found).toEqual({});
  await stage.ask('changeSettings', { language: 'en', appearance: 'auto', lightTheme: 'paper', darkTheme: 'night' });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ArticleId } from '../../shared/article.ts';
import { axe } from '../axe.ts';
import { launchChromium, setStage, type Stage } from '../stage.ts';
import { png } from '../web/pictures.ts';
import { startWeb, type Web } from '../web/web.ts';

/* What gets lost elsewhere, from a page on the web to the screen, in the built app and a real Chromium. */

let stage: Stage;
let web: Web;
let id: ArticleId;

const text = 'The lamp was lit at four that winter, and whoever came over the causeway after dark could see it from the first marker on, small and steady, as if it had been hung there for nobody else.';
const body = `
<p>${text}<sup><a href="#fn1" id="fnref1">1</a></sup></p>
<div class="code-toolbar"><pre class="line-numbers language-python"><code class="language-python">def lamp(hour):
    <span class="token keyword">return</span> hour &gt;= 16  <span class="token comment"># lit, and it stays so</span>
<span aria-hidden="true" class="line-numbers-rows"><span></span><span></span></span></code></pre><div class="toolbar"><div class="toolbar-item"><button>Copy</button></div></div></div>
<p>${text} The oil lasts for <script type="math/tex">t = \\frac{V}{\\dot{V}}</script> hours:</p>
<script type="math/tex; mode=display">\\bar{t} = \\frac{1}{n} \\sum_{i=1}^{n} t_i \\le \\sqrt{\\frac{1}{n} \\sum_{i=1}^{n} t_i^2}</script>
<table><caption>Hours of light</caption><thead><tr><th rowspan="2">Month</th><th colspan="2">Hours</th></tr><tr><th>lit</th><th>dark</th></tr></thead><tbody><tr><td>January</td><td>15</td><td>1</td></tr><tr><td>June</td><td>6</td><td>2</td></tr></tbody></table>
<video controls poster="/poster.png" title="The lamp, filmed from the causeway"><source src="/lamp.mp4" type="video/mp4"></video>
<p>${text}</p>
<audio controls src="/horn.mp3" title="The horn in fog"></audio>
<div class="markdown-alert markdown-alert-warning"><p class="markdown-alert-title">Warning</p><p>Do not look into the lamp, and do not leave it alone with the moths.</p></div>
<p>${text}</p>
<pre class="wp-block-verse">Four o'clock and the tide is out,
    the causeway shines like tin,

and someone walks, and someone waits
    to let the walker in.</pre>
<p>${text}</p>
<figure class="wp-block-gallery"><figure><img src="/a.png" alt="East" width="600" height="400"><figcaption>East</figcaption></figure><figure><img data-src="/b.png" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="West"><figcaption>West</figcaption></figure><figcaption>Both windows of the lamp room</figcaption></figure>
<p>${text}</p>
<video poster="/gone.png" src="/second.mp4" title="A second film, its poster lost"></video>
<p>${text}</p>
<section class="footnotes"><ol><li id="fn1"><p>By the keeper's own clock. <a href="#fnref1" class="footnote-backref">↩</a></p></li></ol></section>`;

beforeAll(async () => {
  web = await startWeb({
    '/lamp': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Lamp on the Causeway</title></head><body><article><h1>The Lamp on the Causeway</h1>${body}</article></body></html>`,
    '/poster.png': png(640, 360, 0x2f4858), '/a.png': png(600, 400, 0x86724a), '/b.png': png(600, 400, 0x4a6b86),
  });
  stage = await setStage({ width: 1200, height: 1000 });
  id = (await stage.ask('save', { urls: [`${web.origin}/lamp`] }))[0]?.id ?? '';
  await vi.waitUntil(async () => {
    const { waiting, working } = await stage.ask('queue', {});
    return waiting + working === 0;
  }, { timeout: 30_000, interval: 100 });
});
afterAll(async () => {
  await stage.close();
  await web.close();
});

async function open(): Promise<Frame> {
  const { page, host } = stage;
  await page.goto(`${host.origin}/#/home?article=${id}`);
  await page.reload();
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForSelector('#body > section > *');
  return frame;
}

/** The article's page with script allowed: axe cannot run in one without. */
async function copyOf(frame: Frame): Promise<Page> {
  const html = await frame.evaluate(() => document.documentElement.outerHTML);
  const copy = await stage.context.newPage();
  await copy.route('**/copy.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html>${html}` }));
  await copy.goto(`${stage.host.origin}/copy.html`);
  return copy;
}

test('a poster is stored and counted as any picture, and a lost one is told of', async () => {
  const article = await stage.ask('article', { id });
  expect(article.certificate).toMatchObject({ pictures: 4, stored: 3 });
  expect(article.html).toMatch(/<figure data-embed="video"><a href="http:[^"]+\/lamp\.mp4"><img src="\/files\//);
  expect(web.hits.some(({ path }) => /mp[34]$/.test(path))).toBe(false);
});

test('cards show a poster where there is one, and their name in any case', async () => {
  const frame = await open();
  const cards = frame.locator('figure[data-embed]');
  expect(await cards.locator('figcaption').allTextContents()).toEqual(['The lamp, filmed from the causeway', 'The horn in fog', 'A second film, its poster lost']);
  await expect.poll(() => cards.first().locator('img').evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(640);
  expect(await cards.last().locator('button').isVisible()).toBe(false);
  expect(await frame.locator('figure > figure img').count()).toBe(2);
});

test('code, formulas, tables, callouts and verse are there once, in their lines', async () => {
  const frame = await open();
  expect(await frame.locator('pre').evaluate((pre) => [pre.dataset['lang'], pre.textContent])).toEqual(['python', 'def lamp(hour):\n    return hour >= 16  # lit, and it stays so']);
  const heights = await frame.locator('math[display="block"] :is(mfrac, msqrt)').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThan(20);
  expect(await frame.locator('th[colspan="2"]').innerText()).toBe('Hours');
  expect(await frame.locator('blockquote > p').allInnerTexts()).toEqual(['Warning', 'Do not look into the lamp, and do not leave it alone with the moths.']);
  expect((await frame.locator('p', { hasText: 'Four o' }).innerText()).split('\n')).toHaveLength(2);
});

test('a footnote opens in place', async () => {
  const frame = await open();
  await frame.locator('sup a').first().press('Enter');
  await expect.poll(() => frame.locator('.card .note').innerText()).toBe("By the keeper's own clock.");
});

test('axe finds nothing in it, in light and dark', async () => {
  const frame = await open();
  const copy = await copyOf(frame);
  for (const [appearance, theme] of [['light', 'paper'], ['dark', 'dusk'], ['dark', 'night']] as const) {
    await copy.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    expect([appearance, theme, await axe(copy)]).toEqual([appearance, theme, []]);
  }
  await copy.close();
});

test('the stored page draws the same cards by itself', async () => {
  const folder = join(stage.home.library, 'articles');
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('article.html')) ?? '';
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, file)).href);
    const card = page.locator('figure[data-embed="video"]').first();
    expect(await card.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
    expect(await card.locator('> a').evaluate((link) => getComputedStyle(link, '::after').clipPath)).toContain('polygon');
  } finally {
    await browser.close();
  }
});

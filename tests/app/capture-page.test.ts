import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, root } from '../stage.ts';
import { png } from '../web/pictures.ts';

/* What the extension runs in a page, by itself, on pages made to hinder it. */

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => browser?.close());

declare const lecternPage: { capture(part: 'page' | 'selection'): Promise<{ title: string; html: string }> };

async function capture(body: string, headers: Record<string, string> = {}, before = ''): Promise<{ title: string; html: string; seen: unknown }> {
  const page = await browser.newPage();
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    const [, width, height] = /^\/(\d+)x(\d+)-/.exec(pathname) ?? [];
    return width === undefined
      ? route.fulfill({ contentType: 'text/html', headers, body: `<!doctype html><html lang="en"><head><title>A page</title></head><body>${body}</body></html>` })
      : route.fulfill({ contentType: 'image/png', body: Buffer.from(png(Number(width), Number(height))) });
  });
  await page.goto('http://site.example/');
  await page.evaluate(before);
  await page.evaluate(readFileSync(join(root, 'extension', 'page.js'), 'utf8'));
  try {
    const taken = await page.evaluate(() => lecternPage.capture('page'));
    return { ...taken, seen: await page.evaluate('window.seen') };
  } finally {
    await page.close();
  }
}

test('a page whose forms and pictures are named like the browser’s own things is written down whole', async () => {
  const names = ['attributes', 'childNodes', 'localName', 'nodeType', 'shadowRoot', 'textContent', 'getAttribute', 'tagName'].map((name) => `<input name="${name}">`).join('');
  const { html, title } = await capture(`<form><p>Words in a form.</p>${names}<p>More words.</p></form><img name="body"><form name="head"></form><img name="title"><img name="documentElement"><form name="querySelectorAll"></form><p>The last words.</p>`);
  expect(title).toBe('A page');
  for (const words of ['Words in a form.', 'More words.', 'The last words.']) expect(html.split(words)).toHaveLength(2);
});

test('pictures are copied from the screen one after the other, and none that is too large', async () => {
  const pictures = Array.from({ length: 6 }, (_, i) => `<img src="/600x400-${i}">`).join('');
  const { html, seen } = await capture(`${pictures}<img src="/8000x6000-x">`, { 'content-security-policy': "connect-src 'none'" }, `
    window.seen = { now: 0, most: 0, widest: 0 };
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (done, ...more) {
      seen.most = Math.max(seen.most, ++seen.now);
      seen.widest = Math.max(seen.widest, this.width);
      toBlob.call(this, (blob) => { seen.now -= 1; done(blob); }, ...more);
    };`);
  expect(html.match(/src="data:image\/webp/g)).toHaveLength(6);
  expect(seen).toEqual({ now: 0, most: 1, widest: 600 });
});

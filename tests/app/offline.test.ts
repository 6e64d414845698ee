import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLibrary } from '../../electron/library/library.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { type Offline, readOffline } from '../offline.ts';
import { png, samples } from '../web/pictures.ts';
import { startWeb, type Web } from '../web/web.ts';

/* Whatever pages do to be fetched from again when they are read: saved from a web that is then gone, and opened one and all. */

let web: Web;
let library: string;

const prose = 'The ferry leaves at seven whether or not the fog has lifted, and those who are late walk round by the bridge, which takes an hour and a half and a good pair of boots. ';
const far = 'http://far.example';
const text = `<p>${prose}</p>`.repeat(4);
const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="200">${inside}<rect width="300" height="200" fill="teal"/></svg>`;

/** What stands in an article's text, by the name of its page; `{}` in it is a picture's address of the page's own. */
const bodies: Record<string, string> = {
  plain: '<img src="{}" alt="">',
  'lazy-src': '<img data-src="{}" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" loading="lazy" alt="">',
  'lazy-original': '<img data-original="{}" class="lazy" alt="">',
  'lazy-noscript': '<img class="lazy" alt=""><noscript><img src="{}" alt=""></noscript>',
  srcset: '<img src="{}" srcset="{}?2x 2x, {}?3x 3x" sizes="100vw" alt="">',
  picture: '<picture><source type="image/avif" srcset="{}?avif 800w"><source type="image/webp" srcset="{}?webp"><img src="{}" alt=""></picture>',
  figure: '<figure><a href="{}"><img src="{}" alt=""></a><figcaption>The ferry, seen from the bridge on a morning without fog.</figcaption></figure>',
  gallery: '<div class="gallery"><img src="{}?1" alt=""><img src="{}?2" alt=""><img src="{}?3" alt=""></div>',
  'data-picture': `<img src="data:image/png;base64,${Buffer.from(png(80, 60, 0x884422)).toString('base64')}" alt="">`,
  base: `<base href="${far}/"><img src="{}" alt="">`,
  'picture-of-text': '<img src="/not-a-picture.png" width="300" height="200" alt="">',
  'picture-gone': '<img src="/gone.png" width="300" height="200" alt="">',
  'picture-far': `<img src="${far}/picture.png" width="300" height="200" alt="">`,
  pixel: `<img src="${far}/pixel.gif" width="1" height="1" alt=""><img src="/dot.gif" alt="">`,
  'style-attribute': `<p style="background:url(${far}/a.png);list-style-image:url(${far}/b.png)">${prose}</p><div style="behavior:url(${far}/c)">${prose}</div>`,
  'style-element': `<style>@import "${far}/a.css"; @font-face{font-family:F;src:url(${far}/f.woff2)} p{font-family:F;background:url(${far}/b.png)} p::after{content:url(${far}/c.png)}</style>`,
  background: `<table background="${far}/a.png"><tr><td background="${far}/b.png">${prose}</td></tr></table><body background="${far}/c.png">`,
  links: `<link rel="stylesheet" href="${far}/a.css"><link rel="preload" as="image" href="${far}/b.png"><link rel="prefetch" href="${far}/c"><link rel="dns-prefetch" href="${far}"><link rel="preconnect" href="${far}"><link rel="modulepreload" href="${far}/d.js"><link rel="icon" href="${far}/e.ico">`,
  meta: `<meta http-equiv="refresh" content="900;url=${far}/"><meta http-equiv="Content-Security-Policy" content="img-src *">`,
  ping: `<p><a href="${far}/x" ping="${far}/ping" download>${prose}</a></p>`,
  scripts: `<script src="${far}/a.js"></script><script>fetch('${far}/b')</script><p onclick="fetch('${far}/c')" onmouseover="new Image().src='${far}/d'">${prose}</p><img src="{}" onload="fetch('${far}/e')" onerror="fetch('${far}/f')" alt="">`,
  frames: `<iframe src="${far}/frame"></iframe><iframe srcdoc="<img src=${far}/a.png>"></iframe><object data="${far}/b"></object><embed src="${far}/c"><portal src="${far}/d"></portal>`,
  video: `<video src="${far}/a.mp4" poster="{}" autoplay controls><source src="${far}/b.webm"><track src="${far}/c.vtt" default></video><audio src="${far}/d.mp3" autoplay></audio>`,
  players: '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe><blockquote class="twitter-tweet"><p>A ferry in the fog, seen this morning.</p><a href="https://twitter.com/a/status/1">1</a></blockquote><script async src="https://platform.twitter.com/widgets.js"></script>',
  forms: `<form action="${far}/a"><input type="image" src="${far}/b.png"><button formaction="${far}/c">Go</button></form>`,
  'svg-inline': `${svg(`<image href="${far}/a.png" width="9" height="9"/><use href="${far}/b.svg#c"/><style>@import "${far}/d.css";</style><script href="${far}/e.js"></script><foreignObject><img src="${far}/f.png"></foreignObject>`)}`,
  'svg-file': '<img src="/drawing.svg" alt="">',
  'svg-styled': '<img src="/styled.svg" alt="">',
  mathml: `<p>${prose}<math href="${far}/a"><mi href="${far}/b">x</mi><annotation-xml encoding="text/html"><img src="${far}/c.png"></annotation-xml></math></p>`,
  amp: `<amp-img src="{}" width="300" height="200"></amp-img><amp-pixel src="${far}/a"></amp-pixel><amp-video src="${far}/b.mp4"></amp-video>`,
  map: `<img src="{}" usemap="#m" ismap alt=""><map name="m"><area shape="rect" coords="0,0,9,9" href="${far}/a" ping="${far}/b"></map>`,
  template: `<template><img src="${far}/a.png"></template><noscript><img src="${far}/b.gif" width="1" height="1"></noscript><xmp><img src="${far}/c.png"></xmp>`,
  quotes: `<blockquote cite="${far}/a"><p>${prose}</p></blockquote><p><q cite="${far}/b">${prose}</q> <del cite="${far}/c">late</del></p>`,
  mutation: `<noscript><p title="</noscript><img src=${far}/a.png onerror=fetch('${far}/b')>"></noscript><math><mtext><table><mglyph><style><img src=${far}/c.png></style></mglyph></table></mtext></math>`,
  'protocol-less': '<img src="//far.example/picture.png" width="300" height="200" alt="">',
  upper: '<IMG SRC="{}" ALT=""><IMG DATA-SRC="{}?upper" ALT="">',
  every: Object.keys(samples).map((kind) => `<img src="/sample.${kind}" alt="">`).join(''),
};

/** So many pictures are on a page of its own each that is not there to be had. */
const lacking = ['picture-of-text', 'picture-gone', 'picture-far', 'protocol-less', 'base'];

beforeAll(async () => {
  const pages = Object.fromEntries(Object.entries(bodies).map(([name, inside], at) => [
    `/${name}`,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The ferry and the fog, ${name}</title><meta property="og:image" content="/own/${at}.png"></head><body><article><h1>The ferry and the fog, ${name}</h1>${text}${inside.replaceAll('{}', `/own/${at}.png`)}${text}</article></body></html>`,
  ]));
  web = await startWeb({
    ...pages,
    '/own/': (_, response, path) => response.writeHead(200, { 'content-type': 'image/png' }).end(png(640, 400, 0x202040 + 97 * Number.parseInt(path.slice(5), 10))),
    '/not-a-picture.png': (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('<p>Please sign in.'),
    '/dot.gif': samples.gif,
    '/drawing.svg': svg(`<image href="${far}/a.png" width="9" height="9"/><use href="${far}/b.svg#c"/><a href="${far}/c"><text>x</text></a>`),
    '/styled.svg': svg(`<style>@import "${far}/a.css"; rect{fill:url(${far}/b.svg#c)} @font-face{font-family:F;src:url(${far}/f.woff2)}</style><rect style="filter:url(${far}/d.svg#e)" width="9" height="9"/>`),
    ...Object.fromEntries(Object.entries(samples).map(([kind, bytes]) => [`/sample.${kind}`, bytes])),
  });
  library = mkdtempSync(join(tmpdir(), 'lectern-offline-'));
  const open = await openLibrary({ path: library, version: 'test', manners: { hostPause: 0, retryPauses: [] }, settings: { get: () => defaultSettings, change: () => defaultSettings, onChange: () => () => undefined } });
  await open.answers.save({ urls: Object.keys(bodies).map((name) => `${web.origin}/${name}`), tags: [], typed: true });
  await open.answers.saveText({ text: `# A note on ferries\n\n${prose}\n\n![far](${far}/a.png)\n\n<img src="${far}/b.png">\n\n${prose}`, format: 'markdown', url: null, name: 'note', tags: [] });
  await open.answers.saveText({ text: `<h1>Pasted</h1>${text}<img src="${web.origin}/sample.png"><img src="${far}/b.png" style="background:url(${far}/c.png)">`, format: 'html', url: `${far}/pasted`, name: 'pasted', tags: [] });
  await open.idle();
  await open.close();
  await web.close();
}, 120_000);
afterAll(() => rm(library, { recursive: true, force: true }));

test('every article opens in the reader without a network: nothing is asked for, and every picture that was stored shows', async () => {
  const found: Offline = await readOffline(library, web.port);
  expect(found.attempts).toEqual([]);
  expect(found.broken).toEqual([]);
  expect(found.articles).toBe(Object.keys(bodies).length + 2);
  expect(found.pictures).toBeGreaterThan(25);
  expect(found.lacking).toBeGreaterThanOrEqual(lacking.length);
}, 120_000);

test('the traps hear whoever asks, and pictures that are gone are noticed', async () => {
  rmSync(join(library, 'files'), { recursive: true });
  const found = await readOffline(library, web.port, async (page) => {
    await page.setContent(`<img src="${far}/a.png"><img src="http://127.0.0.1:${web.port}/plain">`, { waitUntil: 'commit' });
    await page.waitForTimeout(1_000);
  });
  for (const heard of [`by the window: ${far}/a.png`, `by the proxy: ${far}/a.png`, `by the window: http://127.0.0.1:${web.port}/plain`]) expect(found.attempts).toContain(heard);
  expect(found.broken.length).toBeGreaterThan(25);
}, 120_000);

/*
 * A web of made-up news pages, in a process of its own, so that what it costs is not counted as ours.
 * `/page/<n>` is an article of about 1,400 words with two to five pictures of about 90 KB among navigation, teasers, a
 * sidebar, comments, styles and scripts: some 80 KB in all. Every 127.0.0.x is a host of its own, whose pages share
 * their first picture. Pages `0` to `node bench/made-up-web.ts COUNT` are made before it prints its port.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { png } from '../tests/web/pictures.ts';
import { randomOf, sentenceOf, titleOf, wordOf } from './made-up-words.ts';

const names = ['Ada Lund', 'B. Moreau', 'Chen Wei', 'D. Okafor', 'E. Sato'];

/** The same numbers for the same text. */
function random(seed: string): { draw: () => number; below: (limit: number) => number } {
  const draw = randomOf(createHash('sha256').update(seed).digest().readUInt32LE());
  return { draw, below: (limit) => Math.floor(draw() * limit) };
}

function pageOf(path: string): string {
  const { draw, below: next } = random(path);
  const of = (list: readonly string[]) => list[next(list.length)] ?? '';
  const word = () => wordOf('en', draw);
  const times = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join('');
  const sentence = () => `${sentenceOf('en', draw)} `;
  const title = `${titleOf('en', draw)} ${path.replace(/\D+/g, '')}`;
  const name = path.replaceAll('/', '-');
  const pictures = 2 + next(4);
  const source = (i: number) => `/picture/${i === 0 ? 'shared' : `${name}-${i}`}.png`;
  const figure = (i: number) => `<figure class="image image--wide"><img src="${source(i)}" alt="${word()} ${word()}" width="640" height="400"><figcaption>${sentence()}<span class="credit">${of(names)}</span></figcaption></figure>`;
  const teaser = (i: number) => `<div class="teaser teaser--small"><a class="teaser__link" href="/page/x${i}" data-track="teaser-${i}"><h4 class="teaser__title">${word()} ${word()} ${word()}</h4><p class="teaser__text">${word()} ${word()} in the ${word()}</p></a></div>\n`;
  const comment = (i: number) => `<li class="comment" id="comment-${i}"><div class="comment__head"><span class="comment__author">${of(names)}</span> <time datetime="2026-11-0${1 + next(9)}T1${next(10)}:00:00Z">${next(20)} hours ago</time></div><div class="comment__body"><p>${times(2 + next(3), sentence)}</p></div><div class="comment__foot"><button type="button">Reply</button> <a href="#comment-${i}">Link</a></div></li>\n`;
  const links = (count: number) => times(count, (i) => `<li class="menu__item"><a class="menu__link" href="/page/x${i}">${word()} ${word()}</a></li>`);
  const body = times(22, (i) => `${i % 6 === 5 ? `<h2>${word()} ${word()}</h2>` : ''}<p>${times(3 + next(4), sentence)}${next(3) === 0 ? `<a href="/page/x${next(99)}">${word()} ${word()}</a>` : ''}</p>\n${i % 4 === 0 && i / 4 < pictures ? figure(i / 4) : ''}`);
  const ld = JSON.stringify({ '@context': 'https://schema.org', '@type': 'NewsArticle', headline: title, author: { '@type': 'Person', name: of(names) }, datePublished: `2026-11-0${1 + next(9)}T08:00:00Z`, image: source(0) });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} - The Made-up Times</title>
<meta property="og:title" content="${title}"><meta property="og:site_name" content="The Made-up Times"><meta property="og:image" content="${source(0)}"><meta name="description" content="${sentence()}">
<script type="application/ld+json">${ld}</script><style>${times(240, (i) => `.block-${i}>.part{margin:${i}px auto;color:#${i + 100}}`)}</style><script>${times(300, (i) => `window.q=window.q||[];q.push(["event${i}",${next(9_999)}]);`)}</script></head>
<body><header class="top"><nav><ul class="menu">${links(45)}</ul></nav></header><div class="page"><main><article class="story"><h1>${title}</h1><p class="byline">By ${of(names)}</p>${body}</article>
<section class="comments"><h3>Comments</h3><ol>${times(45, comment)}</ol></section></main><aside class="sidebar"><h3>Most read</h3>${times(30, teaser)}</aside></div><footer><ul class="menu">${links(40)}</ul><p>About us</p></footer>
<script>${times(150, (i) => `window.ads=window.ads||[];ads.push({slot:${i},size:[${next(900)},250]});`)}</script></body></html>`;
}

const made = new Map<string, string>();
const page = (path: string): string => {
  const html = made.get(path) ?? pageOf(path);
  made.set(path, html);
  return html;
};
const count = Number(process.argv[2] ?? 0);
for (let i = 0; i < count; i++) page(`/page/${i}`);

/** What follows a picture's end, where decoders stop, gives it the weight of a photograph. */
const noise = createHash('shake256', { outputLength: 1_000_000 }).update('noise').digest();

const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (path.startsWith('/picture/')) {
    const { below: next } = random(path.includes('shared') ? (request.headers.host?.split(':')[0] ?? '') : path);
    const [colour, from, length] = [next(16_000_000), next(800_000), 70_000 + next(40_000)];
    const mark = createHash('sha256').update(`${path}${colour}`).digest();
    response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.concat([png(640, 400, colour), path.includes('shared') ? Buffer.alloc(0) : mark, noise.subarray(from, from + length)]));
  } else if (path.startsWith('/page/')) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(path));
  else response.writeHead(404).end();
});
server.listen(0, '0.0.0.0', () => console.log((server.address() as AddressInfo).port));

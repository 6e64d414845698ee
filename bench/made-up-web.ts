/*
 * A web of made-up pages with pictures, in a process of its own, so that what it costs is not counted as ours.
 * `/page/<n>` is an article of about 900 words with navigation, sidebar and footer around it and four pictures, of which
 * each site shares one; every 127.0.0.x is a host of its own. Prints its port.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { png } from '../tests/web/pictures.ts';

const words = 'river harbour market library orchard railway morning council letter garden bridge winter teacher island village engine window paper season mountain'.split(' ');

function random(seed: string): (below: number) => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

function pageOf(path: string): string {
  const next = random(path);
  const word = () => words[next(words.length)] ?? '';
  const sentence = () => `The ${word()} of the ${word()} was ${['old', 'late', 'quiet', 'open'][next(4)]} when the ${word()} came, and ${word()} by ${word()} the people spoke of ${word()}, ${word()} and the ${word()}. `;
  const paragraph = () => `<p>${Array.from({ length: 4 }, sentence).join('')}</p>`;
  const title = `${word()} and ${word()} ${path.replace(/\D+/g, '')}`;
  const figure = (i: number) => `<figure><img src="/picture/${i === 0 ? 'shared' : `${path.replaceAll('/', '-')}-${i}`}.png" alt="${word()}"><figcaption>${sentence()}</figcaption></figure>`;
  const links = (count: number) => Array.from({ length: count }, (_, i) => `<li><a href="/page/x${i}">${word()} ${word()}</a></li>`).join('');
  const body = Array.from({ length: 9 }, (_, i) => `${i % 3 === 2 ? `<h2>${word()} ${word()}</h2>` : ''}${paragraph()}${i < 4 ? figure(i) : ''}`).join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} - The Made-up Times</title><meta property="og:title" content="${title}"><meta name="author" content="A. Writer"><meta property="article:published_time" content="2026-11-0${1 + next(9)}T08:00:00Z"><style>${'.a{color:red}'.repeat(200)}</style><script>${'var a=1;'.repeat(400)}</script></head>
<body><header><nav><ul>${links(30)}</ul></nav></header><main><article><h1>${title}</h1><p class="byline">By A. Writer</p>${body}</article><aside class="sidebar"><h3>Most read</h3><ul>${links(20)}</ul></aside></main><footer><ul>${links(25)}</ul><p>About us</p></footer></body></html>`;
}

const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (path.startsWith('/picture/')) {
    const seed = path.includes('shared') ? (request.headers.host ?? '') : path;
    // Decoders stop at the picture's end; the bytes after it give it the weight of a photograph.
    const weight = createHash('shake256', { outputLength: 24_000 }).update(seed).digest();
    response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.concat([png(320, 200, random(seed)(16_000_000)), weight]));
  } else if (path.startsWith('/page/')) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(path));
  else response.writeHead(404).end();
});
server.listen(0, '0.0.0.0', () => console.log((server.address() as AddressInfo).port));

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readability } from '@mozilla/readability';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../electron/library/extract/coverage.ts';
import { runReadability } from '../../electron/library/extract/readability.ts';
import { toReadingDom } from '../../electron/library/extract/reading-dom.ts';
import { parsePage } from '../../electron/library/extract/tree.ts';

/* Readability finds the same in our few fields a node as in a whole DOM. */

const tidy = (lines: string[]): string[] => lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '');

function inWholeDom(html: string): string[] | null {
  type Whole = Parameters<typeof linesOf>[0];
  const { window } = new JSDOM(html);
  const svgs = [...window.document.querySelectorAll('svg')];
  // Ours leaves drawings out from the start.
  for (const svg of svgs) svg.remove();
  const found = new Readability<Whole>(window.document as never, { charThreshold: 500, disableJSONLD: true, serializer: (node) => node as unknown as Whole }).parse();
  return found === null ? null : tidy(linesOf(found.content as Whole));
}

function inOurs(html: string): string[] | null {
  const found = runReadability(parsePage(html).tree);
  return found === null ? null : tidy(linesOf(found));
}

const folder = join(import.meta.dirname, '../pages');
const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'page.html')));
const sentence = 'A paragraph of good length, which says something, and then some more, so that anyone would take it for text. ';
const long = `<p>${sentence.repeat(3)}</p>`;

describe('the same as in a whole DOM', () => {
  test.each(cases)('%s', (name) => {
    const html = new TextDecoder(/charset="?gb/i.test(readFileSync(join(folder, name, 'page.html'), 'latin1')) ? 'gb18030' : 'utf-8').decode(readFileSync(join(folder, name, 'page.html')));
    expect(inOurs(html)).toEqual(inWholeDom(html));
  });

  test.each<[string, string]>([
    ['too little text, so that it begins again and again', `<div class="comment">${long}</div><div class="sidebar">${sentence}</div><p>Short.</p>`],
    ['nothing', ''],
    ['text with a row of br', `<div>${sentence}<br><br>${sentence}<br> <br><br>${sentence}<b>bold</b><br><br></div>`.repeat(3)],
    ['a table for layout', `<table><tbody><tr><td>${long}${long}</td></tr></tbody></table>`],
    ['a table of data', `<article>${long}<table><caption>c</caption><tr><th>a<th>b</tr><tr><td>1<td>2</tr></table>${long}</article>`],
    ['fonts and nested divs', `<div><div><div><section><font>${sentence.repeat(6)}</font></section></div></div></div>${long}`],
    ['a picture in noscript', `<article>${long}<img class="lazy" src="a.gif"><noscript><img src="b.jpg" alt="a &amp; b"></noscript>${long}</article>`],
    ['hidden text', `<article>${long}<p hidden>${sentence}</p><p style="color:red; display : none">${sentence}</p><p style="visibility:hidden">${sentence}</p><p aria-hidden="true">${sentence}</p>${long}</article>`],
    ['a video', `<article>${long}<object><param name="movie" value="https://www.youtube.com/v/x"><embed src="https://www.youtube.com/v/x"></object><iframe src="https://ads.example/"></iframe>${long}</article>`],
    ['many links', `<article>${long}<ul>${'<li><a href="/x">more of it</a></li>'.repeat(30)}</ul>${long}</article><div>${'<a href="/y">elsewhere</a> '.repeat(60)}</div>`],
    ['a byline and a heading like the title', `<article><h1>A page</h1><p class="byline">By A. Writer</p>${long}${long}${long}</article>`],
    ['script links', `<article>${long}<p><a href="javascript:void(0)">one</a> and <a href="javascript:x()"><b>two</b> three</a></p>${long}${long}</article>`],
    ['an article in two siblings', `<div id="a">${long.repeat(3)}</div><div id="b">${long.repeat(3)}</div><div id="c" class="ad">${sentence}</div>`],
  ])('%s', (_, body) => {
    const html = `<!doctype html><html lang="en"><head><title>A page</title></head><body>${body}</body></html>`;
    expect(inOurs(html)).toEqual(inWholeDom(html));
  });
});

test('what is put aside as the inside of a body comes back whole', () => {
  const { body } = toReadingDom(parsePage(`<body class="a">one<p id="x">two <b>three</b></p>four</body>`).tree);
  const aside = body.innerHTML;
  body.firstElementChild?.remove();
  body.firstChild?.remove();
  expect(body.textContent).toBe('four');
  body.innerHTML = aside;
  expect(`${body.innerHTML}`).toBe('one<p id="x">two <b>three</b></p>four');
  expect(body.childNodes.map(({ previousSibling, nextSibling }) => [previousSibling?.textContent, nextSibling?.textContent])).toEqual([[undefined, 'two three'], ['one', 'four'], ['two three', undefined]]);
});

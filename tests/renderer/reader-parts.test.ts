import { expect, test } from 'vitest';
import { defaultSettings } from '../../shared/settings.ts';
import type { Picture } from '../../shared/article.ts';
import { arrange, blocksPerSection } from '../../renderer/reader/arrange.ts';
import { findsIn, mostFinds, soughtIn } from '../../renderer/reader/finds.ts';
import { dressFrame, hanOf } from '../../renderer/reader/frame-document.ts';
import { destinationOf } from '../../renderer/reader/links.ts';
import { currentHeading, outlineOf } from '../../renderer/reader/outline.ts';
import { scriptOf } from '../../renderer/reader/script.ts';
import { usualText } from '../../renderer/reader/look.ts';

/** Elements as the sanitiser would hand them over, on a page like the frame's. */
function put(html: string): HTMLElement {
  document.body.innerHTML = `<article id="body">${html}</article><p id="l-out">outside</p>`;
  return document.getElementById('body') as HTMLElement;
}
const blocksOf = (html: string) => [...put(html).children];

test('the outline closes up the levels no heading uses', () => {
  const outline = outlineOf(blocksOf('<p>a</p><h2>One</h2><p>b</p><h4> Two\n words </h4><h2></h2><h2>Three</h2>'));
  expect(outline).toEqual([
    { text: 'One', depth: 0, block: 1 }, { text: 'Two words', depth: 1, block: 3 }, { text: 'Three', depth: 0, block: 5 },
  ]);
  expect([0, 1, 2, 3, 4, 9].map((block) => currentHeading(outline, block))).toEqual([-1, 0, 0, 1, 1, 2]);
});

test('a body is arranged in sections without changing a block', () => {
  const root = put(Array.from({ length: 40 }, (_, at) => `<p>block ${at}</p>`).join(''));
  const { blocks, texts } = arrange(root, []);
  expect(blocks.length).toBe(40);
  expect(texts[39]).toBe('block 39');
  expect([...root.children].map((section) => [section.localName, section.childElementCount])).toEqual([
    ['section', blocksPerSection], ['section', blocksPerSection], ['section', 10],
  ]);
});

test('a body inside one box, and text inside none, become blocks', () => {
  expect(arrange(put('<div><div dir="rtl"><p>a</p><p>b</p></div></div>'), []).blocks.map((block) => [block.localName, block.dir])).toEqual([['p', 'rtl'], ['p', 'rtl']]);
  const loose = arrange(put('loose <b>words</b> here<p>then a block</p> and more'), []);
  expect(loose.texts.map((text) => text.trim())).toEqual(['loose words here', 'then a block', 'and more']);
});

test('pictures get their own size, never more; missing ones a slot', () => {
  const file = `${'ab'.repeat(32)}.png`;
  const stored: Picture = { url: 'https://a.example/1.png', state: 'stored', file, bytes: 9, width: 800, height: 400 };
  const root = put(`<p><img src="/files/ab/${file}" width="200"></p><p><img src="/files/ab/${file}" width="4000"></p><p><img data-missing="1" alt="A boat"></p>`);
  const { missing, pictures } = arrange(root, [stored]);
  expect(pictures.map((image) => [image.getAttribute('width'), image.getAttribute('height')])).toEqual([['200', '100'], ['800', '400']]);
  expect(missing.map(({ index, alt }) => [index, alt])).toEqual([[1, 'A boat']]);
  expect(root.querySelectorAll('img').length).toBe(2);
});

test('tables and code are put into boxes, a table inside a table is not', () => {
  const { boxes, codes } = arrange(put('<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table><pre>code</pre>'), []);
  expect(boxes.map(({ kind }) => kind)).toEqual(['code', 'table']);
  expect(codes.length).toBe(1);
});

test('a column of numbers set to the right has its heading there, unless the page says otherwise', () => {
  const root = document.createElement('div');
  root.innerHTML = '<table><tr><th>Name</th><th>Sum</th><th align="left">Rest</th></tr><tr><td>a</td><td align="right">1</td><td align="right">2</td></tr><tr><td>b</td><td align="right">3</td><td align="right">4</td></tr></table>';
  arrange(root, []);
  expect([...root.querySelectorAll('th')].map((cell) => cell.getAttribute('align'))).toEqual([null, 'right', 'left']);
});

test('a link leads into the article, to the library, out, or nowhere', () => {
  put(`<p><sup><a id="l-r" href="#l-n">2</a></sup><a href="#l-h">the last part</a><a href="https://a.example/x#h">here</a>
    <a href="https://b.example/">out</a><a href="https://c.example/kept">kept</a><a href="javascript:alert(1)">no</a>
    <a href="file:///etc/passwd">no</a><a href="#l-out">no</a><a>no</a></p><h2 id="l-h">Last</h2><ol><li id="l-n">A note</li></ol>`);
  const known = new Map([['https://c.example/kept', '0'.repeat(20)]]);
  const found = [...document.querySelectorAll('a')].map((link) => destinationOf(link, 'https://a.example/x', known));
  expect(found.map(({ to }) => to)).toEqual(['note', 'anchor', 'anchor', 'away', 'article', 'nowhere', 'nowhere', 'nowhere', 'nowhere']);
});

test('a heading that a short link leads to is no footnote', () => {
  put('<p><a href="#l-h">1</a></p><h2 id="l-h">One</h2><p id="l-b">back</p><p><a href="#l-b">2</a></p>');
  expect([...document.querySelectorAll('a')].map((link) => destinationOf(link, null, new Map()).to)).toEqual(['anchor', 'anchor']);
});

test('the script is told by the language, else by the text', () => {
  expect(scriptOf('zh-CN', '')).toEqual({ script: 'cjk', lang: 'zh-CN' });
  expect(scriptOf('en', '中文')).toEqual({ script: 'latin', lang: 'en' });
  expect(scriptOf(null, '码头办公室五点关门')).toEqual({ script: 'cjk', lang: 'zh' });
  expect(scriptOf(null, '港の事務所は五時に閉まる')).toEqual({ script: 'cjk', lang: 'ja' });
  expect(scriptOf(null, '항구 사무실은 다섯 시에 닫는다')).toEqual({ script: 'cjk', lang: 'ko' });
  expect(scriptOf(null, 'The office closed at five.').script).toBe('latin');
});

test('each language gets its own glyphs', () => {
  expect(['zh', 'zh-Hans', 'zh-TW', 'zh-Hant', 'zh-HK', 'zh-Hant-HK', 'ja', 'ko-KR'].map(hanOf)).toEqual(['hans', 'hans', 'hant', 'hant', 'hk', 'hk', 'ja', 'ko']);
});

test('the page is dressed by the preferences, the script deciding what they leave open', () => {
  put('<p>a</p>');
  const { style } = document.documentElement;
  dressFrame(document, defaultSettings, 'night', { script: 'latin', lang: 'en', dir: 'ltr' });
  expect([style.getPropertyValue('--measure-text'), style.getPropertyValue('--leading')]).toEqual(['34em', '1.6']);
  dressFrame(document, { ...defaultSettings, textSize: 24 }, 'night', { script: 'cjk', lang: 'zh', dir: 'ltr' });
  expect([style.getPropertyValue('--measure-text'), style.getPropertyValue('--leading'), style.getPropertyValue('--text-size')]).toEqual(['38em', '1.8', '24px']);
  dressFrame(document, { ...defaultSettings, columnWidth: 50, lineHeight: 2 }, 'night', { script: 'cjk', lang: 'zh', dir: 'ltr' });
  expect([style.getPropertyValue('--measure-text'), style.getPropertyValue('--leading')]).toEqual(['50em', '2']);
});

test('the usual settings of the text are those of a new machine', () => {
  expect(defaultSettings).toMatchObject(usualText);
});

test('every place that fits a search is found, in the order of reading, in any spelling', () => {
  const texts = ['Nothing here.', 'The Ledger of 1871, a ledger', '賬簿里的天氣，天气'];
  const finds = (query: string) => findsIn(texts, soughtIn(query)).map(({ block, from, to }) => `${block} ${(texts[block] ?? '').slice(from, to)}`);
  expect(finds('"ledger of" ')).toEqual(['1 Ledger of']);
  expect(finds('tag:x ledger -here 天气')).toEqual(['1 Ledger', '1 ledger', '2 天氣', '2 天气']);
  expect(finds('led')).toEqual(['1 Ledger', '1 ledger']);
  expect(finds('led ')).toEqual([]);
  expect(findsIn(['a '.repeat(5_000)], soughtIn('a '))).toHaveLength(mostFinds);
  // A phrase of the library's search may begin in one paragraph and end in the next.
  expect(findsIn(['He came to the', 'harbour in the evening'], soughtIn('"the harbour" '))).toEqual([{ block: 0, from: 11, to: 7, until: 1 }]);
  expect(findsIn(['他来到了码', '頭，天黑了'], soughtIn('码头'))).toEqual([{ block: 0, from: 4, to: 1, until: 1 }]);
  expect(findsIn(['one harbour', 'two harbour'], soughtIn('harbour '))).toHaveLength(2);
});

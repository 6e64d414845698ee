import { expect, test } from 'vitest';
import { parsePage } from '../../electron/library/extract/tree.ts';
import { XPathError } from '../../electron/library/extract/xpath/failure.ts';
import { evaluateXPath } from '../../electron/library/extract/xpath/evaluate.ts';
import { parseXPath } from '../../electron/library/extract/xpath/parse.ts';
import { stringOf } from '../../electron/library/extract/xpath/values.ts';

const page = `<!doctype html><html lang="en-GB"><head><title>The mill</title><meta property="og:title" content="A mill"></head><body>
<div id="top" class="nav bar"><a href="/">Home</a><a href="/list" class="on">List</a></div>
<div id="text" class="story-body wide"><h1 itemprop="headline">The <em>old</em> mill</h1><p class="by">By Ida Marrow, 3 June 2024</p>
<p>One.</p><p>Two <b>bold</b>.</p><ul><li>a</li><li>b</li><li>c</li></ul><p>Three.</p><img src="/a.png" width="10"><img src="/b.png" width="200"></div>
<div class="pages"><a href="?page=1">1</a><span>2</span><a href="?page=3" rel="next">3</a></div><svg viewBox="0 0 1 1"><linearGradient id="g"></linearGradient></svg></body></html>`;
const { tree } = parsePage(page);

/** Nodes as `tag#id` or their text, other values as they are. */
function run(expression: string): unknown {
  const value = evaluateXPath(parseXPath(expression), tree);
  if (!Array.isArray(value)) return value;
  return value.map((node) => ('tagName' in node ? `${node.tagName}${node.attrs.some(({ name }) => name === 'id') ? '#' : ''}` : stringOf(node, () => undefined).trim()));
}
const text = (expression: string): string => {
  const value = evaluateXPath(parseXPath(expression), tree);
  return Array.isArray(value) ? value.map((node) => stringOf(node, () => undefined).replace(/\s+/g, ' ').trim()).join('|') : String(value);
};

test.each<[string, string]>([
  // Paths and axes.
  ['//h1', 'The old mill'], ['/html/body/div[2]/h1', 'The old mill'], ['//div[@id="text"]/p[2]', 'One.'], ["//div[@id='text']//b/text()", 'bold'], ['//H1/EM', 'old'],
  ['//li[last()]', 'c'], ['//li[position() < 3]', 'a|b'], ['//li[2]/following-sibling::li', 'c'], ['//li[2]/preceding-sibling::li[1]', 'a'], ['//li[3]/preceding-sibling::*[1]', 'b'],
  ['(//p)[3]', 'Two bold.'], ['(//li/preceding-sibling::li)[last()]', 'b'], ['//b/ancestor::div/@id', 'text'], ['//b/ancestor::*[1]', 'Two bold.'], ['//b/parent::p', 'Two bold.'], ['//b/..', 'Two bold.'],
  ['//em/ancestor-or-self::em', 'old'], ['//h1/following::b', 'bold'], ['//ul/preceding::em', 'old'], ['//ul/preceding::p[1]', 'Two bold.'], ['//ul/descendant::li[1]', 'a'], ['//ul/self::ul/li[1]', 'a'], ['//ul/descendant-or-self::*/@id', ''],
  ['//@itemprop', 'headline'], ['//meta[@property="og:title"]/@content', 'A mill'], ['//meta/attribute::content', 'A mill'], ['//img[@width > 100]/@src', '/b.png'], ['//svg//linearGradient/@id', 'g'], ['//svg:linearGradient/@id', 'g'],
  ['//h1 | //title', 'The mill|The old mill'], ['//p[b] | //p[1]', 'By Ida Marrow, 3 June 2024|Two bold.'], ['//body/*[self::div][3]/span', '2'], ['//a[text()="List"]/@href', '/list'], ['//a[.="3"]/@href', '?page=3'],
  // Functions.
  ["//p[contains(@class, 'by')]", 'By Ida Marrow, 3 June 2024'], ["//p[starts-with(., 'Thr')]", 'Three.'], ["//div[contains(concat(' ', normalize-space(@class), ' '), ' bar ')]/a[1]", 'Home'],
  ["substring-after(//p[@class='by'], 'By ')", 'Ida Marrow, 3 June 2024'], ["substring-before(substring-after(//p[@class='by'], 'By '), ',')", 'Ida Marrow'], ["substring('12345', 2, 3)", '234'], ["substring('12345', 1.5, 2.6)", '234'], ["substring('12345', 0)", '12345'],
  ["concat('https://s.example', //a[@rel='next']/@href)", 'https://s.example?page=3'], ["normalize-space('  a \n b ')", 'a b'], ['string-length("渡口")', '2'], ["translate('bar','abc','AB')", 'BAr'], ['string(//li)', 'a'], ['count(//li)', '3'], ['count(//li[not(position() = 2)])', '2'],
  ['//li[position() mod 2 = 1]', 'a|c'], ['sum(//img/@width)', '210'], ['floor(2.7) + ceiling(2.1) - round(2.5)', '2'], ['round(-2.5)', '-2'], ['local-name(//*[@rel])', 'a'], ['//*[name()="em"]', 'old'], ['boolean(//h2)', 'false'], ['not(//h2) and true()', 'true'], ['//*[lang("en")]/title', 'The mill'], ['id("top")/a[2]', 'List'],
  ["//p[ends-with(., 'ree.')]", 'Three.'], ['number("12.50")', '12.5'], ['number("x")', 'NaN'], ['1 div 0', 'Infinity'], ['-(2 - 5) * 2', '6'], ['7 mod 3', '1'], ["'a' or false()", 'true'], ['2 >= 2', 'true'], ["//li = 'b'", 'true'], ["//li != 'b'", 'true'], ["//h2 = 'b'", 'false'], ['//a/@href = //a[@rel]/@href', 'true'],
  // Names that are operators elsewhere, and stars of both kinds.
  ['count(//div) * count(//*[@rel])', '3'], ['//div[@id="text" and div or p]/h1', 'The old mill'], ['//div/*[1]/*', 'old'], ['//*/@rel', 'next'], ['//comment()', ''], ['.//h1', 'The old mill'], ['/', text('//html')], ['//li[.>"a"]', ''],
])('%s', (expression, wanted) => {
  expect(text(expression)).toBe(wanted);
});

test('nodes come once and in document order, however they were found', () => {
  expect(run('//li/ancestor::div')).toEqual(['div#']);
  expect(run('//b/ancestor::*')).toEqual(['html', 'body', 'div#', 'p']);
  expect(run('//p | //div | //p')).toEqual(['div#', 'div#', 'p', 'p', 'p', 'p', 'div']);
  expect(run('//img/@width | //img/@src')).toEqual(['/a.png', '10', '/b.png', '200']);
});

test.each<[string, object]>([
  ['//div[', { kind: 'syntax', at: 6, found: '' }],
  ['//div]', { kind: 'syntax', at: 5, found: ']' }],
  ['//div[@id="x]', { kind: 'syntax', at: 10, found: '"x]' }],
  ['', { kind: 'syntax', at: 0, found: '' }],
  ['//a[matches(., "x")]', { kind: 'unknown-function', name: 'matches' }],
  ['//a[contains(.)]', { kind: 'wrong-arguments', name: 'contains' }],
  ['//a/sideways::b', { kind: 'unknown-axis', name: 'sideways' }],
  ['#main', { kind: 'syntax', at: 0, found: '#main' }],
  ['('.repeat(100), { kind: 'too-long' }],
  ['x'.repeat(5_000), { kind: 'too-long' }],
])('%s is refused, and why', (expression, problem) => {
  let found: unknown = null;
  try {
    parseXPath(expression);
  } catch (error) {
    if (!(error instanceof XPathError)) throw error;
    found = error.problem;
  }
  expect(found).toMatchObject(problem);
});

test('a CSS selector with a class is a legal name with a point in it, and finds nothing', () => {
  expect(run('div.story')).toEqual([]);
});

test('an expression that asks for too much ends soon', () => {
  const wide = parsePage(`<body>${'<p><b>x</b></p>'.repeat(4_000)}</body>`).tree;
  const started = performance.now();
  expect(() => evaluateXPath(parseXPath('//*[count(//*[count(//*) > 1]) > 1]'), wide)).toThrow(XPathError);
  expect(() => evaluateXPath(parseXPath(`//*[contains(concat(${'/,'.repeat(90)}/), "y")]`), wide)).toThrow(XPathError);
  expect(performance.now() - started).toBeLessThan(8_000);
});

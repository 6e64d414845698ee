import { describe, expect, test } from 'vitest';
import { extractPage } from '../../electron/library/extract/extract.ts';
import { markOf } from '../../electron/library/extract/loose-notes.ts';
import { toMathml } from '../../electron/library/extract/tex.ts';

const from = { url: 'https://site.example/2024/news.html', name: 'x' };
const sentence = 'A paragraph of good length, which says something, and then some more, so that anyone would take it for text.';
const page = (body: string, head = ''): string => `<!doctype html><html lang="en"><head><title>T</title>${head}</head><body><article><h1>T</h1><p>First. ${sentence} ${sentence}</p>${body}<p>Last. ${sentence} ${sentence}</p></article></body></html>`;
const extract = (body: string, head = '') => extractPage(page(body, head), from);

describe('TeX', () => {
  test.each<[string, string]>([
    ['x', '<mi>x</mi>'], ['3.14', '<mn>3.14</mn>'], ['a-b', '<mi>a</mi><mo>−</mo><mi>b</mi>'], ['x^2_i', '<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>'], ["f'", '<msup><mi>f</mi><mo>′</mo></msup>'],
    [String.raw`\mathbb{R}`, '<mrow><mi>ℝ</mi></mrow>'], [String.raw`a<b`, '<mi>a</mi><mo>&lt;</mo><mi>b</mi>'], [String.raw`{n \choose k}`, '<mrow><mo>(</mo><mfrac linethickness="0"><mrow><mi>n</mi></mrow><mrow><mi>k</mi></mrow></mfrac><mo>)</mo></mrow>'],
  ])('%s', (tex, mathml) => expect(toMathml(tex)).toBe(mathml));

  test('a fraction takes one digit at a time where it has no braces', () => expect(toMathml(String.raw`\frac12`)).toBe('<mfrac><mn>1</mn><mn>2</mn></mfrac>'));

  test.each([
    String.raw`\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}`, String.raw`\left(\frac{a}{b}\right)^{n}`, String.raw`\begin{aligned} a &= b \\ c &= d \end{aligned}`, String.raw`\lim_{n \to \infty} \left| a_n - L \right| = 0`, String.raw`\operatorname{rank}(A) \le \min\{m, n\}`,
    String.raw`\vec{F} = m\ddot{\mathbf{x}}, \quad \nabla \times \mathbf{E} = -\frac{\partial \mathbf{B}}{\partial t}`, String.raw`\underbrace{1 + \cdots + 1}_{n}`, String.raw`P(A \mid B) = \dfrac{P(B \mid A)\,P(A)}{P(B)}`, String.raw`\text{if } x \neq 0`, String.raw`\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}`, String.raw`\sqrt[3]{x}`, String.raw`a \not= b`, String.raw`\{x \in \mathbb{Z} : x \ge 0\}`,
  ])('%s is read', (tex) => expect(toMathml(tex)).not.toBeNull());

  test.each([String.raw`\unknown{x}`, '{', '}', String.raw`\left( x`, String.raw`\begin{tikzpicture}x\end{tikzpicture}`, '{'.repeat(500), 'x'.repeat(9_000)])('%j is left as it is', (tex) => expect(toMathml(tex)).toBeNull());

  test('what is not read stays readable, markup in it is text', () => {
    const { html } = extract(String.raw`<p>Here: <script type="math/tex">\unknown{<b>x</b>}</script>.</p>`);
    expect(html).toContain(String.raw`<mtext>\unknown{&lt;b&gt;x&lt;/b&gt;}</mtext>`);
  });

  test('prices and shell variables are no formulas, even beside an engine', () => {
    const { html } = extract('<p>It costs $5 here and $6 there, in $HOME and in $PATH alike, as everybody in the street will tell you at once.</p><pre><code>$$x$$</code></pre>', '<script src="https://cdn.example/mathjax.js"></script>');
    expect(html).not.toContain('<math');
  });

  test('dollars are left alone on pages without an engine', () => expect(extract('<p>One may write $x_1$ by hand, and mean just that, with dollars and all, in a page about writing.</p>').html).toContain('$x_1$'));
});

describe('footnotes', () => {
  test.each([['[12]', '12'], ['③', '3'], ['注②', 'n2'], ['[注 4]', 'n4'], ['*', '*'], ['iv', 'iv'], ['1st', null], ['', null], ['the', null]])('the mark %j is %j', (text, mark) => expect(markOf(text)).toBe(mark));

  test('powers and square metres are no marks', () => {
    const { html } = extract('<p>It measures 12 m<sup>2</sup> and weighs 10<sup>3</sup> grams, which is what everybody had guessed beforehand.</p><ol><li>Take it out of the box and put it on the table, if there is one.</li><li>Read the manual, which is short and has pictures.</li></ol>');
    expect(html).not.toContain('<sup id');
    expect(html).not.toContain('↩');
  });

  test('numbered steps and pages are no notes', () => {
    const { html } = extract('<p>[1] is where it begins, said the manual, and it was right in this as in all other things.</p><p>1. Open the lid with the key that came in the bag.</p><p>2. Close it again before it rains.</p><p><a href="#p2">2</a> <a href="#p3">3</a></p><p id="p2">The second page of the manual says the same in other words, and adds a drawing.</p>');
    expect(html).not.toContain('↩');
    expect(html).not.toContain('<sup');
  });

  test('bracketed marks in the text and notes that begin so are linked both ways', () => {
    const { html } = extract(`<p>The tide table of that year is lost[1], and so is its index[2], though a copy[1] was seen in a shop.</p><p>${sentence}</p><hr><p>[1] Harbour office, shelf nine.</p><p>[2] Ibid.</p>`);
    expect(html).toContain('lost<sup id="l-note-1-ref"><a href="#l-note-1">[1]</a></sup>, and so is its index<sup id="l-note-2-ref"><a href="#l-note-2">[2]</a></sup>, though a copy<sup id="l-note-1-ref-2"><a href="#l-note-1">[1]</a></sup>');
    expect(html).toContain('<p id="l-note-1"><a href="#l-note-1-ref">[1]</a> Harbour office, shelf nine. <a href="#l-note-1-ref-2">↩</a></p>');
  });

  test('the way back is no text', () => {
    const { text } = extract('<p>Noted<sup><a href="#fn1" id="r1">1</a></sup> here, as it should be, at some length and with care.</p><ol><li id="fn1">A note of some words. <a href="#r1">↩</a></li></ol>');
    expect(text).toContain('A note of some words.');
    expect(text).not.toContain('↩');
  });
});

describe('players', () => {
  const card = (html: string): string => /<figure data-embed.*?<\/figure>/.exec(extract(`${html}<p>${sentence}</p>`).html)?.[0] ?? '';
  test.each([
    ['<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0"></iframe>', 'https://www.youtube.com/watch?v=abcdefghijk', 'YouTube'],
    ['<iframe data-src="//player.youku.com/embed/XNDk2NzI4MTg0OA=="></iframe>', 'https://v.youku.com/v_show/id_XNDk2NzI4MTg0OA==.html', '优酷'],
    ['<iframe class="video_iframe" data-src="https://v.qq.com/iframe/preview.html?width=500&amp;vid=a0012abcdef"></iframe>', 'https://v.qq.com/x/page/a0012abcdef.html', '腾讯视频'],
    ['<iframe src="https://embed.ted.com/talks/someone_on_something"></iframe>', 'https://www.ted.com/talks/someone_on_something', 'TED'],
    ['<iframe src="https://www.dailymotion.com/embed/video/x8abcde"></iframe>', 'https://www.dailymotion.com/video/x8abcde', 'Dailymotion'],
    ['<iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/123"></iframe>', 'https://api.soundcloud.com/tracks/123', 'SoundCloud'],
    ['<iframe src="https://social.example/@keeper/109876543210987654/embed"></iframe>', 'https://social.example/@keeper/109876543210987654', 'Mastodon'],
    ['<iframe src="https://codepen.io/keeper/embed/abCdeF?default-tab=result"></iframe>', 'https://codepen.io/keeper/pen/abCdeF', 'CodePen'],
    ['<amp-youtube data-videoid="abcdefghijk" layout="responsive"></amp-youtube>', 'https://www.youtube.com/watch?v=abcdefghijk', 'YouTube'],
  ])('%s', (html, href, name) => {
    expect(card(html)).toContain(`<a href="${href}">`);
    expect(card(html)).toContain(name);
  });

  test.each(['<iframe src="https://ads.example/ads/slot"></iframe>', '<iframe src="https://x.example/embed" width="1" height="1"></iframe>', '<iframe src="javascript:alert(1)"></iframe>', '<iframe srcdoc="x"></iframe>', '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>', '<iframe src="https://x.example/newsletter/form"></iframe>'])('%s shows nobody anything', (html) => expect(card(html)).toBe(''));

  test('a card in the midst of a paragraph parts it', () => {
    const { html } = extract(`<p>Before it ${sentence} <iframe src="https://player.vimeo.com/video/123456789" title="A film"></iframe> and after it ${sentence}</p>`);
    expect(html).toMatch(/<p>Before it [^<]*<\/p><figure data-embed="video">.*<\/figure><p>and after it [^<]*<\/p>/);
  });

  test('cards are no text', () => expect(extract(`<iframe src="https://player.vimeo.com/video/123456789" title="A film about nothing"></iframe><p>${sentence}</p>`).text).not.toContain('film about'));
});

test('a slide is a picture once, and a number of pictures in a list are pictures', () => {
  const { html } = extract(`<ul class="photos"><li><img src="/a.jpg" width="600" height="400"></li><li><img src="/b.jpg" width="600" height="400"></li></ul><p>${sentence}</p><ul class="slides"><li class="clone"><img src="/d.jpg"></li><li><img src="/c.jpg"></li><li><img src="/d.jpg"></li><li class="clone"><img src="/c.jpg"></li></ul><p>${sentence}</p>`);
  expect([...html.matchAll(/([a-d])\.jpg/g)].map((match) => match[1])).toEqual(['a', 'b', 'c', 'd']);
  expect(html).not.toContain('<ul');
});

test('a picture between two items of a list belongs to the first, and the count goes on', () => {
  const { html } = extract('<ol start="4"><li>Loosen the screw, but not all the way, and keep hold of the lamp.</li><img src="/s.jpg" width="600" height="400"><li>Turn it by a quarter and wait until the light is steady again.</li></ol>');
  expect(html).toMatch(/<ol start="4"><li>Loosen[^<]*<figure><img[^>]*><\/figure><\/li><li>Turn/);
});

test('an answer after a bold question, and a name before a colon, are no headings', () => {
  const { html } = extract(`<p><strong>Who lit the lamp?</strong><br>${sentence} ${sentence}</p><p><b>Keeper:</b><br>${sentence} ${sentence}</p><blockquote><p><b>A saying</b><br>${sentence}</p></blockquote>`);
  expect(html).not.toMatch(/<h[2-6]/);
});

import { describe, expect, test } from 'vitest';
import { dateInAddress, findDate, readDate } from '../../electron/library/extract/dates.ts';
import { extractPage } from '../../electron/library/extract/extract.ts';
import { featureCount, featureNames } from '../../electron/library/extract/features.ts';
import { findLanguage, measureReading } from '../../electron/library/extract/language.ts';
import { isDoubtful, readLabels } from '../../electron/library/extract/meta-line.ts';
import { fromSrcset } from '../../electron/library/extract/picture-choice.ts';
import { stripSuffix } from '../../electron/library/extract/title.ts';
import { weights } from '../../electron/library/extract/weights.ts';

const from = { url: 'https://site.example/2024/news.html', name: 'x' };
const sentence = 'A paragraph of good length, which says something, and then some more, so that anyone would take it for text.';
const paragraphs = (count: number, start = 1): string => Array.from({ length: count }, (_, i) => `<p>Number ${start + i}. ${sentence} ${sentence}</p>`).join('\n');

describe('dates', () => {
  test.each<[string, string, string, string | null, boolean]>([
    ['发布时间:2024-06-03 16:39:01来源', 'zh', '2024-06-03T16:39:01', '+08:00', true], ['2024年5月13日', 'zh', '2024-05-13', '+08:00', true], ['2024年5月13日 下午3时05分', 'zh', '2024-05-13T15:05', '+08:00', true],
    ['公開日:2024年9月3日 10時15分', 'ja', '2024-09-03T10:15', '+09:00', true], ['입력 2024.05.13 오후 2:04', 'ko', '2024-05-13T14:04', '+09:00', true],
    ['March 3rd, 2021 at 9:05 p.m. EST', 'en', '2021-03-03T21:05', '-05:00', false], ['3 März 2021', 'de', '2021-03-03', null, false], ['12 de mayo de 2021', 'es', '2021-05-12', null, false], ['04-ago-2021', 'es', '2021-08-04', null, false],
    ['03/04/2020', 'en-US', '2020-03-04', null, false], ['03/04/2020', 'en-GB', '2020-04-03', null, false], ['13.04.2020', 'de', '2020-04-13', null, false], ['2024-06-03T16:39:01.123+0200', 'en', '2024-06-03T16:39:01', '+02:00', false], ['20240513', 'en', '2024-05-13', null, false],
  ])('%s (%s)', (text, lang, local, offset, assumed) => expect(findDate(text, lang)?.moment).toEqual({ local, offset, assumed }));

  test.each(['2024-13-01', '2023-02-30', '31/31/2020', 'version 1.2.3', 'Tel. 2024-5', '1899-01-01', ''])('%j is no date', (text) => expect(findDate(text, 'en')).toBeNull());

  test('machine times', () => {
    expect(readDate('1717403941', 'zh')).toEqual({ local: '2024-06-03T08:39:01', offset: 'Z', assumed: false });
    expect(readDate('2024-06-03T16:39:01Z', 'zh')).toEqual({ local: '2024-06-03T16:39:01', offset: 'Z', assumed: false });
  });

  test.each<[string, string | null]>([
    ['https://x.example/2024/05/13/a.html', '2024-05-13'], ['https://x.example/2024-05/13/content.htm', '2024-05-13'], ['https://x.example/a/t20240513_9.html', '2024-05-13'], ['https://x.example/20240513/a', '2024-05-13'],
    ['https://x.example/2025/12/small-things', null], ['https://x.example/article/20241399/', null], ['https://x.example/id/12345678', null],
  ])('%s', (url, local) => expect(dateInAddress(url, 'en')?.local ?? null).toBe(local));
});

describe('titles', () => {
  test.each<[string, string[], string[], string]>([
    ['屋顶菜园_城市观察_河畔网', [], [], '屋顶菜园'], ['A day out | The Herald', ['theherald'], [], 'A day out'], ['The Herald - A day out in the hills', ['theherald'], [], 'A day out in the hills'],
    ['Cats - and dogs - in art', [], [], 'Cats - and dogs - in art'], ['One thing | Another thing', [], ['One thing'], 'One thing'], ['鸟类观察|候鸟回到北塘', [], [], '鸟类观察|候鸟回到北塘'],
    ['How to sleep through the night | Patient Education | Hillside Childrens Hospital', ['hillside'], [], 'How to sleep through the night'],
  ])('%s', (text, names, heads, title) => expect(stripSuffix(text, names, heads)).toBe(title));
});

describe('titles on the page', () => {
  const titleOf = (head: string, body: string): string => extractPage(`<html><head>${head}</head><body>${body}<article>${paragraphs(6)}</article><footer>© 2025 Mill Lane Press</footer></body></html>`, from).title;

  test.each<[string, string, string, string]>([
    ['a heading that is only the site’s name', '<title>Six ways to stack wood | Notes | Harrow Homes</title>', '<h1>Harrow Homes</h1><h2>Six ways to stack wood</h2>', 'Six ways to stack wood'],
    ['a site named by its copyright line alone', '<title>Six ways to stack wood | Mill Lane Press</title>', '', 'Six ways to stack wood'],
    ['a site shortened to its initials', '<title>Six ways to stack wood | WFA</title><meta property="og:site_name" content="World Fire Almanac">', '', 'Six ways to stack wood'],
    ['a date that shares the heading', '<title>Six ways to stack wood</title>', '<h1>Dec 18 2024 Six ways to stack wood</h1>', 'Six ways to stack wood'],
    ['a heading of the comments', '<title>Six ways to stack wood</title>', '<h1>0 Comments</h1>', 'Six ways to stack wood'],
    ['one word of many', '<title>How we stack, split and burn the wood of one winter</title><meta property="og:title" content="How we stack, split and burn the wood of one winter">', '<h3>Winter</h3>', 'How we stack, split and burn the wood of one winter'],
    ['a heading torn apart by its markup', '<title>Six ways to stack wood</title>', '<h1>S <b>ix</b> ways to stack wood</h1>', 'Six ways to stack wood'],
  ])('%s', (_, head, body, title) => expect(titleOf(head, body)).toBe(title));
});

describe('dates anywhere on the page', () => {
  const publishedOf = (after: string, lang = 'en'): string | null => extractPage(`<html lang="${lang}"><body><article><h1>A walk</h1>${paragraphs(40)}</article>${after}</body></html>`, { url: 'https://site.example/walk', name: 'x' }).publishedAt?.local ?? null;

  test.each<[string, string, string | null]>([
    ['under its label after the text', '<div><span>Posted on April 13, 2023</span></div>', '2023-04-13'],
    ['its label in a line of its own', '<div><p>Published</p><p>Feb 2, 2023</p></div>', '2023-02-02'],
    ['with a short year, under a label', '<div>Published on 01/25/26</div>', '2026-01-25'],
    ['only when it was changed', '<p>Last updated: November 13, 2024</p>', '2024-11-13'],
    ['alone in a line', '<div><h3>17 August 2025</h3></div>', '2025-08-17'],
    ['in a page builder’s widget', '<div class="elementor-widget elementor-widget-post-info"><time datetime="2025-12-03">December 3, 2025</time></div>', '2025-12-03'],
    ['in the only <time> there is, at the foot', '<footer><ul><li>Walks</li></ul><span><time datetime="2025-08-12T11:15:06Z">August 12, 2025</time> by Ada Moss</span></footer>', '2025-08-12T11:15:06'],
    ['in a <meta> that stands for a script', '<meta name="script:ld+json" content=\'{"@type":"Article","datePublished":"2025-11-17T09:00:00-05:00"}\'>', '2025-11-17T09:00:00'],
    ['in the only <time> there is, but a comment’s', '<section class="comments"><p>Ada, <time datetime="2025-08-12">12 August</time>: I was there and saw it.</p></section>', null],
    ['of several <time> at the foot: nobody knows which', '<footer><time datetime="2025-08-12">12 August, by Ada Moss</time><time datetime="2025-08-13">13 August, by Tom Reed</time></footer>', null],
    ['of comments: no date of the article', '<div class="comments"><p>Published</p><p>Feb 2, 2023</p></div>', null],
    ['several alone: nobody knows which', '<div><p>Feb 2, 2023</p><p>Feb 3, 2023</p></div>', null],
    ['in a sentence of its own', '<p>It was published, as far as anyone knows, before April 13, 2023 or so.</p>', null],
  ])('%s', (_, after, date) => expect(publishedOf(after)).toBe(date));
});

test('the section: declared, else the innermost crumb that is no front page', () => {
  const sectionOf = (head: string, crumbs = ''): string | null => extractPage(`<html><head>${head}</head><body>${crumbs}<article><h1>A walk</h1>${paragraphs(6)}</article></body></html>`, from).section;
  const crumbs = '<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/c">City</a> &gt; <a href="/c/w">Walks</a></div>';
  expect(sectionOf('<meta property="article:section" content="Outdoors">', crumbs)).toBe('Outdoors');
  expect(sectionOf('<script type="application/ld+json">{"@type":"NewsArticle","articleSection":["Paths","Other"]}</script>')).toBe('Paths');
  expect(sectionOf('', crumbs)).toBe('Walks');
  expect(sectionOf('', '<div class="breadcrumb"><a href="/">首页</a> &gt; <a href="/x">首页</a></div>')).toBeNull();
});

describe('labelled lines', () => {
  test('no space between time and 来源, and a number that is nobody', () => {
    const found = readLabels('发布时间:2024-06-03 16:39:01来源: 152102', 'zh');
    expect(found).toMatchObject({ published: { local: '2024-06-03T16:39:01' }, source: '152102' });
    expect([isDoubtful('152102'), isDoubtful('河畔周刊'), isDoubtful('https://x.example')]).toEqual([true, false, true]);
  });

  test('several labels in one line', () => {
    expect(readLabels('作者：林小舟 来源：河畔周刊 编辑：周慧 发布时间：2024-05-13 更新时间：2024-05-14', 'zh')).toMatchObject({ author: '林小舟', source: '河畔周刊', published: { local: '2024-05-13' }, modified: { local: '2024-05-14' } });
  });
});

test('languages and directions by content, over a template’s word', () => {
  expect(findLanguage('这是一段说明文字,讲的是河边的菜园和住在附近的人们。', 'en', null)).toEqual({ lang: 'zh', dir: 'ltr' });
  expect(findLanguage('這是一段說明文字,講的是河邊的菜園,還有住在那裡的人們。', null, null).lang).toBe('zh-Hant');
  expect(findLanguage('هذا نص قصير عن مكتبة في الوادي', null, null)).toEqual({ lang: 'ar', dir: 'rtl' });
  expect(findLanguage('The quick brown fox and the lazy dog are in the garden with the cat for this and that.', 'en-GB', null).lang).toBe('en-GB');
  expect(findLanguage('12345', 'not a language!', null)).toEqual({ lang: null, dir: 'ltr' });
  expect(measureReading('两个字 and three words')).toEqual({ words: 6, minutes: 1 });
});

test('srcset: the candidate for a reading width at double density, commas in addresses kept', () => {
  expect(fromSrcset('/a-400.jpg 400w, /a-1600.jpg 1600w, /a-4000.jpg 4000w')).toBe('/a-1600.jpg');
  expect(fromSrcset('https://c.example/w_1,h_2/a.jpg 1x, https://c.example/w_2,h_4/a.jpg 2x')).toBe('https://c.example/w_2,h_4/a.jpg');
  expect(fromSrcset('')).toBeNull();
});

test('the trained table fits the features it was trained on', () => {
  expect(featureNames).toHaveLength(featureCount);
  expect(weights.nodes.length % 4).toBe(0);
  for (let at = 0; at < weights.nodes.length; at += 4) expect(weights.nodes[at]).toBeLessThan(featureCount);
  expect(Math.max(...weights.starts)).toBeLessThan(weights.nodes.length / 4);
});

describe('pages', () => {
  test('comments are no part of an article', () => {
    const page = (body: string): string => `<!doctype html><title>T</title><body><div class="post"><h1>T</h1>${paragraphs(3)}</div>${body}</body>`;
    const talk = `<ol class="comment-list">${paragraphs(6, 50).replaceAll('<p>', '<li class="comment"><p>').replaceAll('</p>', '</p></li>')}</ol>`;
    expect(extractPage(page(talk), from).text).not.toContain('Number 52');
  });

  test('a page that carries its text twice gives it once', () => {
    const copy = `<section class="copy">${paragraphs(5)}</section>`;
    const { text } = extractPage(`<!doctype html><title>T</title><body><h1>T</h1><main>${copy}${copy}</main></body>`, from);
    expect(text.match(/Number 3\./g)).toHaveLength(1);
  });

  test('a caption joins its picture, before or after it', () => {
    const { html, text } = extractPage(`<!doctype html><title>T</title><body><article><h1>T</h1>${paragraphs(2)}<div><img src="/a.jpg" width="600" height="400"></div><p class="caption">What is seen here.</p>${paragraphs(2, 3)}</article></body>`, from);
    expect(html).toContain('<figure><img src="https://site.example/a.jpg" alt="" width="600" height="400"><figcaption>What is seen here.</figcaption></figure>');
    expect(text).not.toContain('What is seen here');
  });

  test('listings and tables with headers between the paragraphs stay whole', () => {
    const { html } = extractPage(`<!doctype html><title>T</title><body><article><h1>T</h1>${paragraphs(2)}<pre class="language-sh">ls\n  -l</pre><p>${sentence}</p><table><tr><th>A</th></tr><tr><td>1</td></tr></table>${paragraphs(2, 3)}</article></body>`, from);
    expect(html).toContain('<pre data-lang="sh"><code>ls\n  -l</code></pre>');
    expect(html).toContain('<td>1</td>');
  });

  test('a long account whose paragraphs are much alike is kept to its end', () => {
    const alike = Array.from({ length: 1_200 }, (_, week) => `<p>Entry ${week} tells what the keeper of the lamp wrote down in the ${week}th week, when the boats came in late and nobody asked why. He wrote slowly and left wide margins, as if somebody would one day want to add something.</p>`);
    const { html } = extractPage(`<!doctype html><title>T</title><article><h1>T</h1>${alike.join('')}</article>`, from);
    expect(html.match(/<p>Entry /g)).toHaveLength(1_200);
  });

  test('a declarative shadow root is read, its slots filled', () => {
    const { text } = extractPage(`<!doctype html><title>T</title><body><h1>T</h1><x-article><template shadowrootmode="open"><div>${paragraphs(2)}<slot></slot></div></template>${paragraphs(1, 7)}</x-article></body>`, from);
    expect(text).toContain('Number 2');
    expect(text).toContain('Number 7');
  });

  test('a page of nothing but navigation still gives its text rather than nothing', () => {
    expect(extractPage('<!doctype html><title>Index</title><body><ul><li><a href="/a">First of the entries</a></li><li><a href="/b">Second of the entries</a></li></ul></body>', from).text).toContain('First');
  });

  test('base, credentials and odd addresses', () => {
    const { html } = extractPage(`<!doctype html><base href="https://cdn.example/x/"><title>T</title><body><article><h1>T</h1>${paragraphs(3)}<p>${sentence} <a href="y">rel</a> <a href="https://u:p@site.example/z">user</a> <a href="http://[bad">bad</a></p></article></body>`, from);
    expect(html).toContain('<a href="https://cdn.example/x/y">rel</a> <a href="https://site.example/z">user</a>');
    expect(html).not.toContain('[bad');
  });
});

import { describe, expect, test } from 'vitest';
import { countKind, countScripts, digit, kindOf, letter, scripts, upper, wide } from '../../electron/library/extract/characters.ts';
import { cutPage } from '../../electron/library/extract/candidates.ts';
import { tokensOf } from '../../electron/library/extract/coverage.ts';
import { hideDialogs } from '../../electron/library/extract/dialogs.ts';
import { extractPage } from '../../electron/library/extract/extract.ts';
import { readFacts } from '../../electron/library/extract/facts.ts';
import { chances } from '../../electron/library/extract/forest.ts';
import { findItems } from '../../electron/library/extract/items.ts';
import { isThread } from '../../electron/library/extract/thread.ts';
import { bare } from '../../electron/library/extract/title.ts';
import { allElements, attr, parsePage } from '../../electron/library/extract/tree.ts';

const sentence = 'A paragraph of good length, which says something, and then some more, so that anyone would take it for text.';
const many = (count: number, make: (i: number) => string): string => Array.from({ length: count }, (_, i) => make(i)).join('\n');
const mixed = 'Ärger im İstanbul-Café: 東京タワー 3階、한국어 ① Ⅷ 𠮷野家 😀 naïve Ωmega ЖЁ दो \ud800 x_y ﬁne ² ½ “a”—b';

describe('characters', () => {
  test('are of the kinds the engine knows them by', () => {
    for (const character of mixed) {
      const kind = kindOf(character.codePointAt(0) ?? 0);
      expect([character, (kind & letter) !== 0, (kind & digit) !== 0, (kind & upper) !== 0]).toEqual([character, /\p{L}/u.test(character), /\p{N}/u.test(character), /\p{Lu}/u.test(character)]);
    }
    expect(countKind(mixed, wide)).toBe(mixed.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length);
    const counts = countScripts(mixed);
    expect(counts.letters).toBe(mixed.match(/\p{L}/gu)?.length);
    for (const script of scripts) expect(counts.of(script)).toBe(mixed.match(new RegExp(`\\p{Script=${script}}`, 'gu'))?.length ?? 0);
  });

  test('make words, and single Han and kana characters', () => {
    const pattern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;
    const words = mixed.toLowerCase().match(pattern) ?? [];
    expect(tokensOf(mixed)).toEqual(words.map((word) => tokensOf(word)[0]));
    expect(new Set(words.map((word) => tokensOf(word)[0])).size).toBe(new Set(words).size);
  });

  test('make a bare text', () => expect(bare(mixed)).toBe(mixed.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')));
});

test('the trees are asked about each row by itself', () => {
  // Feature 1 at most 0.5: left (-1), else right (2).
  const forest = { starts: [0], nodes: [1, 0.5, 1, 2, -1, -1, 0, 0, -1, 2, 0, 0] };
  const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
  expect([...chances(forest, Float32Array.from([9, 0, 0, 1, 0, 0.5]), 3)]).toEqual([sigmoid(-1), sigmoid(2), sigmoid(-1)]);
});

test('parts made by one template are seen together: teasers that lead elsewhere, posts of a thread', () => {
  const page = cutPage(parsePage(`<article><p>${sentence}</p><p>${sentence}</p><p>${sentence}</p></article>
    <ul>${many(4, (i) => `<li class="teaser"><h3><a href="/${i}">Another story, number ${i}</a></h3><p>${sentence}</p></li>`)}</ul>
    ${many(3, (i) => `<div class="post"><b>Ada</b><p>${sentence.repeat(i + 1)}</p></div>`)}`).tree);
  const items = findItems(page);
  const of = (name: string): unknown => [...items].find(([{ element }]) => element.attrs.some(({ value }) => value === name))?.[1];
  expect(of('teaser')).toMatchObject({ count: 4, leading: 1 });
  expect(of('post')).toMatchObject({ count: 3, leading: 0, linkShare: 0 });
  expect([...items.keys()].filter(({ element }) => element.tagName === 'p')).toEqual([]);
});

describe('conversations', () => {
  const threadAt = (url: string | null, head = ''): boolean => isThread(readFacts(parsePage(`<head>${head}</head><body></body>`).tree), url);

  test.each(['https://forum.site.example/a/1', 'https://site.example/viewtopic.php?f=4', 'https://site.example/t/how-to/123', 'https://bbs.site.example/x', 'https://site.example/questions/12/why', 'https://www.quora.com/Why'])('%s', (url) => expect(threadAt(url)).toBe(true));
  test.each(['https://www.weforum.org/stories/a', 'https://site.example/topics/travel/best-bags', 'https://site.example/wiki/T-shirt', 'https://site.example/2024/news.html'])('%s is none', (url) => expect(threadAt(url)).toBe(false));

  test('by what the page says: a question’s page is one, an article with frequent questions is none', () => {
    const stated = (type: string): string => `<script type="application/ld+json">{"@context":"https://schema.org","@type":"${type}","mainEntity":[{"@type":"Question","name":"Why?","acceptedAnswer":{"@type":"Answer","text":"So."}}]}</script>`;
    expect([threadAt(null, stated('QAPage')), threadAt(null, stated('FAQPage')), threadAt(null, '<meta name="generator" content="Discourse 3.2">')]).toEqual([true, false, true]);
  });
});

const from = { url: 'https://site.example/2024/news.html', name: 'x' };

test('what waits to be opened is hidden, unless it is how the page shows its article', () => {
  const hidden = (page: string): number => {
    const { tree } = parsePage(`<body>${page}</body>`);
    hideDialogs(allElements(tree));
    return allElements(tree).filter((element) => attr(element, 'hidden') !== null).length;
  };
  const article = `<article>${many(9, () => `<p>${sentence}</p>`)}</article>`;
  expect(hidden(`${article}<div class="modal fade"><p>${sentence}</p></div><div role="dialog"><p>Cookies</p></div><div class="modality"><p>No dialog</p></div>`)).toBe(2);
  expect(hidden(`<p>Home</p><div role="dialog">${article}</div>`)).toBe(0);
});

test('a second copy of the text is one too where it is cut otherwise', () => {
  const said = (i: number): string => `Number ${i} of the accounts that were written down in that winter, by a keeper whose name is lost to us now, ${i * 7} pages of them, of storms, of ships and of bread.`;
  const { text } = extractPage(`<html><head><title>Winter</title></head><body><div class="content"><h1>Winter</h1><div class="text">${many(9, (i) => `<p>${said(i)}</p>`)}</div><div class="print"><div>${many(9, said)}</div></div></div></body></html>`, from);
  expect(text.split('Number 4 of')).toHaveLength(2);
  expect(text).toContain('Number 8 of');
});

import { expect, test } from 'vitest';
import { arrange } from '../../renderer/reader/arrange.ts';
import { mostFinds } from '../../renderer/reader/finds.ts';
import { foldedBody, typedFinds } from '../../renderer/reader/typed-finds.ts';

/** What is found of what is typed, as it is written: a stroke where it goes on in a later block. */
async function found(html: string, typed: string): Promise<string[]> {
  document.body.innerHTML = `<article id="body">${html}</article>`;
  const body = arrange(document.getElementById('body') as HTMLElement, []);
  const finds = await typedFinds(foldedBody(body), typed, new AbortController().signal);
  return (finds ?? []).map(({ block, from, to, until }) => {
    if (until === undefined) return body.texts[block]?.slice(from, to) ?? '';
    return [body.texts[block]?.slice(from), ...body.texts.slice(block + 1, until), body.texts[until]?.slice(0, to)].join(' | ');
  });
}

test('what begins in one paragraph and ends in the next is found, with all between', async () => {
  const html = '<h2>A short crossing</h2><p>They left at seven.</p><p>Nobody had slept.</p><p>They left at eight.</p>';
  expect(await found(html, 'at seven. nobody')).toEqual(['at seven. | Nobody']);
  expect(await found(html, 'crossing They left at seven. Nobody had slept. they')).toEqual(['crossing | They left at seven. | Nobody had slept. | They']);
  expect(await found(html, 'they left at')).toEqual(['They left at', 'They left at']);
  expect(await found(html, 'seven.nobody')).toEqual([]);
  expect(await found('<p>a</p>'.repeat(5), 'a a')).toEqual(['a | a', 'a | a']);
});

test('between characters of a script without spaces the end of a line or of a paragraph is nothing', async () => {
  const html = '<p>他来到了码头。</p><p>第二天，</p><p>天气<br>很好。使用 Python 与ＡＢＣ。</p>';
  expect(await found(html, '码頭。第二天,天氣很好')).toEqual(['码头。 | 第二天， | 天气很好']);
  expect(await found(html, '头第')).toEqual([]);
  expect(await found(html, '使用python与abc')).toEqual(['使用 Python 与ＡＢＣ']);
});

test('lines of verse, items and cells are parted as they are shown; soft hyphens and small print are not', async () => {
  const html = '<p>The boats come in by ones,<br>by ones, and every one</p><ul><li>first thing</li><li>second thing</li></ul><table><tr><td>tide</td><td>table</td></tr></table>'
    + '<p>an in\u00adcontro\u00advertible <em>re</em>port</p><p><ruby>図<rp>(</rp><rt>と</rt><rp>)</rp>書<rt>しょ</rt></ruby>館へ</p>';
  expect(await found(html, 'by ones, by')).toEqual(['by ones,by']);
  expect(await found(html, 'ones,by')).toEqual([]);
  expect(await found(html, 'thing second')).toEqual(['thingsecond']);
  expect(await found(html, 'tide table')).toEqual(['tidetable']);
  expect(await found(html, 'INCONTROVERTIBLE report')).toEqual(['in\u00adcontro\u00advertible report']);
  expect(await found(html, '図書館')).toEqual(['図(と)書しょ館']);
});

test('a long text is searched in parts, and nothing is lost or told twice where they meet', async () => {
  const html = Array.from({ length: 3_000 }, (_, at) => `<p>${at} begins so and ends</p>`).join('');
  expect(await found(html, 'ends 1500 begins')).toEqual(['ends | 1500 begins']);
  const seams = await found(html, 's so and ends 1');
  expect(seams).toHaveLength(1_110 + 1);
  expect(await found(html, 'begins')).toHaveLength(mostFinds);
});

import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { align } from '../../shared/alignment.ts';
import { signsOf, foldedLength, unfoldedAt } from '../../shared/anchor-text.ts';
import { locate } from '../../shared/anchor.ts';
import { quoteAddress } from '../../shared/highlight-link.ts';
import { highlightsAsMarkdown, quoteWithSource } from '../../shared/highlight-markdown.ts';
import type { Anchor } from '../../shared/highlight.ts';
import { article, edits, random, tally, type Edit } from '../anchor-fuzz.ts';

/** Marks the `n`th occurrence of a quote. */
function anchorOf(text: string, quote: string, n = 0): Anchor {
  let from = text.indexOf(quote);
  for (let step = 0; step < n; step++) from = text.indexOf(quote, from + 1);
  const plain = (some: string) => some.replace(/\s+/g, ' ');
  const start = foldedLength(text, from);
  return { quote: plain(quote), prefix: plain(text.slice(Math.max(0, from - 64), from)), suffix: plain(text.slice(from + quote.length, from + quote.length + 64)), start, end: start + foldedLength(quote), twins: text.split(quote).length - 2 };
}

/** What is found in another text, as it is written there. */
function foundIn(text: string, anchor: Anchor): string | null {
  const at = locate(signsOf(text), anchor);
  return at === null ? null : text.slice(unfoldedAt(text, at.start), unfoldedAt(text, at.end - 1) + 1);
}

const story = 'The keeper of the lamp wrote slowly. He left wide margins, as if somebody would one day add something.\nIn the winter the boats came in late, and nobody asked why.\nThe harbour was quiet, and the market closed at noon.';
const 灯塔 = '守夜人慢慢地写下船只带来的消息，没有人问为什么。\n他在纸边留了很宽的空白，好像有一天会有人补上几句。\n冬天船回来得很晚，港口很安静。';

test('folding drops what cannot be seen and takes width, case, quotation marks and dashes as one', () => {
  expect(signsOf('“Wide”\u00a0— ﬀ Ａ，ｂ\u00ad。\n「好」‘x’ \u200b')).toBe('"wide"-ﬀa,b."好"\'x\'');
  expect(signsOf('👍🏽e\u0301')).toBe('👍🏽e\u0301');
});

test('a folded sign is found in the text it came from, whatever the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(), (text, some) => {
    const folded = signsOf(text);
    expect(foldedLength(text)).toBe(folded.length);
    if (folded === '') return;
    const index = some % folded.length;
    expect(signsOf(text.charAt(unfoldedAt(text, index)))).toBe(folded.charAt(index));
    expect(foldedLength(text, unfoldedAt(text, index))).toBe(index);
  }));
});

test('an alignment is the least edit distance, and its signs rise', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 });
  fc.assert(fc.property(word, word, (pattern, text) => {
    const { on, same } = align(pattern, text);
    const placed = [...on].filter((at) => at >= 0);
    expect(placed).toEqual([...new Set(placed)].toSorted((a, b) => a - b));
    for (const [at, place] of on.entries()) expect(same[at]).toBe(place >= 0 && pattern[at] === text[place] ? 1 : 0);
    const between = placed.length === 0 ? 0 : (placed.at(-1) ?? 0) - (placed[0] ?? 0) + 1 - placed.length;
    const cost = pattern.length - [...same].reduce((sum, one) => sum + one, 0) + between;
    expect(cost).toBe(leastOf(pattern, text));
  }));
});

/** The least distance of a pattern to any stretch of a text, by trying them all. */
function leastOf(pattern: string, text: string): number {
  const distance = (a: string, b: string): number => {
    const row = [...Array(b.length + 1).keys()];
    for (const [i, sign] of [...a].entries()) {
      let corner = row[0] ?? 0;
      row[0] = i + 1;
      for (let j = 1; j <= b.length; j++) {
        const above = row[j] ?? 0;
        row[j] = Math.min(above + 1, (row[j - 1] ?? 0) + 1, corner + (b[j - 1] === sign ? 0 : 1));
        corner = above;
      }
    }
    return row[b.length] ?? 0;
  };
  let least = pattern.length;
  for (let from = 0; from <= text.length; from++) for (let to = from; to <= text.length; to++) least = Math.min(least, distance(pattern, text.slice(from, to)));
  return least;
}

test.each([
  ['unchanged', story, 'wide margins', story, 'wide margins'],
  ['blocks merged and blanks changed', story, 'add something.\nIn the winter', story.replaceAll('\n', ''), 'add something.In the winter'],
  ['text put in before', story, 'The harbour was quiet', `${'A long new opening stands here. '.repeat(30)}\n${story}`, 'The harbour was quiet'],
  ['a word replaced inside', story, 'He left wide margins, as if somebody', story.replace('wide', 'broad'), 'He left broad margins, as if somebody'],
  ['its sentence moved to the end', story, 'In the winter the boats came in late', `${story.split('\n').filter((_, n) => n !== 1).join('\n')}\nIn the winter the boats came in late, and nobody asked why.`, 'In the winter the boats came in late'],
  ['half-width punctuation', 灯塔, '船只带来的消息，没有人问为什么。', 灯塔.replaceAll('，', ',').replaceAll('。', '.'), '船只带来的消息,没有人问为什么.'],
  ['a sign more in Chinese', 灯塔, '他在纸边留了很宽的空白', 灯塔.replace('很宽', '很宽很白'), '他在纸边留了很宽很白的空白'],
  ['gone', story, 'In the winter the boats came in late, and nobody asked why.', story.split('\n').filter((_, n) => n !== 1).join('\n'), null],
  ['replaced by something else', 灯塔, '冬天船回来得很晚', 灯塔.replace('冬天船回来得很晚', '市场中午就关了门'), null],
  ['an empty text', story, 'wide margins', '', null],
])('%s', (_name, before, quote, after, wanted) => {
  expect(foundIn(after, anchorOf(before, quote))).toBe(wanted);
});

test('among its likes a quote is told by what stands around it, and by none when that is gone', () => {
  const refrain = ['The boats came in late that day, and nobody asked.', 'The harbour kept its own hours, and nobody asked.', 'A letter lay on the table, and nobody asked.'];
  const text = refrain.join('\n');
  const second = anchorOf(text, 'nobody asked', 1);
  expect(locate(signsOf(`Something new.\n${text}`), second)?.start).toBe(signsOf(`Something new.${refrain[0]}The harbour kept its own hours, and`).length);
  expect(locate(signsOf([refrain[0], refrain[2]].join('\n')), second)).toBeNull();
});

test('a long quote with a paragraph put into it is found by its two ends', () => {
  const pick = random(5);
  const paragraphs = article(pick, false, 8);
  const text = paragraphs.join('\n');
  const fresh = 'Here is a paragraph that nobody had written before, about candles and stone.';
  const anchor = anchorOf(text, paragraphs.slice(2, 6).join('\n'));
  const after = paragraphs.toSpliced(4, 0, fresh).join('\n');
  expect(foundIn(after, anchor)).toBe(`${paragraphs.slice(2, 4).join('\n')}\n${fresh}\n${paragraphs.slice(4, 6).join('\n')}`);
});

/** The least share right and the largest share wrong, of what can be found, that a change to the algorithm may come to. */
const limits: Record<Edit, [right: number, wrong: number]> = {
  'drop words': [0.97, 0.006], 'insert words': [0.97, 0.006], 'replace words': [0.97, 0.006], 'drop paragraphs': [0.9, 0.008], 'insert paragraphs': [0.95, 0.006],
  'move paragraphs': [0.9, 0.006], 'split and merge blocks': [1, 0], 'width and punctuation': [1, 0], everything: [0.86, 0.012],
};

test.each(edits)('marks in articles edited at random (%s) are found again, and hardly ever in a wrong place', { timeout: 60_000 }, (kind) => {
  const { right, part, wrong, orphaned } = tally(kind, 24, 25);
  const all = right + part + wrong + orphaned;
  expect(right / all).toBeGreaterThanOrEqual(limits[kind][0]);
  expect(wrong / all).toBeLessThanOrEqual(limits[kind][1]);
});

test('an address leads to the quote on its page', () => {
  expect(quoteAddress('https://example.org/a', 'wide margins, well-kept')).toBe('https://example.org/a#:~:text=wide%20margins%2C%20well%2Dkept');
  expect(quoteAddress('https://example.org/a#part', 'x')).toBe('https://example.org/a#part:~:text=x');
  expect(quoteAddress('https://example.org/a', story)).toBe('https://example.org/a#:~:text=The%20keeper%20of%20the,market%20closed%20at%20noon.');
  expect(quoteAddress('https://example.org/a', '灯'.repeat(200))).toBe(`https://example.org/a#:~:text=${encodeURIComponent('灯'.repeat(14))},${encodeURIComponent('灯'.repeat(14))}`);
});

test('highlights as Markdown keep their signs, notes and the ways back', () => {
  const id = '0123456789abcdefghjk';
  const source = { id, title: 'A *bold* [title]', url: 'https://example.org/a', host: 'example.org', site: null, byline: 'Mary' };
  const text = highlightsAsMarkdown(source, [{ id: '1123456789abcdefghjk', article: id, colour: 'green', note: 'Mine\nand *yours*', anchor: anchorOf('# not a heading', '# not a heading'), madeAt: '2031-01-01T00:00:00.000Z', located: null, orphan: false }]);
  expect(text).toBe(`# A \\*bold\\* \\[title\\]

Mary · [example.org](<https://example.org/a>) · [Lectern](lectern://open?article=${id})

> \\# not a heading

Mine
and *yours*

🟩 [Lectern](lectern://open?article=${id}&highlight=1123456789abcdefghjk) · [example.org](<https://example.org/a#:~:text=%23%20not%20a%20heading>)
`);
  expect(quoteWithSource(source, 'a_b')).toBe('> a\\_b\n>\n> — [A \\*bold\\* \\[title\\]](<https://example.org/a#:~:text=a_b>)\n');
});

import { signsOf, foldedLength } from '../shared/anchor-text.ts';
import { locate } from '../shared/anchor.ts';
import { surroundings, type Anchor } from '../shared/highlight.ts';

/*
 * Articles made up from our own words, marked at random, then edited: where each mark ought to be is known sign by sign.
 * The same seed always makes the same articles, marks and edits.
 */

/**
 * `right`: what is found is what is left of the mark, to four fifths either way. `part`: it is a part of it and little else. `wrong`:
 * it is something else. `orphaned`: nothing is found though at least half of the mark is left, in one place. `gone`: nothing is found
 * and nothing should be.
 */
export type Tally = { right: number; part: number; wrong: number; orphaned: number; gone: number };
export type Edit = 'drop words' | 'insert words' | 'replace words' | 'drop paragraphs' | 'insert paragraphs' | 'move paragraphs' | 'split and merge blocks' | 'width and punctuation' | 'everything';
export const edits: readonly Edit[] = ['drop words', 'insert words', 'replace words', 'drop paragraphs', 'insert paragraphs', 'move paragraphs', 'split and merge blocks', 'width and punctuation', 'everything'];

/** A sign with the number it had in the article before; -1 for one that is new. */
type Sign = { sign: string; from: number };

export function random(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

const latin = 'the keeper of lamp wrote down what boats brought in late and nobody asked why he slowly left wide margins as if somebody would one day want to add something river harbour market orchard railway morning people noon most agreed done though could say water stone bridge winter letters counted candles storm names ledger quiet island against under between'.split(' ');
const han = [...'灯塔守夜人慢慢写下船只带来的消息没有谁问为什么他留很宽边白仿佛有天会想补上几句河港市场果园铁路早晨中午人们同意必须做点事却说不出是水石桥冬信数蜡烛暴风名字账本安静岛屿反对之间'];

/** An article as paragraphs; some sentences come again, as refrains and table rows do. */
export function article(pick: (below: number) => number, chinese: boolean, paragraphs: number): string[] {
  const sentence = (): string => {
    if (chinese) return `${Array.from({ length: 8 + pick(22) }, () => han[pick(han.length)]).join('')}${pick(4) === 0 ? '，' : ''}${Array.from({ length: 4 + pick(12) }, () => han[pick(han.length)]).join('')}。`;
    const words = Array.from({ length: 6 + pick(16) }, () => latin[pick(latin.length)] ?? '').join(' ');
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}${pick(5) === 0 ? ', “so they said”' : ''}. `;
  };
  const refrains = [sentence(), sentence()];
  return Array.from({ length: paragraphs }, () => Array.from({ length: 2 + pick(5) }, () => (pick(12) === 0 ? (refrains[pick(2)] ?? '') : sentence())).join('').trim());
}

/** Marks a stretch: mostly a phrase or a sentence, sometimes over paragraphs. Blanks at its ends are left out. */
export function mark(paragraphs: readonly string[], pick: (below: number) => number): { anchor: Anchor; from: number; to: number } {
  const text = paragraphs.join('\n');
  const length = [2 + pick(10), 12 + pick(30), 40 + pick(120), 200 + pick(900)][pick(4)] ?? 20;
  let from = pick(Math.max(1, text.length - length));
  let to = Math.min(text.length, from + length);
  while (from < to - 1 && /\s/.test(text.charAt(from))) from++;
  while (to > from + 1 && /\s/.test(text.charAt(to - 1))) to--;
  const start = foldedLength(text, from);
  const [whole, quote] = [signsOf(text), signsOf(text.slice(from, to))];
  const plain = (some: string): string => some.replace(/\s+/g, ' ');
  return {
    from, to,
    anchor: { quote: plain(text.slice(from, to)), prefix: plain(text.slice(Math.max(0, from - surroundings), from)), suffix: plain(text.slice(to, to + surroundings)), start, end: start + quote.length, twins: whole.split(quote).length - 2 },
  };
}

/** Edits an article at random. */
export function edit(paragraphs: readonly string[], kind: Edit, pick: (below: number) => number, chinese: boolean): Sign[][] {
  let at = 0;
  let blocks: Sign[][] = paragraphs.map((text) => {
    const signs = [...Array(text.length).keys()].map((n) => ({ sign: text.charAt(n), from: at + n }));
    at += text.length + 1;
    return signs;
  });
  const fresh = (): Sign[] => [...(article(pick, chinese, 1)[0] ?? '')].map((sign) => ({ sign, from: -1 }));
  const word = (): Sign[] => (chinese ? [0, 1].map(() => ({ sign: han[pick(han.length)] ?? '', from: -1 })) : [...`${latin[pick(latin.length)]} `].map((sign) => ({ sign, from: -1 })));
  const words = (change: (piece: Sign[]) => Sign[], one: number): void => {
    blocks = blocks.map((block) => cut(block, chinese).flatMap((piece) => (pick(one) === 0 ? change(piece) : piece)));
  };
  const does = (name: Edit): boolean => kind === name || kind === 'everything';
  const rate = kind === 'everything' ? 60 : 22;
  if (does('drop words')) words(() => [], rate);
  if (does('insert words')) words((piece) => [...piece, ...word()], rate);
  if (does('replace words')) words(() => word(), rate);
  if (does('drop paragraphs')) blocks = blocks.filter(() => pick(kind === 'everything' ? 20 : 6) > 0);
  if (does('insert paragraphs')) blocks = blocks.flatMap((block) => (pick(5) === 0 ? [fresh(), block] : [block]));
  if (does('move paragraphs')) {
    for (let n = 0; n < 3; n++) {
      const [taken] = blocks.splice(pick(blocks.length), 1);
      if (taken !== undefined) blocks.splice(pick(blocks.length + 1), 0, taken);
    }
  }
  if (does('split and merge blocks')) {
    blocks = blocks.flatMap((block) => (pick(3) === 0 && block.length > 10 ? [block.slice(0, block.length >> 1), block.slice(block.length >> 1)] : [block]));
    blocks = blocks.reduce<Sign[][]>((all, block) => {
      const last = all.at(-1);
      if (last !== undefined && pick(4) === 0) last.push(...block);
      else all.push([...block]);
      return all;
    }, []);
  }
  if (does('width and punctuation')) {
    const swap: Record<string, string> = { '，': ',', '。': '.', ',': '，', '“': '"', '”': '"', ' ': '\u00a0', '.': '．' };
    blocks = blocks.map((block) => block.map(({ sign, from }) => ({ sign: pick(2) === 0 ? (swap[sign] ?? sign) : sign, from })));
  }
  return blocks;
}

function cut(block: Sign[], chinese: boolean): Sign[][] {
  const pieces: Sign[][] = [[]];
  for (const [at, sign] of block.entries()) {
    pieces.at(-1)?.push(sign);
    if (chinese ? at % 3 === 2 : sign.sign === ' ') pieces.push([]);
  }
  return pieces;
}

/** What became of one mark in an edited article. */
export function judge(edited: Sign[][], made: ReturnType<typeof mark>): keyof Tally {
  const signs = edited.flatMap((block) => block).filter(({ sign }) => sign.trim() !== '');
  const found = locate(signsOf(signs.map(({ sign }) => sign).join('')), made.anchor);
  const isOwn = ({ from }: Sign): boolean => from >= made.from && from < made.to;
  const own = signs.flatMap((sign, at) => (isOwn(sign) ? [at] : []));
  const size = made.anchor.end - made.anchor.start;
  const [first, last] = [own[0] ?? 0, own.at(-1) ?? -1];
  // Marked paragraphs that were moved apart leave no one place.
  const together = own.length >= size * 0.5 && last - first < size * 2.5 + 40;
  if (found === null) return together ? 'orphaned' : 'gone';
  const covered = own.filter((at) => at >= found.start && at < found.end).length;
  const shared = Math.max(0, Math.min(found.end, last + 1) - Math.max(found.start, first));
  const room = Math.max(3, size * 0.2);
  if (together && found.end - found.start - shared <= room && own.length - covered <= room) return 'right';
  return covered >= (found.end - found.start) * 0.6 ? 'part' : 'wrong';
}

/** Many marks on many articles, edited in one way. */
export function tally(kind: Edit, articles: number, marks: number, seed = 1): Tally {
  const sums: Tally = { right: 0, part: 0, wrong: 0, orphaned: 0, gone: 0 };
  for (let n = 0; n < articles; n++) {
    const pick = random(seed * 1_000 + n * 17 + edits.indexOf(kind));
    const chinese = n % 2 === 1;
    const paragraphs = article(pick, chinese, 12 + pick(40));
    const made = Array.from({ length: marks }, () => mark(paragraphs, pick));
    const edited = edit(paragraphs, kind, pick, chinese);
    for (const one of made) sums[judge(edited, one)]++;
  }
  return sums;
}

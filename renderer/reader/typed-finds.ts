import { foldText, foldWithPlaces, isSign } from '../../shared/fold.ts';
import { mostFinds, type Find } from './finds.ts';
import { piecesOf, type Piece } from './find-pieces.ts';

/** How long one stretch of work may take before others have their turn, in milliseconds. */
const stretch = 8;
/** About how many characters are searched at once, and how far beyond them a place may reach that begins in them. */
const [window, reach] = [20_000, 400];

/** Marks that are typed one way and printed another. */
const alike: ReadonlyArray<[string, string]> = [["'‘’‛′", "['‘’‛′]"], ['"“”„″', '["“”„″]'], ['-‐‑‒–—−', '[\\-‐‑‒–—−]']];

/** A character of a script without spaces, or a mark that stands between such. */
const close = (sign: string): boolean => isSign(sign) || /[\u3000-\u303f]/u.test(sign);

/**
 * What is typed as a pattern over folded text: any stretch of letters, also within a word. White space stands for any
 * white space, and beside characters of a script without spaces a text may have some, as where a line or a paragraph
 * ends. Null for nothing but blanks.
 */
export function typedPattern(typed: string): RegExp | null {
  const signs = [...foldText(typed).trim()];
  let source = '';
  for (const [at, sign] of signs.entries()) {
    const before = signs[at - 1];
    if (/\s/u.test(sign)) {
      if (before === undefined || !/\s/u.test(before)) source += '\\s+';
      continue;
    }
    if (before !== undefined && !/\s/u.test(before) && (close(before) || close(sign))) source += '\\s*';
    source += alike.find(([all]) => all.includes(sign))?.[1] ?? sign.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  }
  return source === '' ? null : new RegExp(source, 'gu');
}

/** A block's text folded; its unit `i` comes from `[from[i], to[i])` of the block's own text. */
type Placed = { from: number[]; to: number[] };

/** An article's texts folded for finding; each block only once, and with its places only where something was found. */
export class FoldedTexts {
  readonly #plain: string[] = [];
  readonly #placed = new Map<number, Placed>();
  readonly #texts: readonly string[];
  readonly #pieces: (block: number) => readonly Piece[];
  readonly count: number;
  /** `pieces` tells how a block is read, where that is not its text as it stands. */
  constructor(texts: readonly string[], pieces: (block: number) => readonly Piece[] = (block) => [{ from: 0, to: (texts[block] ?? '').length, apart: false }]) {
    this.#texts = texts;
    this.#pieces = pieces;
    this.count = texts.length;
  }
  plain(block: number): string {
    return (this.#plain[block] ??= this.#pieces(block).map(({ from, to, apart }) => (apart ? '\n' : '') + foldText((this.#texts[block] ?? '').slice(from, to))).join(''));
  }
  placed(block: number): Placed {
    const known = this.#placed.get(block);
    if (known !== undefined) return known;
    const placed: Placed = { from: [], to: [] };
    for (const { from, to, apart } of this.#pieces(block)) {
      if (apart) {
        placed.from.push(from);
        placed.to.push(from);
      }
      const folded = foldWithPlaces((this.#texts[block] ?? '').slice(from, to));
      for (let at = 0; at < folded.text.length; at += 1) {
        placed.from.push(from + (folded.from[at] ?? 0));
        placed.to.push(from + (folded.to[at] ?? 0));
      }
    }
    this.#placed.set(block, placed);
    return placed;
  }
}

/** The texts of a shown article, folded as they are read. */
export const foldedBody = ({ blocks, texts }: { blocks: readonly Element[]; texts: readonly string[] }): FoldedTexts =>
  new FoldedTexts(texts, (block) => piecesOf(blocks[block], texts[block] ?? ''));

const pause = (): Promise<void> => new Promise((done) => setTimeout(done));

/**
 * Every place that fits what is typed, in the order of reading, at most `mostFinds`, also over the end of a paragraph; null
 * when it was called off. Never felt, however long the article is.
 */
export async function typedFinds(folded: FoldedTexts, typed: string, signal: AbortSignal): Promise<Find[] | null> {
  const pattern = typedPattern(typed);
  const finds: Find[] = [];
  if (pattern === null) return finds;
  let until = performance.now() + stretch;
  for (let block = 0; block < folded.count; ) {
    // Some blocks, each after a line break, and as much of those after them as a place may reach into.
    const starts: number[] = [];
    let [text, own] = ['', 0];
    for (let at = block; at < folded.count && (own === 0 || text.length < own + reach + typed.length * 2); at += 1) {
      starts.push(text.length);
      text += `${folded.plain(at)}\n`;
      if (own === 0 && (text.length >= window || at === folded.count - 1)) own = text.length;
    }
    const owned = starts.filter((start) => start < own).length;
    let [at, past] = [0, 0];
    for (const { index, 0: found } of text.matchAll(pattern)) {
      if (index >= own) break;
      while ((starts[at + 1] ?? Number.POSITIVE_INFINITY) <= index) at += 1;
      past = Math.max(past, at);
      const end = index + found.length - 1;
      while ((starts[past + 1] ?? Number.POSITIVE_INFINITY) <= end) past += 1;
      const from = folded.placed(block + at).from[index - (starts[at] ?? 0)] ?? 0;
      const to = folded.placed(block + past).to[end - (starts[past] ?? 0)] ?? 0;
      const last = finds.at(-1);
      // Of a letter that folds to several, each may fit; and what began before was found before.
      const reached = last === undefined ? { block: -1, at: 0 } : { block: last.until ?? last.block, at: last.to };
      if (block + at > reached.block || (block + at === reached.block && from >= reached.at)) {
        finds.push({ block: block + at, from, to, ...(past > at ? { until: block + past } : {}) });
      }
      if (finds.length >= mostFinds) return finds;
    }
    block += owned;
    if (performance.now() < until) continue;
    await pause();
    if (signal.aborted) return null;
    until = performance.now() + stretch;
  }
  return finds;
}

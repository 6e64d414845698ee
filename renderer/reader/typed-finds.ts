import { foldText, foldWithPlaces, isSign, type Folded } from '../../shared/fold.ts';
import { mostFinds, type Find } from './finds.ts';

/** How long one stretch of work may take before others have their turn, in milliseconds. */
const stretch = 8;

/** Marks that are typed one way and printed another. */
const alike: ReadonlyArray<[string, string]> = [["'‘’‛′", "['‘’‛′]"], ['"“”„″', '["“”„″]'], ['-‐‑‒–—−', '[\\-‐‑‒–—−]']];

/**
 * What is typed as a pattern over folded text: any stretch of letters, also within a word. White space stands for any
 * white space, and between characters of a script without spaces a text may have some. Null for nothing but blanks.
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
    if (before !== undefined && isSign(before) && isSign(sign)) source += '\\s*';
    source += alike.find(([all]) => all.includes(sign))?.[1] ?? sign.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  }
  return source === '' ? null : new RegExp(source, 'gu');
}

/** An article's texts folded for finding; each block only once, and with its places only where something was found. */
export class FoldedTexts {
  readonly #plain: string[] = [];
  readonly #placed = new Map<number, Folded>();
  readonly texts: readonly string[];
  constructor(texts: readonly string[]) {
    this.texts = texts;
  }
  plain(block: number): string {
    return (this.#plain[block] ??= foldText(this.texts[block] ?? ''));
  }
  placed(block: number): Folded {
    const known = this.#placed.get(block) ?? foldWithPlaces(this.texts[block] ?? '');
    this.#placed.set(block, known);
    return known;
  }
}

const pause = (): Promise<void> => new Promise((done) => setTimeout(done));

/** Every place that fits what is typed, in the order of reading, at most `mostFinds`; null when it was called off. Never felt, however long the article is. */
export async function typedFinds(folded: FoldedTexts, typed: string, signal: AbortSignal): Promise<Find[] | null> {
  const pattern = typedPattern(typed);
  const finds: Find[] = [];
  if (pattern === null) return finds;
  let until = performance.now() + stretch;
  for (const block of folded.texts.keys()) {
    for (const { index, 0: found } of folded.plain(block).matchAll(pattern)) {
      const { from, to } = folded.placed(block);
      const find = { block, from: from[index] ?? 0, to: to[index + found.length - 1] ?? 0 };
      const last = finds.at(-1);
      // Of a letter that folds to several, each may fit.
      if (last?.block !== block || find.from >= last.to) finds.push(find);
      if (finds.length >= mostFinds) return finds;
    }
    if (performance.now() < until) continue;
    await pause();
    if (signal.aborted) return null;
    until = performance.now() + stretch;
  }
  return finds;
}

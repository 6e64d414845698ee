import type { Block } from './blocks.ts';
import { digit, kindOf, letter, single } from './characters.ts';
import { isBlock } from './tree.ts';

/*
 * How far another text agrees with each block: shares of three-token runs that both have. Texts are compared rather than
 * nodes, because extractors clone, move and rename what they keep, and because some candidates are only text.
 */

/** A text's tokens as 32-bit hashes: words, or single Han and kana characters. */
export function tokensOf(text: string): number[] {
  const lower = text.toLowerCase();
  const out: number[] = [];
  let hash = 0;
  let inside = false;
  for (let i = 0; i < lower.length; i++) {
    const unit = lower.charCodeAt(i);
    const code = (unit & 0xfc00) === 0xd800 ? (lower.codePointAt(i) ?? unit) : unit;
    const kind = kindOf(code);
    const isSingle = (kind & single) !== 0;
    if (isSingle || (kind & (letter | digit)) === 0) {
      if (inside) out.push(hash);
      inside = false;
    }
    if (isSingle || (kind & (letter | digit)) !== 0) {
      hash = Math.imul((inside ? hash : 2_166_136_261) ^ unit, 16_777_619);
      if (code > 0xffff) hash = Math.imul(hash ^ lower.charCodeAt(i + 1), 16_777_619);
      if (isSingle) out.push(hash);
      else inside = true;
    }
    if (code > 0xffff) i++;
  }
  if (inside) out.push(hash);
  return out;
}

const join = (a: number, b: number, c: number): number => (Math.imul(Math.imul(a, 31) ^ b, 131) ^ Math.imul(c, 65_599)) | 0;

/** What a text holds, ready to be asked: runs of three tokens, and whole lines of one or two. */
export type Held = { runs: Set<number>; short: Set<number>; tokens: number };

export function hold(lines: string[]): Held {
  const held: Held = { runs: new Set(), short: new Set(), tokens: 0 };
  for (const line of lines) {
    const tokens = tokensOf(line);
    held.tokens += tokens.length;
    if (tokens.length < 3) held.short.add(join(tokens[0] ?? 0, tokens[1] ?? 0, 1));
    for (let i = 2; i < tokens.length; i++) held.runs.add(join(tokens[i - 2] ?? 0, tokens[i - 1] ?? 0, tokens[i] ?? 0));
  }
  return held;
}

/** The runs of three among a text's tokens. */
export function runsOf(tokens: number[]): number[] {
  const out: number[] = [];
  for (let i = 2; i < tokens.length; i++) out.push(join(tokens[i - 2] ?? 0, tokens[i - 1] ?? 0, tokens[i] ?? 0));
  return out;
}

/** For each block the share of it that `held` has, 0 to 1. */
export function coverage(tokens: number[][], held: Held): Float64Array {
  const out = new Float64Array(tokens.length);
  tokens.forEach((list, index) => {
    if (list.length === 0) return;
    if (list.length < 3) {
      out[index] = held.short.has(join(list[0] ?? 0, list[1] ?? 0, 1)) ? 1 : 0;
      return;
    }
    let hits = 0;
    for (let i = 2; i < list.length; i++) if (held.runs.has(join(list[i - 2] ?? 0, list[i - 1] ?? 0, list[i] ?? 0))) hits++;
    out[index] = hits / (list.length - 2);
  });
  return out;
}

export const blockTokens = (blocks: Block[]): number[][] => blocks.map((block) => tokensOf(block.text));

/** As much of a DOM's node as its lines are read from. */
type Lined = { nodeType: number; nodeValue?: string | null; localName?: string; childNodes: Iterable<Lined> };

/** The lines of an extractor's result: one for each of its blocks. */
export function linesOf(node: Lined): string[] {
  const lines: string[] = [];
  let line = '';
  const flush = (): void => {
    if (line.trim() !== '') lines.push(line);
    line = '';
  };
  const walk = (at: Lined): void => {
    if (at.nodeType === 3) line += at.nodeValue ?? '';
    if (at.nodeType !== 1 && at.nodeType !== 11) return;
    const tag = at.localName ?? '';
    const block = tag === 'br' || isBlock(tag);
    if (block) flush();
    for (const child of at.childNodes) walk(child);
    if (block) flush();
  };
  walk(node);
  flush();
  return lines;
}

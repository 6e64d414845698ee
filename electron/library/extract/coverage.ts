import type { Block } from './blocks.ts';
import type { LightNode } from './light-dom.ts';
import { isBlock } from './tree.ts';

/*
 * How far another text agrees with each block: shares of three-token runs that both have. Texts are compared rather than
 * nodes, because extractors clone, move and rename what they keep, and because some candidates are only text.
 */

const tokenPattern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;

/** A text's tokens as 32-bit hashes: words, or single Han and kana characters. */
export function tokensOf(text: string): number[] {
  const out: number[] = [];
  for (const [token] of text.toLowerCase().matchAll(tokenPattern)) {
    let hash = 2_166_136_261;
    for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 16_777_619);
    out.push(hash);
  }
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

/** The lines of an extractor's result: one for each of its blocks. */
export function linesOf(node: LightNode): string[] {
  const lines: string[] = [];
  let line = '';
  const flush = (): void => {
    if (line.trim() !== '') lines.push(line);
    line = '';
  };
  const walk = (at: LightNode): void => {
    if (at.nodeType === 3) line += at.nodeValue ?? '';
    if (at.nodeType !== 1 && at.nodeType !== 11) return;
    const tag = 'localName' in at ? String(at.localName) : '';
    const block = tag === 'br' || isBlock(tag);
    if (block) flush();
    for (const child of at.childNodes) walk(child);
    if (block) flush();
  };
  walk(node);
  flush();
  return lines;
}

import type { Block } from './blocks.ts';
import { bare } from './title.ts';
import { find, isElement, isMath, isText, rawText, textOf, type Node } from './tree.ts';

const ends = /[。！？!?.;；:：,，、…”"』」)）\]]$/u;
const numbered = /^(?:[一二三四五六七八九十百]{1,3}\s*[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十\d]{1,3}[章节部分]|\d{1,2}\s*[、.．]\s*\S|[IVX]{1,4}\.\s)/u;

/**
 * Which kept blocks are headings although the page does not mark them so: lines all in bold, and, where the page has no
 * headings at all, short lines without an end between long paragraphs. The value is the level, 2 to 6.
 */
export function findHeadings(kept: Block[], titleText: string): Map<Block, number> {
  const out = new Map<Block, number>();
  const marked = kept.filter((block) => tagLevel(block) > 0);
  const level = levelBelow(kept);
  const plain = kept.filter(isPlain);
  const isBold = (block: Block | undefined): boolean =>
    block !== undefined && isPlain(block) && block.size <= 130 && block.links <= 1 && block.bold >= block.size * 0.92 && !ends.test(block.text) && block.text.length > 1 && /\p{L}/u.test(block.text) && bare(block.text) !== bare(titleText);
  for (let i = 0; i < kept.length; i++) {
    let run = 0;
    while (isBold(kept[i + run])) run++;
    // Two bold lines are a heading in two lines; more of them are a standfirst or a list.
    if (run >= 1 && run <= 2 && followedByText(kept, i + run - 1)) for (let k = 0; k < run; k++) out.set(kept[i + k] as Block, level);
    i += run;
  }
  nest(out);
  if (marked.length === 0 && out.size === 0) for (const block of bareLines(kept, plain.length, titleText)) out.set(block, 2);
  return out;
}

/** The level of a heading that the page does not mark: below those it does. */
export function levelBelow(kept: Block[]): number {
  const deepest = kept.reduce((most, block) => Math.max(most, tagLevel(block)), 0);
  return deepest === 0 ? 2 : Math.min(6, deepest + 1);
}

/** （一） stands below 一、 where a page has both. */
function nest(found: Map<Block, number>): void {
  const blocks = [...found.keys()];
  if (!blocks.some(({ text }) => /^[一二三四五六七八九十]{1,3}\s*、/u.test(text))) return;
  for (const block of blocks) if (/^[（(][一二三四五六七八九十]{1,3}[)）]/u.test(block.text)) found.set(block, Math.min(6, (found.get(block) ?? 2) + 1));
}

/** A paragraph that begins with a short line all in bold, broken off from what follows: the line is its heading. */
export function splitBoldLine(block: Block, nodes: Node[]): { head: Node[]; rest: Node[] } | null {
  const at = nodes.findIndex((node) => isElement(node) && node.tagName === 'br');
  if (at < 1 || !isPlain(block)) return null;
  const head = nodes.slice(0, at).filter((node) => !isText(node) || node.value.trim() !== '');
  const text = head.map(rawText).join('').trim();
  const rest = nodes.slice(at + 1);
  while (isElement(rest[0]) && rest[0].tagName === 'br') rest.shift();
  const length = rest.map((node) => textOf(node)).join('').length;
  const bold = head.length > 0 && head.every((node) => isElement(node) && /^(?:b|strong)$/.test(node.tagName));
  const wide = /\p{Script=Han}/u.test(text) ? 24 : 70;
  if (!bold || text.length < 2 || text.length > wide || ends.test(text) || !/\p{L}/u.test(text) || length < (wide === 24 ? 24 : 60) || rest.some((node) => isElement(node) && node.tagName === 'br')) return null;
  return { head, rest };
}

/** Short unmarked lines standing between long paragraphs; a page full of short lines is verse or talk, not headings. */
function bareLines(kept: Block[], plain: number, titleText: string): Block[] {
  const found: Block[] = [];
  for (const [i, block] of kept.entries()) {
    if (!isPlain(block) || block.size > 90 || block.links > 0 || block.text.length < 2 || bare(block.text) === bare(titleText)) continue;
    if (ends.test(block.text) && !numbered.test(block.text)) continue;
    const before = kept[i - 1];
    const after = kept[i + 1];
    if (after === undefined || !isPlain(after) || after.size < 110 || after.size < block.size * 2) continue;
    if (before !== undefined && (before.size < 80 || !/[。！？!?.…”"』」)）]$/u.test(before.text))) continue;
    if (before === undefined && !numbered.test(block.text)) continue;
    if (/^(?:\(?图|（图|来源|作者|记者|原标题|编辑|photo|image|source|credit)|[:：]/iu.test(block.text)) continue;
    found.push(block);
  }
  return found.length >= 1 && found.length <= Math.max(1, plain * 0.4) ? found : [];
}

const tagLevel = (block: Block): number => Number(/^h([2-6])$/.exec(block.box.element.tagName)?.[1] ?? 0);

function isPlain(block: Block): boolean {
  if (block.nodes.some((node) => isElement(node) && (isMath(node) || find(node, isMath) !== null))) return false;
  for (let box: Block['box'] | null = block.box, up = 0; box !== null && up < 3; box = box.parent, up++) {
    if (/^(?:li|td|th|dt|dd|figcaption|blockquote|pre|h[1-6]|caption|summary)$/.test(box.element.tagName)) return box.element.tagName === 'td' && up > 0 ? true : box.element.tagName === 'td' && box.last - box.first > 3;
  }
  return true;
}

function followedByText(kept: Block[], i: number): boolean {
  for (let k = 1; k <= 2; k++) {
    const next = kept[i + k];
    if (next !== undefined && (next.size > 60 || next.box.element.tagName === 'li') && next.bold < next.size * 0.9) return true;
  }
  return false;
}

const isHeading = (block: Block): boolean => /^h[1-6]$/.test(block.box.element.tagName) || (block.size < 60 && block.bold >= block.size * 0.92);

/** Headings that led only to what was left out: the last ones, and those alone in a box of which nothing else was kept. */
export function danglingHeadings(kept: Block[]): Block[] {
  const out: Block[] = [];
  for (let i = kept.length - 1; i >= 0; i--) {
    const block = kept[i];
    if (block === undefined || !isHeading(block)) break;
    out.push(block);
  }
  const set = new Set(kept.map((block) => block.index));
  for (const block of kept) {
    const around = /^h[1-6]$/.test(block.box.element.tagName) ? block.box.parent : null;
    if (around === null || around.last - around.first < 2 || around.last - around.first > 40 || around.last <= block.index + 1) continue;
    let others = 0;
    for (let k = around.first; k < around.last; k++) if (k !== block.index && set.has(k)) others++;
    if (others === 0) out.push(block);
  }
  return out;
}

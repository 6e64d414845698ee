import type { Block, Blocks, Box } from './blocks.ts';
import { isNamedCallout } from './callouts.ts';
import { groupBit } from './class-words.ts';
import { isPost } from './embeds.ts';
import type { Signals } from './features.ts';
import { commonBox } from './pictures.ts';
import { isVerse } from './verse.ts';
import { allElements, find, isElement, isMath, isText, rawText, type Node } from './tree.ts';

/** Facts in short cells, lines of code, the terms of a list or a verse look like clutter one by one; in the midst of the text they are part of it, whole. */
export function wholesBetween(page: Blocks, kept: Set<Block>): Block[] {
  const list = [...kept];
  const common = commonBox(list);
  if (common === null) return [];
  // Not by spreading: a page may have more blocks than a call may have arguments.
  const first = list.reduce((least, { index }) => Math.min(least, index), Number.POSITIVE_INFINITY);
  const last = list.reduce((most, { index }) => Math.max(most, index), -1);
  const bad = groupBit('related') | groupBit('nav') | groupBit('side') | groupBit('promo') | groupBit('comment') | groupBit('foot') | groupBit('form');
  const out = new Set<Block>();
  for (const box of page.boxes.values()) {
    if (box.first <= first || box.last > last || box.last === box.first || box.linked > box.size * 0.4 || box.hidden || box.first < common.first || box.last > common.last) continue;
    const { element } = box;
    const names = box.own | (box.parent?.own ?? 0);
    switch (element.tagName) {
      case 'pre': break;
      case 'table':
        if ((names & bad) !== 0 || find(element, (one) => one.tagName === 'th') === null || find(element, (one) => one.tagName === 'table') !== null) continue;
        break;
      case 'blockquote':
        if (!isPost(element)) continue;
        break;
      case 'dl': case 'details': {
        // One of which most is kept already, and no single label of a picture.
        if ((names & bad) !== 0 || keptShare(page, box, kept) < 0.5 || (element.tagName === 'dl' && allElements(element).filter((one) => one.tagName === 'dt').length < 2)) continue;
        break;
      }
      default:
        if (!(isNamedCallout(element) && !asks.test(rawText(element)) && (names & bad & ~groupBit('side')) === 0 && box.size < 3_000 && kept.has(page.blocks[box.first - 1] as Block)) && !isVerse(element)) continue;
    }
    for (const block of page.blocks.slice(box.first, box.last)) if (!kept.has(block)) out.add(block);
  }
  for (let i = first + 1; i < last; i++) {
    const block = page.blocks[i] as Block;
    if (!kept.has(block) && block.links === 0 && block.nodes.every(isFormula) && block.nodes.some((node) => isElement(node) && (isMath(node) || find(node, isMath) !== null)) && block.index >= common.first && block.index < common.last) out.add(block);
  }
  return [...out];
}

/** What sites ask of their readers in boxes that look like notes. */
export const asks = /subscri|newsletter|sign up|log ?in|follow us|download|abonn|anmelden|关注|订阅|登录|下载|扫码/iu;

function keptShare(page: Blocks, box: Box, kept: Set<Block>): number {
  let some = 0;
  for (const block of page.blocks.slice(box.first, box.last)) if (kept.has(block)) some += block.size;
  return some / Math.max(1, box.size);
}

const isFormula = (node: Node): boolean => (isText(node) ? /^[\s.,;，。；]*$/.test(node.value) : isElement(node) && ((isMath(node) && node.tagName === 'math') || node.tagName === 'br' || (node.tagName === 'span' && node.childNodes.every(isFormula))));

/**
 * The chooser grows doubtful far down a long text whose paragraphs are much alike. Where it kept most of a long run of
 * paragraphs in one box, the plain ones among the rest that Readability wants too are text as well.
 */
export function fellows(page: Blocks, kept: Set<Block>, signals: Signals): Block[] {
  const runs = new Map<Block['box'], Block[]>();
  for (const block of page.blocks) {
    const { parent, element } = block.box;
    if (parent === null || element.tagName !== 'p' || block.size < 120) continue;
    const run = runs.get(parent);
    if (run === undefined) runs.set(parent, [block]);
    else run.push(block);
  }
  return [...runs.values()].flatMap((run) => {
    const inside = run.filter((block) => kept.has(block));
    if (inside.length < 20 || inside.length < run.length * 0.6) return [];
    return run.filter((block) => !kept.has(block) && block.links === 0 && !block.box.hidden && (signals.readability[block.index] ?? 0) >= 0.6);
  });
}

import type { ResourceLink, ResourceList } from '../../../shared/article.ts';
import type { Block, Blocks, Box } from './blocks.ts';
import { groupBit } from './class-words.ts';
import { linkAddress } from './clean.ts';
import { linksIn, moreWords, whole } from './entries.ts';
import { attr, textOf } from './tree.ts';

const moreTail = /\s*(?:更多|查看更多|more|see all|view all|mehr|もっと見る|더보기)\s*(?:[>»›→＞]*)\s*$/iu;
const mostLists = 40;
const mostLinks = 500;

/**
 * Link lists found on the page beside the article: related reading, indexes, round-ups. Each is a box of links whose
 * texts read like titles; menus, tag clouds and breadcrumbs are not. `kept` blocks belong to the article.
 */
export function findResources(page: Blocks, kept: Set<Block>, skip: Set<Block>, base: string | null): ResourceList[] {
  const lists: ResourceList[] = [];
  const done = new Set<Block>();
  const seen = new Set<string>();
  const menu = groupBit('nav') | groupBit('foot') | groupBit('share') | groupBit('tags') | groupBit('form');
  for (const box of listBoxes(page, kept)) {
    if (lists.length >= mostLists) break;
    const blocks = page.blocks.slice(box.first, box.last).filter((block) => !kept.has(block) && !skip.has(block) && !done.has(block));
    const links: ResourceLink[] = [];
    let moreUrl: string | null = null;
    let size = 0;
    for (const block of blocks) {
      for (const link of linksIn(block.nodes)) {
        const url = linkAddress(attr(link, 'href') ?? '', base);
        const text = textOf(link) || (attr(link, 'title') ?? '').trim();
        if (url === null || !/^https?:/.test(url) || text === '') continue;
        if (moreWords.test(text)) moreUrl ??= url;
        else if (links.length < mostLinks && !links.some((one) => one.url === url)) {
          links.push({ text: whole(text, attr(link, 'title')), url });
          size += text.length;
        }
      }
    }
    const average = size / Math.max(1, links.length);
    const han = links.some(({ text }) => /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}/u.test(text));
    const isMenu = (box.around & menu) !== 0 || (box.tags & 16) !== 0;
    if (links.length < 3 || average < (han ? 7 : 16) * (isMenu ? 2 : 1)) continue;
    const key = links.map(({ url }) => url).join(' ');
    if (seen.has(key)) continue;
    seen.add(key);
    for (const block of blocks) done.add(block);
    const head = headingOf(page, box, blocks, kept);
    lists.push({ title: headingText(head), more: moreUrl ?? moreOf(page, box, head, base), links });
  }
  return lists;
}

/** Boxes made of links, outermost first: a box wins over its parent unless the parent is all one list. */
function listBoxes(page: Blocks, kept: Set<Block>): Box[] {
  const out: Box[] = [];
  const taken = new Set<Box>();
  for (const box of page.boxes.values()) {
    if (box.last - box.first < 1 || box === page.root || box.linked < box.size * 0.7 || box.size < 60 || box.size > 60_000) continue;
    let inTaken = false;
    for (let at: Box | null = box; at !== null; at = at.parent) if (taken.has(at)) inTaken = true;
    if (inTaken) continue;
    let inBody = 0;
    for (let i = box.first; i < box.last; i++) if (kept.has(page.blocks[i] as Block)) inBody++;
    if (inBody > (box.last - box.first) / 3) continue;
    // Several headed lists side by side are several lists.
    const parts = [...page.boxes.values()].filter((one) => one.parent === box && one.last - one.first >= 3 && one.linked >= one.size * 0.7 && /^(?:ul|ol|dl|div|section|table|tbody|td)$/.test(one.element.tagName));
    if (parts.length >= 2 && parts.reduce((sum, one) => sum + one.size, 0) > box.size * 0.6) continue;
    taken.add(box);
    out.push(box);
  }
  return out;
}

/** Marked up or named as a heading, or ending in "More". */
export const isHeadBlock = (block: Block): boolean =>
  /^h[1-6]$|^(?:strong|b|dt|legend|caption|summary|th)$/.test(block.box.element.tagName) || (block.box.own & groupBit('head')) !== 0 || moreTail.test(block.text);

/** The short text over the list: its first block when that is no entry, or the block right before it. */
function headingOf(page: Blocks, box: Box, blocks: Block[], kept: ReadonlySet<Block>): Block | null {
  const first = blocks[0];
  if (first !== undefined && first.size < 120 && (isHeadBlock(first) || first.links === 0) && first.links < 2 && blocks.length > 1) return first;
  for (let i = box.first - 1; i >= Math.max(0, box.first - 3); i--) {
    const block = page.blocks[i];
    if (block === undefined || (kept.has(block) && block.size > 60)) return null;
    if (moreWords.test(block.text)) continue;
    return block.size < 90 && !/[。.!?！？]$/u.test(block.text) ? block : null;
  }
  return null;
}

/** The address behind "More" in a list's heading, beside it, or at the end of the list. */
export function moreOf(page: Blocks, box: Box, head: Block | null, base: string | null): string | null {
  const near = head === null ? [] : page.blocks.slice(head.index, Math.max(head.index + 1, box.first));
  for (const block of [...near, ...page.blocks.slice(Math.max(box.first, box.last - 1), box.last + 1)]) {
    for (const link of linksIn(block.nodes)) if (moreWords.test(textOf(link)) || moreTail.test(textOf(link))) return linkAddress(attr(link, 'href') ?? '', base);
  }
  return null;
}

/** A list's heading as printed, without the "More" beside it; null for none. */
export const headingText = (head: Block | null): string => (head === null ? '' : head.text.replace(moreTail, '').trim());

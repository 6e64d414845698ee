import type { Block, Blocks, Media } from './blocks.ts';
import { groupBit } from './class-words.ts';
import { notes, type Decision, type Reason } from './keep.ts';
import { keepNotes } from './kept-notes.ts';
import { pictureOf } from './pictures.ts';
import { bare, type Title } from './title.ts';
import { isElement, type Element, type Node, type Parent } from './tree.ts';

/** What a rule's body holds: blocks as for `decide`, and the pictures. Null when there is nothing to read or see in it. */
export function decideByRule(page: Blocks, body: readonly Element[], title: Title, prune: boolean): { decision: Decision; media: Set<Media> } | null {
  if (body.length === 0) return null;
  const inside = new Set<Parent | Node>(body);
  const isInside = (node: Node): boolean => {
    for (let at: Node | Parent | null = node; at !== null; at = 'parentNode' in at ? at.parentNode : null) if (inside.has(at)) return true;
    return false;
  };
  const reasons = new Map<Block, Reason>();
  const kept = new Set<Block>();
  const name = bare(title.text);
  for (const block of page.blocks) {
    if (!block.nodes.some((node) => isInside(node) || (isElement(node) && body.some((one) => isWithin(one, node))))) continue;
    const isTitle = block === title.block || (name !== '' && bare(block.text) === name && /^h[1-3]$/.test(block.box.element.tagName));
    const reason = isTitle ? 'title' : prune && block.size < 260 && notes.test(block.text) ? 'note' : null;
    if (reason !== null) reasons.set(block, reason);
    else if (!block.box.hidden && !(prune && isClutter(block))) kept.add(block);
  }
  const media = new Set(page.media.filter(({ element, box }) => !box.hidden && isInside(element)));
  const shows = [...media].some(({ element }) => element.tagName !== 'img' || pictureOf(element) !== null);
  if (kept.size === 0 && !shows) return null;
  for (const block of keepNotes(page, kept)) kept.add(block);
  return { decision: { kept: new Set(page.blocks.filter((block) => kept.has(block))), reasons, by: 'rule' }, media };
}

const clutter = groupBit('share') | groupBit('comment') | groupBit('promo') | groupBit('related') | groupBit('nav');

/** Nothing but links, in a box named for what sites put beside their texts. */
function isClutter({ box, linked, size }: Block): boolean {
  return linked > size * 0.8 && (box.own & clutter) !== 0;
}

function isWithin(node: Node, ancestor: Element): boolean {
  for (let at: Node['parentNode'] = node.parentNode; at !== null; at = isElement(at) ? at.parentNode : null) if (at === ancestor) return true;
  return false;
}

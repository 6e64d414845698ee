import { blocksPerSection } from './arrange.ts';
import type { Body } from './body.ts';
import type { FrameParts } from './frame-document.ts';
import type { Spot } from './place.ts';

/** How far below the window's top the line is that counts as "being read", in CSS pixels: just under the toolbar. */
export const readingLine = 88;

/** Where the reader is: the first block that reaches below the reading line, and the character at it. */
export function spotNow({ doc, view, body }: FrameParts, { blocks }: Body): Spot {
  if (view.scrollY < 8) return { block: 0, offset: 0 };
  const section = [...body.children].findIndex((each) => each.getBoundingClientRect().bottom > readingLine);
  // Only the blocks of one section are measured: asking a far one for its place would lay it out.
  const near = section < 0 ? [] : blocks.slice(section * blocksPerSection, (section + 1) * blocksPerSection);
  const block = section * blocksPerSection + Math.max(0, near.findIndex((each) => each.getBoundingClientRect().bottom > readingLine));
  const found = blocks[block];
  if (near.length === 0 || found === undefined) return { block: Math.max(0, blocks.length - 1), offset: 0 };
  const box = found.getBoundingClientRect();
  if (box.top >= readingLine - 2) return { block, offset: 0 };
  const edge = view.getComputedStyle(found).direction === 'rtl' ? box.right - 2 : box.left + 2;
  const caret = doc.caretPositionFromPoint(edge, readingLine + 4);
  if (caret === null || !found.contains(caret.offsetNode)) return { block, offset: 0 };
  let offset = 0;
  for (const text of textsIn(found)) {
    if (text === caret.offsetNode) return { block, offset: offset + caret.offset };
    offset += text.data.length;
  }
  return { block, offset: 0 };
}

/** Scrolls so that a spot's line is at the reading line; the very beginning shows the article's head. */
export function scrollToSpot({ doc, view }: FrameParts, { blocks }: Body, spot: Spot, behavior: ScrollBehavior = 'instant'): void {
  const block = blocks[spot.block];
  if (block === undefined || (spot.block === 0 && spot.offset === 0)) {
    view.scrollTo({ top: 0, behavior });
    return;
  }
  const top = (rangeAt(doc, block, spot.offset, 1) ?? block).getBoundingClientRect().top;
  view.scrollTo({ top: view.scrollY + top - readingLine, behavior });
}

/** A range over `length` characters of a block from `offset`; null where the block has no such text. */
export function rangeAt(doc: Document, block: Element, offset: number, length: number): Range | null {
  const range = doc.createRange();
  let [at, begun] = [0, false];
  for (const text of textsIn(block)) {
    const end = at + text.data.length;
    if (!begun && offset < end) {
      range.setStart(text, offset - at);
      begun = true;
    }
    if (begun && offset + length <= end) {
      range.setEnd(text, offset + length - at);
      return range;
    }
    at = end;
  }
  return null;
}

/** The article's own text in order: what stands in for a missing picture is not part of it. */
export function* textsIn(block: Element): Generator<Text> {
  const walker = block.ownerDocument.createTreeWalker(block, 4);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement?.closest('.missing') === null) yield node as Text;
  }
}

/** How far through the text: 0 at its beginning, 1 when its last line is in view. */
export function progressNow({ view, body }: FrameParts): number {
  const box = body.getBoundingClientRect();
  // A text that fits the window has not been read by opening it.
  if (view.scrollY < 4) return 0;
  const end = Math.max(1, box.bottom + view.scrollY - view.innerHeight);
  return Math.min(1, Math.max(0, view.scrollY / end));
}

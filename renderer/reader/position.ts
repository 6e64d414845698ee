import { blocksPerSection } from './arrange.ts';
import type { Body } from './body.ts';
import { farthest, isPaged, isVertical, pageful, travelled, travelTo, turnNow, turnOf } from './flow.ts';
import type { FrameParts } from './frame-document.ts';
import type { Spot } from './place.ts';

/** How far below the window's top the line is that counts as "being read", in CSS pixels: just under the toolbar. */
export const readingLine = 88;
/** The same from the right edge of a window with vertical text. */
const readingColumn = 48;

/** Where the reader is: the first block that reaches beyond the reading line, and the character at it. */
export function spotNow(parts: FrameParts, body: Body): Spot {
  if (travelled(parts) < 8) return { block: 0, offset: 0 };
  if (isPaged(parts.doc)) return spotOnPage(parts, body);
  const { doc, view } = parts;
  const vertical = isVertical(doc);
  const beyond = (box: DOMRect): boolean => (vertical ? box.left < view.innerWidth - readingColumn : box.bottom > readingLine);
  const section = [...parts.body.children].findIndex((each) => beyond(each.getBoundingClientRect()));
  // Only the blocks of one section are measured: asking a far one for its place would lay it out.
  const near = section < 0 ? [] : body.blocks.slice(section * blocksPerSection, (section + 1) * blocksPerSection);
  const block = section * blocksPerSection + Math.max(0, near.findIndex((each) => beyond(each.getBoundingClientRect())));
  const found = body.blocks[block];
  if (near.length === 0 || found === undefined) return { block: Math.max(0, body.blocks.length - 1), offset: 0 };
  const box = found.getBoundingClientRect();
  if (vertical) {
    if (box.right <= view.innerWidth - readingColumn + 2) return { block, offset: 0 };
    return { block, offset: firstBeyond(doc, found, body.texts[block] ?? '', (each) => each.left < view.innerWidth - readingColumn - 2) };
  }
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

/** The first character of the page that is shown. */
function spotOnPage(parts: FrameParts, { blocks, texts }: Body): Spot {
  const turn = turnNow(parts)?.turn ?? 0;
  const ends = (block: Element): number => {
    const box = [...block.getClientRects()].at(-1);
    return box === undefined ? -1 : turnOf(parts, box);
  };
  const block = firstAt(blocks.length, (at) => ends(blocks[at] as Element) >= turn);
  const found = blocks[block];
  const [begin] = found?.getClientRects() ?? [];
  if (found === undefined) return { block: Math.max(0, blocks.length - 1), offset: 0 };
  if (begin === undefined || turnOf(parts, begin) >= turn) return { block, offset: 0 };
  return { block, offset: firstBeyond(parts.doc, found, texts[block] ?? '', (box) => turnOf(parts, box) >= turn) };
}

/** The offset of a block's first character whose box is beyond a line that the text crosses once. */
function firstBeyond(doc: Document, block: Element, text: string, beyond: (box: DOMRect) => boolean): number {
  const at = firstAt(text.length, (offset) => {
    const box = rangeAt(doc, block, offset, 1)?.getClientRects()[0];
    // White space at the end of a line has no box of its own: the next letter tells.
    const near = box ?? rangeAt(doc, block, offset, Math.min(8, text.length - offset))?.getBoundingClientRect();
    return near !== undefined && beyond(near);
  });
  return Math.min(at, Math.max(0, text.length - 1));
}

/** The first index for which something holds that holds for all after it; `count` for none. */
function firstAt(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Moves so that a spot's line is at the reading line, or its page is shown; the very beginning shows the article's head. */
export function scrollToSpot(parts: FrameParts, { blocks }: Body, spot: Spot, behavior: ScrollBehavior = 'instant'): void {
  const { doc, view } = parts;
  const block = blocks[spot.block];
  if (block === undefined || (spot.block === 0 && spot.offset === 0)) {
    travelTo(parts, 0, behavior);
    return;
  }
  const at = rangeAt(doc, block, spot.offset, 1) ?? block;
  if (isPaged(doc)) {
    const box = at.getClientRects()[0] ?? block.getClientRects()[0];
    if (box !== undefined) travelTo(parts, Math.min(farthest(parts), turnOf(parts, box) * pageful(parts)), behavior);
    return;
  }
  const box = at.getBoundingClientRect();
  const ahead = isVertical(doc) ? view.innerWidth - readingColumn - box.right : box.top - readingLine;
  travelTo(parts, Math.max(0, travelled(parts) + ahead), behavior);
}

/** The spot at which an element stands in the text; null for one that is not in it. */
export function spotOf(blocks: readonly Element[], target: Element): Spot | null {
  const at = blocks.findIndex((each) => each.contains(target));
  const block = blocks[at];
  if (block === undefined) return null;
  let offset = 0;
  for (const text of textsIn(block)) {
    if (target.contains(text) || (target.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0) break;
    offset += text.data.length;
  }
  return { block: at, offset };
}

/** How far a spot's block begins ahead of the window's beginning, in the direction the text goes on. */
export function leadOf({ doc, view }: FrameParts, { blocks }: Body, spot: Spot): number {
  const box = blocks[spot.block]?.getBoundingClientRect();
  if (box === undefined) return 0;
  return isVertical(doc) ? view.innerWidth - box.right : box.top;
}

/** Brings a stretch of the text into view where it is not: some way below the top, clear of what lies over the page. */
export function bringIntoView(parts: FrameParts, body: Body, find: { block: number; from: number; to: number; until?: number }): void {
  const { doc, view } = parts;
  const block = body.blocks[find.block];
  // Of what goes on over the block's end, its beginning.
  const length = find.until === undefined ? find.to - find.from : (body.texts[find.block]?.length ?? 0) - find.from;
  const range = block === undefined ? null : rangeAt(doc, block, find.from, length);
  if (range === null) return;
  const at = range.startContainer.parentElement;
  for (let folded = at?.closest('details:not([open])'); folded; folded = folded.parentElement?.closest('details:not([open])')) folded.setAttribute('open', '');
  let box = range.getBoundingClientRect();
  const inside = at?.closest('[role=region]');
  if (inside) {
    const around = inside.getBoundingClientRect();
    if (box.left < around.left) inside.scrollLeft += box.left - around.left - 24;
    else if (box.right > around.right) inside.scrollLeft += box.right - around.right + 24;
    box = range.getBoundingClientRect();
  }
  const vertical = isVertical(doc);
  const seen = vertical ? box.left > 24 && box.right < view.innerWidth - 24 : box.top > readingLine + 32 && box.bottom < view.innerHeight - 64;
  if (isPaged(doc)) scrollToSpot(parts, body, { block: find.block, offset: find.from });
  else if (!seen) travelTo(parts, Math.max(0, travelled(parts) + (vertical ? view.innerWidth * 0.7 - box.right : box.top - view.innerHeight * 0.35)));
}

/** A range over `length` characters of a block from `offset`; null where the block has no such text. */
export function rangeAt(doc: Document, block: Element, offset: number, length: number): Range | null {
  return rangesIn(doc, block, [{ from: offset, to: offset + length }])[0] ?? null;
}

/** The ranges of stretches of a block's text that follow each other, the text gone through once; null for what it does not have. */
export function rangesIn(doc: Document, block: Element, stretches: ReadonlyArray<{ from: number; to: number }>): Array<Range | null> {
  const ranges: Array<Range | null> = stretches.map(() => null);
  let [at, next, open] = [0, 0, null as Range | null];
  for (const text of textsIn(block)) {
    const end = at + text.data.length;
    for (let now = stretches[next]; now !== undefined; now = stretches[next]) {
      if (open === null) {
        if (now.from >= end) break;
        open = doc.createRange();
        open.setStart(text, Math.max(0, now.from - at));
      }
      if (now.to > end) break;
      open.setEnd(text, now.to - at);
      ranges[next] = open;
      open = null;
      next += 1;
    }
    if (next === stretches.length) break;
    at = end;
  }
  return ranges;
}

/** The article's own text in order: what stands in for a missing picture, or on a button, is not part of it. */
export function* textsIn(block: Element): Generator<Text> {
  const walker = block.ownerDocument.createTreeWalker(block, 4);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement?.closest('.missing, .copy') === null) yield node as Text;
  }
}

/** How far through the text: 0 at its beginning, 1 when its last line is in view. */
export function progressNow(parts: FrameParts): number {
  const { doc, view, body } = parts;
  const gone = travelled(parts);
  // A text that fits the window has not been read by opening it.
  if (gone < 4) return 0;
  const pages = turnNow(parts);
  if (pages !== null) {
    const last = [...body.getClientRects()].at(-1);
    return Math.min(1, pages.turn / Math.max(1, last === undefined ? pages.turns - 1 : turnOf(parts, last)));
  }
  const box = body.getBoundingClientRect();
  const end = Math.max(1, isVertical(doc) ? gone - box.left : box.bottom + gone - view.innerHeight);
  return Math.min(1, Math.max(0, gone / end));
}

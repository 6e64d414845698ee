import { countKind, wide } from './characters.ts';
import { classGroups, type Groups } from './class-words.ts';
import { attr, fold, isBlock, isElement, isHtml, isSilent, isText, isVoid, type Element, type Node, type Parent } from './tree.ts';

/** A stretch of text that reads as one paragraph, heading, list item or cell: what every later step keeps or leaves out. */
export type Block = {
  index: number;
  /** The consecutive nodes that make it up, all children of `box.element`. */
  nodes: Node[];
  text: string;
  /** Length of the text, a Han, kana or hangul character counting as two and a half. */
  size: number;
  /** Length of the part that is link text. */
  linked: number;
  links: number;
  /** Length of the part in bold. */
  bold: number;
  box: Box;
};

/** A picture or embed standing by itself between blocks; `before` is the number of blocks before it. */
export type Media = { element: Element; before: number; box: Box };

/** An element that holds blocks, with what is true of it and of everything it stands in. */
export type Box = {
  element: Element;
  parent: Box | null;
  depth: number;
  /** Meanings of its own class names, and of all elements around it as well. */
  own: Groups;
  around: Groups;
  /** Tags of the elements around it and its own, as bits of `tagBits`. */
  tags: number;
  hidden: boolean;
  /** Tags and classes from the page down to here; equal for parts made by one template. */
  path: string;
  /** Blocks `[first, last)` stand in it. */
  first: number;
  last: number;
  size: number;
  linked: number;
};

export type Blocks = { blocks: Block[]; media: Media[]; boxes: Map<Element, Box>; root: Box };

export const tagBits: Record<string, number> = {
  article: 1, main: 2, section: 4, aside: 8, nav: 16, header: 32, footer: 64, form: 128, ul: 256, ol: 256, li: 512, table: 1024, td: 2048, th: 2048, blockquote: 4096,
  figure: 8192, figcaption: 16384, dl: 32768, pre: 65536, p: 131072, h1: 262144, h2: 524288, h3: 524288, h4: 1048576, h5: 1048576, h6: 1048576, a: 2097152, label: 4194304, details: 8388608,
};

const mediaTags = new Set(['img', 'picture', 'video', 'iframe', 'audio', 'amp-img', 'embed']);
/** Controls are no text to read. */
const skipped = new Set(['button', 'input', 'dialog', 'datalist', 'head', 'title', 'link', 'meta', 'base', 'canvas', 'map']);

/** Cuts a page's body into blocks, media and the boxes around them, in document order. */
export function cutBlocks(body: Element): Blocks {
  const blocks: Block[] = [];
  const media: Media[] = [];
  const boxes = new Map<Element, Box>();
  const holds = new Map<Element, boolean>();

  function holdsBlock(element: Element): boolean {
    const known = holds.get(element);
    if (known !== undefined) return known;
    let answer = false;
    for (const child of element.childNodes) {
      if (isElement(child) && isHtml(child) && (isBlock(child.tagName) || holdsBlock(child))) {
        answer = true;
        break;
      }
    }
    holds.set(element, answer);
    return answer;
  }

  function open(element: Element, parent: Box | null): Box {
    const own = classGroups(element);
    const bit = tagBits[element.tagName] ?? 0;
    const name = (attr(element, 'class') ?? '').replace(/[\d_-]+/g, '').slice(0, 40);
    const box: Box = {
      element, parent, depth: (parent?.depth ?? -1) + 1, own, around: (parent?.around ?? 0) | own, tags: (parent?.tags ?? 0) | bit,
      hidden: (parent?.hidden ?? false) || isHidden(element), path: `${parent?.path.slice(-160) ?? ''}/${element.tagName}.${name}`,
      first: blocks.length, last: blocks.length, size: 0, linked: 0,
    };
    boxes.set(element, box);
    return box;
  }

  function flush(run: Node[], box: Box): void {
    const nodes = trimmed(run);
    run.length = 0;
    if (nodes.length === 0) return;
    const tally: Tally = { raw: '', linked: 0, links: 0, bold: 0, media: [] };
    for (const node of nodes) tallyNode(node, tally, false, false);
    const text = fold(tally.raw);
    if (text === '') {
      for (const element of tally.media) media.push({ element, before: blocks.length, box });
      return;
    }
    const size = sizeOf(text);
    const scale = size / Math.max(1, tally.raw.length);
    const block: Block = { index: blocks.length, nodes, text, size, linked: Math.min(size, tally.linked * scale), links: tally.links, bold: Math.min(size, tally.bold * scale), box };
    blocks.push(block);
    for (let at: Box | null = box; at !== null; at = at.parent) {
      at.size += size;
      at.linked += block.linked;
    }
  }

  function walk(parent: Element, box: Box): void {
    const run: Node[] = [];
    let breaks = 0;
    for (const child of parent.childNodes) {
      if (isText(child)) {
        if (breaks > 0 && isIndented(child.value)) flush(run, box);
        if (child.value.trim() !== '') breaks = 0;
        run.push(child);
        continue;
      }
      if (!isElement(child)) continue;
      const tag = child.tagName;
      if (isSilent(tag) || skipped.has(tag)) continue;
      if (tag === 'br') {
        if (++breaks >= 2) flush(run, box);
        else run.push(child);
        continue;
      }
      if (isHtml(child) && (isBlock(tag) || holdsBlock(child)) && !isVoid(tag) && !mediaTags.has(tag)) {
        flush(run, box);
        const inner = open(child, box);
        if (tag === 'pre') flush([...child.childNodes], inner);
        else walk(child, inner);
        inner.last = blocks.length;
        breaks = 0;
      } else if (tag === 'hr') flush(run, box);
      else {
        if (!mediaTags.has(tag)) breaks = 0;
        run.push(child);
      }
    }
    flush(run, box);
  }

  const root = open(body, null);
  walk(body, root);
  root.last = blocks.length;
  return { blocks, media, boxes, root };
}

/** Whether a line after a break is moved in as a paragraph's first is. A short line of letters is one of verse. */
function isIndented(line: string): boolean {
  return /^[\s\u00a0]*(?:\u3000|\u00a0\u00a0)/.test(line) && (/^[\s\u00a0]*\u3000|\p{Script=Han}/u.test(line) || line.trim().length > 80);
}

type Tally = { raw: string; linked: number; links: number; bold: number; media: Element[] };

function tallyNode(node: Node, tally: Tally, inLink: boolean, inBold: boolean): void {
  if (isText(node)) {
    tally.raw += node.value;
    const length = node.value.trim().length;
    if (inLink) tally.linked += length;
    if (inBold) tally.bold += length;
    return;
  }
  if (!isElement(node)) return;
  const tag = node.tagName;
  if (isSilent(tag) || skipped.has(tag)) return;
  if (tag === 'br') tally.raw += ' ';
  if (mediaTags.has(tag)) {
    tally.media.push(node);
    return;
  }
  const link = tag === 'a' && attr(node, 'href') !== null;
  if (link) tally.links++;
  const bold = inBold || tag === 'b' || tag === 'strong' || (tag === 'span' && /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(attr(node, 'style') ?? ''));
  for (const child of node.childNodes) tallyNode(child, tally, inLink || link, bold);
}

/** Without white space and line breaks at either end. */
function trimmed(run: Node[]): Node[] {
  let from = 0;
  let to = run.length;
  const empty = (node: Node | undefined): boolean => node === undefined || (isText(node) ? node.value.trim() === '' : isElement(node) && node.tagName === 'br');
  while (from < to && empty(run[from])) from++;
  while (to > from && empty(run[to - 1])) to--;
  return run.slice(from, to);
}

function isHidden(element: Element): boolean {
  for (const { name, value } of element.attrs) {
    if (name === 'hidden' && value !== 'until-found') return true;
    if (name === 'aria-hidden' && value === 'true') return true;
    if (name === 'style' && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(value)) return true;
  }
  return false;
}

/** A text's length in information: one Han, kana or hangul character says as much as two and a half Latin letters. */
export function sizeOf(text: string): number {
  let size = text.length;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x2e80) return size + 1.5 * countKind(text, wide);
  return size;
}

/** The page's `body`, or null. */
export function bodyOf(tree: Parent): Element | null {
  for (const child of tree.childNodes) {
    if (!isElement(child)) continue;
    if (child.tagName === 'body') return child;
    if (child.tagName === 'html') return bodyOf(child);
  }
  return null;
}

import type { Block, Blocks, Media } from './blocks.ts';
import { iconsIn, isCallout, labelOf, labelText } from './callouts.ts';
import { copyCode } from './code.ts';
import { isDataTable } from './data-table.ts';
import { isCaption, isWithin, leadingPictures, namesIn, ownItem, tidyBody } from './figures.ts';
import { captionCard } from './embeds.ts';
import { splitBoldLine } from './headings.ts';
import { copyInline } from './inline.ts';
import { attributionsIn, citeAttribution, keepListsWhole } from './lists-and-quotes.ts';
import { captionName, captionOnly, isMediaTag, showMedia } from './pictures.ts';
import { append, attr, createElement, createText, isElement, isText, type Element, type Node } from './tree.ts';

/** What goes into the article: blocks and media, and captions that follow their pictures. */
export type Kept = { blocks: Set<Block>; media: Set<Media>; headings: Map<Block, number>; level: number };

const wraps = new Set(['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'figure', 'figcaption', 'details', 'summary', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption']);
/** Elements that hold their single run bare; several runs become paragraphs inside them. */
const holders = new Set(['li', 'dt', 'dd', 'blockquote', 'figcaption', 'summary', 'td', 'th', 'caption']);

/** A box larger than this (in `size`) that has a note's name is no note beside the text: it is the text. */
const longestCallout = 3_000;

/**
 * Writes the article's body anew from the page's tree: kept blocks in their order, with the lists, quotes, tables,
 * figures and code they stood in; everything that only laid them out is gone. The page's tree is not changed.
 */
export function buildBody(page: Blocks, kept: Kept): Node[] {
  const starts = new Map<Node, Block>();
  const members = new Set<Node>();
  for (const block of page.blocks) {
    for (const node of block.nodes) members.add(node);
    if (block.nodes[0] !== undefined) starts.set(block.nodes[0], block);
  }
  const mediaOf = new Map<Element, Media>([...page.media].map((media) => [media.element, media]));
  /** Elements whose every block belongs to what was kept of them: data tables, the names under a quote. */
  const wholes = new Set<Element>();
  const labels = new Set<Element>();

  function keeps(block: Block): boolean {
    if (kept.blocks.has(block)) return true;
    for (let box: typeof block.box | null = block.box; box !== null; box = box.parent) if (wholes.has(box.element)) return true;
    return false;
  }

  function run(block: Block, parent: Element): Node[] {
    const all = block.nodes.flatMap(copyInline);
    if (isCaption(block)) return [createElement('figure', {}, [createElement('figcaption', {}, all)])];
    return parted(block, all, parent);
  }

  /** A card in the midst of a sentence parts it: a paragraph cannot hold a figure. */
  function parted(block: Block, all: Node[], parent: Element): Node[] {
    const at = all.findIndex((node) => isElement(node) && node.tagName === 'figure');
    if (at >= 0 && !/^(?:li|td|th|dd|figcaption)$/.test(parent.tagName)) {
      const [before, after] = [all.slice(0, at), all.slice(at + 1)];
      return [...(before.some(says) ? parted(block, before, parent) : []), ...all.slice(at, at + 1), ...(after.some(says) ? parted(block, after, parent) : [])];
    }
    const { pictures, nodes } = leadingPictures(all);
    if (pictures.length > 0 && nodes.length > 0 && !/^(?:li|td|th|dd|dt|h[1-6]|figcaption|summary|caption)$/.test(parent.tagName)) {
      if (block.size < 500 && captionName.test(block.nodes.map((node) => (isElement(node) ? namesIn(node) : '')).join(' '))) return [createElement('figure', {}, [...pictures, createElement('figcaption', {}, nodes)])];
      return [...pictures.map((picture) => createElement('figure', {}, [picture])), ...text(block, nodes, parent)];
    }
    return text(block, all, parent);
  }

  function text(block: Block, nodes: Node[], parent: Element): Node[] {
    const level = kept.headings.get(block);
    if (level !== undefined) return [named(createElement(`h${level}`, {}, unbold(nodes)), parent)];
    const own = /^h([1-6])$/.exec(parent.tagName);
    if (own !== null) return [named(createElement(`h${Math.max(2, Number(own[1]))}`, {}, nodes), parent)];
    const lead = splitBoldLine(block, nodes);
    if (lead !== null) return [createElement(`h${kept.level}`, {}, unbold(lead.head)), ...text(block, lead.rest, parent)];
    const copy = createElement('p', {}, nodes);
    const style = attr(parent, 'style');
    const align = attr(parent, 'align') ?? /text-align\s*:\s*(center|right)/i.exec(style ?? '')?.[1] ?? null;
    if (align !== null) copy.attrs.push({ name: 'align', value: align });
    return [named(copy, parent)];
  }

  /** With the id that links within the article lead to. */
  function named(copy: Element, parent: Element): Element {
    const id = attr(parent, 'id');
    if (id !== null && id.startsWith('l-')) copy.attrs.push({ name: 'id', value: id });
    return copy;
  }

  function inside(parent: Element): Node[] {
    const out: Node[] = [];
    // One by one: a part may hold more nodes than a call may have arguments.
    const add = (nodes: Node[]): void => nodes.forEach((node) => out.push(node));
    for (const child of parent.childNodes) {
      const block = starts.get(child);
      if (block !== undefined) {
        if (keeps(block)) add(run(block, parent));
        continue;
      }
      if (members.has(child) || isText(child) || !isElement(child)) continue;
      if (child.tagName === 'hr') {
        if (out.length > 0) out.push(createElement('hr'));
      } else add(page.boxes.has(child) ? box(child) : loose(child));
    }
    return out;
  }

  /** Pictures outside any text, perhaps in a link or a span. */
  function loose(element: Element): Node[] {
    if (isMediaTag(element.tagName)) {
      const media = mediaOf.get(element);
      const shown = media !== undefined && kept.media.has(media) ? showMedia(element) : null;
      return shown === null ? [] : [shown.tagName === 'figure' ? shown : createElement('figure', {}, [shown])];
    }
    return element.childNodes.flatMap((child) => (isElement(child) ? loose(child) : []));
  }

  function box(element: Element): Node[] {
    const tag = element.tagName;
    const own = page.boxes.get(element);
    if (own === undefined || labels.has(element)) return [];
    if (tag === 'pre') {
      const block = page.blocks[own.first];
      return block !== undefined && own.last > own.first && keeps(block) ? [copyCode(element)] : [];
    }
    if (tag === 'table') {
      if (!isDataTable(element)) return inside(element);
      if (!mostKept(own.first, own.last, 0.5)) return [];
      wholes.add(element);
      return wrap(element, inside(element));
    }
    if (tag === 'figure' || captionOnly(page, own)) return figure(element, own.first, own.last);
    if (isCallout(element) && own.size < longestCallout) return callout(element);
    if (tag === 'blockquote' && mostKept(own.first, own.last, 0.3)) for (const one of attributionsIn(element)) wholes.add(one);
    const nodes = inside(element);
    if (nodes.length === 0) return [];
    if (tag === 'ul' || tag === 'ol') return keepListsWhole(element, nodes);
    return wraps.has(tag) && !(/^(?:tbody|thead|tfoot|tr|td|th|caption)$/.test(tag) && !inTable(element)) ? wrap(element, nodes) : nodes;
  }

  function inTable(element: Element): boolean {
    for (let at = element.parentNode; isElement(at); at = at.parentNode) if (at.tagName === 'table') return wholes.has(at);
    return false;
  }

  function mostKept(first: number, last: number, share: number): boolean {
    let all = 0;
    let some = 0;
    for (let i = first; i < last; i++) {
      const block = page.blocks[i];
      if (block === undefined) continue;
      all += block.size;
      if (kept.blocks.has(block)) some += block.size;
    }
    return all > 0 && some >= all * share;
  }

  /** A picture with its caption, or several in their order, each with its own; without a kept picture, only the text that was kept for itself. */
  function figure(element: Element, first: number, last: number): Node[] {
    const media = page.media.filter((one) => kept.media.has(one) && isWithin(one.element, element));
    const shown = media.flatMap((one) => {
      const picture = showMedia(one.element);
      return picture === null ? [] : [{ picture, item: ownItem(one.element, element, media) }];
    });
    if (shown.length === 0) return titledCode(element) ?? citeAttribution(inside(element));
    const texts = page.blocks.slice(first, last).filter((block) => !/^h[1-6]$/.test(block.box.element.tagName));
    const inItem = (block: Block): boolean => shown.length > 1 && shown.some(({ item }) => item !== element && (block.box.element === item || isWithin(block.box.element, item)));
    const shared = texts.filter((block) => !inItem(block));
    if (shared.length > 4 || texts.some((block) => block.size > 700)) return [...shown.map(({ picture }) => createElement('figure', {}, [picture])), ...inside(element)];
    if (shown.length === 1 || shown.every(({ item }) => item === element)) return [captioned(shown.map(({ picture }) => picture), shared)];
    const figures = shown.map(({ picture, item }) => captioned([picture], texts.filter((block) => inItem(block) && (block.box.element === item || isWithin(block.box.element, item)))));
    return shared.length === 0 ? figures : [captioned(figures, shared)];
  }

  function captioned(pictures: Element[], blocks: Block[]): Element {
    const card = pictures.length === 1 && pictures[0] !== undefined && attr(pictures[0], 'data-embed') !== null ? pictures[0] : null;
    const out = card ?? createElement('figure', {}, pictures);
    if (blocks.length === 0) return out;
    const lines = blocks.flatMap((block, i) => [...(i > 0 ? [createElement('br')] : []), ...block.nodes.flatMap(copyInline)]);
    if (card === null) append(out, createElement('figcaption', {}, lines));
    else captionCard(card, lines);
    return out;
  }

  /** A note set apart: quoted, its label in bold. */
  function callout(element: Element): Node[] {
    const label = labelOf(element);
    for (const one of label === null ? iconsIn(element) : [label, ...iconsIn(element)]) labels.add(one);
    const nodes = inside(element);
    if (nodes.length === 0) return [];
    const body = nodes.length === 1 && isElement(nodes[0]) && nodes[0].tagName === 'blockquote' ? nodes[0].childNodes.slice() : nodes;
    return [createElement('blockquote', {}, [...(label === null ? [] : [createElement('p', {}, [createElement('strong', {}, [createText(labelText(label))])])]), ...body])];
  }

  /** A listing with its file's name. */
  function titledCode(element: Element): Node[] | null {
    const [title, code] = element.childNodes.filter(isElement);
    if (title?.tagName !== 'figcaption' || code?.tagName !== 'pre') return null;
    const listing = box(code);
    return listing.length === 0 ? [] : [createElement('figure', {}, [createElement('figcaption', {}, title.childNodes.flatMap(copyInline)), ...listing])];
  }

  function wrap(element: Element, nodes: Node[]): Node[] {
    const tag = element.tagName;
    const copy = createElement(tag);
    copy.attrs = element.attrs;
    const single = nodes.length === 1 && isElement(nodes[0]) && nodes[0].tagName === 'p' ? nodes[0] : null;
    for (const node of holders.has(tag) && single !== null && tag !== 'blockquote' ? [...single.childNodes] : nodes) append(copy, node);
    return [copy];
  }

  return tidyBody(inside(page.root.element));
}

function unbold(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => (isElement(node) && /^(?:b|strong|u)$/.test(node.tagName) ? unbold([...node.childNodes]) : [node]));
}

const says = (node: Node): boolean => (isText(node) ? node.value.trim() !== '' : isElement(node) && node.tagName !== 'br');

import type { Block, Blocks, Media } from './blocks.ts';
import { copyCode, copyInline } from './inline.ts';
import { captionName, captionOnly, isMediaTag, showMedia } from './pictures.ts';
import { append, attr, createElement, createText, find, isElement, isText, textOf, type Element, type Node } from './tree.ts';

/** What goes into the article: blocks and media, and captions that follow their pictures. */
export type Kept = { blocks: Set<Block>; media: Set<Media>; headings: Map<Block, number> };

const wraps = new Set(['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'figure', 'figcaption', 'details', 'summary', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption']);
/** Elements that hold their single run bare; several runs become paragraphs inside them. */
const holders = new Set(['li', 'dt', 'dd', 'blockquote', 'figcaption', 'summary', 'td', 'th', 'caption']);

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
  const wholeTables = new Set<Element>();

  function keeps(block: Block): boolean {
    if (kept.blocks.has(block)) return true;
    for (let box: typeof block.box | null = block.box; box !== null; box = box.parent) if (wholeTables.has(box.element)) return true;
    return false;
  }

  function run(block: Block, parent: Element): Node[] {
    const all = block.nodes.flatMap(copyInline);
    if (isCaption(block)) return [createElement('figure', {}, [createElement('figcaption', {}, all)])];
    const { pictures, nodes } = leadingPictures(all);
    if (pictures.length > 0 && nodes.length > 0 && !/^(?:li|td|th|dd|dt|h[1-6]|figcaption|summary|caption)$/.test(parent.tagName)) {
      if (block.size < 500 && captionName.test(block.nodes.map((node) => (isElement(node) ? namesIn(node) : '')).join(' '))) return [createElement('figure', {}, [...pictures, createElement('figcaption', {}, nodes)])];
      return [...pictures.map((picture) => createElement('figure', {}, [picture])), ...text(block, nodes, parent)];
    }
    return text(block, all, parent);
  }

  function text(block: Block, nodes: Node[], parent: Element): Node[] {
    const level = kept.headings.get(block);
    if (level !== undefined) return [createElement(`h${level}`, {}, unbold(nodes))];
    const own = /^h([1-6])$/.exec(parent.tagName);
    if (own !== null) return [createElement(`h${Math.max(2, Number(own[1]))}`, {}, nodes)];
    const copy = createElement('p', {}, nodes);
    const style = attr(parent, 'style');
    const align = attr(parent, 'align') ?? /text-align\s*:\s*(center|right)/i.exec(style ?? '')?.[1] ?? null;
    if (align !== null) copy.attrs.push({ name: 'align', value: align });
    const id = attr(parent, 'id');
    if (id !== null && id.startsWith('l-')) copy.attrs.push({ name: 'id', value: id });
    return [copy];
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
    if (own === undefined) return [];
    if (tag === 'pre') {
      const block = page.blocks[own.first];
      return block !== undefined && own.last > own.first && keeps(block) ? [copyCode(element)] : [];
    }
    if (tag === 'table') {
      const code = find(element, (one) => one.tagName === 'pre' && textOf(one).length > 3 && !/gutter|line/i.test(attr(one, 'class') ?? ''));
      if (!isDataTable(element)) return inside(element);
      if (code !== null && /gutter|lineno|highlight|code/i.test(`${attr(element, 'class') ?? ''} ${attr(code, 'class') ?? ''}`)) return mostKept(own.first, own.last, 0.3) ? [copyCode(code)] : [];
      if (!mostKept(own.first, own.last, 0.5)) return [];
      wholeTables.add(element);
      return wrap(element, inside(element));
    }
    if (tag === 'figure' || captionOnly(page, own)) return figure(element, own.first, own.last);
    const nodes = inside(element);
    if (nodes.length === 0) return [];
    return wraps.has(tag) && !(/^(?:tbody|thead|tfoot|tr|td|th|caption)$/.test(tag) && !inTable(element)) ? wrap(element, nodes) : nodes;
  }

  function inTable(element: Element): boolean {
    for (let at = element.parentNode; isElement(at); at = at.parentNode) if (at.tagName === 'table') return wholeTables.has(at);
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

  /** A picture with its caption; without a kept picture, only the text that was kept for itself. */
  function figure(element: Element, first: number, last: number): Node[] {
    const pictures = page.media.filter(({ element: one }) => isWithin(one, element)).filter((media) => kept.media.has(media)).flatMap(({ element: one }) => showMedia(one) ?? []);
    if (pictures.length === 0) return inside(element);
    const caption = page.blocks.slice(first, last).filter((block) => !/^h[1-6]$/.test(block.box.element.tagName));
    if (caption.length > 4 || caption.some((block) => block.size > 700)) return [...pictures.map((picture) => createElement('figure', {}, [picture])), ...inside(element)];
    const out = createElement('figure', {}, pictures.flatMap((picture) => (picture.tagName === 'figure' ? picture.childNodes.filter((node) => !(isElement(node) && node.tagName === 'figcaption')) : [picture])));
    if (caption.length > 0) append(out, createElement('figcaption', {}, caption.flatMap((block, i) => [...(i > 0 ? [createElement('br')] : []), ...block.nodes.flatMap(copyInline)])));
    return [out];
  }

  function wrap(element: Element, nodes: Node[]): Node[] {
    const tag = element.tagName;
    const copy = createElement(tag);
    copy.attrs = element.attrs;
    const single = nodes.length === 1 && isElement(nodes[0]) && nodes[0].tagName === 'p' ? nodes[0] : null;
    for (const node of holders.has(tag) && single !== null && tag !== 'blockquote' ? [...single.childNodes] : nodes) append(copy, node);
    return [copy];
  }

  return tidy(inside(page.root.element));
}

/** Pictures before any text of a run stand by themselves. */
function leadingPictures(all: Node[]): { pictures: Node[]; nodes: Node[] } {
  let at = 0;
  const pictures: Node[] = [];
  for (; at < all.length; at++) {
    const node = all[at];
    if (isText(node) && node.value.trim() === '') continue;
    if (isElement(node) && node.tagName === 'br' && pictures.length > 0) continue;
    if (!isElement(node) || node.tagName === 'figure' || !(node.tagName === 'img' || (node.tagName === 'a' && textOf(node) === '' && find(node, (one) => one.tagName === 'img') !== null))) break;
    pictures.push(node);
  }
  return pictures.length === 0 ? { pictures, nodes: all } : { pictures, nodes: all.slice(at) };
}

/** Text marked as a picture's caption or credit, although it does not stand in a figure. */
function isCaption(block: Block): boolean {
  if (block.size > 600 || /^(?:figcaption|caption|td|th|li|h[1-6])$/.test(block.box.element.tagName)) return false;
  const marked = (node: Node): boolean => isElement(node) && captionName.test(`${attr(node, 'class') ?? ''} ${attr(node, 'itemprop') ?? ''}`);
  return marked(block.box.element) || block.nodes.every((node) => (isText(node) ? node.value.trim() === '' : isElement(node) && (node.tagName === 'br' || marked(node))));
}

function namesIn(element: Element): string {
  return `${attr(element, 'class') ?? ''} ${element.childNodes.map((child) => (isElement(child) ? namesIn(child) : '')).join(' ')}`;
}

function isWithin(node: Node, ancestor: Element): boolean {
  for (let at: Node['parentNode'] = node.parentNode; at !== null; at = isElement(at) ? at.parentNode : null) if (at === ancestor) return true;
  return false;
}

/** A table of facts, not of layout: it has headers, or a regular grid of short cells. */
function isDataTable(table: Element): boolean {
  if (/^(?:presentation|none)$/.test(attr(table, 'role') ?? '')) return false;
  let rows = 0; let cells = 0; let headers = 0; let nested = 0; let longest = 0;
  const walk = (element: Element): void => {
    for (const child of element.childNodes) {
      if (!isElement(child)) continue;
      if (child.tagName === 'table') nested++;
      else {
        if (child.tagName === 'tr') rows++;
        if (child.tagName === 'td') {
          cells++;
          longest = Math.max(longest, textOf(child).length);
        }
        if (child.tagName === 'th' || child.tagName === 'caption') headers++;
        walk(child);
      }
    }
  };
  walk(table);
  if (nested > 0) return false;
  if (headers > 0) return rows > 1;
  return rows >= 2 && cells / rows >= 2 && longest < 600;
}

function unbold(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => (isElement(node) && /^(?:b|strong|u)$/.test(node.tagName) ? unbold([...node.childNodes]) : [node]));
}

/** Rules at the edges and doubled, and full-width indents at the start of paragraphs, go. */
function tidy(nodes: Node[]): Node[] {
  const out: Node[] = [];
  const captioned = new Set<Element>();
  const isLone = (figure: Element): boolean => figure.childNodes.every((child) => isElement(child) && child.tagName === 'figcaption');
  for (const node of nodes) {
    const rule = isElement(node) && node.tagName === 'hr';
    const before = out.at(-1);
    if (rule && (before === undefined || (isElement(before) && before.tagName === 'hr'))) continue;
    if (isElement(node)) dropIndent(node);
    // A caption next to its picture joins it, whichever of them comes first.
    if (isElement(node) && isElement(before) && node.tagName === 'figure' && before.tagName === 'figure' && isLone(node) !== isLone(before)) {
      const [picture, caption] = isLone(node) ? [before, node] : [node, before];
      const has = picture.childNodes.some((child) => isElement(child) && child.tagName === 'figcaption');
      if (!has && (picture === before || !captioned.has(before))) {
        for (const child of caption.childNodes.slice()) append(picture, child);
        out[out.length - 1] = picture;
        captioned.add(picture);
        continue;
      }
    }
    out.push(node);
  }
  const end = out.at(-1);
  if (isElement(end) && end.tagName === 'hr') out.pop();
  return out;
}

function dropIndent(element: Element): void {
  if (element.tagName === 'pre') return;
  const first = element.childNodes[0];
  if (isText(first)) first.value = first.value.trimStart();
  else if (isElement(first)) dropIndent(first);
  const last = element.childNodes.at(-1);
  if (isText(last)) last.value = last.value.trimEnd();
  if (/^(?:ul|ol|blockquote|dl)$/.test(element.tagName)) for (const child of element.childNodes) if (isElement(child)) dropIndent(child);
}

export const paragraph = (text: string): Element => createElement('p', {}, [createText(text)]);

import type { Block } from './blocks.ts';
import { captionName } from './pictures.ts';
import { append, attr, find, isElement, isText, textOf, type Element, type Node } from './tree.ts';

/** Pictures before any text of a run stand by themselves. */
export function leadingPictures(all: Node[]): { pictures: Node[]; nodes: Node[] } {
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
export function isCaption(block: Block): boolean {
  if (block.size > 600 || /^(?:figcaption|caption|td|th|li|h[1-6])$/.test(block.box.element.tagName)) return false;
  const marked = (node: Node): boolean => isElement(node) && captionName.test(`${attr(node, 'class') ?? ''} ${attr(node, 'itemprop') ?? ''}`);
  return marked(block.box.element) || block.nodes.every((node) => (isText(node) ? node.value.trim() === '' : isElement(node) && (node.tagName === 'br' || marked(node))));
}

export function namesIn(element: Element): string {
  return `${attr(element, 'class') ?? ''} ${element.childNodes.map((child) => (isElement(child) ? namesIn(child) : '')).join(' ')}`;
}

export function isWithin(node: Node, ancestor: Element): boolean {
  for (let at: Node['parentNode'] = node.parentNode; at !== null; at = isElement(at) ? at.parentNode : null) if (at === ancestor) return true;
  return false;
}

/** Rules at the edges and doubled, and full-width indents at the start of paragraphs, go. */
export function tidyBody(nodes: Node[]): Node[] {
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

/** The largest element around a picture, below `root`, that holds no other: its place in a gallery. `root` itself where it stands there bare. */
export function ownItem(picture: Element, root: Element, all: ReadonlyArray<{ element: Element }>): Element {
  let item: Element | null = null;
  for (let at = picture.parentNode; isElement(at) && at !== root; at = at.parentNode) {
    const box = at;
    if (all.some(({ element }) => element !== picture && isWithin(element, box))) break;
    item = box;
  }
  return item ?? root;
}

import type { Block, Blocks } from './blocks.ts';
import { fixId, idFor } from './footnotes.ts';
import { idToBe, markOf } from './loose-notes.ts';
import { allElements, attr, isElement, setAttr, textOf, type Element, type Node } from './tree.ts';

/** Gives places in the text that something kept leads to the ids that may stay, both ways for footnotes, and answers with the notes' blocks. */
export function keepNotes(page: Blocks, kept: Set<Block>): Block[] {
  let found: Map<string, Element> | null = null;
  const targets = (): Map<string, Element> => (found ??= targetsIn(page));
  const notes: Block[] = [];
  const queue = [...kept];
  const queued = new Set(queue);
  for (const block of queue) {
    if (block.links === 0) continue;
    for (const link of linksIn(block.nodes)) {
      const raw = /^#(.{1,100})$/.exec(attr(link, 'href') ?? '')?.[1];
      const target = raw === undefined ? undefined : (targets().get(raw) ?? targets().get(decode(raw)));
      if (target === undefined) continue;
      const own = blocksOf(page, target);
      if (own.length === 0 || own.length > 6 || own.includes(block)) continue;
      // A mark brings its note with it; a longer link, such as a line of a table of contents, only keeps its way to what is here.
      if (textOf(link).length > 12 && !own.every((one) => kept.has(one))) continue;
      if (attr(target, idToBe) !== null) fixId(target);
      else if (!(attr(target, 'id') ?? '').startsWith('l-')) setAttr(target, 'id', idFor(decode(raw ?? '')));
      setAttr(link, 'href', `#${attr(target, 'id') ?? ''}`);
      if (markOf(textOf(link)) === null) continue;
      notes.push(...own);
      // The note's own links lead back; they are found when its turn comes.
      for (const one of own) {
        if (queued.has(one)) continue;
        queued.add(one);
        queue.push(one);
      }
    }
  }
  return notes;
}

/** What links within the page can lead to; most pages have none, and are not looked through. */
function targetsIn(page: Blocks): Map<string, Element> {
  const targets = new Map<string, Element>();
  for (const element of allElements(page.root.element)) {
    const id = attr(element, idToBe) ?? attr(element, 'id') ?? (element.tagName === 'a' ? attr(element, 'name') : null);
    if (id !== null && !targets.has(id)) targets.set(id, element);
  }
  return targets;
}

function blocksOf(page: Blocks, element: Element): Block[] {
  const box = page.boxes.get(element);
  if (box !== undefined) return page.blocks.slice(box.first, box.last);
  const block = page.blocks.find(({ nodes }) => nodes.some((node) => node === element || (isElement(node) && holds(node, element))));
  return block === undefined ? [] : [block];
}

function holds(node: Element, wanted: Element): boolean {
  for (let at: Node['parentNode'] = wanted.parentNode; at !== null; at = isElement(at) ? at.parentNode : null) if (at === node) return true;
  return false;
}

function linksIn(nodes: Node[]): Element[] {
  const out: Element[] = [];
  const walk = (node: Node): void => {
    if (!isElement(node)) return;
    if (node.tagName === 'a') out.push(node);
    for (const child of node.childNodes) walk(child);
  };
  for (const node of nodes) walk(node);
  return out;
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    // Not percent-encoded, then: the id as it is written.
    return id;
  }
}

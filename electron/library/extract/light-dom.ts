import { parseHTML } from 'linkedom';
import { attr, isElement, isHtml, isText, type Node, type Parent, type Tree } from './tree.ts';

/** As much of the DOM as this project touches itself; extractors and Turndown use the rest of it. */
export type LightNode = { nodeType: number; nodeValue: string | null; childNodes: Iterable<LightNode>; textContent: string | null };
export type LightElement = LightNode & {
  localName: string;
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
  appendChild(node: LightNode): LightNode;
};
export type LightDocument = LightElement & {
  createElement(tag: string): LightElement;
  createTextNode(text: string): LightNode;
  documentElement: LightElement;
  head: LightElement;
  body: LightElement;
};

/** Attributes no extractor looks at only cost time and memory. */
const useful = /^(?:class|id|role|style|hidden|href|src|srcset|alt|title|lang|dir|rel|name|content|property|type|item\w+|aria-\w+|datetime|colspan|rowspan|width|height|data-src\w*|data-lang)$/;

/** A copy of the standard-conforming tree in linkedom's DOM, whose own parser is not conforming and is not used. */
export function toLightDom(tree: Tree): LightDocument {
  const document = emptyDocument();
  const root = tree.childNodes.find((node) => isElement(node) && node.tagName === 'html');
  if (root === undefined || !isElement(root)) return document;
  for (const part of root.childNodes) {
    if (!isElement(part)) continue;
    const target = part.tagName === 'head' ? document.head : part.tagName === 'body' ? document.body : null;
    if (target === null) continue;
    copyAttributes(part.attrs, target);
    copyChildren(part, target, document);
  }
  const lang = attr(root, 'lang');
  if (lang !== null) document.documentElement.setAttribute('lang', lang);
  return document;
}

/** The same for loose nodes: they become the content of the body. */
export function toLightBody(nodes: Node[]): LightDocument {
  const document = emptyDocument();
  for (const node of nodes) copy(node, document.body, document);
  return document;
}

function emptyDocument(): LightDocument {
  return (parseHTML('<!doctype html><html><head></head><body></body></html>') as unknown as { document: LightDocument }).document;
}

function copyChildren(from: Parent, to: LightElement, document: LightDocument): void {
  for (const child of from.childNodes) copy(child, to, document);
}

function copy(node: Node, to: LightElement, document: LightDocument): void {
  if (isText(node)) {
    to.appendChild(document.createTextNode(node.value));
    return;
  }
  if (!isElement(node) || (!isHtml(node) && node.tagName === 'svg')) return;
  const element = document.createElement(node.tagName);
  copyAttributes(node.attrs, element);
  copyChildren(node, element, document);
  to.appendChild(element);
}

function copyAttributes(attrs: Array<{ name: string; value: string }>, to: LightElement): void {
  for (const { name, value } of attrs) if (useful.test(name)) to.setAttribute(name, value);
}

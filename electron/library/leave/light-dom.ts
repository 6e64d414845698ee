import { parseHTML } from 'linkedom';
import { usefulAttribute } from '../extract/reading-dom.ts';
import { isElement, isHtml, isText, type Node, type Parent } from '../extract/tree.ts';

/** As much of the DOM as this project touches itself; Turndown uses the rest of it. */
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

/** A copy of loose nodes of the standard-conforming tree in linkedom's DOM, as the content of a body. */
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
  for (const { name, value } of attrs) if (usefulAttribute.test(name)) to.setAttribute(name, value);
}

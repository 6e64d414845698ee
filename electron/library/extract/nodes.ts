import type { Element, Node, Parent, Text } from './tree.ts';

/* What can be asked of a tree's nodes without the parser, which rules of sites need and a library that only opens does not load. */

export const isElement = (node: Node | Parent | null | undefined): node is Element => node !== null && node !== undefined && 'tagName' in node;
export const isText = (node: Node | Parent | null | undefined): node is Text => node?.nodeName === '#text';

/** An attribute's value, null when absent. */
export function attr(element: Element, name: string): string | null {
  for (const one of element.attrs) if (one.name === name) return one.value;
  return null;
}

import { isElement, isText } from '../nodes.ts';
import type { Element, Text, Tree } from '../tree.ts';

/** An attribute as a node of its own. */
export type Attribute = { nodeName: '#attribute'; name: string; value: string; parentNode: Element };
export type XNode = Tree | Element | Text | Attribute;
export type Value = XNode[] | string | number | boolean;

const made = new WeakMap<object, Attribute>();

/** An element's attributes as nodes; the same attribute is always the same node. */
export function attributesOf(element: Element): Attribute[] {
  return element.attrs.map((one) => {
    const known = made.get(one);
    if (known !== undefined && known.value === one.value && known.parentNode === element) return known;
    const node: Attribute = { nodeName: '#attribute', name: one.name, value: one.value, parentNode: element };
    made.set(one, node);
    return node;
  });
}

export const isAttribute = (node: XNode): node is Attribute => node.nodeName === '#attribute';
export const childrenOf = (node: XNode): Array<Element | Text> => ('childNodes' in node ? node.childNodes.filter((child) => isElement(child) || isText(child)) : []);

export function parentOf(node: XNode): XNode | null {
  const parent = 'parentNode' in node ? node.parentNode : null;
  return parent === null || !('childNodes' in parent) ? null : (parent as XNode);
}

/** Told of work: one for each node looked at, and more for long texts. */
export type Spend = (work?: number) => void;

/** All text in a node. */
export function stringOf(node: XNode, spend: Spend): string {
  if (isAttribute(node) || isText(node as Text)) {
    const { value } = node as Attribute | Text;
    spend(1 + value.length / 100);
    return value;
  }
  spend();
  let out = '';
  for (const child of childrenOf(node)) out += stringOf(child, spend);
  return out;
}

export function toText(value: Value, spend: Spend): string {
  if (Array.isArray(value)) return value[0] === undefined ? '' : stringOf(value[0], spend);
  return Object.is(value, -0) ? '0' : String(value);
}

export function toNumber(value: Value, spend: Spend): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = (typeof value === 'string' ? value : toText(value, spend)).trim();
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}

export function toTruth(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : value !== '' && value !== false;
}

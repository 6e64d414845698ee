import { defaultTreeAdapter, html as spec, Parser, type DefaultTreeAdapterTypes, type ParserOptions } from 'parse5';
import { FailureError } from '../../../shared/failure.ts';
import { attr, isElement, isText } from './nodes.ts';

export { attr, isElement, isText };

/*
 * The page as the HTML standard's parser sees it: parse5's plain tree, built under limits so that no page can make it
 * deep, wide or slow. Every step of extraction works on this tree; only Readability gets a copy in a DOM (reading-dom.ts).
 */
export type Tree = DefaultTreeAdapterTypes.Document;
export type Part = DefaultTreeAdapterTypes.DocumentFragment;
export type Element = DefaultTreeAdapterTypes.Element;
export type Text = DefaultTreeAdapterTypes.TextNode;
export type Node = DefaultTreeAdapterTypes.ChildNode;
export type Parent = DefaultTreeAdapterTypes.ParentNode;

/** Browsers stop at 512 levels too. */
const maxDepth = 512;
const maxAttributes = 256;
const maxNodes = 900_000;
/** Characters of an attribute kept in the tree; a longer `data:` address is kept aside under a short name. */
const maxAttribute = 65_536;
const longData = 4_096;
const asideScheme = 'lectern-data:';

/** Long `data:` addresses, kept out of every regular expression's way; the index is their name in the tree. */
export type Aside = string[];

export type Page = { tree: Tree; aside: Aside };

/** A whole page. Throws FailureError too-complex beyond the node limit. */
export function parsePage(html: string): Page {
  const aside: Aside = [];
  const parser = new Parser<DefaultTreeAdapterTypes.DefaultTreeAdapterMap>(options(aside));
  limit(parser);
  parser.tokenizer.write(html, true);
  return { tree: parser.document, aside };
}

/** A piece of HTML as if it were the content of a `body`. */
export function parsePart(html: string, aside: Aside = []): Part {
  const adapter = options(aside);
  const parser = Parser.getFragmentParser<DefaultTreeAdapterTypes.DefaultTreeAdapterMap>(null, adapter);
  limit(parser);
  parser.tokenizer.write(html, true);
  return parser.getFragment();
}

/** The address itself, when `value` is the short name of one kept aside. */
export function fromAside(value: string, aside: Aside): string {
  return value.startsWith(asideScheme) ? (aside[Number(value.slice(asideScheme.length))] ?? '') : value;
}

type Map5 = DefaultTreeAdapterTypes.DefaultTreeAdapterMap;

/** Start tags beyond the depth limit are passed over: their content stays, one level up, and nothing grows deeper. */
function limit(parser: Parser<Map5>): void {
  const start = parser.onStartTag.bind(parser);
  parser.onStartTag = (token) => {
    if (parser.openElements.stackTop >= maxDepth && !voids.has(token.tagName)) return;
    if (token.attrs.length > maxAttributes) token.attrs.length = maxAttributes;
    start(token);
  };
}

function options(aside: Aside): ParserOptions<Map5> {
  let nodes = 0;
  const count = (): void => {
    if (++nodes > maxNodes) throw new FailureError({ kind: 'too-complex' });
  };
  return {
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(tag, namespace, attrs) {
        count();
        for (const attr of attrs) {
          if (attr.value.length <= longData) continue;
          if (/^\s*data:/i.test(attr.value.slice(0, 40))) attr.value = asideScheme + (aside.push(attr.value.trim()) - 1);
          else if (attr.value.length > maxAttribute) attr.value = attr.value.slice(0, maxAttribute);
        }
        return defaultTreeAdapter.createElement(tag, namespace, attrs);
      },
      // Comments carry nothing an article needs.
      appendChild(parent, node) {
        if (node.nodeName !== '#comment') defaultTreeAdapter.appendChild(parent, node);
      },
      insertBefore(parent, node, reference) {
        if (node.nodeName !== '#comment') defaultTreeAdapter.insertBefore(parent, node, reference);
      },
      insertText(parent, text) {
        if (dropsText(parent)) return;
        if (parent.childNodes.at(-1)?.nodeName !== '#text') count();
        defaultTreeAdapter.insertText(parent, text);
      },
    },
  };
}

/** Scripts and styles are only noise and weight, except the data they carry for machines. */
function dropsText(parent: Parent): boolean {
  if (parent.nodeName === 'style') return true;
  return parent.nodeName === 'script' && isElement(parent) && !/json|math/i.test(attr(parent, 'type') ?? '');
}

const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
export const isVoid = (tag: string): boolean => voids.has(tag);

/** Whether it is an HTML element and not one of SVG's or MathML's. */
export const isHtml = (element: Element): boolean => element.namespaceURI === spec.NS.HTML;
export const isMath = (element: Element): boolean => element.namespaceURI === spec.NS.MATHML;

export function setAttr(element: Element, name: string, value: string): void {
  for (const one of element.attrs) {
    if (one.name === name) {
      one.value = value;
      return;
    }
  }
  element.attrs.push({ name, value });
}

export function dropAttr(element: Element, name: string): void {
  element.attrs = element.attrs.filter((one) => one.name !== name);
}

export function createElement(tag: string, attrs: Record<string, string> = {}, children: Node[] = []): Element {
  const element = defaultTreeAdapter.createElement(tag, spec.NS.HTML, Object.entries(attrs).map(([name, value]) => ({ name, value })));
  for (const child of children) append(element, child);
  return element;
}

export function createText(value: string): Text {
  return { nodeName: '#text', value, parentNode: null };
}

/** Takes a node out of its parent. */
export function detach(node: Node): void {
  const parent = node.parentNode;
  if (parent === null) return;
  const at = parent.childNodes.indexOf(node);
  if (at >= 0) parent.childNodes.splice(at, 1);
  node.parentNode = null;
}

export function append(parent: Parent, node: Node): void {
  detach(node);
  node.parentNode = parent;
  parent.childNodes.push(node);
}

/** Puts `nodes` where `old` was. */
export function replace(old: Node, nodes: Node[]): void {
  const parent = old.parentNode;
  if (parent === null) return;
  for (const node of nodes) detach(node);
  const at = parent.childNodes.indexOf(old);
  for (const node of nodes) node.parentNode = parent;
  parent.childNodes.splice(at, 1, ...nodes);
  old.parentNode = null;
}

/** Every element below `root`, in document order. Safe against removal of what was already visited. */
export function* elements(root: Parent): Generator<Element> {
  for (const child of Array.from(root.childNodes)) {
    if (!isElement(child)) continue;
    yield child;
    yield* elements(child);
  }
}

/** All elements below `root` in document order, as a list; much faster than the generator for whole pages. */
export function allElements(root: Parent, into: Element[] = []): Element[] {
  for (const child of root.childNodes) {
    if (!isElement(child)) continue;
    into.push(child);
    allElements(child, into);
  }
  return into;
}

export function find(root: Parent, test: (element: Element) => boolean): Element | null {
  for (const child of root.childNodes) {
    if (!isElement(child)) continue;
    if (test(child)) return child;
    const inside = find(child, test);
    if (inside !== null) return inside;
  }
  return null;
}

/** The text below a node as it stands, scripts and styles aside. */
export function rawText(node: Node | Parent): string {
  if (isText(node)) return node.value;
  if (!('childNodes' in node) || silent.has(node.nodeName)) return '';
  let out = '';
  for (const child of node.childNodes) out += isElement(child) && (child.tagName === 'br' || blockTags.has(child.tagName)) ? ` ${rawText(child)} ` : rawText(child);
  return out;
}

/** The text below a node with white space folded. */
export const textOf = (node: Node | Parent): string => fold(rawText(node));
export const fold = (text: string): string => text.replace(/[\s\u00a0\u200b\ufeff]+/gu, ' ').trim();

const silent = new Set(['script', 'style', 'template', 'noscript', 'svg', 'object', 'textarea', 'select', 'annotation', 'annotation-xml']);
export const isSilent = (tag: string): boolean => silent.has(tag);

const blockTags = new Set(
  ('address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html ' +
    'legend li main menu nav ol optgroup option p pre search section summary table tbody td tfoot th thead tr ul video audio iframe').split(' '),
);
export const isBlock = (tag: string): boolean => blockTags.has(tag);

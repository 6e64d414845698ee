import { isElement, isHtml, isText, type Node, type Tree } from './tree.ts';

/*
 * As much of a DOM as Readability asks for, made of a page's standard-conforming tree. A general DOM costs more than
 * everything that is done in it: a node here is a few fields, and nothing listens or observes.
 */

/** Attributes no extractor looks at only cost time and memory. */
export const usefulAttribute = /^(?:class|id|role|style|hidden|href|src|srcset|alt|title|lang|dir|rel|name|content|property|type|item\w+|aria-\w+|datetime|colspan|rowspan|width|height|data-src\w*|data-lang)$/;

/** A page's tree as a document that Readability can work on. */
export function toReadingDom(tree: Tree): ReadingDocument {
  const document = new ReadingDocument();
  const root = tree.childNodes.find((node) => isElement(node) && node.tagName === 'html');
  if (root === undefined || !isElement(root)) return document;
  copyAttributes(root.attrs.filter(({ name }) => name === 'lang'), document.documentElement);
  for (const part of root.childNodes) {
    if (!isElement(part) || (part.tagName !== 'head' && part.tagName !== 'body')) continue;
    const target = part.tagName === 'head' ? document.head : document.body;
    copyAttributes(part.attrs.filter(({ name }) => usefulAttribute.test(name)), target);
    for (const child of part.childNodes) copy(child, target);
  }
  return document;
}

function copy(node: Node, to: ReadingElement): void {
  if (isText(node)) to.put(new ReadingText(node.value));
  else if (isElement(node) && (isHtml(node) || node.tagName !== 'svg')) {
    const element = new ReadingElement(node.tagName);
    copyAttributes(node.attrs.filter(({ name }) => usefulAttribute.test(name)), element);
    to.put(element);
    for (const child of node.childNodes) copy(child, element);
  }
}

function copyAttributes(attrs: ReadonlyArray<{ name: string; value: string }>, to: ReadingElement): void {
  for (const { name, value } of attrs) to.attributes.push(new Attribute(name, value));
}

class Attribute {
  name: string;
  value: string;
  constructor(name: string, value: string) {
    this.name = name;
    this.value = value;
  }
  cloneNode(): Attribute {
    return new Attribute(this.name, this.value);
  }
}

type Child = ReadingElement | ReadingText;

class ReadingText {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  readonly childNodes: readonly Child[] = [];
  readonly nodeValue: string;
  parentNode: ReadingElement | null = null;
  previousSibling: Child | null = null;
  nextSibling: Child | null = null;
  constructor(text: string) {
    this.nodeValue = text;
  }
  get textContent(): string {
    return this.nodeValue;
  }
  get firstChild(): null {
    return null;
  }
  remove(): void {
    this.parentNode?.removeChild(this);
  }
  copy(): ReadingText {
    return new ReadingText(this.nodeValue);
  }
}

const unstyled = { display: '', visibility: '' };

/** An element. Its children are chained, so that taking one out costs nothing; `childNodes` and `children` are lists of the moment. */
export class ReadingElement {
  readonly nodeType = 1;
  /** Readability renames elements in place where it finds this. */
  readonly __JSDOMParser__ = true;
  localName: string;
  tagName: string;
  attributes: Attribute[] = [];
  parentNode: ReadingElement | null = null;
  previousSibling: Child | null = null;
  nextSibling: Child | null = null;
  firstChild: Child | null = null;
  lastChild: Child | null = null;
  /** What Readability itself writes on elements; named here so that they all keep one shape. */
  readability: unknown = undefined;
  _readabilityDataTable: unknown = undefined;

  constructor(tag: string) {
    this.localName = tag.toLowerCase();
    this.tagName = tag.toUpperCase();
  }
  get nodeName(): string {
    return this.tagName;
  }
  get childNodes(): Child[] {
    const nodes: Child[] = [];
    for (let child = this.firstChild; child !== null; child = child.nextSibling) nodes.push(child);
    return nodes;
  }
  get children(): ReadingElement[] {
    const elements: ReadingElement[] = [];
    for (let child = this.firstChild; child !== null; child = child.nextSibling) if (child.nodeType === 1) elements.push(child);
    return elements;
  }
  get firstElementChild(): ReadingElement | null {
    return elementFrom(this.firstChild);
  }
  get nextElementSibling(): ReadingElement | null {
    return elementFrom(this.nextSibling);
  }
  get previousElementSibling(): ReadingElement | null {
    let at = this.previousSibling;
    while (at !== null && at.nodeType !== 1) at = at.previousSibling;
    return at;
  }
  get textContent(): string {
    let text = '';
    for (let child = this.firstChild; child !== null; child = child.nextSibling) text += child.nodeType === 3 ? child.nodeValue : child.textContent;
    return text;
  }
  get style(): { display: string; visibility: string } {
    const text = this.getAttribute('style');
    return text === null || text === '' ? unstyled : { display: styled(text, 'display'), visibility: styled(text, 'visibility') };
  }
  get className(): string {
    return this.getAttribute('class') ?? '';
  }
  set className(value: string) {
    this.setAttribute('class', value);
  }
  get id(): string {
    return this.getAttribute('id') ?? '';
  }
  set id(value: string) {
    this.setAttribute('id', value);
  }

  getAttribute(name: string): string | null {
    for (const attribute of this.attributes) if (attribute.name === name) return attribute.value;
    return null;
  }
  hasAttribute(name: string): boolean {
    return this.getAttribute(name) !== null;
  }
  setAttribute(name: string, value: string): void {
    const known = this.attributes.find((attribute) => attribute.name === name);
    if (known === undefined) this.attributes.push(new Attribute(name, value));
    else known.value = value;
  }
  setAttributeNode({ name, value }: Attribute): void {
    this.setAttribute(name, value);
  }
  removeAttribute(name: string): void {
    this.attributes = this.attributes.filter((attribute) => attribute.name !== name);
  }

  /** Puts what has no parent at the end. */
  put(child: Child): void {
    child.parentNode = this;
    child.previousSibling = this.lastChild;
    if (this.lastChild === null) this.firstChild = child;
    else this.lastChild.nextSibling = child;
    this.lastChild = child;
  }
  appendChild(child: Child): Child {
    child.parentNode?.removeChild(child);
    this.put(child);
    return child;
  }
  removeChild(child: Child): Child {
    const { previousSibling: before, nextSibling: after } = child;
    if (before === null) this.firstChild = after;
    else before.nextSibling = after;
    if (after === null) this.lastChild = before;
    else after.previousSibling = before;
    child.parentNode = child.previousSibling = child.nextSibling = null;
    return child;
  }
  replaceChild(child: Child, old: Child): Child {
    child.parentNode?.removeChild(child);
    const { previousSibling: before, nextSibling: after } = old;
    this.removeChild(old);
    [child.parentNode, child.previousSibling, child.nextSibling] = [this, before, after];
    if (before === null) this.firstChild = child;
    else before.nextSibling = child;
    if (after === null) this.lastChild = child;
    else after.previousSibling = child;
    return old;
  }
  remove(): void {
    this.parentNode?.removeChild(this);
  }
  copy(): ReadingElement {
    const made = new ReadingElement(this.localName);
    for (const attribute of this.attributes) made.attributes.push(attribute.cloneNode());
    for (let child = this.firstChild; child !== null; child = child.nextSibling) made.put(child.copy());
    return made;
  }

  getElementsByTagName(tag: string): ReadingElement[] {
    return gather(this, tag === '*' ? null : [tag.toUpperCase()], []);
  }
  /** For lists of tags, which is all that Readability looks for. */
  querySelectorAll(tags: string): ReadingElement[] {
    return gather(this, tags.toUpperCase().split(','), []);
  }
  /** Readability puts a body aside so, and puts it back: nothing need be written and parsed for that. */
  get innerHTML(): Inside {
    return new Inside(this.localName === 'body' ? this.copy() : this);
  }
  set innerHTML(inside: Inside) {
    while (this.firstChild !== null) this.removeChild(this.firstChild);
    for (const child of inside.held.copy().childNodes) this.appendChild(child);
  }
}

class ReadingDocument extends ReadingElement {
  readonly documentElement = new ReadingElement('html');
  readonly head = new ReadingElement('head');
  readonly body = new ReadingElement('body');
  readonly baseURI = '';
  readonly documentURI = '';
  constructor() {
    super('#document');
    this.put(this.documentElement);
    this.documentElement.put(this.head);
    this.documentElement.put(this.body);
  }
  get title(): string {
    return this.head.getElementsByTagName('title')[0]?.textContent ?? '';
  }
  createElement(tag: string): ReadingElement {
    return new ReadingElement(tag);
  }
  createTextNode(text: string): ReadingText {
    return new ReadingText(text);
  }
}

/** What is in an element. */
class Inside {
  readonly held: ReadingElement;
  constructor(held: ReadingElement) {
    this.held = held;
  }
  /** As HTML where a pattern is tried on it; joined to another text it would only be told to a log that nobody keeps. */
  [Symbol.toPrimitive](wish: string): string {
    return wish === 'string' ? written(this.held) : '';
  }
}

function written(element: ReadingElement): string {
  let text = '';
  for (const child of element.childNodes) {
    if (child.nodeType === 3) text += escaped(child.nodeValue);
    else text += `<${child.localName}${child.attributes.map(({ name, value }) => ` ${name}="${escaped(value)}"`).join('')}>${written(child)}</${child.localName}>`;
  }
  return text;
}

function elementFrom(node: Child | null): ReadingElement | null {
  let at = node;
  while (at !== null && at.nodeType !== 1) at = at.nextSibling;
  return at;
}

function gather(root: ReadingElement, tags: readonly string[] | null, into: ReadingElement[]): ReadingElement[] {
  for (let child = root.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType !== 1) continue;
    if (tags === null || tags.includes(child.tagName)) into.push(child);
    gather(child, tags, into);
  }
  return into;
}

const styled = (text: string, name: 'display' | 'visibility'): string => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]*)`, 'i').exec(text)?.[1]?.trim() ?? '';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);

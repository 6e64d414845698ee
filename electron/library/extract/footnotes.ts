import { idToBe, markOf, pairLooseMarks } from './loose-notes.ts';
import { allElements, append, attr, createElement, createText, detach, dropAttr, find, isBlock, isElement, isText, replace, setAttr, textOf, type Element, type Node } from './tree.ts';

/** Names that only footnotes have, in ids, classes and roles. */
const noteNames = /(?:^|[\s_-])(?:fn|fnref|ftn|_?ftnref|_?edn|cite_?note|cite_?ref|foot-?notes?|end-?notes?|easy-footnote\S*|noteref|doc-noteref|doc-endnotes?|reference|notes?|sdfootnote\S*|anmerkung|annotation)(?=[\s_\d:.-]|$)/i;
const back = /(?:^|[\s_-])(?:back-?link|cite-backlink|footnote-?back|footnote-backref|reversefootnote|easy-footnote-to-top|backref|return|to-top|doc-backlink)(?=[\s_-]|$)/i;
const arrow = /^(?:[\u21a9\u21b5\u2191\u2934\u23ce\u2b06\u25b2^«\s]\ufe0e?\ufe0f?|\[?(?:\d{1,3}|[a-z])\]?[.)]?|(?:back|jump up|return|zurück|retour|返回|戻る))*$/iu;
/** Beyond this many marks on a page, and ways back from one note, the rest stay as they are. */
const most = 3_000;
const mostBacks = 26;

type Reference = { link: Element; at: number };
type Note = { id: string; target: Element; box: Element; refs: Reference[] };

/**
 * Brings footnotes of every make into one form before blocks are cut: a mark is `<sup><a href="#l-…">`, a note begins with its
 * mark or ends with `↩`, and both lead to each other. Where the page has marks and notes but no links, they are linked.
 */
export function settleFootnotes(all: Element[]): void {
  const notes = findNotes(all);
  for (const note of notes) settleNote(note);
  if (notes.length === 0) pairLooseMarks(all);
}

function findNotes(all: Element[]): Note[] {
  const links: Array<{ link: Element; at: number; fragment: string }> = [];
  for (const [at, link] of all.entries()) {
    const fragment = link.tagName === 'a' ? fragmentOf(attr(link, 'href') ?? '') : null;
    if (fragment !== null) links.push({ link, at, fragment });
  }
  if (links.length === 0) return [];
  const targets = new Map<string, { target: Element; place: number }>();
  for (const [place, target] of all.entries()) {
    for (const { name, value } of target.attrs) {
      if ((name === 'id' || (name === 'name' && target.tagName === 'a')) && value !== '' && !targets.has(value)) targets.set(value, { target, place });
    }
  }
  const notes = new Map<Element, Note>();
  let marks = 0;
  for (const { link, at, fragment } of links) {
    const { target, place } = targets.get(fragment) ?? { target: undefined, place: 0 };
    if (target === undefined || place <= at || marks >= most) continue;
    const mark = markOf(textOf(link));
    if (mark === null || /^h[1-6]$/.test(target.tagName)) continue;
    const box = boxOf(target);
    if (box === null || !isNote(link, target, box, fragment)) continue;
    const note = notes.get(target) ?? { id: idFor(fragment), target, box, refs: [] };
    marks++;
    note.refs.push({ link, at });
    notes.set(target, note);
  }
  return [...notes.values()];
}

/** The part after `#`; of a whole address only where it has a footnote's name. */
function fragmentOf(href: string): string | null {
  const raw = /^#(.{1,100})$/.exec(href)?.[1] ?? /[^#]#((?:fn|cite_note|footnote|note|_ftn|_edn|ref)[\w:.-]{0,80})$/i.exec(href)?.[1] ?? null;
  if (raw === null) return null;
  try {
    return decodeURIComponent(raw);
  } catch {
    // Not percent-encoded, then: the id as it is written.
    return raw;
  }
}

/** The id under which a place of the page may stay. */
export const idFor = (name: string): string => `l-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 50) || 'x'}`;

/** The element that is the note: a list item, a paragraph, or a footnote's own box. */
function boxOf(target: Element): Element | null {
  let at: Element | null = target;
  while (at !== null && !isBlock(at.tagName)) at = isElement(at.parentNode) ? at.parentNode : null;
  if (at === null || /^(?:body|table|tbody|ul|ol|section|article|main)$/.test(at.tagName)) return null;
  const parent = at.parentNode;
  if (isElement(parent) && /^(?:li|dd)$/.test(parent.tagName) && at.tagName === 'p') return parent;
  return textOf(at).length > 6_000 ? null : at;
}

function isNote(link: Element, target: Element, box: Element, fragment: string): boolean {
  const names = (element: Element): string => `${attr(element, 'class') ?? ''} ${attr(element, 'role') ?? ''} ${attr(element, 'rel') ?? ''} ${attr(element, 'id') ?? ''}`;
  if (noteNames.test(fragment) || noteNames.test(names(link)) || noteNames.test(names(target))) return true;
  const parent = link.parentNode;
  if (isElement(parent) && parent.tagName === 'sup') return true;
  // The note leads back to where its mark stands.
  const own = [attr(link, 'id'), attr(link, 'name'), isElement(parent) ? attr(parent, 'id') : null];
  return find(box, (one) => one.tagName === 'a' && own.includes((attr(one, 'href') ?? '#').replace(/^.*#/, '') || null)) !== null;
}

function settleNote({ id, target, box, refs }: Note): void {
  const places: string[] = [];
  for (const [i, { link }] of refs.entries()) places.push(settleMark(link, id, i));
  const shared = allElements(box).filter((one) => one !== target && attr(one, idToBe) !== null).length > 0;
  if (shared) {
    setAttr(target, idToBe, id);
    return;
  }
  for (const link of allElements(box)) if (isBack(link)) takeOut(link, box);
  const leading = firstWord(box);
  if (box.tagName === 'li' || box.tagName === 'dd') {
    setAttr(box, idToBe, id);
    const last = box.childNodes.filter((child) => isElement(child) && child.tagName === 'p').at(-1);
    addBacks(isElement(last) ? last : box, places);
    return;
  }
  const mark = refs[0] === undefined ? '' : textOf(refs[0].link);
  const first = box.tagName === 'p' ? box : (find(box, (one) => one.tagName === 'p') ?? box);
  setAttr(first, idToBe, id);
  if (leading !== null && markOf(leading.value.trim()) !== null && textOf(leading) !== '' && markOf(leading.value.trim()) === markOf(mark)) {
    const holder = markHolder(leading, box);
    if (holder === null) leading.value = '';
    else detach(holder);
  }
  const start = createElement('a', { href: `#${places[0] ?? ''}` }, [createText(mark)]);
  trimStart(first);
  first.childNodes.unshift(start, createText(' '));
  start.parentNode = first;
  if (first.childNodes[1] !== undefined) first.childNodes[1].parentNode = first;
  if (places.length > 1) addBacks(first, places.slice(1));
  if (first !== box) for (const child of box.childNodes.slice()) if (child !== first && isText(child) && child.value.trim() === '') detach(child);
}

/** A mark's link inside its `<sup>`; answers with the id of the place. */
function settleMark(link: Element, id: string, i: number): string {
  const text = textOf(link);
  const parent = link.parentNode;
  const around = isElement(parent) && parent.tagName === 'sup' && textOf(parent) === text ? parent : null;
  const before = around ?? link;
  const known = attr(link, 'id') ?? (around === null ? null : attr(around, 'id')) ?? attr(link, 'name');
  const place = known === null || known === '' ? `${id}-ref${i === 0 ? '' : `-${i + 1}`}` : idFor(known);
  const mark = createElement('sup', { [idToBe]: place }, [createElement('a', { href: `#${id}` }, [createText(text)])]);
  replace(before, [mark]);
  return place;
}

function isBack(element: Element): boolean {
  if (element.tagName !== 'a') return false;
  const href = attr(element, 'href') ?? '';
  if (!href.includes('#') && href !== '') return false;
  const names = `${attr(element, 'class') ?? ''} ${attr(element, 'role') ?? ''} ${attr(element, 'rev') ?? ''}`;
  return back.test(names) || (href.includes('#') && textOf(element).length <= 12 && arrow.test(textOf(element)));
}

/** Takes a link back out, with what was only there for it: its own wrapper, brackets and letters. */
function takeOut(link: Element, box: Element): void {
  for (let at = link.parentNode; isElement(at) && at !== box; at = at.parentNode) {
    if (back.test(attr(at, 'class') ?? '')) return detach(at);
  }
  let at: Element = link;
  while (isElement(at.parentNode) && at.parentNode !== box && /^(?:sup|span|b|small|i|em)$/.test(at.parentNode.tagName) && textOf(at.parentNode) === textOf(at)) at = at.parentNode;
  detach(at);
}

function addBacks(holder: Element, places: string[]): void {
  const last = holder.childNodes.at(-1);
  if (isText(last)) last.value = last.value.trimEnd();
  for (const place of places.slice(0, mostBacks)) {
    append(holder, createText(' '));
    append(holder, createElement('a', { href: `#${place}` }, [createText('↩')]));
  }
}

function firstWord(node: Node): Extract<Node, { value: string }> | null {
  if (isText(node)) return node.value.trim() === '' ? null : node;
  if (!isElement(node)) return null;
  for (const child of node.childNodes) {
    const found = firstWord(child);
    if (found !== null) return found;
  }
  return null;
}

/** The outermost element that holds nothing but a note's own number. */
function markHolder(text: Node, box: Element): Element | null {
  let out: Element | null = null;
  for (let at = text.parentNode; isElement(at) && at !== box && textOf(at) === textOf(text) && at.tagName !== 'p'; at = at.parentNode) out = at;
  return out;
}

function trimStart(element: Element): void {
  for (let first = element.childNodes[0]; first !== undefined && isText(first); first = element.childNodes[0]) {
    first.value = first.value.trimStart();
    if (first.value !== '') return;
    element.childNodes.shift();
  }
}

/** Writes the id of a place for good: something kept leads there. */
export function fixId(element: Element): void {
  const id = attr(element, idToBe);
  if (id === null) return;
  dropAttr(element, idToBe);
  setAttr(element, 'id', id);
}

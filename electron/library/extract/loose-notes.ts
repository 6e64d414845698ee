import { append, attr, createElement, createText, detach, isBlock, isElement, isText, replace, setAttr, textOf, type Element, type Node } from './tree.ts';

/** Holds an id of ours until it is known whether anything kept points there. */
export const idToBe = 'data-l-id';
const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const shape = /^[[(（［〔【]?\s*(?:(注|note|nb|fn)\s*\.?\s*)?([①-⑳]|\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})?\s*[\])）］〕】]?[:：.、]?$/iu;

/** What a footnote's mark says without its brackets (`[3]` and `③` are `3`), or null where it is no mark. */
export function markOf(text: string): string | null {
  const match = shape.exec(text.trim());
  const sign = match?.[2];
  if (match === null || (sign === undefined && match[1] === undefined)) return null;
  const number = sign === undefined ? '' : circled.includes(sign) ? String(circled.indexOf(sign) + 1) : sign.toLowerCase();
  return `${match[1] === undefined ? '' : 'n'}${number}`;
}

const headed = /^(?:notes?|foot-?notes?|end-?notes?|references?|sources?|notas?(?: al pie)?|referencias|fuentes|notes? de bas de page|références|anmerkungen|fu(?:ß|ss)noten|quellen|einzelnachweise|note|noten|примечания|сноски|注释|註釋|注解|附注|脚注|注|参考文献|参考资料|注記|参考|각주|주석)\s*[:：]?$/iu;
/** A mark inside running text. Bare numbers count only raised. */
const inText = /[[［〔【(（]\s*注?\s*(?:[①-⑳]|\d{1,3})\s*[\]］〕】)）]|注[①-⑳]/gu;
const leading = /^\s*(?:[[［〔【(（]\s*注?\s*(?:[①-⑳]|\d{1,3})\s*[\]］〕】)）]|注\s*(?:[①-⑳]|\d{1,3})|[①-⑳]|\d{1,3}[.．、)])\s*[:：]?\s*/u;

type Mark = { node: Node; value: string; text: string };

/** Links marks and notes that only look like footnotes: `<sup>1</sup>` and a list headed "Notes", `[1]` or 注① and paragraphs that begin so. */
export function pairLooseMarks(all: Element[]): void {
  const list = lastList(all) ?? lastParagraphs(all);
  if (list === null) return;
  const marks = marksBefore(all, list.items[0] as Element, list.strict);
  const wanted = new Set(list.items.map((_, i) => String(i + 1)));
  const found = marks.filter(({ value }) => wanted.has(value.replace(/^n/, '')));
  if (list.items.some((_, i) => !found.some(({ value }) => value.replace(/^n/, '') === String(i + 1)))) return;
  const seen = new Map<string, number>();
  for (const { node, value, text } of found) {
    const number = value.replace(/^n/, '');
    const times = (seen.get(number) ?? 0) + 1;
    seen.set(number, times);
    const place = `l-note-${number}-ref${times === 1 ? '' : `-${times}`}`;
    replace(node, [createElement('sup', { [idToBe]: place }, [createElement('a', { href: `#l-note-${number}` }, [createText(text)])])]);
  }
  for (const [i, item] of list.items.entries()) {
    setAttr(item, idToBe, `l-note-${i + 1}`);
    const href = `#l-note-${i + 1}-ref`;
    const start = item.tagName === 'li' ? null : takeLeading(item);
    if (start === null) {
      append(item, createText(' '));
      append(item, createElement('a', { href }, [createText('↩')]));
    } else {
      const link = createElement('a', { href }, [createText(start)]);
      link.parentNode = item;
      item.childNodes.unshift(link);
    }
    for (let again = 2; again <= Math.min(26, seen.get(String(i + 1)) ?? 1); again++) {
      append(item, createText(' '));
      append(item, createElement('a', { href: `${href}-${again}` }, [createText('↩')]));
    }
  }
}

type Notes = { items: Element[]; strict: boolean };

/** The last numbered list that stands under the word "Notes". */
function lastList(all: Element[]): Notes | null {
  for (const list of all.toReversed()) {
    if (list.tagName !== 'ol') continue;
    const items = list.childNodes.filter((child): child is Element => isElement(child) && child.tagName === 'li');
    if (items.length > 0 && headed.test(textBefore(list))) return { items, strict: true };
  }
  return null;
}

function textBefore(element: Element): string {
  const siblings = element.parentNode?.childNodes ?? [];
  for (let i = siblings.indexOf(element) - 1; i >= 0; i--) {
    const near = siblings[i];
    if (near !== undefined && (isElement(near) ? near.tagName !== 'hr' && textOf(near) !== '' : isText(near) && near.value.trim() !== '')) return textOf(near);
  }
  return '';
}

/** The last run of paragraphs that begin with marks counted from one. */
function lastParagraphs(all: Element[]): Notes | null {
  for (let i = all.length - 1; i >= 0; i--) {
    const first = all[i];
    if (first === undefined || (first.tagName !== 'p' && first.tagName !== 'div') || !beginsWith(first, 1)) continue;
    const items = [first];
    for (let next = after(first); next !== null && beginsWith(next, items.length + 1); next = after(next)) items.push(next);
    const bare = /^\s*\d/.test(textOf(first));
    if (!bare || headed.test(textBefore(first))) return { items, strict: bare };
  }
  return null;
}

function after(element: Element): Element | null {
  const siblings = element.parentNode?.childNodes ?? [];
  for (const near of siblings.slice(siblings.indexOf(element) + 1)) if (isElement(near) && textOf(near) !== '') return near;
  return null;
}

function beginsWith(element: Element, number: number): boolean {
  if (!/^[\s]*[[（［〔【(注①-⑳\d]/u.test(firstText(element)) || element.childNodes.some((child) => isElement(child) && isBlock(child.tagName))) return false;
  const text = textOf(element).slice(0, 40);
  const start = leading.exec(text)?.[0];
  return start !== undefined && text.length > start.length && markOf(start.replace(/[:：.．、)\s]+$/u, (end) => (/[)]/.test(end) && /^[[(]/.test(start) ? ')' : '')))?.replace(/^n/, '') === String(number);
}

function firstText(node: Element): string {
  for (const child of node.childNodes) {
    if (isText(child) ? child.value.trim() !== '' : isElement(child)) return isText(child) ? child.value.slice(0, 40) : isElement(child) ? firstText(child) : '';
  }
  return '';
}

/** Marks before the notes: raised ones, and, unless only those may count, bracketed ones in the text. */
function marksBefore(all: Element[], end: Element, strict: boolean): Mark[] {
  const out: Mark[] = [];
  const stop = all.indexOf(end);
  for (const element of all.slice(0, stop)) {
    if (/^(?:pre|code|script|style|textarea|a|math|title|head)$/.test(element.tagName)) continue;
    if (element.tagName === 'sup') {
      const text = textOf(element);
      const value = markOf(text);
      if (value !== null && /\d/.test(value) && !element.childNodes.some((child) => isElement(child) && child.tagName === 'a')) out.push({ node: element, value, text });
      continue;
    }
    if (strict) continue;
    for (const node of element.childNodes.slice()) {
      if (!isText(node)) continue;
      const matches = [...node.value.matchAll(inText)].filter((match) => (match.index > 0 || element.childNodes[0] !== node) && attr(element, 'href') === null);
      if (matches.length === 0) continue;
      const parts: Node[] = [];
      let last = 0;
      for (const match of matches) {
        const value = markOf(match[0]);
        if (value === null || !/\d/.test(value)) continue;
        const mark = createText(match[0]);
        parts.push(createText(node.value.slice(last, match.index)), mark);
        out.push({ node: mark, value, text: match[0] });
        last = match.index + match[0].length;
      }
      parts.push(createText(node.value.slice(last)));
      replace(node, parts);
    }
  }
  return out;
}

/** The mark a paragraph begins with, taken out of it; null where it is not plain text. */
function takeLeading(item: Element): string | null {
  let first: Node | undefined = item.childNodes.find((child) => !isText(child) || child.value.trim() !== '');
  while (isElement(first) && textOf(first).length < 8 && first.childNodes.length === 1) first = first.childNodes[0];
  if (!isText(first)) return null;
  const start = leading.exec(first.value)?.[0] ?? (markOf(first.value) === null ? null : first.value);
  if (start === null) return null;
  const kept = start.replace(/[:：.．、\s]+$/u, '').trim();
  first.value = first.value.slice(start.length);
  const rest = start.slice(start.indexOf(kept) + kept.length);
  const holder = first.parentNode;
  if (first.value === '' && isElement(holder) && holder !== item) detach(holder);
  const space = createText(rest.trim() === '' ? ' ' : rest);
  space.parentNode = item;
  item.childNodes.unshift(space);
  return kept;
}

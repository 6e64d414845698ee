import { allElements, append, attr, createElement, createText, isBlock, isElement, isText, replace, textOf, type Element, type Node } from './tree.ts';

const verseName = /(?:^|\s)(?:wp-block-verse|verse|poem|poetry|stanza|strophe|line-block|poem-?(?:body|content|text|stanza)|field-poem)(?=\s|$)/i;
const lineName = /(?:^|\s)(?:line|l|verse-?line|poem-?line|v)(?=\s|$)/i;
const dropName = /(?:^|[\s_-])(?:drop-?cap|dropcaps?|lettrine|first-?letter|initial(?:-?(?:cap|letter))?)(?=[\s_-]|$)/i;

/** Whether an element says that it is verse. */
export const isVerse = (element: Element): boolean => /^(?:div|section|blockquote|p)$/.test(element.tagName) && verseName.test(attr(element, 'class') ?? '');

/** Lines that only a stylesheet breaks become lines in the text itself, and an initial set apart joins its word again. */
export function settleVerse(all: Element[]): void {
  const done = new Set<Element>();
  for (const element of all) {
    const names = attr(element, 'class') ?? '';
    if (element.tagName === 'pre') {
      if (verseName.test(names)) replace(element, [breakLines(createElement('div', { class: names }, element.childNodes.slice()))]);
    } else if (/white-space\s*:\s*(?:pre(?:-wrap|-line)?|break-spaces)/i.test(attr(element, 'style') ?? '')) {
      if (done.has(element) || /^(?:code|table|body|html|textarea)$/.test(element.tagName)) continue;
      for (const one of allElements(element)) done.add(one);
      breakLines(element);
    } else if (names !== '') {
      if (isVerse(element)) joinLines(element);
      if (dropName.test(names)) joinInitial(element);
    }
  }
}

/** Stays where plain spaces fold, and is no paragraph's indent as no-break spaces are. */
const enSpace = '\u2002';

/** Line breaks of the source as `<br>`, indents as spaces that stay. */
function breakLines(element: Element): Element {
  for (const holder of [element, ...allElements(element)]) {
    if (/^(?:pre|code|script|style|textarea|table|ul|ol)$/.test(holder.tagName) || holder.childNodes.some((child) => isElement(child) && isBlock(child.tagName))) continue;
    const own = holder.childNodes.slice();
    for (const [i, node] of own.entries()) {
      if (!isText(node) || !node.value.includes('\n')) continue;
      let text = node.value.replace(/\r\n?/g, '\n');
      if (i === 0 && holder === element) text = text.replace(/^\s*\n/, '');
      if (i === own.length - 1 && holder === element) text = text.replace(/\n\s*$/, '');
      const parts = text.split('\n').flatMap((line, k): Node[] => [
        ...(k === 0 ? [] : [createElement('br')]),
        ...(line === '' ? [] : [createText(line.replace(/^[ \t]+/, (space) => enSpace.repeat(Math.ceil(space.replace(/\t/g, '    ').length / 2))))]),
      ]);
      replace(node, parts);
    }
  }
  return element;
}

/** A box for each line: one paragraph with `<br>` between the lines. */
function joinLines(element: Element): void {
  if (element.childNodes.some((child) => isText(child) && child.value.trim() !== '')) return;
  const lines = element.childNodes.filter(isElement).filter((child) => child.tagName !== 'br');
  const simple = (line: Element): boolean => /^(?:div|p|span)$/.test(line.tagName) && !line.childNodes.some((child) => isElement(child) && (isBlock(child.tagName) || child.tagName === 'br')) && textOf(line).length < 120;
  if (lines.length < 2 || !lines.every(simple)) return;
  // Paragraphs without a name may be stanzas of one line each; short ones, and several, are lines.
  if (!lines.every((line) => lineName.test(attr(line, 'class') ?? '') || line.tagName !== 'p') && lines.length < 3) return;
  const joined = createElement('p');
  for (const [i, line] of lines.entries()) {
    if (i > 0) append(joined, createElement('br'));
    for (const child of line.childNodes.slice()) append(joined, child);
  }
  element.childNodes = [];
  append(element, joined);
}

/** `<span class="dropcap">O</span> nce` is one word. */
function joinInitial(element: Element): void {
  const text = element.tagName === 'img' ? (attr(element, 'alt') ?? '').trim() : textOf(element);
  const parent = element.parentNode;
  if (!isElement(parent) || !/^[\p{Pi}\p{Ps}"'«„¿¡]?\p{L}{1,2}$/u.test(text) || !/^(?:span|b|strong|font|em|i|big|img|div)$/.test(element.tagName)) return;
  const next = parent.childNodes[parent.childNodes.indexOf(element) + 1];
  if (isText(next) && /^\s+\p{Ll}/u.test(next.value)) next.value = next.value.trimStart();
  else if (!isText(next) && element.tagName === 'img') return;
  replace(element, [createText(text)]);
}

import { cloneWhole } from './inline.ts';
import { mathOf } from './tex.ts';
import { allElements, attr, createText, detach, find, isElement, isHtml, isMath, isText, parsePart, replace, setAttr, textOf, type Element, type Node } from './tree.ts';

const drawn = /(?:^|\s)(?:katex|katex-display|katex-block|MathJax|MathJax_Display|MathJax_CHTML|MathJax_SVG|MathJax_SVG_Display|MJXc-display|mjx-chtml|mwe-math-element|ztext-math|math-tex|math-inline|math-display|tex2jax_process|math)(?=\s|$)/;
const pictured = /(?:^|\s)(?:latex|tex|math|mwe-math-fallback-image-\w+|mathjax|wp-katex-eq|equation)(?=\s|$)/i;
const preview = /(?:^|\s)(?:MathJax_Preview|MathJax_SVG_Hidden|MJX_Assistive_MathML|mjx-assistive-mml|katex-html)(?=\s|$)/;
const block = /(?:^|\s)(?:katex-display|katex-block|MathJax_Display|MathJax_SVG_Display|MJXc-display|mwe-math-element-block|display|math-display)(?=\s|$)/;

/**
 * Makes every formula one MathML element. Engines draw each several times over (for eyes, for screen readers, as its source):
 * MathML is taken where there is any, else the source is read. Pages that load an engine may also carry bare `$$…$$`.
 */
export function settleFormulas(all: Element[]): void {
  const gone = new Set<Element>();
  let engine = false;
  const put = (element: Element, math: Element): void => {
    for (const one of allElements(element)) gone.add(one);
    replace(element, [math]);
  };
  for (const element of all) {
    if (gone.has(element)) continue;
    const tag = element.tagName;
    if (tag === 'script') {
      if (/mathjax|katex|\btex(?:-mml)?-(?:chtml|svg)/i.test(attr(element, 'src') ?? '')) engine = true;
      const type = attr(element, 'type') ?? '';
      if (!/^math\/(?:tex|asciimath|mml)/i.test(type)) continue;
      const source = element.childNodes.map((node) => (isText(node) ? node.value : '')).join('');
      const math = dropDrawings(element, gone) ? null : /mml/i.test(type) ? mathIn(source) : mathOf(source, /mode\s*=\s*display/i.test(type));
      replace(element, math === null ? [] : [math]);
      continue;
    }
    if (tag === 'link' && /katex|mathjax/i.test(attr(element, 'href') ?? '')) engine = true;
    if (tag === 'img') {
      const math = isPictured(element) ? mathOf(sourceOf(attr(element, 'data-tex') ?? attr(element, 'data-formula') ?? attr(element, 'alt') ?? ''), isAlone(element)) : null;
      if (math !== null) put(element, math);
      continue;
    }
    if (!isHtml(element)) continue;
    const names = attr(element, 'class') ?? '';
    if (tag === 'mjx-container' || (names !== '' && drawn.test(names))) {
      const math = mathOfDrawing(element, names);
      if (math !== null) put(element, math);
    }
  }
  if (engine || all.some((one) => one.tagName === 'body' && /tex2jax|mathjax/i.test(attr(one, 'class') ?? ''))) readDollars(all.filter((one) => !gone.has(one)));
}

function mathOfDrawing(element: Element, names: string): Element | null {
  const found = find(element, (one) => isMath(one) && one.tagName === 'math');
  const isBlock = block.test(names) || attr(element, 'display') === 'true' || (isElement(element.parentNode) && block.test(attr(element.parentNode, 'class') ?? ''));
  // Where the source of a script stands beside the drawing, that script is read instead.
  if (find(element, (one) => one.tagName === 'script' && (attr(one, 'type') ?? '').startsWith('math/')) !== null) return null;
  const math = found !== null ? cloneWhole(found) : mathIn(attr(element, 'data-mathml') ?? '');
  if (math !== null) {
    if (isBlock && attr(math, 'display') === null) setAttr(math, 'display', 'block');
    return math;
  }
  const source = attr(element, 'data-tex') ?? attr(element, 'data-latex') ?? attr(element, 'data-formula') ?? annotated(element) ?? between(textOf(element));
  return source === null ? null : mathOf(sourceOf(source), isBlock);
}

const mathIn = (source: string): Element | null => {
  const found = source === '' ? null : find(parsePart(source), (one) => isMath(one) && one.tagName === 'math');
  return found === null ? null : cloneWhole(found);
};

function annotated(element: Element): string | null {
  const note = find(element, (one) => one.tagName === 'annotation');
  return note === null ? null : note.childNodes.map((node) => (isText(node) ? node.value : '')).join('');
}

/** `\(…\)` and its kind alone in an element that says it is math. */
const between = (text: string): string | null => /^(?:\\\(([\s\S]+)\\\)|\\\[([\s\S]+)\\\]|\$\$([\s\S]+)\$\$|\$([^$]+)\$)$/.exec(text.trim())?.slice(1).find((one) => one !== undefined) ?? null;

const sourceOf = (text: string): string => (between(text) ?? text).replace(/^\s*(?:\\displaystyle|\\latex)\s*/i, '');

function isPictured(img: Element): boolean {
  const alt = attr(img, 'alt') ?? '';
  if (attr(img, 'eeimg') !== null || attr(img, 'data-tex') !== null || attr(img, 'data-eeimg') !== null) return true;
  if (alt.trim() === '' || alt.length > 2_000) return false;
  return pictured.test(attr(img, 'class') ?? '') || /(?:[/=.](?:latex|mathtex|mimetex)(?:\.php)?\?|\/equation\?tex=|\/cgi-bin\/mathtex|\/math\/(?:render|svg)\/|chart\?cht=tx|latex\.codecogs\.com)/i.test(attr(img, 'src') ?? '');
}

/** A picture that is all its paragraph holds. */
function isAlone(element: Element): boolean {
  const parent = element.parentNode;
  return isElement(parent) && /^(?:p|div|center|figure)$/.test(parent.tagName) && textOf(parent) === '' && allElements(parent).filter((one) => one.tagName === 'img').length === 1;
}

/** What an engine drew from a script's source stands right before it: taken away, unless it was MathML; answers whether it was. */
function dropDrawings(script: Element, gone: Set<Element>): boolean {
  for (;;) {
    const siblings = script.parentNode?.childNodes.filter((node) => !isText(node) || node.value.trim() !== '') ?? [];
    const near = siblings[siblings.indexOf(script) - 1];
    if (!isElement(near)) return false;
    if (isMath(near) && near.tagName === 'math') {
      const before = siblings[siblings.indexOf(near) - 1];
      if (isElement(before) && preview.test(attr(before, 'class') ?? '')) detach(before);
      return true;
    }
    const names = attr(near, 'class') ?? '';
    if (!drawn.test(names) && !preview.test(names) && near.tagName !== 'mjx-container') return false;
    for (const one of [near, ...allElements(near)]) gone.add(one);
    detach(near);
  }
}

const unread = /^(?:pre|code|script|style|textarea|kbd|samp|math|svg|a|title|annotation)$/;
const marks = /\$\$([\s\S]{1,3000}?)\$\$|\\\[([\s\S]{1,3000}?)\\\]|\\\(([\s\S]{1,1000}?)\\\)|(?<![\\$\p{L}\d])\$(?![\s$])([^$\n]{1,300}?)(?<![\s\\])\$(?![\d$])|(\\begin\{(align|equation|gather|eqnarray|multline)(\*?)\}[\s\S]{1,3000}?\\end\{\6\7\})/gu;

/** Bare sources in the text of a page whose engine would have read them. Single dollars count only around what cannot be a price. */
function readDollars(all: Element[]): void {
  for (const element of all) {
    if (unread.test(element.tagName) || !isHtml(element)) continue;
    joinBreaks(element);
    for (const node of element.childNodes.slice()) {
      if (!isText(node) || !/[$\\]/.test(node.value)) continue;
      const parts: Node[] = [];
      let last = 0;
      for (const match of node.value.matchAll(marks)) {
        const [whole, double, square, round, single, environment] = match;
        if (single !== undefined && (!/[A-Za-z\\^_{}=]/.test(single) || /\p{Script=Han}/u.test(single) || /\b[a-z]{4,}\s+[a-z]{2,}\b/i.test(single.replace(/\\text\{[^}]*\}/g, '')))) continue;
        const math = mathOf(double ?? square ?? round ?? single ?? environment ?? '', round === undefined && single === undefined);
        if (math === null) continue;
        parts.push(createText(node.value.slice(last, match.index)), math);
        last = match.index + whole.length;
      }
      if (last === 0) continue;
      parts.push(createText(node.value.slice(last)));
      replace(node, parts.filter((part) => !isText(part) || part.value !== ''));
    }
  }
}

/** A source that was written over several lines and got a `<br>` at the end of each. */
function joinBreaks(element: Element): void {
  if (!element.childNodes.some((child) => isElement(child) && child.tagName === 'br')) return;
  const simple = element.childNodes.every((child) => isText(child) || (isElement(child) && child.tagName === 'br'));
  const text = element.childNodes.map((child) => (isText(child) ? child.value : '\n')).join('');
  if (simple && between(text) !== null) replaceAll(element, createText(text));
}

function replaceAll(element: Element, node: Node): void {
  element.childNodes = [];
  node.parentNode = element;
  element.childNodes.push(node);
}

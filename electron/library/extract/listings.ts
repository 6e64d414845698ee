import { codeText, isBeside, languageOf, listing } from './code.ts';
import { allElements, append, attr, createElement, createText, detach, isElement, isText, replace, textOf, type Element, type Node } from './tree.ts';

/** What highlighters and editors make of a listing when they draw it with boxes of their own. */
const drawn =
  /(?:^|\s)(?:syntaxhighlighter|crayon-syntax|CodeMirror|cm-editor|monaco-editor|code-snippet__fix|highlighttable|codehilitetable|lntable|rouge-table|js-file-line-container|enlighter|react-code-lines|blob-code-content)(?=\s|$)/;
/** Boxes around a `<pre>` that may hold a title, a language's name and buttons beside it. */
const around =
  /(?:^|[\s_-])(?:code-?toolbar|code-?block|codeBlockContainer\S*|theme-code-block|highlighter-rouge|code-wrapper|code-?box|code-?container|code-?group|code-?example|vp-adaptive-theme|vp-code|expressive-code|highlight|codehilite|cnblogs_code|code-block-extension-header)(?=[\s_-]|$)|(?:^|\s)language-\w/i;
/** A highlighter's box holds hardly more elements than its code has words. */
const mostAround = 20_000;
const mostBoxes = 1_000;
const titleNames = /title|file-?name|caption/i;

/**
 * Makes every listing a `<pre>` with nothing in it but code: tables with gutters, editors with a box for each line and
 * code cut by `<br>` become one; line numbers, names of languages and buttons go; titles become captions.
 */
export function settleListings(all: Element[]): void {
  const gone = new Set<Element>();
  let boxes = 0;
  for (const element of all) {
    if (gone.has(element)) continue;
    const tag = element.tagName;
    if (tag === 'pre') {
      for (const one of allElements(element)) gone.add(one);
      settlePre(element);
    }
    else if (tag === 'code') breakCode(element);
    else if (/^(?:div|figure|table|section|tbody|enlighter-code)$/.test(tag)) {
      const names = attr(element, 'class') ?? '';
      if (drawn.test(names) || isNumbered(element, names)) {
        const made = fromDrawing(element);
        if (made === null) continue;
        for (const one of allElements(element)) gone.add(one);
        replace(element, [made]);
      } else if ((tag === 'div' || tag === 'figure') && (around.test(names) || attr(element, 'data-rehype-pretty-code-figure') !== null) && ++boxes < mostBoxes) settleAround(element);
    }
  }
}

/** `<figure class="highlight yaml"><table>` and its kind: a column of numbers and a column of code. */
function isNumbered(element: Element, names: string): boolean {
  if (element.tagName !== 'table' && !(element.tagName === 'figure' && /(?:^|\s)highlight(?:\s|$)/.test(names))) return false;
  const cells = allElements(element).filter((one) => one.tagName === 'td');
  return cells.length >= 2 && cells.length <= 4_000 && cells.some((cell) => /(?:^|[\s_-])(?:gutter|linenos?|line-?numbers?|blob-num|hljs-ln-numbers|rouge-gutter)(?:\s|$)/.test(attr(cell, 'class') ?? '')) && cells.some((cell) => /(?:^|[\s_-])(?:code|blob-code|hljs-ln-code|rouge-code)(?:[\s_-]|$)/.test(attr(cell, 'class') ?? ''));
}

function fromDrawing(root: Element): Element | null {
  const inside = allElements(root);
  const plain = inside.find((one) => one.tagName === 'textarea' && /crayon-plain/.test(attr(one, 'class') ?? ''));
  const pres = inside.filter((one) => one.tagName === 'pre' && !isBeside(one) && !underBeside(one, root));
  const part = inside.find((one) => /(?:^|\s)(?:CodeMirror-code|cm-content|view-lines)(?=\s|$)/.test(attr(one, 'class') ?? '')) ?? inside.find((one) => one.tagName === 'td' && /(?:^|\s)(?:code|rouge-code)(?=\s|$)/.test(attr(one, 'class') ?? '')) ?? root;
  const raw = plain === undefined ? '' : plain.childNodes.map((node) => (isText(node) ? node.value : '')).join('');
  const text = raw.trim() !== '' ? raw : pres.length === 1 && pres[0] !== undefined ? codeText(pres[0]) : codeText(withoutLayout(part));
  if (text.trim() === '') return null;
  const label = inside.find((one) => /(?:^|\s)crayon-language(?=\s|$)/.test(attr(one, 'class') ?? ''));
  const lang = languageOf(root) ?? (pres[0] === undefined ? null : languageOf(pres[0])) ?? (label === undefined ? null : nameOf(textOf(label)));
  const title = inside.find((one) => one.tagName === 'figcaption' || /(?:^|\s)crayon-title(?=\s|$)/.test(attr(one, 'class') ?? ''));
  return titled(listing(text, lang), title === undefined ? '' : textOf(title));
}

const nameOf = (label: string): string | null => (/^[A-Za-z][\w+#.-]{0,19}$/.test(label) ? label.toLowerCase() : null);

function underBeside(element: Element, root: Element): boolean {
  for (let at = element.parentNode; isElement(at) && at !== root; at = at.parentNode) if (isBeside(at)) return true;
  return false;
}

/** A copy whose white space between boxes, which is only the source's layout, is gone. */
function withoutLayout(part: Element): Element {
  const copy: Element = { ...part, childNodes: [], parentNode: null };
  const boxes = part.childNodes.some((child) => isElement(child) && /^(?:div|tr|tbody|table|td|pre|li)$/.test(child.tagName));
  for (const child of part.childNodes) {
    if (isText(child) && boxes && child.value.trim() === '') continue;
    const inner: Node = isElement(child) ? (/^(?:div|tr|tbody|table|td|li|section)$/.test(child.tagName) ? withoutLayout(child) : { ...child }) : isText(child) ? createText(child.value) : child;
    if (isElement(inner) || isText(inner)) copy.childNodes.push(inner);
  }
  return copy;
}

/** Line numbers and buttons inside a `<pre>` go, and what each line's own element says is said by line breaks. */
function settlePre(pre: Element): void {
  const lang = languageOf(pre);
  const inside = allElements(pre);
  if (inside.some((one) => isBeside(one) || /^(?:table|li|div)$/.test(one.tagName) || /(?:^|\s)(?:line|token-line|view-line)(?=\s|$)/.test(attr(one, 'class') ?? '') || attr(one, 'data-line') !== null || (one.tagName === 'code' && one.parentNode === pre && pre.childNodes.filter((child) => isElement(child) && child.tagName === 'code').length > 1))) {
    const made = listing(codeText(pre), lang);
    pre.childNodes = [];
    for (const child of made.childNodes.slice()) append(pre, child);
  }
  if (lang !== null && attr(pre, 'data-lang') === null) pre.attrs.push({ name: 'data-lang', value: lang });
}

/** Code with breaks in it that is all its paragraph says was meant as a listing. */
function breakCode(code: Element): void {
  const parent = code.parentNode;
  if (!isElement(parent) || parent.tagName === 'pre' || !/^(?:p|div|td|section|figure)$/.test(parent.tagName)) return;
  const breaks = code.childNodes.some((child) => isElement(child) && (child.tagName === 'br' || /^(?:div|p)$/.test(child.tagName)));
  const lines = !breaks && languageOf(code) !== null && code.childNodes.some((child) => isText(child) && child.value.trim().includes('\n'));
  if ((!breaks && !lines) || parent.childNodes.some((child) => child !== code && (isText(child) ? child.value.trim() !== '' : isElement(child) && child.tagName !== 'button' && child.tagName !== 'br' && !isBeside(child)))) return;
  const made = listing(codeText(code), languageOf(code));
  replace(parent.tagName === 'p' ? parent : code, [made]);
}

/** What stands beside the one `<pre>` in a highlighter's box. */
function settleAround(box: Element): void {
  const inside = allElements(box);
  if (inside.length > mostAround) return;
  const pres = inside.filter((one) => one.tagName === 'pre' && !underPre(one, box) && !isBeside(one));
  const pre = pres[0];
  if (pre === undefined || pres.length > 1 || textOf(box).length - textOf(pre).length > 160) return;
  let title = '';
  for (const one of beside(box, pre)) {
    if (isElement(one) && titleNames.test(`${attr(one, 'class') ?? ''} ${one.tagName} ${attr(one, 'data-rehype-pretty-code-title') === null ? '' : 'title'}`) && !/^(?:button)$/.test(one.tagName) && title === '') title = textOf(one);
    detach(one);
  }
  if (title === '') return;
  const lang = languageOf(pre);
  if (lang !== null && attr(pre, 'data-lang') === null) pre.attrs.push({ name: 'data-lang', value: lang });
  replace(box, [titled(pre, title)]);
}

const titled = (pre: Element, title: string): Element => (title === '' ? pre : createElement('figure', {}, [createElement('figcaption', {}, [createText(title)]), pre]));

/** Everything in `box` that is neither the listing nor around it. */
function beside(box: Element, pre: Element): Node[] {
  const path = new Set<Node>([pre]);
  for (let at = pre.parentNode; isElement(at) && at !== box; at = at.parentNode) path.add(at);
  const out: Node[] = [];
  const walk = (parent: Element): void => {
    for (const child of parent.childNodes) {
      if (child === pre) continue;
      if (path.has(child) && isElement(child)) walk(child);
      else if (isElement(child) || (isText(child) && child.value.trim() !== '')) out.push(child);
    }
  };
  walk(box);
  return out;
}

function underPre(element: Element, root: Element): boolean {
  for (let at = element.parentNode; isElement(at) && at !== root; at = at.parentNode) if (at.tagName === 'pre') return true;
  return false;
}

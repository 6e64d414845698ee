import { isMediaTag, showMedia } from './pictures.ts';
import { attr, createElement, createText, find, isElement, isHtml, isMath, isSilent, isText, rawText, type Element, type Node } from './tree.ts';

/** A copy of inline content as it is kept: pictures and embeds resolved, formulas as MathML, controls gone. The page's own nodes stay untouched. */
export function copyInline(node: Node): Node[] {
  if (isText(node)) return [createText(node.value)];
  if (!isElement(node)) return [];
  if (isMath(node) && node.tagName === 'math') return [cloneWhole(node)];
  const formula = formulaOf(node);
  if (formula !== null) return [formula];
  const tag = node.tagName;
  if (!isHtml(node) || isSilent(tag) || /^(?:button|input|dialog|canvas|map|link|meta)$/.test(tag)) return [];
  if (isMediaTag(tag)) {
    const shown = showMedia(node);
    return shown === null ? [] : [shown];
  }
  if (/\b(?:sr-only|visually-hidden|screen-reader-text)\b/.test(attr(node, 'class') ?? '') && rawText(node).length < 60) return [];
  const children = node.childNodes.flatMap(copyInline);
  if (tag === 'span' || tag === 'font') return children;
  if (tag === 'a' && (attr(node, 'href') ?? '') === '' && attr(node, 'id') === null && attr(node, 'name') === null) return children;
  const copy = createElement(tag, {}, children);
  copy.attrs = node.attrs;
  return [copy];
}

/** KaTeX, MathJax and MediaWiki draw a formula several times over; its MathML is the one to keep. */
function formulaOf(element: Element): Node | null {
  const names = attr(element, 'class') ?? '';
  if (!/\b(?:katex|katex-display|MathJax|MathJax_Display|MathJax_CHTML|mwe-math-element|MathJax_SVG)\b/.test(names) && element.tagName !== 'mjx-container') return null;
  const math = find(element, (one) => isMath(one) && one.tagName === 'math');
  if (math !== null) return cloneWhole(math);
  const source = attr(element, 'data-mathml');
  return source === null ? null : createElement('code', {}, [createText(attr(element, 'data-tex') ?? rawText(element))]);
}

/** A deep copy without a parent. */
export function cloneWhole(element: Element): Element {
  const copy: Element = { ...element, attrs: element.attrs.map((one) => ({ ...one })), childNodes: [], parentNode: null };
  for (const child of element.childNodes) {
    const inner = isText(child) ? createText(child.value) : isElement(child) ? cloneWhole(child) : null;
    if (inner === null) continue;
    inner.parentNode = copy;
    copy.childNodes.push(inner);
  }
  return copy;
}

/** Code as its lines, with the language its classes name. */
export function copyCode(pre: Element): Element {
  const text = codeText(pre).replace(/^\n+/, '').trimEnd().replace(/\u00a0/g, ' ');
  const out = createElement('pre', {}, [createElement('code', {}, [createText(text)])]);
  const lang = languageOf(pre);
  if (lang !== null) out.attrs.push({ name: 'data-lang', value: lang });
  return out;
}

function codeText(node: Node): string {
  if (isText(node)) return node.value;
  if (!isElement(node)) return '';
  if (node.tagName === 'br') return '\n';
  if (/\b(?:line-?numbers?(?:-rows)?|lineno|gutter|linenos|ln-num|copy-?btn|copy)\b/i.test(attr(node, 'class') ?? '') && node.tagName !== 'pre' && node.tagName !== 'code') return '';
  if (/^(?:button|script|style)$/.test(node.tagName)) return '';
  const inner = node.childNodes.map(codeText).join('');
  return /^(?:div|li|p|tr)$/.test(node.tagName) && !inner.endsWith('\n') ? `${inner}\n` : inner;
}

function languageOf(pre: Element): string | null {
  for (let at: Node | null = pre, up = 0; at !== null && isElement(at) && up < 4; at = isElement(at.parentNode) ? at.parentNode : null, up++) {
    const inner: Element | null = up === 0 ? find(at, (one) => one.tagName === 'code') : null;
    for (const element of [at, inner]) {
      if (element === null) continue;
      const named = attr(element, 'data-lang') ?? attr(element, 'data-language') ?? attr(element, 'lang-name');
      if (named !== null && /^[\w+#.-]{1,20}$/.test(named)) return named.toLowerCase();
      const match = /(?:^|\s)(?:language|lang|highlight-source|highlight|brush:?)[-\s]?:?\s*([a-z][\w+#.-]{0,19})/i.exec(attr(element, 'class') ?? '');
      if (match !== null && !/^(?:wrapper|text|plain|plaintext|none|highlight|js-code|copy)/i.test(match[1] ?? '')) return (match[1] ?? '').toLowerCase();
    }
  }
  return null;
}

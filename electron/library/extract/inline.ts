import { isMediaTag, showMedia } from './pictures.ts';
import { attr, createElement, createText, isElement, isHtml, isMath, isSilent, isText, rawText, type Element, type Node } from './tree.ts';

/** A copy of inline content as it is kept: pictures and embeds resolved, formulas as MathML, controls gone. The page's own nodes stay untouched. */
export function copyInline(node: Node): Node[] {
  if (isText(node)) return [createText(node.value)];
  if (!isElement(node)) return [];
  if (isMath(node) && node.tagName === 'math') return [cloneWhole(node)];
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

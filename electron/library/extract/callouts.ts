import { allElements, attr, find, isBlock, isElement, textOf, type Element } from './tree.ts';

/** Boxes that documentation and blog engines make for a note, a tip or a warning. */
const named = /(?:^|\s)(?:markdown-alert|admonition|theme-admonition|admonitionblock|custom-block|hint-container|callout|bs-callout|notion-callout|notion-callout-block|kg-callout-card|wp-block-callout|rst-note|c-callout|aside-note|docs-callout|alert-box|note-box|tip-box|warning-box)(?=\s|$)/i;
const plain = /(?:^|\s)(?:note|tip|hint|warning|caution|important|danger|attention)(?=\s|$)/i;
const alert = /(?:^|\s)alert\s+(?:.*\s)?alert-(?:info|warning|danger|success|primary|secondary|light)(?=\s|$)/i;
const titleName = /(?:^|[\s_-])(?:title|heading|label|header|admonitionHeading\S*|custom-block-title)(?=[\s_-]|$)/i;

/** Whether an element has a name that only notes have. */
export const isNamedCallout = (element: Element): boolean => /^(?:div|aside|section)$/.test(element.tagName) && named.test(attr(element, 'class') ?? '');

/** Whether an element is a note set apart from the text. */
export function isCallout(element: Element): boolean {
  if (!/^(?:div|aside|section|p|blockquote)$/.test(element.tagName)) return false;
  const names = attr(element, 'class') ?? '';
  return named.test(names) || alert.test(names) || ((element.tagName === 'div' || element.tagName === 'aside') && plain.test(names)) || attr(element, 'role') === 'note' || (element.tagName === 'aside' && /(?:^|\s)(?:is-)?(?:note|tip|warning)/i.test(names));
}

/** The block in a callout that only says what it is: "Note", "Warning". */
export function labelOf(callout: Element): Element | null {
  const found = find(callout, (one) => isBlock(one.tagName) && titleName.test(attr(one, 'class') ?? '') && textOf(one).length > 0 && textOf(one).length <= 60);
  if (found !== null) return found;
  const first = callout.childNodes.find(isElement);
  return first !== undefined && /^(?:h[1-6])$/.test(first.tagName) && textOf(first).length <= 60 ? first : null;
}

/** What is only drawn beside the text. */
export const iconsIn = (callout: Element): Element[] => allElements(callout).filter((one) => isBlock(one.tagName) && textOf(one).length <= 6 && textOf(one) !== '' && !/[\p{L}\p{N}]/u.test(textOf(one)));

/** A label as it is shown; engines write it small and let a stylesheet raise it. */
export const labelText = (label: Element): string => {
  const text = textOf(label);
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
};

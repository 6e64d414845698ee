import { append, attr, createElement, find, isBlock, isElement, isText, textOf, type Element, type Node } from './tree.ts';

/** A list as it is kept. One that only laid out pictures is its pictures; a picture between two items joins the item before it. */
export function keepListsWhole(element: Element, nodes: Node[]): Node[] {
  const isFigure = (node: Node): boolean => isElement(node) && node.tagName === 'figure';
  const items = nodes.filter((node): node is Element => isElement(node) && node.tagName === 'li');
  if (items.length > 0 && items.length === nodes.length && items.every((item) => item.childNodes.length > 0 && item.childNodes.every(isFigure))) return items.flatMap((item) => item.childNodes.slice());
  const list = createElement(element.tagName);
  list.attrs = element.attrs;
  for (const node of nodes) {
    const last = list.childNodes.at(-1);
    if ((isElement(node) && /^(?:li|ul|ol)$/.test(node.tagName)) || !isElement(last)) append(list, isElement(node) && node.tagName === 'li' ? node : createElement('li', {}, [node]));
    else append(last, node);
  }
  return [list];
}

/** Who is quoted: the short lines in a quotation that name somebody. */
export function attributionsIn(quote: Element): Element[] {
  const out: Element[] = [];
  const walk = (parent: Element): void => {
    for (const child of parent.childNodes) {
      if (!isElement(child) || child.tagName === 'blockquote') continue;
      const names = attr(child, 'class') ?? '';
      const says = child.tagName === 'footer' || /(?:^|[\s_-])(?:attribution|author|cite|source|quote-?by|citation|byline)(?=[\s_-]|$)/i.test(names) || (child.tagName !== 'cite' && isBlock(child.tagName) && find(child, (one) => one.tagName === 'cite') !== null);
      if (says && isBlock(child.tagName) && textOf(child).length < 160) out.push(child);
      else walk(child);
    }
  };
  walk(quote);
  return out;
}

/** A quotation in a figure takes the name under it; a caption without a picture is no caption. */
export function citeAttribution(nodes: Node[]): Node[] {
  const quote = nodes.find((node): node is Element => isElement(node) && node.tagName === 'blockquote');
  return nodes.flatMap((node): Node[] => {
    if (!isElement(node) || node.tagName !== 'figcaption') return [node];
    if (quote === undefined) return [createElement('figure', {}, [node])];
    const children = node.childNodes.slice();
    const cited = children.some((child) => isElement(child) && child.tagName === 'cite') ? children : [createElement('cite', {}, children.filter((child) => !isText(child) || child.value !== ''))];
    append(quote, createElement('p', {}, cited));
    return [];
  });
}

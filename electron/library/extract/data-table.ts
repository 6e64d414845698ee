import { attr, isElement, textOf, type Element } from './tree.ts';

/** A table of facts, not of layout: it has headers, or a regular grid of short cells. */
export function isDataTable(table: Element): boolean {
  if (/^(?:presentation|none)$/.test(attr(table, 'role') ?? '')) return false;
  let rows = 0; let cells = 0; let headers = 0; let nested = 0; let longest = 0;
  const walk = (element: Element): void => {
    for (const child of element.childNodes) {
      if (!isElement(child)) continue;
      if (child.tagName === 'table') nested++;
      else {
        if (child.tagName === 'tr') rows++;
        if (child.tagName === 'td') {
          cells++;
          longest = Math.max(longest, textOf(child).length);
        }
        if (child.tagName === 'th' || child.tagName === 'caption') headers++;
        walk(child);
      }
    }
  };
  walk(table);
  if (nested > 0) return false;
  if (headers > 0) return rows > 1;
  return rows >= 2 && cells / rows >= 2 && longest < 600;
}

import type { ImportFormat } from '../../../../shared/import-format.ts';
import { attr, isElement, isText, parsePage, textOf, type Element, type Node } from '../../extract/tree.ts';
import { type BroughtAll, dateOf, deepest, type Found, gather } from './brought.ts';

/** Whether a page is a bookmarks file, by how it begins: some have no declaration. */
export const isBookmarksFile = (start: string): boolean => /<!doctype\s+netscape-bookmark/i.test(start) || /<dl\b[^<>]*>[\s\S]{0,4000}?<dt>\s*<(?:h3|a)\b/i.test(start) || /<a\b[^<>]*\btime_added\s*=/i.test(start);

/**
 * Bookmarks as browsers and most services hand them out (the Netscape format: nested `dl`, folders named by `h3`, notes in
 * `dd`), and Pocket's older page, where the heading before a list tells what was archived. Null where no link is in it.
 */
export function readBookmarks(html: string): BroughtAll | null {
  const found: Found[] = [];
  const pocket = /<a\b[^<>]*\btime_added\s*=/i.test(html.slice(0, 200_000)) && !/<dl\b/i.test(html.slice(0, 200_000));
  const linkding = /\bPRIVATE\s*=\s*"[01]"\s+TOREAD\s*=/i.test(html.slice(0, 200_000));
  const folders: string[] = [];
  let heading = '';
  let last: Found | null = null;

  const enter = (element: Element): void => {
    switch (element.tagName) {
      case 'h1':
      case 'h3':
        heading = isRoot(element) ? '' : (textOf(element) ?? '');
        last = null;
        break;
      case 'dl':
      case 'ul':
        folders.push(element.tagName === 'ul' && pocket ? '' : heading);
        if (!pocket) heading = '';
        break;
      case 'a':
        last = linkIn(element, folders);
        if (pocket) last.archived = /archive/i.test(heading);
        found.push(last);
        break;
      case 'dd':
        if (last !== null) note(last, element);
        break;
      default:
    }
  };
  walk(parsePage(html).tree.childNodes, enter, (element) => {
    if (element.tagName !== 'dl' && element.tagName !== 'ul') return;
    folders.pop();
    last = null;
  });
  const format: ImportFormat = pocket ? 'pocket' : linkding ? 'linkding' : 'bookmarks';
  return found.length === 0 ? null : gather(format, found);
}

/** The browser's own folders, whose names are the same for everybody, and the heading of the whole. */
const isRoot = (element: Element): boolean => element.tagName === 'h1' ? (textOf(element) ?? '') === '' || element.parentNode?.nodeName !== 'dt' && !/archive|unread/i.test(textOf(element) ?? '') : attr(element, 'personal_toolbar_folder') !== null || attr(element, 'unfiled_bookmarks_folder') !== null;

function linkIn(element: Element, folders: readonly string[]): Found {
  const tags = (attr(element, 'tags') ?? '').split(',');
  const archived = tags.includes('linkding:bookmarks.archived');
  return {
    url: attr(element, 'href') ?? '', title: textOf(element) ?? '', at: dateOf(attr(element, 'add_date') ?? attr(element, 'time_added') ?? ''),
    tags: tags.filter((tag) => tag !== 'linkding:bookmarks.archived'), folder: folders.filter((name) => name !== '').slice(0, deepest), archived,
  };
}

/** Only its own words: a list that follows a folder's note lies in it for the parser. */
function note(found: Found, element: Element): void {
  const words = element.childNodes.map((node) => (isText(node) ? node.value : '')).join('').replaceAll(/\[\/?linkding-notes\]/g, '\n').trim();
  if (words !== '') found.note = words;
}

/** Depth first, without recursion: files nest as deep as somebody likes. */
function walk(nodes: readonly Node[], enter: (element: Element) => void, leave: (element: Element) => void): void {
  const open: Array<{ node: Node; left: boolean }> = nodes.map((node) => ({ node, left: false })).toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, left } = next;
    if (!isElement(node)) continue;
    if (left) {
      leave(node);
      continue;
    }
    enter(node);
    open.push({ node, left: true });
    for (const child of node.childNodes.toReversed()) open.push({ node: child, left: false });
  }
}

import type { ArticleId } from '../../shared/article.ts';

/** What a press on a link in an article does. `note`: a footnote to show in place; `away`: leaves for the browser. */
export type Destination =
  | { to: 'note'; target: Element }
  | { to: 'anchor'; target: Element }
  | { to: 'article'; id: ArticleId; url: string }
  | { to: 'away'; url: string }
  | { to: 'nowhere' };

/**
 * Decides where a link leads: inside this article, to one of the library's, out to the web, or nowhere. `known` has the
 * library's articles by address as written; `own` is this article's address.
 */
export function destinationOf(link: Element, own: string | null, known: ReadonlyMap<string, ArticleId>): Destination {
  const href = link.getAttribute('href') ?? '';
  const url = href.startsWith('#') ? null : URL.parse(href);
  const inside = url === null || (own !== null && url.hash !== '' && sameButHash(url, own));
  if (inside) {
    const target = targetOf(link.ownerDocument, href.slice(href.indexOf('#') + 1));
    if (target !== null) return isNote(link, target) ? { to: 'note', target } : { to: 'anchor', target };
  }
  if (url === null || !/^https?:$/.test(url.protocol)) return { to: 'nowhere' };
  const id = known.get(href);
  return id === undefined ? { to: 'away', url: url.href } : { to: 'article', id, url: url.href };
}

function sameButHash(url: URL, own: string): boolean {
  const plain = new URL(url);
  plain.hash = '';
  return plain.href === own.replace(/#.*$/s, '');
}

/** Stored anchors are written with an `l-` of ours in front. Only the article's own text can be a target. */
function targetOf(doc: Document, name: string): Element | null {
  if (name === '') return null;
  let plain = name;
  try {
    plain = decodeURIComponent(name);
  } catch {
    // A stray % is part of the name then.
  }
  const names = [name, `l-${name}`, plain, `l-${plain}`];
  const found = names.map((each) => doc.getElementById(each)).find((each) => each !== null);
  return found !== undefined && doc.getElementById('body')?.contains(found) === true ? found : null;
}

/** A footnote: a short mark such as `3`, `[3]` or `*` that leads forward to something that is no heading. */
function isNote(link: Element, target: Element): boolean {
  const mark = (link.textContent ?? '').trim();
  const short = /^[[(（［〔【]?\s*(?:(?:注|note|nb)?\s*(?:\d{1,3}|[①-⑳])|[a-z]|[ivx]+|[*†‡§¶]{1,3}|注|note)\s*[\])）］〕】]?$/iu.test(mark);
  const forward = (link.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return short && forward && !/^h\d$/i.test(target.tagName);
}

/** The element whose content is the note: the list item, definition or paragraph the anchor is at or in. */
export function noteOf(target: Element): Element {
  return target.closest('li, dd, p, aside, blockquote, td') ?? target;
}

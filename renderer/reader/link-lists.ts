import type { ArticleId, ResourceLink, ResourceList } from '../../shared/article.ts';

/** A link list as the reader shows it: `at` is its place among the article's lists, `links` those that fit what is looked for. */
export type ShownList = { list: ResourceList; at: number; links: ResourceLink[] };

/** From this many links on a field to look among them is offered. */
export const manyLinks = 30;
/** A page with more links than this begins with its later lists folded. */
const mostOpen = 60;

/** How many different addresses these lists have. */
export function addressesIn(lists: readonly ResourceList[]): string[] {
  return [...new Set(lists.flatMap(({ links }) => links.flatMap(({ url }) => url ?? [])))].slice(0, 10_000);
}

/** The lists with the links whose text holds every word looked for (an address only a word with a dot or slash); lists without any go. */
export function shownLists(lists: readonly ResourceList[], wanted: string): ShownList[] {
  const words = wanted.toLocaleLowerCase().split(/\s+/u).filter((word) => word !== '');
  const fits = ({ text, url }: ResourceLink) => {
    const [title, address] = [text.toLocaleLowerCase(), (url ?? '').toLowerCase()];
    return words.every((word) => title.includes(word) || (/[./]/.test(word) && address.includes(word)));
  };
  return lists.map((list, at) => ({ list, at, links: words.length === 0 ? list.links : list.links.filter(fits) })).filter(({ links }) => links.length > 0);
}

/** Which lists begin folded: links in passing always, and whatever comes after the first sixty links. */
export function foldedAtFirst(lists: readonly ResourceList[]): ReadonlySet<number> {
  const folded = new Set<number>();
  let before = 0;
  for (const [at, { links, inText }] of lists.entries()) {
    if (inText === 'passing' || (before > 0 && before + links.length > mostOpen)) folded.add(at);
    else before += links.length;
  }
  return folded;
}

/** The addresses of these links that the library does not have yet. */
export function freeIn(links: readonly ResourceLink[], known: ReadonlyMap<string, ArticleId>): string[] {
  return [...new Set(links.flatMap(({ url }) => (url === null || known.has(url) ? [] : [url])))];
}

/** The set with these added or taken out. */
export function withChosen(chosen: ReadonlySet<string>, urls: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const url of urls) {
    if (on) next.add(url);
    else next.delete(url);
  }
  return next;
}

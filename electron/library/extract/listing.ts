import type { ResourceList } from '../../../shared/article.ts';
import type { Block, Blocks, Box } from './blocks.ts';
import { groupBit } from './class-words.ts';
import { findEntries, isChrome, moreWords, titleSize, type Entry } from './entries.ts';
import { metaOf, type Facts } from './facts.ts';
import type { MetaLine } from './meta-line.ts';
import { headingText, isHeadBlock, moreOf } from './resources.ts';
import { bare, type Title } from './title.ts';

/** What speaks for and against a page being only a list, as numbers; a page is one from `enough` points on. */
export type Listing = { points: number; entries: Entry[]; signs: Record<string, number> };

/** Wrongly taking an article for a list loses its text from sight; the other mistake only leaves a poor article. */
const enough = 4;

/** Addresses of home pages, sections, tags, archives, searches and their further pages. */
const listAddress =
  /^\/?$|\/(?:index|default|home|list|node_\d+|channel)[^/]*\.(?:s?html?|php|aspx?|jsp)$|\/(?:tags?|categor(?:y|ies)|topics?|sections?|archives?|search|label|columns?|channels?|author|collections?|latest|newest|list|lists|sitemap|directory|newslist|blog|news|posts|articles|page\/\d+)\/?(?:[^/.]{1,40}\/?)?(?:page\/\d+\/?)?$|\/[\w-]*sitemap[\w-]*(?:\.s?html?)?$/i;
const listQuery = /[?&](?:q|s|query|search|keyword|wd|page|tag|cat|category)=/i;
/** Addresses of single articles: a long slug, a number of many digits, a date. */
const articleAddress = /\/[^/]*(?:[a-z\d%]+[-_]){4,}[^/]*\/?$|\/[^/]*\d{5,}[^/]*(?:\.[a-z]{3,5})?\/?$|\/(?:19|20)\d\d[-/]?\d\d?[-/]\d{1,2}\/[^/]+|\/t?(?:19|20)\d{6}_\d+/i;

/** Weighs whether a page is nothing but a list of links: many titles, hardly a sentence of its own, no sign of an article. */
export function weighListing(page: Blocks, facts: Facts, title: Title, line: MetaLine, from: { url: string | null; base: string | null; isThread: boolean }): Listing {
  const entries = findEntries(page, from.base, from.url);
  const inside = entries.filter((entry) => !isChrome(entry.box));
  const titles = inside.filter(({ size }) => size >= titleSize);
  const signs: Record<string, number> = {};
  const sign = (name: string, points: number): void => {
    if (points !== 0) signs[name] = points;
  };
  const text = textAround(page, inside);
  const prose = longestProse(page, titles);
  const names = inside.reduce((sum, { size }) => sum + size, 0);
  const share = names / Math.max(1, names + text);
  const { path, query } = partsOf(from.url);

  sign('titles', titles.length >= 25 ? 2.5 : titles.length >= 12 ? 2 : titles.length >= 7 ? 1.5 : titles.length >= 5 ? 0.5 : -4);
  const rhythm = hasRhythm(page, titles);
  sign('share', share > 0.75 ? 1.5 : share > 0.5 ? 1 : share > 0.3 ? 0.5 : share > 0.18 || rhythm ? 0 : -1.5);
  sign('rhythm', rhythm ? 1.5 : 0);
  sign('prose', prose < 120 ? 1.5 : prose < 260 ? 0.5 : prose < 450 ? -0.5 : prose < 750 ? -2 : -6);
  if (path !== null) sign('address', listAddress.test(path) || listQuery.test(query) ? 1.5 : articleAddress.test(path) ? -3 : 0);
  const type = metaOf(facts, 'og:type')?.toLowerCase() ?? '';
  sign('type', /article|blog|video|product|book/.test(type) ? -3 : type === 'website' ? 0.5 : 0);
  sign('stated', (facts.stated.articles >= 1 && facts.stated.articles <= 3) || facts.stated.body !== null || from.isThread ? -4 : facts.stated.isListing ? 1.5 : 0);
  sign('published', metaOf(facts, 'article:published_time', 'og:published_time', 'datepublished', 'pubdate', 'publishdate', 'article:author', 'articletitle') === null ? 0 : -3);
  sign('column', metaOf(facts, 'columnname') !== null && metaOf(facts, 'articletitle') === null ? 1 : 0);
  sign('line', line.source !== null || line.author !== null ? -2.5 : 0);
  sign('heading', hasOwnHeading(title, titles) ? -1.5 : 0);
  return { points: Object.values(signs).reduce((sum, points) => sum + points, 0), entries: inside, signs };
}

export const isListing = ({ points }: Listing): boolean => points >= enough;

/** Everything on the page but its title and the site's frame. */
export const withoutChrome = (page: Blocks, title: Title): Set<Block> => new Set(page.blocks.filter((block) => block !== title.block && !isChrome(block.box)));

function partsOf(url: string | null): { path: string | null; query: string } {
  const parts = url === null ? null : URL.parse(url);
  return parts === null || !/^https?:$/.test(parts.protocol) ? { path: null, query: '' } : { path: parts.pathname, query: parts.search };
}

/** Text outside the site's frame that is no entry's name. */
function textAround(page: Blocks, entries: Entry[]): number {
  let size = 0;
  for (const block of page.blocks) if (!isChrome(block.box)) size += block.size;
  for (const entry of entries) size -= entry.size;
  return Math.max(0, size);
}

/** The longest stretch of sentences that no title interrupts: an excerpt on a list, the text itself on an article. */
function longestProse(page: Blocks, titles: Entry[]): number {
  const breaks = new Set(titles.map(({ block }) => block));
  let longest = 0;
  let run = 0;
  for (const block of page.blocks) {
    if (block.box.hidden) continue;
    if (breaks.has(block)) run = 0;
    if (isProse(block)) longest = Math.max(longest, (run += block.size - block.linked));
  }
  return longest;
}

/** Titles of one make, and after most of them a few lines of text: excerpts, results of a search. */
function hasRhythm(page: Blocks, titles: Entry[]): boolean {
  const kinds = Map.groupBy(titles, ({ box }) => box.path);
  const main = [...kinds.values()].reduce<Entry[]>((most, one) => (one.length > most.length ? one : most), []);
  if (main.length < 5) return false;
  const gaps = main.slice(0, -1).map((entry, i) => {
    let size = 0;
    for (let at = entry.block.index + 1; at < (main[i + 1]?.block.index ?? 0); at++) size += page.blocks[at]?.size ?? 0;
    return size;
  });
  return gaps.every((gap) => gap < 900) && gaps.filter((gap) => gap >= 40).length >= gaps.length * 0.6;
}

const isProse = (block: Block): boolean => block.size - block.linked >= 50 && block.linked < block.size * 0.5 && /[.!?。！？…]/u.test(block.text) && (block.box.around & (groupBit('foot') | groupBit('promo'))) === 0;

/** A headline of its own, no name of a section and no title of an entry, over everything. */
function hasOwnHeading({ text, block }: Title, titles: Entry[]): boolean {
  if (block === null || block.size < 40) return false;
  const name = bare(text);
  return !titles.some((entry) => bare(entry.text) === name);
}

/** The entries as link lists: by the boxes they share, each with its heading and the address behind its "More". */
export function listGroups(page: Blocks, { entries }: Listing, title: Title, base: string | null): ResourceList[] {
  const titles = entries.filter(({ size }) => size >= titleSize);
  const shown = titles.length >= entries.length * 0.4 ? titles : entries;
  const places = shown.map(({ block }) => block.index);
  const entryBlocks = new Set(shown.map(({ block }) => block));
  const paths = countPaths(page.blocks);
  const groups = new Map<Box, Entry[]>();
  for (const entry of shown) {
    const box = sharedBox(page, entry, places);
    const group = groups.get(box);
    if (group === undefined) groups.set(box, [entry]);
    else group.push(entry);
  }
  const lists: Array<{ list: ResourceList; aside: boolean }> = [];
  for (const [box, group] of groups) {
    const first = group[0];
    if (first === undefined) continue;
    const head = headOver(page, box, first, entryBlocks, paths);
    const text = headingText(head);
    const name = bare(text) === bare(title.text) ? '' : text;
    const links = group.slice(0, 500).map(({ text, url }) => ({ text, url }));
    lists.push({ list: { title: name.slice(0, 200), more: moreOf(page, box, head, base), links }, aside: (box.around & groupBit('side')) !== 0 || (box.tags & 8) !== 0 });
  }
  return lists.toSorted((a, b) => Number(a.aside) - Number(b.aside)).slice(0, 60).map(({ list }) => list);
}

/** The short text right over a group's first entry: a heading, or a line set like no other on the page. */
function headOver(page: Blocks, box: Box, first: Entry, entries: ReadonlySet<Block>, paths: ReadonlyMap<string, number>): Block | null {
  const inBox = countPaths(page.blocks.slice(box.first, box.last));
  for (let i = first.block.index - 1; i >= Math.max(0, box.first - 3); i--) {
    const block = page.blocks[i];
    if (block === undefined || entries.has(block) || isChrome(block.box)) return null;
    if (!(isHeadBlock(block) ? /[\p{L}\p{N}]/u : /\p{L}/u).test(block.text) || moreWords.test(block.text)) continue;
    // What comes again in the list belongs to each of its entries: a date, a kicker, a number.
    if (block.index >= box.first && (inBox.get(block.box.path) ?? 0) > 1) continue;
    const alone = paths.get(block.box.path) === 1 && block.box.element.tagName !== 'p' && !/[。.!?！？]$/u.test(block.text);
    return block.size < 120 && (alone || isHeadBlock(block)) ? block : null;
  }
  return null;
}

function countPaths(blocks: readonly Block[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { box } of blocks) counts.set(box.path, (counts.get(box.path) ?? 0) + 1);
  return counts;
}

/** The smallest box around the entry that holds at least three of them; `places` are their blocks, in order. */
function sharedBox(page: Blocks, entry: Entry, places: number[]): Box {
  for (let at: Box | null = entry.box; at !== null; at = at.parent) {
    const third = places[firstFrom(places, at.first) + 2];
    if (third !== undefined && third < at.last) return at;
  }
  return page.root;
}

/** The index of the first number that is not below `least`. */
function firstFrom(sorted: number[], least: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}

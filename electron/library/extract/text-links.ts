import type { ResourceLink, ResourceList } from '../../../shared/article.ts';
import type { Block } from './blocks.ts';
import { linkAddress } from './clean.ts';
import { isPost } from './embeds.ts';
import { linksIn, whole, withoutHash } from './entries.ts';
import { attr, textOf } from './tree.ts';

const mostLinks = 500;
/** A text is a round-up when so many of its lines, and so large a part of them, begin with a link of their own. */
const fewestLines = 5;
const share = 0.4;

type Found = ResourceLink & { url: string; leads: boolean; under: string };

/**
 * The links of the article's own text. A round-up ("ten links of the week", a sentence on each) is given by its
 * headings; links in passing come as one list, last. Notes, mail addresses and the page itself are no links to keep.
 */
export function findTextLinks(kept: readonly Block[], base: string | null, self: string | null): ResourceList[] {
  const found = new Map<string, Found>();
  let under = '';
  let lines = 0;
  for (const block of kept) {
    const isHeading = /^h[1-6]$/.test(block.box.element.tagName);
    if (isHeading && block.linked < block.size * 0.5) {
      under = block.text;
      continue;
    }
    if (block.size >= 30) lines++;
    if (block.links === 0 || isInPost(block)) continue;
    for (const [at, link] of linksIn(block.nodes).entries()) {
      const url = linkAddress(attr(link, 'href') ?? '', base);
      const text = whole(textOf(link), attr(link, 'title'));
      if (url === null || !/^https?:/.test(url) || !/[\p{L}\p{N}]/u.test(text) || (self !== null && withoutHash(url) === withoutHash(self))) continue;
      const before = found.get(url);
      if (before === undefined) found.set(url, { text: text.slice(0, 500), url, leads: at === 0 && begins(block, text), under });
      else if (text.length > before.text.length && !before.leads) before.text = text.slice(0, 500);
    }
  }
  const all = [...found.values()];
  const leading = all.filter(({ leads }) => leads);
  const isRoundUp = leading.length >= fewestLines && leading.length >= lines * share;
  const passing = isRoundUp ? all.filter(({ leads }) => !leads) : all;
  return [...(isRoundUp ? byHeading(leading) : []), ...(passing.length === 0 ? [] : [list('', passing, 'passing')])];
}

/** What a quoted post links to is its own affair. */
function isInPost(block: Block): boolean {
  for (let box: Block['box'] | null = block.box; box !== null; box = box.parent) if (isPost(box.element)) return true;
  return false;
}

/** The line is about its first link: it begins with it, after a number or a mark at most. */
function begins(block: Block, text: string): boolean {
  const bare = (whole: string): string => whole.replace(/^[^\p{L}\p{N}]+/u, '');
  return text.length >= 4 && (bare(block.text).startsWith(bare(text)) || bare(block.text.replace(/^\s*\d{1,3}[.)、]\s*/u, '')).startsWith(bare(text)));
}

/** One list a heading where at least two headings have three each, else a single one. */
function byHeading(links: Found[]): ResourceList[] {
  const groups = new Map<string, Found[]>();
  for (const link of links) {
    const group = groups.get(link.under);
    if (group === undefined) groups.set(link.under, [link]);
    else group.push(link);
  }
  const large = [...groups.values()].filter((group) => group.length >= 3);
  if (large.length < 2) return [list('', links, 'round-up')];
  return [...groups].map(([title, group]) => list(title, group, 'round-up'));
}

const list = (title: string, links: Found[], inText: 'round-up' | 'passing'): ResourceList => ({ title: title.slice(0, 200), more: null, links: links.slice(0, mostLinks).map(({ text, url }) => ({ text, url })), inText });

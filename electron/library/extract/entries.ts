import type { Block, Blocks, Box } from './blocks.ts';
import { sizeOf, tagBits } from './blocks.ts';
import { groupBit } from './class-words.ts';
import { linkAddress } from './clean.ts';
import { attr, find, fold, isElement, textOf, type Element, type Node } from './tree.ts';

/** A link that stands as an entry of a list: by itself, as a heading, as a card, or at the head of a line or two about it. */
export type Entry = {
  url: string;
  text: string;
  /** Length of its text, a Han, kana or hangul character counting as two and a half. */
  size: number;
  /** The block that shows its text. */
  block: Block;
  /** The box it stands in: its block's, or the card's. */
  box: Box;
};

/** What a link says when it leads to more of the same rather than to something. */
export const moreWords = /^(?:更多|查看更多|更多内容|更多新闻|阅读更多|全部|more|see all|view all|mehr|alle anzeigen|もっと見る|一覧|더보기)?\s*(?:>+|＞+|»|›|→|\.{3}|…)*$/iu;
/** What leads on to an entry whose title stands elsewhere, or through the list's pages. */
const onwards =
  /^(?:read(?: the)?(?: full)?(?: (?:more|on|article|story|post))?|continue(?: reading)?|full (?:story|article)|details?|weiterlesen|mehr (?:lesen|erfahren|dazu)|lire la suite|leer más|阅读全文|查看全文|查看详情|详细|详情|全文|続きを読む|\d+ comments?|comments?|discuss|reply|share|login|log in|sign in|register|next(?: page)?|previous(?: page)?|older posts|newer posts|上一页|下一页|首页|末页|尾页|home|登录|注册|评论(?:\s*\(?\d+\)?)?)\b[\s>»›→….:：]*$/iu;

/** A text of at least this length may be a title; what is shorter is a name, a category or a control. */
export const titleSize = 17;

const card = tagBits['a'] ?? 0;
const chrome = (tagBits['nav'] ?? 0) | (tagBits['footer'] ?? 0) | (tagBits['form'] ?? 0);
const chromeNames = groupBit('nav') | groupBit('foot') | groupBit('share') | groupBit('form') | groupBit('comment');

/** Whether the box belongs to the site's frame (menus, footers, forms) or to readers' comments. */
export const isChrome = (box: Box): boolean => (box.tags & chrome) !== 0 || (box.around & chromeNames) !== 0 || box.hidden;

/**
 * The page's entries in their order, each address once under its longest name (a card's picture, its title and its
 * "read more" are one). Links within sentences are none. `self` is the page's own address.
 */
export function findEntries(page: Blocks, base: string | null, self: string | null): Entry[] {
  const byUrl = new Map<string, Entry>();
  const own = self === null ? null : withoutHash(self);
  const add = (link: Element, text: string, block: Block, box: Box): void => {
    const url = linkAddress(attr(link, 'href') ?? '', base);
    if (url === null || !/^https?:/.test(url) || withoutHash(url) === own) return;
    const name = whole(text, attr(link, 'title'));
    if (!/\p{L}/u.test(name) || moreWords.test(name) || onwards.test(name)) return;
    const entry = { url, text: name, size: sizeOf(name), block, box };
    const before = byUrl.get(url);
    if (before === undefined) byUrl.set(url, entry);
    else if (before.size < titleSize && entry.size > before.size) {
      byUrl.delete(url);
      byUrl.set(url, entry);
    }
  };
  const cards = new Set<Box>();
  for (const block of page.blocks) {
    const around = (block.box.tags & card) === 0 ? null : cardOf(block.box);
    if (around !== null) {
      if (cards.has(around)) continue;
      cards.add(around);
      const title = titleIn(page.blocks.slice(around.first, around.last));
      if (title !== undefined) add(around.element, title.text, title, around);
      continue;
    }
    if (block.links === 0) continue;
    const alone = block.linked >= block.size * 0.6 || /^h[1-6]$/.test(block.box.element.tagName);
    const links = linksIn(block.nodes);
    for (const [at, link] of links.entries()) {
      const text = textOf(link) || (attr(link, 'title') ?? altIn(link));
      if (alone || (at === 0 && leads(block, text))) add(link, text, block, block.box);
    }
  }
  return [...byUrl.values()].toSorted((a, b) => a.block.index - b.block.index);
}

/** The block begins with the link, and what follows is short: `Title: a sentence about it`, `12. Title (example.org)`. */
function leads(block: Block, text: string): boolean {
  if (text === '' || block.size > 420) return false;
  return block.text.replace(/^[\s\d.、·•▪■◆►\-–—[\]()【】]+/u, '').startsWith(text.replace(/^[\s\d.、·•▪■◆►\-–—[\]()【】]+/u, ''));
}

function cardOf(box: Box): Box | null {
  for (let at: Box | null = box; at !== null; at = at.parent) if (at.element.tagName === 'a') return attr(at.element, 'href') === null ? null : at;
  return null;
}

/** A card's title: its heading, what is named one, else its first text that is long enough. */
function titleIn(blocks: Block[]): Block | undefined {
  return (
    blocks.find(({ box }) => /^h[1-6]$/.test(box.element.tagName)) ??
    blocks.find(({ box, size }) => size >= 8 && (box.own & groupBit('head')) !== 0) ??
    blocks.find(({ size }) => size >= titleSize) ??
    blocks[0]
  );
}

/** The links among these nodes, outermost, in their order. */
export function linksIn(nodes: readonly Node[]): Element[] {
  const out: Element[] = [];
  const walk = (node: Node): void => {
    if (!isElement(node)) return;
    if (node.tagName === 'a' && attr(node, 'href') !== null) out.push(node);
    else for (const child of node.childNodes) walk(child);
  };
  for (const node of nodes) walk(node);
  return out;
}

/** A list that cuts its titles short often carries the whole one in `title`. */
export function whole(text: string, title: string | null): string {
  const clean = fold(text);
  const start = clean.replace(/(?:\.{3}|…)$/u, '');
  return start !== clean && title !== null && title.trim().startsWith(start.trim()) ? fold(title) : clean;
}

const altIn = (link: Element): string => {
  const picture = find(link, (element) => element.tagName === 'img');
  return picture === null ? '' : (attr(picture, 'alt') ?? '');
};

export const withoutHash = (url: string): string => url.replace(/#.*$/su, '');

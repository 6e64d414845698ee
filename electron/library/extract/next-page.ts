import { addressKey, hostOf } from '../../../shared/url.ts';
import type { NextPage } from '../../../shared/extracted.ts';
import type { Block, Blocks } from './blocks.ts';
import { groupBit } from './class-words.ts';
import { linkAddress } from './clean.ts';
import type { Facts } from './facts.ts';
import { followsOn } from './page-address.ts';
import type { PageFacts } from './prepare.ts';
import { allElements, attr, find, isElement, textOf, type Element, type Node } from './tree.ts';

/** What links to a further page are called; sites call the next article so as well, unless the word "page" is in it. */
const named =
  /^[<>«»‹›\s]*(?:次へ|다음|next|continue(?:\s+reading)?|nächste|weiter(?:lesen)?|suivante?|siguiente|próxima|successiva|следующая|далее|volgende)[\s>»›→⟩▶.…:：]*$/iu;
const namedPage =
  /^[<>«»‹›\s]*(?:下一?[页頁]|后一[页頁]|後一頁|余下全文|次の?ページ(?:へ|を読む)?|다음\s*페이지|(?:go to (?:the )?)?next\s+page|continued? on (?:the )?next page|nächste seite|page suivante|página siguiente|próxima página|pagina successiva|следующая страница|volgende pagina)[\s>»›→⟩▶.…:：]*(?:\d{1,3})?$/iu;
/** Another article, not more of this one; in the link's words or in what it says of itself. */
const otherArticle = /下一?(?:篇|则|則|条|章|节|節|集|话|話|回)|上一|next (?:article|post|story|entry|chapter|news|episode|video|issue|up|read)|nächste[rns]? (?:artikel|beitrag)|article suivant|artículo siguiente|siguiente (?:artículo|noticia)|次の(?:記事|話|ニュース|投稿)|다음\s*(?:글|기사)|следующ(?:ая (?:статья|запись|новость)|ий пост)/iu;
const commentAddress = /comment|pinglun|respond|repl(?:y|ies)|liuyan/i;
/** A row of more numbers than that leads through an index, not through an article. */
const mostNumbers = 50;

type Found = NextPage & { block: Block | null };

/**
 * Where the page after this one of the same article is; null when this is its last or only page. `block` holds the link,
 * where it stands among the page's text. Never a page of comments, never the next article; only on the same site.
 */
export function findNextPage(page: Blocks, kept: ReadonlySet<Block>, facts: Facts, from: PageFacts, base: string | null): Found | null {
  const { url } = from;
  const first = from.pageOne ?? url;
  if (url === null || first === null || isFront(first) || isIndex(kept)) return null;
  const canonical = facts.links.get('canonical');
  const begins = [first, ...(canonical === undefined ? [] : [linkAddress(canonical, base) ?? first])];
  const lead = (href: string | null): NextPage | null => {
    const to = href === null ? null : linkAddress(href, base);
    if (to === null || hostOf(to) !== hostOf(url) || addressKey(to) === addressKey(url) || addressKey(to) === addressKey(first)) return null;
    if (commentAddress.test(pathOf(to) + (URL.parse(to)?.hash ?? '')) && !commentAddress.test(pathOf(url))) return null;
    return { url: to.replace(/#.*$/s, ''), sure: begins.some((begin) => followsOn(begin, begin === first ? url : url === first ? begin : url, to)) };
  };
  const found: Found[] = [];
  for (const block of around(page, kept)) {
    for (const link of linksIn(block.nodes)) {
      const text = words(link);
      const said = `${text} ${attr(link, 'title') ?? ''} ${attr(link, 'aria-label') ?? ''}`;
      const isNumber = /^[[(]?\d{1,3}[\])]?$/.test(text) && text.replace(/\D/g, '') !== '1';
      if (otherArticle.test(said) || !(isNumber || named.test(text) || namedPage.test(text) || (attr(link, 'rel') ?? '').split(/\s+/).includes('next'))) continue;
      const next = lead(attr(link, 'href'));
      // Blogs call the next article "next" too and mark it with rel=next, and numbers lead to notes and years: those need the address's word.
      if (next === null || (!next.sure && !namedPage.test(text)) || numbersAround(block) > mostNumbers) continue;
      found.push({ ...next, block });
    }
  }
  const stated = lead(facts.links.get('next') ?? null);
  const best = found.find(({ sure }) => sure) ?? (stated?.sure === true ? { ...stated, block: null } : found[0]);
  return best ?? null;
}

/** The next page as a rule names it: believed, but only on the same site. */
export function toldNextPage(link: string | null, { url }: PageFacts, base: string | null): Found | null {
  const to = link === null ? null : linkAddress(link, base);
  return to === null || url === null || hostOf(to) !== hostOf(url) || addressKey(to) === addressKey(url) ? null : { url: to.replace(/#.*$/s, ''), sure: true, block: null };
}

const pathOf = (address: string): string => address.replace(/^https?:\/\/[^/?#]*/, '').replace(/#.*$/s, '');
const isFront = (address: string): boolean => /^\/*$/.test(pathOf(address));

/** Mostly links, or headings that lead away: a list of articles, whose further pages are more of the list. */
function isIndex(kept: ReadonlySet<Block>): boolean {
  let [size, linked, leading] = [0, 0, 0];
  for (const block of kept) {
    size += block.size;
    linked += block.linked;
    if (/^h[1-4]$/.test(block.box.element.tagName) && block.linked > block.size * 0.8) leading++;
  }
  return linked > size * 0.5 || leading >= 3;
}

/** From a little before the article to some way after its end, without readers' comments and what follows them. */
function around(page: Blocks, kept: ReadonlySet<Block>): Block[] {
  const list = [...kept];
  const from = (list[0]?.index ?? 0) - 10;
  const last = list.at(-1)?.index ?? 0;
  // Names that the article itself stands under say nothing.
  const common = list.reduce((bits, { box }) => bits & box.around, -1);
  const comment = groupBit('comment') & ~common;
  const out: Block[] = [];
  for (const block of page.blocks) {
    if (block.index < from || block.index > last + 40) continue;
    if ((block.box.around & comment) === 0) out.push(block);
    else if (block.index > last) break;
  }
  return out;
}

function words(link: Element): string {
  const text = textOf(link);
  if (text !== '') return text;
  const picture = find(link, (one) => one.tagName === 'img');
  return (attr(link, 'aria-label') ?? attr(link, 'title') ?? (picture === null ? '' : attr(picture, 'alt')) ?? '').trim();
}

/** The highest number that the links around this one lead to. */
function numbersAround(block: Block): number {
  const box = block.box.parent ?? block.box;
  let most = 0;
  for (const link of allElements(box.element).slice(0, 400)) if (link.tagName === 'a' && /^\d{1,6}$/.test(textOf(link))) most = Math.max(most, Number(textOf(link)));
  return most;
}

function linksIn(nodes: readonly Node[]): Element[] {
  return nodes.flatMap((node) => (!isElement(node) ? [] : node.tagName === 'a' && attr(node, 'href') !== null ? [node] : linksIn(node.childNodes)));
}

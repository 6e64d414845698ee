import type { Block } from './blocks.ts';
import { metaOf, type Facts } from './facts.ts';
import { bare } from './title.ts';
import { attr, isElement, textOf, type Element, type Parent, type Tree } from './tree.ts';

const label = /^(?:\s*(?:written\s+by|words\s+by|story\s+by|posted\s+by|published\s+by|reviewed\s+by|by|von|par|por|di|door|af|av|od|author|autor|作者|记者|文|撰文|著者|筆者|글)(?:\s*[:：]\s*|\s+))+/iu;
const noName = /^(?:admin|administrator|editor|staff|redaktion|webmaster|guest|author|unknown|anonymous|none|null|undefined|user|root|posted|share|follow|read|view|about|more|all|home|\d+)$/i;
const role = /\s*[,|•·–—-]\s*(?:(?:senior|staff|contributing|managing|deputy|associate|chief|executive|special|political|national|sports?|business|tech\w*|news|guest|freelance)\s+)*(?:writer|reporter|editor|correspondent|contributor|author|journalist|columnist|producer|analyst|ceo|cto|founder|m\.?d\.?|ph\.?d\.?|rdn?|cpa)\b.*$/i;

/** Who wrote it, names joined by commas; null when the page does not say. `near` are the blocks about the title. */
export function findByline(tree: Tree, facts: Facts, labelled: string | null, near: Block[], sites: string[]): string | null {
  const siteNames = sites.map(bare);
  const stated = facts.stated.authors.map(tidy).filter(isName);
  const people = stated.filter((name) => !siteNames.includes(bare(name)));
  if (people.length > 0) return join(people);
  const meta = ['author', 'article:author_name', 'parsely-author', 'sailthru.author', 'dc.creator', 'dcterms.creator', 'dc.creator.author', 'article:author', 'byl', 'citation_author', 'twitter:data1', 'og:author', 'creator', 'cxenseparse:author', 'rbauthors']
    .flatMap((name) => (name === 'twitter:data1' && !/written by|author/i.test(metaOf(facts, 'twitter:label1') ?? '') ? [] : (facts.meta.get(name) ?? []).slice(0, 8).map(tidy).filter(isName).slice(0, name === 'citation_author' ? 8 : 3)));
  const declared = meta.filter((name) => !siteNames.includes(bare(name)))[0];
  if (declared !== undefined) return join(declared.split(/\s+(?:and|und|et|y)\s+|\s*[,;，、|&]\s*/u).every((part) => part.length > 2) ? [declared] : [declared]);
  const marked = markedNames(tree);
  const shown = marked.filter((name) => !siteNames.includes(bare(name)));
  if (shown.length > 0) return join(shown);
  const inText = bylineInText(near);
  if (inText !== null) return inText;
  if (labelled !== null && isName(tidy(labelled))) return tidy(labelled);
  return stated[0] ?? meta[0] ?? marked[0] ?? null;
}

function markedNames(tree: Tree): string[] {
  const byRank: string[][] = [[], [], [], []];
  const walk = (parent: Parent, hidden: boolean): void => {
    for (const child of parent.childNodes) {
      if (!isElement(child)) continue;
      const rank = hidden ? -1 : rankOf(child);
      if (rank >= 0) {
        const text = textOf(find(child) ?? child);
        const name = tidy(text);
        if (text.length < 160 && isName(name)) byRank[rank]?.push(name);
        if (byRank[rank]?.includes(name) === true) continue;
      }
      walk(child, hidden || /comment|related|recommend|sidebar|widget|teaser|card|recirc|popular|bio\b/i.test(`${attr(child, 'class') ?? ''} ${attr(child, 'id') ?? ''}`) || child.tagName === 'aside' || child.tagName === 'footer');
    }
  };
  walk(tree, false);
  for (const [rank, list] of byRank.entries()) {
    const names = [...new Set(list)];
    if (names.length > 0 && names.length <= (rank === 0 ? 6 : 4)) return names;
    if (names.length > 0) return names.slice(0, 1);
  }
  return [];
}

function rankOf(element: Element): number {
  if (/\bauthor\b/.test(attr(element, 'itemprop') ?? '')) return 0;
  if (/\bauthor\b/.test(attr(element, 'rel') ?? '')) return 1;
  const names = `${attr(element, 'class') ?? ''} ${attr(element, 'id') ?? ''} ${attr(element, 'data-testid') ?? ''}`;
  if (/\b(?:author|byline|writer|contributor|p-author)(?:[-_]*(?:name|link|text|info))?\b/i.test(names) && !/image|avatar|photo|bio\b|social|box/i.test(names)) return /name|link/i.test(names) ? 1 : 2;
  if (/(?:^|[\s_-])(?:author|byline)(?:[\s_-]|$|__)/i.test(names) && !/image|avatar|photo|bio|social|box|date|time/i.test(names)) return 3;
  return -1;
}

/** The name itself inside a byline: what `itemprop=name`, `.fn` or a single link marks. */
function find(element: Element): Element | null {
  const marked: Element[] = [];
  const links: Element[] = [];
  const walk = (parent: Parent): void => {
    for (const child of parent.childNodes) {
      if (!isElement(child)) continue;
      if (/\bname\b/.test(attr(child, 'itemprop') ?? '') || /\bfn\b/.test(attr(child, 'class') ?? '')) marked.push(child);
      if (child.tagName === 'a' && textOf(child) !== '') links.push(child);
      walk(child);
    }
  };
  walk(element);
  return marked[0] ?? (links.length === 1 ? (links[0] ?? null) : null);
}

function bylineInText(near: Block[]): string | null {
  for (const block of near) {
    if (block.size > 160) continue;
    const match = /^(?:written |words |story |posted )?by[:\s]+((?:[\p{Lu}][\p{L}.'’-]*\s*(?:de |van |von |bin |al-)?){2,5}(?:(?:,| and | & )\s*(?:[\p{Lu}][\p{L}.'’-]*\s*){2,4})*)/u.exec(block.text) ?? /^(?:Von|Par|Por|Di)\s+((?:[\p{Lu}][\p{L}.'’-]*\s*){2,4})(?:$|[,|–-])/u.exec(block.text);
    const name = tidy(match?.[1] ?? '');
    if (isName(name)) return name;
  }
  return null;
}

function tidy(text: string): string {
  const bareText = text.replace(label, '').replace(/\s*\((?:[^()]*)\)\s*$/u, '').replace(/<[^>]*>/g, '').replace(/\s+(?:on|am|le|el)?\s*(?:\d{1,2}[./\s-]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|(?:19|20)\d{2}).*$/i, '').replace(role, '').replace(/\s+(?:for|via|@)\s+\S.*$/, '');
  return bareText.replace(/^[\s,|•·:–—-]+|[\s,|•·:–—-]+$/gu, '').trim();
}

function isName(text: string): boolean {
  return text.length >= 2 && text.length <= 90 && /\p{L}/u.test(text) && !/^https?:|[@/]|www\.|\{|\.com\b/i.test(text) && !noName.test(text) && text.split(/\s+/).length <= 14;
}

const join = (names: string[]): string => [...new Map(names.map((name) => [bare(name), name])).values()].slice(0, 8).join(', ');

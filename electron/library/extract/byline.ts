import type { Block } from './blocks.ts';
import { findDate } from './dates.ts';
import { metaOf, type Facts } from './facts.ts';
import { bare } from './title.ts';
import { attr, isElement, isText, textOf, type Element, type Parent, type Tree } from './tree.ts';

const label = /^(?:\s*(?:(?:this (?:post|article|story) was )?(?:originally )?(?:written|posted|published|reviewed|authored|edited|created)\s+by|(?:words|story|text|article|report|advice|photos?)\s+by|(?:read )?more (?:about|from|by)|about(?: the author)?|view all posts by|all posts by|by|von|par|por|di|door|af|av|od|authors?|autor(?:in|en|es)?|auteur|作者|记者|文|撰文|著者|筆者|글)(?:\s*[:：]\s*|\s+))+/iu;
const noName = /^(?:admin|administrator|editor|staff|redaktion|webmaster|guest|author|unknown|anonymous|none|null|undefined|user|root|posted|share|follow|read|view|about|more|all|home|\d+)$/i;
const role = /\s*[,|•·–—-]\s*(?:(?:senior|staff|contributing|managing|deputy|associate|chief|executive|special|political|national|sports?|business|tech\w*|news|guest|freelance)\s+)*(?:writer|reporter|editor|correspondent|contributor|author|journalist|columnist|producer|analyst|ceo|cto|founder|m\.?d\.?|ph\.?d\.?|rdn?|cpa)\b.*$/i;

/** Who wrote it, names joined by commas; null when the page does not say. `near` are the blocks about the title. */
export function findByline(tree: Tree, facts: Facts, labelled: string | null, near: Block[], all: Block[], sites: string[]): string | null {
  const siteNames = sites.map(bare);
  const stated = facts.stated.authors.map(tidy).filter(isName);
  const people = stated.filter((name) => !siteNames.includes(bare(name)));
  if (people.length > 0) return join(people);
  const meta = ['author', 'article:author_name', 'parsely-author', 'sailthru.author', 'dc.creator', 'dcterms.creator', 'dc.creator.author', 'article:author', 'byl', 'citation_author', 'twitter:data1', 'og:author', 'creator', 'cxenseparse:author', 'rbauthors']
    .flatMap((name) => (name === 'twitter:data1' && !/written by|author/i.test(metaOf(facts, 'twitter:label1') ?? '') ? [] : (facts.meta.get(name) ?? []).slice(0, 8).map(tidy).filter(isName).slice(0, name === 'citation_author' ? 8 : 3)));
  const declared = meta.filter((name) => !siteNames.includes(bare(name)));
  if (declared[0] !== undefined) return facts.meta.has('citation_author') && meta[0] === declared[0] && !facts.meta.has('author') ? join(declared.map(turn)) : declared[0];
  const marked = markedNames(tree);
  const shown = marked.filter((name) => !siteNames.includes(bare(name)));
  if (shown.length > 0) return join(shown);
  const inText = bylineInText(near, all);
  if (inText !== null && !siteNames.includes(bare(inText))) return inText;
  if (labelled !== null && isName(tidy(labelled))) return tidy(labelled);
  // A site that names itself as the author: kept where a blog does so, not for an outlet, which the source tells already.
  const own = stated[0] ?? meta[0] ?? marked[0] ?? null;
  return own !== null && outlet.test(own) ? null : own;
}

const outlet = /(?:网|网站|日报|晚报|时报|晨报|新闻|新闻社|通讯社|频道|客户端|编辑部|公众号|网易|新浪|搜狐|腾讯|凤凰|人民网|平台)$/u;

function markedNames(tree: Tree): string[] {
  const byRank: string[][] = [[], [], [], []];
  const walk = (parent: Parent, hidden: boolean): void => {
    for (const child of parent.childNodes) {
      if (!isElement(child)) continue;
      const rank = hidden ? -1 : rankOf(child);
      if (rank >= 0) {
        const marked = find(child) ?? child;
        const text = textOf(marked);
        const name = tidy(firstPiece(marked) ?? text);
        if (text.length < 200 && isName(name) && (rank === 0 || isPerson(name))) {
          byRank[rank]?.push(name);
          continue;
        }
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

/** The first text inside an element that is more than a label: roles and dates stand in texts of their own. */
function firstPiece(element: Element): string | null {
  for (const child of element.childNodes) {
    if (isText(child)) {
      const text = child.value.replace(label, '').replace(/^[\s:：|,•·–—-]+/u, '').trim();
      if (text !== '' && !/^(?:by|written by|posted by|authors?|words|von|and|&)$/i.test(text)) return text;
    } else if (isElement(child) && !/^(?:img|svg|script|style|button)$/.test(child.tagName)) {
      const inside = firstPiece(child);
      if (inside !== null) return inside;
    }
  }
  return null;
}

const word = String.raw`\p{Lu}[\p{L}'’.-]*`;
const name = String.raw`${word}(?:\s+(?:(?:de|van|von|der|den|bin|al|la|da|di|y|O')\s+)*${word}){1,3}`;
const by = new RegExp(String.raw`(?:^|[\s·•|⋅/–-])(?:[Ww]ritten|[Pp]osted|[Pp]ublished|[Ww]ords|[Ss]tory)?\s*[Bb][Yy]\s*[:：]?\s+(${name}(?:\s*(?:,|\band\b|&)\s*${name}){0,4})`, 'u');
const german = new RegExp(String.raw`^(?:Von|Par|Por|Di|Text:|Autor(?:in)?:)\s+(${name})(?=$|\s*[,|·–-])`, 'u');
const onlyName = new RegExp(String.raw`^${name}$`, 'u');
const withDate = new RegExp(String.raw`^(?:${name})(?=\s*(?:[|•·⋅,–-]|in\s|$))`, 'u');

function bylineInText(near: Block[], all: Block[]): string | null {
  for (const [i, block] of near.entries()) {
    if (block.size > 170) continue;
    const found = tidy((by.exec(block.text) ?? german.exec(block.text))?.[1] ?? '');
    if (isName(found)) return found;
    if (/^(?:written |posted |words )?by\s*[:：]?$|^authors?\s*[:：]?$/i.test(block.text) && isPerson(near[i + 1]?.text ?? '')) return tidy(near[i + 1]?.text ?? '');
  }
  // A name alone, or a name and a date, right after the title.
  for (const [i, block] of near.entries()) {
    const date = block.size < 120 ? findDate(block.text, null) : null;
    if (date !== null) {
      const rest = `${block.text.slice(0, date.at)} ${block.text.slice(date.at + date.length)}`.replace(/\s+/g, ' ').replace(/^[\s|•·⋅,–-]+/u, '').trim();
      const match = withDate.exec(rest)?.[0];
      if (match !== undefined && isPerson(match) && !notPeople.test(match)) return match;
    } else if (block.size < 40 && onlyName.test(block.text) && !notPeople.test(block.text) && [near[i - 1], near[i + 1], near[i + 2]].some((one) => one !== undefined && one.size < 80 && (findDate(one.text, null) !== null || /\bmin(?:ute)?s?\.? read\b/i.test(one.text)))) return block.text;
  }
  const signed = all.filter((block) => block.size < 120).flatMap((block) => new RegExp(String.raw`^(?:Written|Posted|Published|Words|Authored) by\s*[:：]?\s+(${name}(?:\s*(?:,|and|&)\s*${name})?)`, 'u').exec(block.text)?.[1] ?? []);
  return new Set(signed).size === 1 ? (signed[0] ?? null) : null;
}

/** Capitalised words that are no name: months, sections, buttons. */
const notPeople = /\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b|\b(?:Updated|Published|Posted|Last|Read|More|News|Blog|Guide|Guides|Review|Reviews|Article|Articles|Table|Contents|Home|About|Contact|Share|Subscribe|Learn|View|Editor|Staff|Team|Insights|Resources|Products?|Business|Health|Marketing|Management|Software|Design|Travel|Finance|Technology|Education|Photo|Image|Credit|The|How|What|Why|Best|Top|New|Your|Our|In|For|Get|Free|Comments?|Minutes?|Min)\b/;

/** Two to four capitalised words, or a short name in a script without capitals. */
const isPerson = (text: string): boolean => (onlyName.test(text.replace(/,?\s+(?:and|&)\s+/g, ' ')) || /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}·\s]{2,10}$/u.test(text) || /^(?:\p{Lu}[\p{L}'’.-]+[\s,]*){2,9}$/u.test(text) || /^[\p{L}][\p{L}\p{N}_.-]{2,20}$/u.test(text)) && !/^(?:January|February|March|April|May|June|July|August|September|October|November|December|Updated|Posts?)\b/.test(text);

/** `Roy, Aniruddha` as citations write it. */
const turn = (text: string): string => text.replace(/^([^,]+),\s*([^,]+)$/u, '$2 $1');

function tidy(text: string): string {
  const bareText = text.replace(label, '').replace(/\s*\((?:[^()]*)\)\s*$/u, '').replace(/<[^>]*>/g, '').replace(/\s*[»›]+\s*$/u, '').replace(/\s*(?:last )?updated?\s*.*$/i, '').replace(/\s+(?:on|am|le|el)?\s*(?:\d{1,2}[./\s-]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|(?:19|20)\d{2}).*$/i, '').replace(role, '').replace(/\s+(?:for|via|@)\s+\S.*$/, '');
  return bareText.replace(/^[\s,|•·:–—-]+|[\s,|•·:–—-]+$/gu, '').trim();
}

function isName(text: string): boolean {
  return text.length >= 2 && text.length <= 90 && /\p{L}/u.test(text) && !/^https?:|[@/]|www\.|\{|\.com\b/i.test(text) && !noName.test(text) && text.split(/\s+/).length <= 14;
}

const join = (names: string[]): string => [...new Map(names.map((name) => [bare(name), name])).values()].slice(0, 8).join(', ');

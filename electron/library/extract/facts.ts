import { attr, fold, isElement, isText, type Element, type Parent, type Tree } from './tree.ts';

/** What the page says of itself for machines: `<meta>` by lower-case name, JSON-LD, `<title>`, links by `rel`, language. */
export type Facts = {
  meta: Map<string, string[]>;
  stated: Stated;
  title: string;
  links: Map<string, string>;
  lang: string | null;
  dir: string | null;
  base: string | null;
};

/** JSON-LD's word on the article, gathered from every block of it. */
export type Stated = {
  headline: string | null;
  body: string | null;
  authors: string[];
  publisher: string | null;
  site: string | null;
  published: string | null;
  modified: string | null;
  image: string | null;
  lang: string | null;
  section: string | null;
  keywords: string[];
  breadcrumb: string[];
  /** The page says it is a forum's thread or a question with answers. */
  isThread: boolean;
  /** How many articles it describes: a list's entries may be among them. */
  articles: number;
  /** It says that it is a list: of items, of search results, a blog's or a collection's page. */
  isListing: boolean;
};

/** Reads them all in one walk. */
export function readFacts(tree: Tree): Facts {
  const facts: Facts = { meta: new Map(), stated: nothingStated(), title: '', links: new Map(), lang: null, dir: null, base: null };
  const scripts: string[] = [];
  walk(tree, facts, scripts);
  for (const script of scripts) readLinkedData(script, facts.stated);
  return facts;
}

/** The first non-empty value under any of these names. */
export function metaOf(facts: Facts, ...names: string[]): string | null {
  for (const name of names) {
    for (const value of facts.meta.get(name) ?? []) if (value !== '') return value;
  }
  return null;
}

function walk(parent: Parent, facts: Facts, scripts: string[]): void {
  for (const child of parent.childNodes) {
    if (!isElement(child)) continue;
    switch (child.tagName) {
      case 'html':
        facts.lang = attr(child, 'lang') ?? attr(child, 'xml:lang');
        facts.dir = attr(child, 'dir');
        break;
      case 'body': facts.dir ??= attr(child, 'dir'); break;
      case 'title': if (facts.title === '' && child.namespaceURI.endsWith('xhtml')) facts.title = fold(child.childNodes.map((node) => (isText(node) ? node.value : '')).join('')); break;
      case 'meta':
        // Some frameworks, unable to write a script, say in a <meta> what would stand in it.
        if (/^script:ld\+json$/i.test(attr(child, 'name') ?? '')) scripts.push(attr(child, 'content') ?? '');
        else readMeta(child, facts);
        break;
      case 'link': {
        const href = attr(child, 'href');
        for (const rel of (attr(child, 'rel') ?? '').toLowerCase().split(/\s+/)) if (href !== null && !facts.links.has(rel)) facts.links.set(rel, href);
        break;
      }
      case 'base': facts.base ??= attr(child, 'href'); break;
      case 'script':
        if (/ld\+json/i.test(attr(child, 'type') ?? '')) scripts.push(child.childNodes.map((node) => (isText(node) ? node.value : '')).join(''));
        break;
      default:
        break;
    }
    walk(child, facts, scripts);
  }
}

function readMeta(element: Element, facts: Facts): void {
  const name = (attr(element, 'property') ?? attr(element, 'name') ?? attr(element, 'itemprop') ?? attr(element, 'http-equiv') ?? '').trim().toLowerCase();
  const content = fold(decodeTwice(attr(element, 'content') ?? attr(element, 'value') ?? ''));
  if (name === '' || content === '') return;
  const values = facts.meta.get(name);
  if (values === undefined) facts.meta.set(name, [content]);
  else if (values.length < 50) values.push(content);
}

const nothingStated = (): Stated => ({ headline: null, body: null, authors: [], publisher: null, site: null, published: null, modified: null, image: null, lang: null, section: null, keywords: [], breadcrumb: [], isThread: false, articles: 0, isListing: false });

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Thing = { [key: string]: Json };

const articleType = /(?:Article|BlogPosting|Report|Posting|Recipe|Review|NewsStory|LiveBlog|HowTo|FAQPage|QAPage|VideoObject|PodcastEpisode|Course|CreativeWork)$/i;
const listType = /^(?:ItemList|CollectionPage|SearchResultsPage|Blog)$/;
const pageType = /^(?:WebPage|ItemPage|AboutPage|CollectionPage|MedicalWebPage)$/i;

function readLinkedData(script: string, into: Stated): void {
  const things = parseLoosely(script);
  if (things === null) return;
  const all: Thing[] = [];
  gather(things, all, 0);
  const byId = new Map<string, Thing>();
  for (const thing of all) if (typeof thing['@id'] === 'string' && Object.keys(thing).length > 1) byId.set(thing['@id'], thing);
  const ranked = [...all.filter((thing) => typeOf(thing).some((type) => articleType.test(type))), ...all.filter((thing) => typeOf(thing).some((type) => pageType.test(type)))];
  for (const thing of ranked) readArticle(thing, byId, into);
  for (const thing of all) {
    if (typeOf(thing).some((type) => /^(?:DiscussionForumPosting|QAPage)$/.test(type))) into.isThread = true;
    if (typeOf(thing).some((type) => listType.test(type))) into.isListing = true;
    if (typeOf(thing).some((type) => /(?:Article|BlogPosting|Report|Recipe|NewsStory|QAPage|FAQPage|DiscussionForumPosting)$/.test(type))) into.articles++;
    if (typeOf(thing).includes('BreadcrumbList') && into.breadcrumb.length === 0) into.breadcrumb = crumbs(thing);
    if (typeOf(thing).some((type) => /^(?:WebSite|Organization|NewsMediaOrganization)$/.test(type))) into.site ??= text(thing['name']);
  }
}

function readArticle(thing: Thing, byId: Map<string, Thing>, into: Stated): void {
  const isPage = typeOf(thing).some((type) => pageType.test(type));
  if (!isPage) {
    into.headline ??= text(thing['headline']) ?? text(thing['name']);
    const body = text(thing['articleBody']) ?? text(thing['text']);
    if (body !== null && body.length > (into.body?.length ?? 0)) into.body = body;
  }
  if (into.authors.length === 0 && !isPage) into.authors = names(thing['author'] ?? thing['creator'] ?? null, byId);
  into.publisher ??= names(thing['publisher'] ?? null, byId)[0] ?? null;
  into.published ??= text(thing['datePublished']) ?? text(thing['uploadDate']) ?? (isPage ? null : text(thing['dateCreated']));
  into.modified ??= text(thing['dateModified']);
  into.image ??= imageOf(thing['image'] ?? null, byId);
  into.lang ??= text(thing['inLanguage']);
  const sections = thing['articleSection'];
  into.section ??= text((Array.isArray(sections) ? sections[0] : sections) ?? null);
  const words = thing['keywords'];
  if (into.keywords.length === 0) {
    into.keywords = (Array.isArray(words) ? words.map((word) => text(word) ?? '') : (text(words ?? null) ?? '').split(/[,，;；、]/)).map((word) => word.trim()).filter((word) => word !== '' && word.length <= 60);
  }
}

function gather(value: Json, into: Thing[], depth: number): void {
  if (depth > 8 || into.length > 2_000 || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const one of value) gather(one, into, depth + 1);
    return;
  }
  if (value['@type'] !== undefined || value['@id'] !== undefined) into.push(value);
  for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'breadcrumb', 'hasPart', 'author', 'publisher', 'isPartOf', 'video', 'itemListElement', 'item', 'subjectOf', 'image']) {
    const inner = value[key];
    if (inner !== undefined) gather(inner, into, depth + 1);
  }
}

/** JSON as pages write it: comments around it, line breaks inside strings, a comma too many. */
function parseLoosely(script: string): Json | null {
  const trimmed = script.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '').replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*;?\s*$/, '').replace(/;\s*$/, '');
  for (const attempt of [() => trimmed, () => trimmed.replace(/[^\P{Cc}\u007f-\u009f]+/gu, ' ').replace(/,\s*([}\]])/g, '$1')]) {
    try {
      return JSON.parse(attempt()) as Json;
    } catch {
      // The next spelling; a block that stays unreadable says nothing, as in every browser.
    }
  }
  return null;
}

function typeOf(thing: Thing): string[] {
  const type = thing['@type'];
  const list = Array.isArray(type) ? type : [type ?? ''];
  return list.map((one) => String(one).replace(/^https?:\/\/schema\.org\//, ''));
}

function text(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return text(value[0]);
  if (value !== null && typeof value === 'object') return text(value['@value'] ?? value['name']);
  if (typeof value !== 'string') return null;
  const clean = fold(decodeTwice(value));
  return clean === '' ? null : clean;
}

function names(value: Json, byId: Map<string, Thing>, depth = 0): string[] {
  if (value === null || depth > 3) return [];
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => names(one, byId, depth + 1)))];
  if (typeof value === 'object') {
    const whole = typeof value['@id'] === 'string' && value['name'] === undefined ? (byId.get(value['@id']) ?? value) : value;
    return Array.isArray(whole['name']) ? names(whole['name'], byId, depth + 1) : [text(whole['name'])].filter((name) => name !== null);
  }
  const name = text(value);
  return name === null ? [] : [name];
}

function imageOf(value: Json, byId: Map<string, Thing>): string | null {
  if (Array.isArray(value)) return imageOf(value[0] ?? null, byId);
  if (value !== null && typeof value === 'object') {
    const whole = typeof value['@id'] === 'string' && value['url'] === undefined ? (byId.get(value['@id']) ?? value) : value;
    return text(whole['url'] ?? whole['contentUrl']);
  }
  return text(value);
}

function crumbs(thing: Thing): string[] {
  const items = thing['itemListElement'];
  if (!Array.isArray(items)) return [];
  return items
    .filter((item): item is Thing => item !== null && typeof item === 'object' && !Array.isArray(item))
    .toSorted((a, b) => Number(a['position'] ?? 0) - Number(b['position'] ?? 0))
    .map((item) => text(item['name']) ?? text(item['item']) ?? '')
    .filter((name) => name !== '' && !/^https?:/.test(name));
}

/** Undoes entities that a template escaped twice (`&amp;quot;` arrives as `&quot;`). */
export function decodeTwice(value: string): string {
  if (!value.includes('&')) return value;
  const known: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', ndash: '–', mdash: '—', hellip: '…', middot: '·' };
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (all, hex: string | undefined, dec: string | undefined, name: string | undefined) => {
    if (name !== undefined) return known[name.toLowerCase()] ?? all;
    const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

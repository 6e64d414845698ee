import type { Moment } from '../../../shared/article.ts';
import { metaOf, type Facts } from './facts.ts';
import type { Block } from './blocks.ts';
import { sectionOf } from './breadcrumb.ts';
import { dateInAddress, readDate } from './dates.ts';
import type { MetaLine } from './meta-line.ts';
import { attr, find, isElement, textOf, type Element, type Parent, type Tree } from './tree.ts';
import { labelledDate, loneDate } from './visible-dates.ts';

const publishedNames = ['article:published_time', 'og:article:published_time', 'og:published_time', 'datepublished', 'publishdate', 'pubdate', 'publish_date', 'publish-date', 'publication_date', 'date.published', 'parsely-pub-date', 'sailthru.date', 'dc.date.issued', 'dcterms.created', 'dcterms.issued', 'dc.date.created', 'dc.date', 'dcterms.date', 'citation_publication_date', 'citation_date', 'cxenseparse:recs:publishtime', 'rnews:datepublished', 'published_time_telegram', 'weibo: article:create_at', 'weibo:article:create_at', 'bytedance:published_time', 'originalpublicationdate', 'article_date_original', 'og:release_date', 'lastpublished', 'pub_date', 'firstpublishtime', 'date', 'ptime', 'createdate'];
const modifiedNames = ['article:modified_time', 'og:updated_time', 'datemodified', 'dcterms.modified', 'lastmod', 'last-modified', 'revised', 'bytedance:updated_time', 'weibo:article:update_at', 'weibo: article:update_at'];

/** When it was published and last changed: JSON-LD, meta, microdata, the line by the title, `<time>`, the address, then what any line of the page says. */
export function findDates(tree: Tree, html: string, blocks: Block[], facts: Facts, line: MetaLine, url: string | null, lang: string | null): { published: Moment | null; modified: Moment | null } {
  const read = (text: string | null): Moment | null => (text === null ? null : readDate(text, lang));
  const times = timesIn(tree);
  const first = (names: string[]): Moment | null => {
    for (const name of names) for (const text of facts.meta.get(name) ?? []) {
      const moment = read(text);
      if (moment !== null) return moment;
    }
    return null;
  };
  const published = read(facts.stated.published) ?? first(publishedNames) ?? read(times.published) ?? line.published ?? read(times.first) ?? (url === null ? null : dateInAddress(url, lang)) ?? urlDates(facts, lang) ?? anyMeta(facts, lang) ?? labelledDate(blocks, 'published', lang) ?? inState(html, lang);
  const modified = read(facts.stated.modified) ?? first(modifiedNames) ?? read(times.modified) ?? line.modified;
  // A page that shows only when it was changed has that as its date.
  return { published: finer(published, line.published) ?? modified ?? labelledDate(blocks, 'modified', lang) ?? loneDate(blocks, lang) ?? read(times.only), modified: modified ?? null };
}

/** Names nobody listed, but that say what they are: `published-date`, `releaseDate`. */
function anyMeta(facts: Facts, lang: string | null): Moment | null {
  for (const [name, values] of facts.meta) {
    if (!/publi(?:sh|cation)|release|issued|created|pubdate/.test(name) || !/date|time|pubdate/.test(name)) continue;
    const found = readDate(values[0] ?? '', lang);
    if (found !== null) return found;
  }
  return null;
}

/** Pages drawn by scripts carry their data along: the first publication date in it. */
function inState(html: string, lang: string | null): Moment | null {
  const match = /\\?"(?:datePublished|date_published|publishDate|publish_date|publishedAt|published_at|publishedDate|publicationDate|firstPublished|postDate|postedAt|pubDate|publishTime|publish_time|ptime)\\?"\s*:\s*\\?"?(\d[^"\\,}]{7,30})/i.exec(html.slice(0, 4_000_000));
  return match === null ? null : readDate(match[1] ?? '', lang);
}

/** The same day with the time of day, when another source knows it. */
function finer(a: Moment | null, b: Moment | null): Moment | null {
  return a !== null && b !== null && a.local.length === 10 && b.local.startsWith(a.local) ? b : a;
}

function urlDates(facts: Facts, lang: string | null): Moment | null {
  for (const address of [facts.links.get('canonical'), metaOf(facts, 'og:url'), metaOf(facts, 'og:image')]) {
    const found = address === undefined || address === null ? null : dateInAddress(address, lang);
    if (found !== null) return found;
  }
  return null;
}

/** `only` is the one that every <time> of the page tells, at its foot too; those of comments and of other articles are not asked. */
type Times = { published: string | null; modified: string | null; first: string | null; only: string | null };

const others = /comment|related|recommend|teaser|recirc|popular|latest/i;

function timesIn(tree: Tree): Times {
  const out: Times = { published: null, modified: null, first: null, only: null };
  const days = new Map<string, string>();
  const walk = (parent: Parent, elsewhere: boolean): void => {
    for (const child of parent.childNodes) {
      if (!isElement(child)) continue;
      const names = attr(child, 'class') ?? '';
      const away = elsewhere || isElsewhere(child);
      if (away && others.test(`${names} ${attr(child, 'id') ?? ''}`)) continue;
      const told = child.tagName === 'time' ? attr(child, 'datetime') : null;
      const day = told === null ? null : readDate(told, null);
      if (day !== null) days.set(day.local.slice(0, 10), told ?? '');
      if (away) {
        walk(child, true);
        continue;
      }
      const prop = attr(child, 'itemprop') ?? '';
      const value = (): string | null => attr(child, 'datetime') ?? attr(child, 'content') ?? (child.tagName === 'meta' ? null : textOf(child).slice(0, 100));
      if (/\bdatePublished\b/i.test(prop)) out.published ??= value();
      else if (/\bdateModified\b/i.test(prop)) out.modified ??= value();
      else if (child.tagName === 'time' || (child.tagName === 'abbr' && /\bpublished\b/.test(names))) {
        const text = attr(child, 'datetime') ?? attr(child, 'title') ?? textOf(child);
        if (/updat|modif/i.test(names)) out.modified ??= text;
        else if (attr(child, 'pubdate') !== null || /publish|entry-date/i.test(names)) out.published ??= text;
        else if (readDate(text, null) !== null) out.first ??= text;
      }
      walk(child, false);
    }
  };
  walk(tree, false);
  const [only = null] = days.values();
  return { ...out, only: days.size === 1 ? only : null };
}

const elsewhere = /comment|related|recommend|sidebar|widget|teaser|recirc|popular|latest/i;

/** Parts with dates of something else: comments, teasers. Page builders call every part a widget, and templates name theirs anything: what holds the title is the article's. */
function isElsewhere(element: Element): boolean {
  if (element.tagName !== 'aside' && element.tagName !== 'footer') {
    const names = `${attr(element, 'class') ?? ''} ${attr(element, 'id') ?? ''}`;
    // Most names are none of these, with or without what page builders add.
    if (!elsewhere.test(names) || !elsewhere.test(names.replace(/(?:elementor|template|et_pb)[\w-]*/gi, ' '))) return false;
  }
  return find(element, (one) => one.tagName === 'h1') === null;
}

/** The page's own canonical address, if it names one on the same site. */
export function findCanonical(facts: Facts, url: string | null): string | null {
  const named = facts.links.get('canonical') ?? metaOf(facts, 'og:url');
  const found = named === null || named === undefined ? null : URL.parse(named, url ?? undefined);
  if (found === null || !/^https?:$/.test(found.protocol)) return null;
  const site = (host: string): string => host.replace(/^(?:www|m|mobile|amp)\./, '');
  return url === null || site(found.hostname) === site(URL.parse(url)?.hostname ?? '') ? found.href : null;
}

export function findLeadImage(facts: Facts, base: string | null, html: string): string | null {
  const named = metaOf(facts, 'og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src') ?? facts.stated.image ?? facts.links.get('image_src') ?? null;
  const found = named === null ? null : URL.parse(named, base ?? undefined);
  if (found !== null && /^https?:$/.test(found.protocol) && !/(?:logo|default|placeholder|favicon)[^/]*$/i.test(found.pathname)) return found.href;
  return /<img src="(https?:[^"]+)"/.exec(html)?.[1]?.replace(/&amp;/g, '&') ?? null;
}

/** The part of the site: declared, else the innermost crumb that is no front page. */
export function findSection(facts: Facts, breadcrumb: string[]): string | null {
  const declared = metaOf(facts, 'article:section', 'og:article:section', 'parsely-section', 'cxenseparse:section') ?? facts.stated.section;
  return declared !== null && declared.length <= 60 ? declared : sectionOf(breadcrumb);
}

export function findKeywords(facts: Facts): string[] {
  const tags = facts.meta.get('article:tag') ?? [];
  const words = tags.length > 0 ? tags : (metaOf(facts, 'news_keywords', 'keywords', 'parsely-tags') ?? '').split(/[,，;；、|]/);
  const all = (words.join('') === '' ? facts.stated.keywords : words).map((word) => word.trim()).filter((word) => word.length > 0 && word.length <= 60);
  return [...new Map(all.map((word) => [word.toLowerCase(), word])).values()].slice(0, 20);
}

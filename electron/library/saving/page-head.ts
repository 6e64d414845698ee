import { type DefaultTreeAdapterMap, defaultTreeAdapter as tree, parseFragment } from 'parse5';

/** What a page's head says of the page and its site. `icons` are absolute addresses, the one to try first in front. */
export type PageHead = { title: string | null; excerpt: string | null; icons: string[] };

/** How far into a page its head is looked for, and how many of its tags are read, each of so many characters. */
const headLength = 300_000;
const mostTags = 300;
const tagLength = 4_000;
/** The size asked for, in pixels: lists show 16, on a dense screen 32. */
const wanted = 32;

/** Reads a page's head without taking the page apart; `url` is where it was found. */
export function readHead(html: string, url: string): PageHead {
  const head = headOf(html.slice(0, headLength));
  const meta = new Map<string, string>();
  const icons: Array<{ href: string; rank: number }> = [];
  for (const [at, [tag]] of [...head.matchAll(/<(?:link|meta)\b[^<>]*>/gi)].entries()) {
    if (at >= mostTags) break;
    const facts = attributes(tag);
    const name = (facts.get('property') ?? facts.get('name') ?? '').toLowerCase();
    const content = plain(facts.get('content') ?? '');
    if (name !== '' && content !== '' && !meta.has(name)) meta.set(name, content);
    const rank = rankOf(facts);
    const href = rank === null ? null : absolute(facts.get('href') ?? '', url);
    if (rank !== null && href !== null) icons.push({ href, rank });
  }
  const [, written = ''] = /<title\b[^<>]*>([^<]*)/i.exec(head) ?? [];
  const title = meta.get('og:title') ?? plain(textIn(written.slice(0, tagLength)));
  return {
    title: title === '' ? null : title.slice(0, 500),
    excerpt: (meta.get('og:description') ?? meta.get('description') ?? '').slice(0, 500) || null,
    icons: [...new Set(icons.toSorted((a, b) => a.rank - b.rank).map(({ href }) => href))],
  };
}

/** The head without comments and scripts, in steps that never go back. */
function headOf(html: string): string {
  const end = html.search(/<\/head\s*>|<body[\s>]/i);
  let rest = end < 0 ? html : html.slice(0, end);
  let head = '';
  for (const [opening, closing] of [['<!--', '-->'], ['<script', '</script'], ['<style', '</style']] as const) {
    const lower = rest.toLowerCase();
    let at = 0;
    for (;;) {
      const from = lower.indexOf(opening, at);
      const to = from < 0 ? -1 : lower.indexOf(closing, from + opening.length);
      if (from < 0) break;
      head += rest.slice(at, from);
      if (to < 0) {
        at = rest.length;
        break;
      }
      at = to + closing.length;
    }
    rest = head + rest.slice(at);
    head = '';
  }
  return rest;
}

/** How well an icon serves, the least best; null for what is no icon. */
function rankOf(facts: ReadonlyMap<string, string>): number | null {
  const rel = (facts.get('rel') ?? '').toLowerCase().split(/\s+/);
  const touch = rel.some((each) => each.startsWith('apple-touch-icon'));
  if (!touch && !rel.includes('icon')) return null;
  const sizes = (facts.get('sizes') ?? '').toLowerCase();
  if (sizes === 'any' || /svg/i.test(facts.get('type') ?? '')) return 0.5;
  const size = Number(/^(\d{1,4})x\d/.exec(sizes)?.[1] ?? (touch ? 180 : wanted));
  // Too small looks worse than too large.
  return size < wanted ? 10 + wanted - size : Math.log2(size / wanted);
}

function attributes(tag: string): Map<string, string> {
  const [element] = parseFragment(tag.slice(0, tagLength)).childNodes as Array<DefaultTreeAdapterMap['node'] | undefined>;
  return new Map(element !== undefined && tree.isElementNode(element) ? element.attrs.map(({ name, value }) => [name, value]) : []);
}

function textIn(written: string): string {
  const [node] = parseFragment(`<p>${written}`).childNodes;
  const text = node !== undefined && tree.isElementNode(node) ? node.childNodes[0] : undefined;
  return text !== undefined && tree.isTextNode(text) ? text.value : '';
}

const plain = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

function absolute(href: string, url: string): string | null {
  if (/^data:image\//i.test(href)) return href;
  const found = href.trim() === '' ? null : URL.parse(href.trim(), url);
  return found !== null && /^https?:$/.test(found.protocol) ? found.href : null;
}

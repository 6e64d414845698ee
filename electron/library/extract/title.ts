import type { Block } from './blocks.ts';
import { metaOf, type Facts } from './facts.ts';
import { fold } from './tree.ts';

/** A heading on the page that could be the article's title. */
export type Heading = { text: string; block: Block; level: number };

/** The page's title without its site's suffix, and the block that shows it (null when none does). */
export type Title = { text: string; block: Block | null };

/** Letters and digits only, lower case: how two spellings of a title are compared. */
export const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * Finds the title by agreement between the page's headings and what it says of itself; a suffix goes only where something
 * else on the page (a heading, the site's name, the breadcrumb) shows that it is one.
 */
export function findTitle(facts: Facts, blocks: Block[], siteNames: string[], breadcrumb: string[]): Title {
  const heads = headingsOf(blocks);
  const said = [metaOf(facts, 'og:title'), facts.stated.headline, metaOf(facts, 'twitter:title'), metaOf(facts, 'articletitle', 'dc.title', 'dcterms.title', 'parsely-title', 'sailthru.title', 'title'), facts.title]
    .filter((text): text is string => text !== null && text !== '');
  const sites = siteNames.map(bare).filter((name) => name !== '');
  const crumbs = breadcrumb.map(bare);
  const stripped = said.map((text) => stripSuffix(text, [...sites, ...crumbs], heads.map((head) => head.text)));

  const strippedNames = new Set(stripped.map(bare));
  const claims = [...new Set([...said.map(bare), ...strippedNames])];
  let best: { head: Heading; points: number } | null = null;
  for (const head of heads) {
    const name = bare(head.text);
    if (name.length < 2 || sites.includes(name) || (crumbs.includes(name) && !strippedNames.has(name))) continue;
    let points = 0;
    for (const claim of claims) points = Math.max(points, likeness(name, claim));
    points = points * 4 + (head.level === 1 ? 1.2 : head.level === 2 ? 0.3 : 0) - (head.block.linked > head.block.size * 0.8 ? 0.4 : 0) - (head.block.box.hidden ? 1 : 0);
    if (best === null || points > best.points + 0.05) best = { head, points };
  }
  const firstHeads = heads.filter((head) => head.level === 1);
  if (best !== null && (best.points >= 2.6 || (best.head.level === 1 && firstHeads.length === 1 && best.points >= 0.9))) {
    return { text: best.head.text, block: best.head.block };
  }
  const text = stripped[0] ?? '';
  const wanted = bare(text);
  const shown = text === '' ? undefined : blocks.find((block) => block.size < 600 && Math.abs(block.text.length - text.length) < 40 && bare(block.text) === wanted);
  if (text !== '' && !sites.includes(bare(text))) return { text, block: shown ?? null };
  return best === null ? { text, block: shown ?? null } : { text: best.head.text, block: best.head.block };
}

function headingsOf(blocks: Block[]): Heading[] {
  const out: Heading[] = [];
  for (const block of blocks) {
    if (block.size > 700) continue;
    let level = 0;
    for (let at: Block['box'] | null = block.box, up = 0; at !== null && up < 3; at = at.parent, up++) {
      const digit = /^h([1-6])$/.exec(at.element.tagName)?.[1];
      if (digit !== undefined) level = Number(digit);
    }
    if (level === 0 && /title|headline|biaoti|tit\b/i.test(`${block.box.element.attrs.map((one) => (one.name === 'class' || one.name === 'id' ? one.value : '')).join(' ')}`) && block.size < 300) level = 4;
    if (level > 0) out.push({ text: block.text, block, level });
    if (out.length > 200) break;
  }
  return out;
}

/** 1 for equal, falling with how much longer one is than the other when it holds it; shared characters otherwise. */
function likeness(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.includes(short)) return short.length >= 6 || /\p{Script=Han}/u.test(short) ? 0.55 + 0.4 * (short.length / long.length) : 0.4;
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < long.length; i++) pairs.add(long.slice(i, i + 2));
  let hits = 0;
  for (let i = 0; i + 1 < short.length; i++) if (pairs.has(short.slice(i, i + 2))) hits++;
  return short.length < 6 ? 0 : 0.8 * (hits / (short.length - 1)) * (short.length / long.length);
}

const separators = /(\s+[|\-–—·•:»«/\\<>~]+\s+|\s*[|｜]\s*|\s*_+\s*|\s*[–—]\s*|\s+::\s+|\s*»\s*|(?<=\p{Script=Han}|[”》』」）？！])-(?=\p{Script=Han})|-(?=[\p{Script=Han}A-Za-z0-9]{2,12}(?:网|在线|新闻|频道|日报|门户)$)|:\s+(?=[^:]{2,30}$))/u;
const outlet = /(?:网|网站|新闻|新闻网|频道|在线|日报|晚报|时报|晨报|周刊|杂志|门户|论坛|博客|资讯|中心|头条|客户端|新浪|搜狐|腾讯|网易|\.com|\.cn|\.org|\.net|\.de)$/iu;

/** The text without a site's or section's name at its end or start, where one of `names` (bare) or a heading proves it to be one. */
export function stripSuffix(text: string, names: string[], heads: string[]): string {
  const pieces = text.split(separators);
  if (pieces.length < 3) return text;
  const headNames = heads.map(bare).filter((name) => name.length > 3);
  // A heading that is the whole title up to a separator settles it.
  for (let end = pieces.length - 2; end >= 1; end -= 2) {
    const front = fold(pieces.slice(0, end).join(''));
    if (headNames.includes(bare(front))) return front;
    const back = fold(pieces.slice(pieces.length - end).join(''));
    if (headNames.includes(bare(back))) return back;
  }
  const isName = (piece: string): boolean => {
    const name = bare(piece);
    if (name === '') return true;
    return names.some((one) => one === name || (one.length > 3 && name.length > 3 && (one.includes(name) || name.includes(one)) && Math.abs(one.length - name.length) < 12)) || outlet.test(piece.trim());
  };
  let from = 0;
  let to = pieces.length;
  let proved = false;
  while (to - from >= 3 && isName(pieces[to - 1] ?? '')) {
    to -= 2;
    proved = true;
  }
  // Sections stand between the title and the site: once the site is off, `_` parts before it are sections too.
  if (proved) while (to - from >= 3 && /_/.test(pieces[to - 2] ?? '') && bare(pieces[to - 1] ?? '').length <= 12) to -= 2;
  while (to - from >= 3 && isName(pieces[from] ?? '') && bare(pieces[from] ?? '').length < 30 && bare(pieces.slice(from + 2, to).join('')).length > 8) from += 2;
  const left = fold(pieces.slice(from, to).join(''));
  return bare(left).length < 2 ? text : left;
}

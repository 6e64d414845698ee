import type { Block } from './blocks.ts';
import { digit, kindOf, letter } from './characters.ts';
import { findDate } from './dates.ts';
import { metaOf, type Facts } from './facts.ts';
import { fold } from './tree.ts';

/** A heading on the page that could be the article's title. */
export type Heading = { text: string; block: Block; level: number };

/** The page's title without its site's suffix, and the block that shows it (null when none does). */
export type Title = { text: string; block: Block | null };

/** Letters and digits only, lower case: how two spellings of a title are compared. */
export function bare(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  let out = '';
  let from = -1;
  for (let i = 0; i < plain.length; i++) {
    const code = plain.codePointAt(i) ?? 0;
    const counts = (kindOf(code) & (letter | digit)) !== 0;
    if (counts && from < 0) from = i;
    if (!counts && from >= 0) {
      out += plain.slice(from, i);
      from = -1;
    }
    if (code > 0xffff) i++;
  }
  return from < 0 ? out : out + plain.slice(from);
}

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
  const owners = blocks.filter(({ text, size }) => size < 400 && /©|\(c\)\s*(?:19|20)\d\d|copyright|版权所有/iu.test(text)).map(({ text }) => bare(text));
  const stripped = said.map((text) => stripSuffix(text, [...sites, ...crumbs, ...initials(siteNames)], heads.map((head) => head.text), owners));

  const strippedNames = new Set(stripped.map(bare));
  const claims = [...new Set([...said.map(bare), ...strippedNames])];
  const cutOff = new Set(said.flatMap((text, at) => cutFrom(text, stripped[at] ?? '')).map(bare));
  let best: { head: Heading; points: number } | null = null;
  for (const head of heads) {
    const name = bare(head.text);
    if (name.length < 2 || sites.includes(name) || ((crumbs.includes(name) || cutOff.has(name)) && !strippedNames.has(name)) || notTitle.test(head.text)) continue;
    let points = 0;
    for (const claim of claims) points = Math.max(points, likeness(name, claim));
    points = points * 4 + (head.level === 1 ? 1.2 : head.level === 2 ? 0.3 : 0) - (head.block.linked > head.block.size * 0.8 ? 0.4 : 0) - (head.block.box.hidden ? 1 : 0);
    if (best === null || points > best.points + 0.05) best = { head, points };
  }
  const firstHeads = heads.filter((head) => head.level === 1);
  if (best !== null && (best.points >= 2.6 || (best.head.level === 1 && firstHeads.length === 1 && best.points >= 0.9))) {
    const title = spoken(best.head, best.points, stripped, sites);
    if (title !== null) return { text: title, block: best.head.block };
  }
  const text = stripped[0] ?? '';
  const wanted = bare(text);
  const shown = text === '' ? undefined : blocks.find((block) => block.size < 600 && Math.abs(block.text.length - text.length) < 40 && bare(block.text) === wanted);
  if (text !== '' && !sites.includes(bare(text))) return { text, block: shown ?? null };
  return best === null ? { text, block: shown ?? null } : { text: best.head.text, block: best.head.block };
}

/** Names of several words as they are often shortened: World Food Archive, wfa. */
const initials = (names: string[]): string[] => names.map((name) => (name.match(/\p{Lu}[\p{L}\p{N}]*/gu) ?? []).map((word) => word[0] ?? '').join('').toLowerCase()).filter((short) => short.length >= 3);

/** Headings of what stands under articles. */
const notTitle = /^(?:\d+\s+)?(?:comments?|replies|leave a (?:reply|comment)|kommentare?|评论|コメント)(?:\s*[(（]?\d+[)）]?)?$/iu;

/** What stripping took off a title: the names of site and section. */
function cutFrom(text: string, rest: string): string[] {
  const at = rest === '' || rest === text ? -1 : text.indexOf(rest);
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + rest.length)].filter((part) => bare(part) !== '');
}

/**
 * The heading as a title: without a site's name, a date or a label that shares its line, spaced as the page spells it
 * elsewhere. Null when it has nothing in common with what all other voices agree on.
 */
function spoken(head: Heading, points: number, stripped: string[], sites: string[]): string | null {
  const text = stripSuffix(head.text, sites, []).replace(/^title\s*[:：]\s*/i, '');
  const name = bare(text);
  const same = stripped.find((one) => bare(one) === name);
  if (same !== undefined) return same.split(/\s/).length < text.split(/\s/).length ? same : text;
  const held = stripped.find((one) => text.endsWith(one) && bare(one).length >= 8);
  if (held !== undefined && findDate(text.slice(0, -held.length), null) !== null) return held;
  const agreed = stripped.length >= 2 && new Set(stripped.map(bare)).size === 1;
  return agreed && points < 2.2 && head.level === 1 ? null : text;
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
  // One word of many is no likeness.
  if (long.includes(short) && short.length < long.length * 0.25 && !/\p{Script=Han}/u.test(short)) return 0.3;
  if (long.includes(short)) return short.length >= 6 || /\p{Script=Han}/u.test(short) ? 0.55 + 0.4 * (short.length / long.length) : 0.4;
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < long.length; i++) pairs.add(long.slice(i, i + 2));
  let hits = 0;
  for (let i = 0; i + 1 < short.length; i++) if (pairs.has(short.slice(i, i + 2))) hits++;
  return short.length < 6 ? 0 : 0.8 * (hits / (short.length - 1)) * (short.length / long.length);
}

const separators = /(\s+[|\-–—·•:»«/\\<>~]+\s+|\s*[|｜]\s*|\s*_+\s*|\s*[–—]\s*|\s+::\s+|\s*»\s*|(?<=\p{Script=Han}|[”》』」）？！])-(?=\p{Script=Han})|-(?=[\p{Script=Han}A-Za-z0-9]{2,12}(?:网|在线|新闻|频道|日报|门户)$)|:\s+(?=[^:]{2,30}$))/u;
const outlet = /(?:网|网站|新闻|新闻网|频道|在线|日报|晚报|时报|晨报|周刊|杂志|门户|论坛|博客|资讯|中心|头条|客户端|人民政府|委员会|新浪|搜狐|腾讯|网易|\.com|\.cn|\.org|\.net|\.de)$/iu;

/** The text without a site's or section's name at its end or start, where one of `names`, a copyright line (`owners`; both bare) or a heading proves it to be one. */
export function stripSuffix(text: string, names: string[], heads: string[], owners: string[] = []): string {
  const pieces = text.split(separators);
  if (pieces.length < 3) return text;
  const headNames = heads.map(bare).filter((name) => name.length > 3);
  const isName = (piece: string): boolean => {
    const name = bare(piece);
    if (name === '') return true;
    return names.some((one) => one === name || (one.length > 3 && name.length > 3 && (one.includes(name) || name.includes(one)) && Math.abs(one.length - name.length) < 12)) || outlet.test(piece.trim()) || (name.length >= 4 && owners.some((line) => line.includes(name)));
  };
  // A heading that is the whole title up to a separator settles it.
  for (let end = pieces.length - 2; end >= 1; end -= 2) {
    const front = fold(pieces.slice(0, end).join(''));
    if (headNames.includes(bare(front))) return front;
    const back = fold(pieces.slice(pieces.length - end).join(''));
    if (headNames.includes(bare(back)) && !isName(back)) return back;
  }
  // Only at the end: an article about a site begins with its name as well.
  const begins = (piece: string): boolean => names.some((one) => one.length >= 6 && bare(piece).startsWith(one));
  let from = 0;
  let to = pieces.length;
  let proved = false;
  while (to - from >= 3 && (isName(pieces[to - 1] ?? '') || begins(pieces[to - 1] ?? ''))) {
    to -= 2;
    proved = true;
  }
  // Sections stand between the title and the site: once the site is off, short parts before it are sections too.
  const isSection = (mark: string, piece: string, rest: string): boolean => (/_/.test(mark) ? piece.length <= 12 : /[|｜]/.test(mark) && piece.length <= 20 && rest.length > 8);
  if (proved) while (to - from >= 3 && isSection(pieces[to - 2] ?? '', bare(pieces[to - 1] ?? ''), bare(pieces.slice(from, to - 2).join('')))) to -= 2;
  while (to - from >= 3 && isName(pieces[from] ?? '') && bare(pieces[from] ?? '').length < 30 && bare(pieces.slice(from + 2, to).join('')).length > 8) from += 2;
  const left = fold(pieces.slice(from, to).join(''));
  return bare(left).length < 2 ? text : left;
}

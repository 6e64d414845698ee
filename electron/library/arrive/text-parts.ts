import type { ResourceList } from '../../../shared/article.ts';
import { sizeOf } from '../extract/blocks.ts';
import { bare } from '../extract/title.ts';

const moreLine = /^(.{0,30}?)\s*(?:更多|查看更多|more|see all|もっと見る|더보기)\s*[>»›→＞]*\s*$/iu;
const listHead = /^(?:相关(?:阅读|新闻|文章|链接|推荐|资讯)|推荐阅读|延伸阅读|热门(?:推荐|文章|新闻)|最新(?:文章|新闻|资讯)|猜你喜欢|上一篇|下一篇|related(?: articles| stories| posts)?|read more|more from .{2,40}|you may also like|recommended)\s*[:：]?$/iu;
const ends = /[。！？!?.;；:：,，、…”"』」)）\]]$/u;
const address = /https?:\/\/[^\s<>"'）)】」，。；]+/u;

/**
 * Takes off the link list a copied page ends with. Its titles are kept as printed, one line each where the text has
 * lines; where it runs them together they are divided as well as spaces tell (their addresses are null unless a line prints one).
 */
export function cutTail(paragraphs: string[], breadcrumb: string[]): { body: string[]; lists: ResourceList[] } {
  const sections = breadcrumb.map(bare);
  const at = paragraphs.findIndex((line, i) => {
    if (i === 0 || line.length > 60) return false;
    const more = moreLine.exec(line);
    const name = more === null ? null : bare(more[1] ?? '');
    const isHead = listHead.test(line) || (more !== null && (/[>»›→＞]/u.test(line) || (name !== null && sections.includes(name))));
    return isHead && !textFollows(paragraphs.slice(i + 1));
  });
  if (at < 0) return { body: paragraphs, lists: [] };
  const head = paragraphs[at] ?? '';
  const title = (moreLine.exec(head)?.[1] ?? head).replace(/[:：]$/u, '').trim();
  const links = paragraphs.slice(at + 1).flatMap((block) => block.split('\n')).flatMap((line) => (manyTitles(line) ? splitTitles(line) : [line])).filter((line) => line.trim() !== '').map((line) => {
    const url = address.exec(line)?.[0] ?? null;
    return { text: line.replace(url ?? '', '').replace(/^[\s·•*\-–]+|[\s:：|]+$/gu, '').trim() || (url ?? line), url };
  });
  return { body: paragraphs.slice(0, at), lists: [{ title, more: null, links }] };
}

/** Whether the article goes on after that line: paragraphs that end like sentences, and not one run of titles. */
function textFollows(rest: string[]): boolean {
  return rest.filter((line) => sizeOf(line) > 150 && /[。.!！?？”"]$/u.test(line) && (line.match(/[。.!！?？]/gu) ?? []).length >= 2 && (line.match(/\s/gu) ?? []).length < line.length / 3 && !manyTitles(line)).length >= 1;
}

/** Many Chinese titles in one line, divided by spaces, with hardly a full stop among them. */
function manyTitles(line: string): boolean {
  return /\p{Script=Han}/u.test(line) && line.split(/\s+/u).length > 8 && (line.match(/。/gu) ?? []).length < 2;
}

/** Titles hold spaces themselves: a piece too short for a title belongs to the next one, and a bar joins its neighbours. */
function splitTitles(line: string): string[] {
  const out: string[] = [];
  let open = '';
  for (const piece of line.split(/\s+/u)) {
    const whole = open === '' ? piece : `${open} ${piece}`;
    const bar = /^[|｜]$/u.test(piece);
    if (bar && open === '' && out.length > 0) open = `${out.pop() ?? ''} ${piece}`;
    else if (bar || sizeOf(whole) < 20) open = whole;
    else {
      out.push(whole);
      open = '';
    }
  }
  if (open !== '') out.push(open);
  return out;
}

/** Which paragraphs are headings: Markdown-like marks aside, short bare lines between long paragraphs. */
export function headingLines(paragraphs: string[]): Set<number> {
  const out = new Set<number>();
  paragraphs.forEach((line, i) => {
    const next = paragraphs[i + 1];
    if (next === undefined || i === 0 || line.includes('\n') || sizeOf(line) > 90 || line.length < 2 || ends.test(line)) return;
    const before = paragraphs[i - 1] ?? '';
    if (sizeOf(next) > 100 && sizeOf(next) > sizeOf(line) * 2 && sizeOf(before) > 60) out.add(i);
  });
  return out.size <= Math.max(1, paragraphs.length * 0.4) ? out : new Set();
}

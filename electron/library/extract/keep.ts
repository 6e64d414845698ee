import type { Block, Blocks } from './blocks.ts';
import { chooseBlocks } from './choose.ts';
import { groupBit } from './class-words.ts';
import { runsOf, tokensOf } from './coverage.ts';
import type { Signals } from './features.ts';
import { danglingHeadings } from './headings.ts';
import type { Title } from './title.ts';
import { bare } from './title.ts';
import { keepNotes } from './kept-notes.ts';
import { attr } from './tree.ts';
import { asks, fellows, wholesBetween } from './wholes.ts';

const threshold = 0.5;
/** In a conversation the first post looks like an article, and the answers to it like comments under one. */
const threadThreshold = 0.3;
/** Where the chooser keeps less than half of what Readability does, one of them is wrong: what is likely at all is kept then. */
const doubtfulThreshold = 0.3;

/** Why a block was left out although an extractor wanted it, or kept although none did. */
export type Reason = 'title' | 'breadcrumb' | 'meta-line' | 'chosen' | 'not-chosen' | 'heading-without-text' | 'whole' | 'repeated' | 'footnote' | 'fallback' | 'note' | 'comment';
export type Decision = { kept: Set<Block>; reasons: Map<Block, Reason>; by: 'chooser' | 'readability' | 'whole-page' | 'rule' };

/** Notes of editors and sites that stand inside the text's own box and are never part of it. */
export const notes =
  /^(?:[（(【[]?\s*(?:责任编辑|责编|编辑|本文编辑|审核|校对|监制|原标题|标题[:：]|来源[:：]|稿源[:：]|作者[:：]|文章来源|本文来源|声明[:：]|特别声明|免责声明|版权声明|版权所有|转载请|未经授权|更多精彩|扫描二维码|扫一扫|长按识别|点击(?:查看|下载|阅读)|相关阅读|相关新闻|相关文章|相关链接|推荐阅读|延伸阅读|热门推荐|猜你喜欢|上一篇|下一篇|上一页|下一页|返回(?:首页|列表|顶部)|分享到|打印本页|关闭窗口|我要评论|网友评论|欢迎关注|关注我们|阅读原文|举报|点赞|收藏))/u;

/** Everything but the title's own line: the reader has chosen by selecting. */
export function keepWhole(page: Blocks, title: Title): Decision {
  const blocks = page.blocks.filter((block) => block !== title.block || page.blocks.length === 1);
  return { kept: new Set(blocks), reasons: new Map(), by: 'whole-page' };
}

/** What belongs to the article. Never empty on a page with text: the chooser's word, else Readability's, else the whole page. */
export function decide(page: Blocks, signals: Signals, rows: Float32Array, title: Title, lifted: { breadcrumb: Block[]; metaLine: Block[]; isThread: boolean }): Decision {
  const reasons = new Map<Block, Reason>();
  const chances = chooseBlocks(rows);
  let by: Decision['by'] = 'chooser';
  let kept = page.blocks.filter((block) => (chances[block.index] ?? 0) >= (lifted.isThread ? threadThreshold : threshold));
  const read = page.blocks.reduce((sum, block) => sum + (signals.readability[block.index] ?? 0) * block.size, 0);
  if (sizeOf(kept) < read / 2) kept = page.blocks.filter((block) => (chances[block.index] ?? 0) >= doubtfulThreshold);
  if (sizeOf(kept) < Math.min(120, page.root.size * 0.25)) {
    const readable = page.blocks.filter((block) => (signals.readability[block.index] ?? 0) >= 0.6);
    const likely = page.blocks.filter((block) => (chances[block.index] ?? 0) >= 0.2);
    by = 'readability';
    kept = sizeOf(readable) >= sizeOf(likely) || sizeOf(likely) < 60 ? readable : likely;
    if (sizeOf(kept) < 25) {
      by = 'whole-page';
      kept = page.blocks.filter((block) => !block.box.hidden);
    }
  }
  const crumbs = new Set(lifted.breadcrumb);
  const lines = new Set(lifted.metaLine);
  const name = bare(title.text);
  const firstLong = kept.find((block) => block.size > 150)?.index ?? 0;
  const set = new Set<Block>();
  for (const block of kept) {
    const isTitle = block === title.block || (bare(block.text) === name && name !== '' && (block.index <= firstLong + 1 || /^h[1-3]$/.test(block.box.element.tagName)));
    const reason = isTitle ? 'title' : crumbs.has(block) ? 'breadcrumb' : lines.has(block) && block.index < firstLong ? 'meta-line' : block.size < 260 && (notes.test(block.text) || isInvitation(block)) ? 'note' : null;
    if (reason === null) set.add(block);
    else reasons.set(block, reason);
  }
  for (const block of lifted.isThread ? [] : comments([...set])) {
    set.delete(block);
    reasons.set(block, 'comment');
  }
  for (const block of headingsBetween(page, set, (one) => !reasons.has(one) && (chances[one.index] ?? 0) >= doubtfulThreshold)) {
    set.add(block);
    reasons.set(block, 'whole');
  }
  for (const block of danglingHeadings(page.blocks.filter((one) => set.has(one)))) {
    set.delete(block);
    reasons.set(block, 'heading-without-text');
  }
  for (const block of wholesBetween(page, set)) {
    set.add(block);
    reasons.set(block, 'whole');
  }
  for (const block of fellows(page, set, signals)) {
    set.add(block);
    reasons.set(block, 'whole');
  }
  for (const block of repeats(page, page.blocks.filter((one) => set.has(one)))) {
    set.delete(block);
    reasons.set(block, 'repeated');
  }
  if (set.size === 0) for (const block of kept) set.add(block);
  for (const block of keepNotes(page, set)) {
    if (!set.has(block)) reasons.set(block, 'footnote');
    set.add(block);
  }
  return { kept: new Set(page.blocks.filter((block) => set.has(block))), reasons, by };
}

/** Headings that would be missing between two paragraphs of the text: short and alike everywhere (“Notes”), they look like clutter by themselves. */
function headingsBetween({ blocks }: Blocks, kept: Set<Block>, isLikely: (block: Block) => boolean): Block[] {
  return blocks.filter((block, i) => {
    const [before, after] = [blocks[i - 1], blocks[i + 1]];
    return /^h[2-6]$/.test(block.box.element.tagName) && block.links === 0 && !kept.has(block) && before !== undefined && kept.has(before) && after !== undefined && kept.has(after) && isLikely(block);
  });
}

const promo = groupBit('promo');

/** What a box named for it asks of the site's readers: to sign up, to follow, to download. */
const isInvitation = ({ text, box }: Block): boolean => ((box.own | (box.parent?.own ?? 0)) & promo) !== 0 && asks.test(text);

const sizeOf = (blocks: Block[]): number => blocks.reduce((sum, block) => sum + block.size, 0);

const commentBox = /(?:^|\s)(?:comments?|comments?[-_]?(?:list|area|section|wrap(?:per)?|container)|disqus_thread|respond)(?=\s|$)/i;

/** Readers' comments under an article; a page that is nothing but talk (a forum's thread) keeps it. */
function comments(kept: Block[]): Block[] {
  const inComments = (block: Block): boolean => {
    for (let box: Block['box'] | null = block.box; box !== null; box = box.parent) if (commentBox.test(`${attr(box.element, 'id') ?? ''} ${attr(box.element, 'class') ?? ''}`)) return true;
    return false;
  };
  const out = kept.filter(inComments);
  return sizeOf(kept) - sizeOf(out) >= 250 ? out : [];
}

/** Pages that carry their text twice (for print, for phones, for a player): the later copies, box by box. A refrain within the text stays. */
function repeats(page: Blocks, kept: Block[]): Set<Block> {
  const out = new Set<Block>();
  const texts = new Map(kept.map((block) => [block, bare(block.text)]));
  const first = new Map<string, number>();
  for (const block of kept) if (!first.has(texts.get(block) ?? '')) first.set(texts.get(block) ?? '', block.index);
  const total = sizeOf(kept);
  const said = kept.some((block) => block.size >= 600) ? saidBefore(kept) : () => false;
  const again = (block: Block, from: number): boolean => (first.get(texts.get(block) ?? '') ?? Infinity) < from || said(block, from);
  if (sizeOf(kept.filter((block) => again(block, block.index))) < total * 0.2) return out;
  for (const box of page.boxes.values()) {
    if (box.first === 0 || box.size < total * 0.15) continue;
    const inside = kept.filter(({ index }) => index >= box.first && index < box.last);
    const copies = inside.filter((block) => again(block, box.first));
    if (sizeOf(copies) >= total * 0.2 && sizeOf(copies) >= sizeOf(inside) * 0.85) for (const block of inside) out.add(block);
  }
  return out;
}

/** Asks whether a long block says in one piece what several blocks before `from` said, which is how a page carries its text for machines. */
function saidBefore(kept: Block[]): (block: Block, from: number) => boolean {
  const first = new Map<number, number>();
  const runs = new Map<Block, number[]>();
  for (const block of kept) {
    const own = runsOf(tokensOf(block.text));
    if (block.size >= 600) runs.set(block, own);
    for (const run of own) if (!first.has(run)) first.set(run, block.index);
  }
  return (block, from) => {
    const own = runs.get(block) ?? [];
    const places = own.map((run) => first.get(run) ?? from).filter((index) => index < from);
    return own.length > 0 && places.length >= own.length * 0.9 && new Set(places).size >= 3;
  };
}

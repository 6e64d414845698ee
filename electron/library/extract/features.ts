import { kindOf, letter, upper } from './characters.ts';
import { groupBit, groupNames } from './class-words.ts';
import { tagBits, type Block, type Blocks, type Box } from './blocks.ts';
import { findItems, itemAround } from './items.ts';

/*
 * What the chooser knows of each block, as numbers. The order is the trained model's input: after any change here run
 * `bench/train-blocks.mjs` again.
 */

/** What other steps found out about the whole page, by block. */
export type Signals = {
  /** Share of each block that Readability kept. */
  readability: Float64Array;
  /** Share of each block found in the JSON-LD article body; null without one. */
  stated: Float64Array | null;
  /** Index of the block that is the page's title, or -1. */
  titleAt: number;
  title: string;
  isThread: boolean;
};

const tagsOf = ['article', 'main', 'section', 'aside', 'nav', 'header', 'footer', 'form', 'ul', 'li', 'table', 'td', 'blockquote', 'figure', 'figcaption', 'dl', 'pre', 'p', 'h1', 'h2', 'h4', 'a', 'details'];
const ownTags = ['p', 'li', 'div', 'td', 'span', 'a', 'figcaption', 'dd', 'dt', 'section', 'article', 'h1', 'h2', 'h3', 'h4', 'body', 'pre', 'label', 'summary'];

const boilerplate =
  /copyright|©|all rights reserved|cookie|privacy|terms of|newsletter|subscri|sign up|log ?in|sign in|follow us|share (?:this|on)|read (?:more|next|also)|related|advertis|click here|comments?\b|leave a|reply|posted (?:in|by|on)|filed under|tags?:|categor|impressum|datenschutz|kommentar|teilen|weiterlesen|anmelden|mehr (?:zum|lesen|dazu)|lesen sie|abonn|版权|转载|责任编辑|责编|编辑[:：]|相关|推荐|上一篇|下一篇|评论|登录|注册|分享|扫码|二维码|微信|关注|点击|下载|客户端|声明|免责|举报|关键词|标签|来源[:：]|原标题|返回|首页|備案|备案|関連|シェア|会員|ログイン|기자|무단|подпис|читайте|комментар/iu;
const dateLike = /\b(?:19|20)\d{2}\b|\d{1,2}[.:/]\d{2}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|年\d|月\d/iu;
const sentenceEnd = /[.!?。！？…](?:["'”’」』)）\]]*)$/u;
const commas = ',，、;；';
const stops = '.!?。！？';
const firstPerson = /\b(?:the|a|of|to|and|in|is|that|was|for|with|der|die|und|das|ist|le|la|de|et|el|que|на|не|что|и)\b|[的了在是和]/giu;

export const featureNames: string[] = [
  'size', 'words', 'linkShare', 'links', 'boldShare', 'commas', 'stops', 'endsSentence', 'common', 'digits', 'upper', 'boilerplate', 'dateLike', 'shortPipe', 'colonEnd',
  'index', 'indexShare', 'sizeBefore', 'blocksTotal', 'pageSize', 'afterTitle', 'titleGap', 'isTitle', 'readability', 'readPrev', 'readNext', 'readNear', 'readTotal', 'readBox', 'stated', 'hasStated',
  'depth', 'hidden', 'boxSize', 'boxLinkShare', 'boxBlocks', 'upSize', 'upLinkShare', 'upBlocks', 'up2Size', 'up2LinkShare', 'up3Size', 'up3LinkShare', 'pathCount', 'pathSize', 'pathLinkShare', 'pathRead',
  'prevSize', 'prevLink', 'nextSize', 'nextLink', 'prev2Size', 'next2Size', 'nearSize', 'nearLink', 'nearSpan', 'repeated', 'sinceLong', 'untilLong', 'inCore', 'coreGap', 'coreSide', 'coreShare', 'headBefore',
  ...tagsOf.map((tag) => `in-${tag}`), ...ownTags.map((tag) => `is-${tag}`),
  ...groupNames.map((name) => `own-${name}`), ...groupNames.map((name) => `up-${name}`), ...groupNames.map((name) => `far-${name}`), 'linkOnlyBox', 'listSize', 'listLinkShare', 'isThread', 'itemCount', 'itemSize', 'itemSpread', 'itemLinkShare', 'itemLeading', 'itemShare', 'itemUp',
];
export const featureCount = featureNames.length;

const log = (value: number): number => Math.log1p(Math.max(0, value));
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

function countMarks(text: string): { commas: number; stops: number; digits: number; upper: number } {
  const out = { commas: 0, stops: 0, digits: 0, upper: 0 };
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0;
    if (code > 0xffff) i++;
    const kind = kindOf(code);
    if ((kind & letter) !== 0) {
      if ((kind & upper) !== 0) out.upper++;
    } else if (code >= 0x30 && code <= 0x39) out.digits++;
    else if (code !== 0x20 && (code < 0x40 || (code > 0x3000 && code < 0xffff))) {
      const character = text[i] ?? '';
      if (commas.includes(character)) out.commas++;
      else if (stops.includes(character)) out.stops++;
    }
  }
  return out;
}

function spacesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) count++;
  return count;
}

/** Rows of `featureCount` numbers, one for each block, one after the other. */
export function measure(page: Blocks, signals: Signals): Float32Array {
  const { blocks, root } = page;
  const total = root.size;
  const paths = countPaths(blocks, signals.readability);
  const texts = new Map<string, number>();
  for (const block of blocks) texts.set(block.text, (texts.get(block.text) ?? 0) + 1);
  const core = findCore(blocks, root);
  const items = findItems(page);
  const long = blocks.map((block) => block.size >= 120 && block.linked < block.size * 0.4);
  const since = distances(long, 1);
  const until = distances(long, -1);
  let readTotal = 0;
  for (const block of blocks) readTotal += (signals.readability[block.index] ?? 0) * block.size;
  const boxRead = readByBox(blocks, signals.readability);
  const heads = headsBefore(blocks);
  let before = 0;
  let at = 0;
  const rows = new Float32Array(blocks.length * featureCount);
  const put = (value: number): void => {
    rows[at++] = value;
  };
  for (const [i, block] of blocks.entries()) {
    const text = block.text;
    const box = block.box;
    const words = text.length > 4_000 ? text.length / 6 : spacesIn(text) + 1;
    const sample = text.length > 2_000 ? text.slice(0, 2_000) : text;
    put(log(block.size)); put(log(words)); put(share(block.linked, block.size)); put(log(block.links)); put(share(block.bold, block.size));
    const counts = countMarks(sample);
    put(share(counts.commas * 100, sample.length)); put(share(counts.stops * 100, sample.length));
    put(sentenceEnd.test(text.slice(-6)) ? 1 : 0); put(share((sample.match(firstPerson) ?? []).length * 100, sample.length));
    put(share(counts.digits, sample.length)); put(share(counts.upper, sample.length));
    put(block.size < 400 && boilerplate.test(text) ? 1 : 0); put(block.size < 200 && dateLike.test(text) ? 1 : 0); put(block.size < 200 && /[|»›·•>]/.test(text) ? 1 : 0); put(/[:：]$/.test(text) ? 1 : 0);
    put(log(i)); put(share(i, blocks.length)); put(share(before, total)); put(log(blocks.length)); put(log(total));
    put(signals.titleAt < 0 ? -1 : i > signals.titleAt ? 1 : 0); put(signals.titleAt < 0 ? -99 : Math.max(-30, Math.min(60, i - signals.titleAt))); put(text === signals.title ? 1 : 0);
    const read = (k: number): number => signals.readability[i + k] ?? 0;
    put(read(0)); put(read(-1)); put(read(1)); put((read(-3) + read(-2) + read(-1) + read(1) + read(2) + read(3)) / 6); put(share(readTotal, total)); put(share(boxRead.get(box) ?? 0, box.size));
    put(signals.stated?.[i] ?? -1); put(signals.stated === null ? 0 : 1);
    put(box.depth); put(box.hidden ? 1 : 0);
    for (const up of [box, box.parent]) { put(log(up?.size ?? 0)); put(share(up?.linked ?? 0, up?.size ?? 0)); put(log((up?.last ?? 0) - (up?.first ?? 0))); }
    for (const up of [box.parent?.parent, box.parent?.parent?.parent]) { put(log(up?.size ?? 0)); put(share(up?.linked ?? 0, up?.size ?? 0)); }
    const path = paths.get(box.path);
    put(log(path?.count ?? 0)); put(log(share(path?.size ?? 0, path?.count ?? 0))); put(share(path?.linked ?? 0, path?.size ?? 0)); put(share(path?.read ?? 0, path?.size ?? 0));
    const near = (k: number): Block | undefined => blocks[i + k];
    for (const k of [-1, 1]) { put(log(near(k)?.size ?? 0)); put(share(near(k)?.linked ?? 0, near(k)?.size ?? 0)); }
    put(log(near(-2)?.size ?? 0)); put(log(near(2)?.size ?? 0));
    let nearSize = 0; let nearLinked = 0; let span = 0;
    for (let k = -4; k <= 4; k++) { nearSize += near(k)?.size ?? 0; nearLinked += near(k)?.linked ?? 0; if (long[i + k] === true) span++; }
    put(log(nearSize)); put(share(nearLinked, nearSize)); put(span); put(Math.min(5, texts.get(text) ?? 1));
    put(since[i] ?? 99); put(until[i] ?? 99);
    put(inside(box, core.box) ? 1 : 0); put(coreDistance(box, core.box)); put(i < core.box.first ? -1 : i >= core.box.last ? 1 : 0); put(share(core.box.size, total));
    put(heads[i] ?? 15);
    for (const tag of tagsOf) put((box.tags & (tagBits[tag] ?? 0)) === 0 ? 0 : 1);
    for (const tag of ownTags) put(box.element.tagName === tag ? 1 : 0);
    const own = box.own; const up = (box.parent?.own ?? 0) | (box.parent?.parent?.own ?? 0);
    for (const name of groupNames) put((own & groupBit(name)) === 0 ? 0 : 1);
    for (const name of groupNames) put((up & groupBit(name)) === 0 ? 0 : 1);
    for (const name of groupNames) put(distanceTo(box, groupBit(name)));
    put(box.linked > box.size * 0.9 ? 1 : 0);
    const list = listOf(box);
    put(log(list?.size ?? 0)); put(share(list?.linked ?? 0, list?.size ?? 0));
    put(signals.isThread ? 1 : 0);
    const item = itemAround(box, items);
    put(log(item?.items.count ?? 0)); put(log(item?.items.size ?? 0)); put(item?.items.spread ?? 0); put(item?.items.linkShare ?? -1); put(item?.items.leading ?? -1); put(item?.items.share ?? 0); put(item?.up ?? 20);
    before += block.size;
  }
  return rows;
}

type PathCount = { count: number; size: number; linked: number; read: number };

function countPaths(blocks: Block[], read: Float64Array): Map<string, PathCount> {
  const out = new Map<string, PathCount>();
  for (const block of blocks) {
    const one = out.get(block.box.path) ?? { count: 0, size: 0, linked: 0, read: 0 };
    one.count++; one.size += block.size; one.linked += block.linked; one.read += (read[block.index] ?? 0) * block.size;
    out.set(block.box.path, one);
  }
  return out;
}

function readByBox(blocks: Block[], read: Float64Array): Map<Box, number> {
  const out = new Map<Box, number>();
  for (const block of blocks) {
    const part = (read[block.index] ?? 0) * block.size;
    if (part > 0) for (let at: Box | null = block.box; at !== null; at = at.parent) out.set(at, (out.get(at) ?? 0) + part);
  }
  return out;
}

/** Our own candidate: the box that best holds running text, paragraphs, `<br>` runs and table cells alike. */
export function findCore(blocks: Block[], root: Box): { box: Box; score: number } {
  const scores = new Map<Box, number>();
  for (const block of blocks) {
    if (block.size < 60 || block.linked > block.size * 0.5 || block.box.hidden) continue;
    const points = (1 + countMarks(block.text).commas * 0.5 + Math.min(4, block.size / 120)) * (1 - share(block.linked, block.size));
    let weight = 1;
    let at: Box | null = block.box.element.tagName === 'p' ? block.box.parent : block.box;
    for (let up = 0; at !== null && up < 5; at = at.parent, up++) {
      scores.set(at, (scores.get(at) ?? 0) + points * weight);
      weight *= 0.72;
    }
  }
  let best = { box: root, score: 0 };
  for (const [box, raw] of scores) {
    const bad = groupBit('comment') | groupBit('related') | groupBit('side') | groupBit('foot') | groupBit('promo');
    const score = raw * (1 - share(box.linked, box.size)) * ((box.own & bad) === 0 ? 1 : 0.5) * ((box.own & groupBit('body')) === 0 ? 1 : 1.3);
    if (score > best.score) best = { box, score };
  }
  return best;
}

function inside(box: Box, ancestor: Box): boolean {
  for (let at: Box | null = box; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** Steps up from the block until an element that also holds the core; 0 inside it. */
function coreDistance(box: Box, core: Box): number {
  if (inside(box, core)) return 0;
  let up = 0;
  for (let at: Box | null = core; at !== null && up < 12; at = at.parent, up++) if (inside(box, at)) return up;
  return 12;
}

function distanceTo(box: Box, bit: number): number {
  if ((box.around & bit) === 0) return 20;
  let up = 0;
  for (let at: Box | null = box; at !== null; at = at.parent, up++) if ((at.own & bit) !== 0) return up;
  return 20;
}

function listOf(box: Box): Box | null {
  for (let at: Box | null = box; at !== null; at = at.parent) if (at.element.tagName === 'ul' || at.element.tagName === 'ol') return at;
  return null;
}

/** How many blocks ago the last heading was, at most 15. */
function headsBefore(blocks: Block[]): number[] {
  let since = 15;
  return blocks.map(({ box }) => (since = /^h[1-6]$/.test(box.element.tagName) ? 0 : Math.min(15, since + 1)));
}

function distances(marks: boolean[], step: 1 | -1): number[] {
  const out = Array.from(marks, () => 99);
  let last = 99;
  for (let n = 0, i = step === 1 ? 0 : marks.length - 1; n < marks.length; n++, i += step) {
    last = marks[i] === true ? 0 : Math.min(99, last + 1);
    out[i] = last;
  }
  return out;
}

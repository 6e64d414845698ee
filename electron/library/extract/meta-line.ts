import type { Moment } from '../../../shared/article.ts';
import type { Block } from './blocks.ts';
import { groupBit } from './class-words.ts';
import { findDate } from './dates.ts';
import { fold } from './tree.ts';

/** What the labelled lines around a title say: 发布时间, 来源, 作者, By, Published, Updated … `blocks` are those lines, which are no text to read. */
export type MetaLine = { published: Moment | null; modified: Moment | null; source: string | null; author: string | null; blocks: Block[] };

/** The words before a value, in the languages people read. */
export const labels = {
  published: '发布时间|发布日期|发表时间|发表日期|发布于|发表于|刊发时间|日期|时间|上传时间|添加时间|公布时间|公開日|掲載日|投稿日|配信|입력|등록|작성일|승인|published(?: on)?|posted(?: on)?|date|veröffentlicht(?: am)?|erschienen(?: am)?|publié le|publicado(?: el)?|опубликовано|stand',
  modified: '更新时间|更新日期|更新于|最后更新|修改时间|更新日|最終更新|수정|최종수정|(?:last )?(?:updated|modified)(?: on)?|aktualisiert(?: am)?|mis à jour le|actualizado|обновлено',
  source: '信息来源|文章来源|稿件来源|新闻来源|内容来源|消息来源|资料来源|来源|來源|稿源|来自|转自|出处|source|quelle|出典|提供元|출처',
  author: '文章作者|作\\s*者|撰文|撰稿|文\\s*[/／|]|记者|采写|供稿|written by|author|autor|auteur|von|著者|筆者|글쓴이|автор',
  editor: '责任编辑|本文编辑|编辑|責任編輯|责编|審核|审核|校对|监制|排版|editor|edited by',
  other: '字号|字体|大中小|浏览次数|浏览量|浏览|点击数|点击|阅读次数|阅读量|阅读|访问次数|访问量|人气|评论|分享到|分享|打印本页|打印|收藏|关闭|分类|栏目|标签|关键词|关键字|作品|views?|comments?|category|tags|字體|我要纠错|纠错|扫一扫|手机',
};
const any = `(?:${Object.values(labels).join('|')})`;
const stop = `(?=\\s*(?:[\\[【（(|｜]|\\s${any}\\s*[:：]|(?:${labels.published}|${labels.modified}|${labels.source}|文章作者|作者|${labels.editor}|字号|字体|浏览|点击|阅读|访问|人气|评论|分享|打印|收藏|分类|栏目|标签|关键词)\\s*[:：]|(?:19|20)\\d{2}[-/年.])|$)`;
const valued = (names: string): RegExp => new RegExp(`(?:^|[^\\p{L}]|(?<=\\d)|(?<=\\p{Script=Han}))(?:${names})\\s*[:：]\\s*(.*?)${stop}`, 'iu');
const patterns = { source: valued(labels.source), author: valued(labels.author) };
const publishedLabel = new RegExp(`(?:${labels.published})\\s*[:：]?\\s*`, 'iu');
const modifiedLabel = new RegExp(`(?:${labels.modified})\\s*[:：]?\\s*`, 'iu');
const hasLabel = new RegExp(`${any}\\s*[:：]`, 'iu');

/** Reads the lines near the title, or, where no block is the title, before the text (`textAt`: its first block). */
export function readMetaLine(blocks: Block[], titleAt: number, textAt: number, lang: string | null): MetaLine {
  const out: MetaLine = { published: null, modified: null, source: null, author: null, blocks: [] };
  const anchor = titleAt >= 0 ? titleAt : Math.max(0, textAt - 8);
  const from = Math.max(0, anchor - 6);
  const near = blocks.slice(from, anchor + 30);
  let loose: { moment: Moment; block: Block; points: number } | null = null;
  let texts = 0;
  for (const [order, block] of near.entries()) {
    if (block.size > 420 || block.index === titleAt) {
      if (block.size > 420 && block.linked < block.size * 0.5 && block.index > titleAt) texts++;
      if (texts > 2) break;
      continue;
    }
    const text = block.text;
    const next = blocks[block.index + 1];
    const labelled = hasLabel.test(text);
    const date = findDate(text, lang);
    if (date !== null) {
      const before = text.slice(0, date.at);
      const rest = text.slice(date.at + date.length);
      if (modifiedLabel.test(before) && !publishedLabel.test(before.replace(modifiedLabel, ''))) out.modified ??= date.moment;
      else if (publishedLabel.test(before)) out.published ??= date.moment;
      else {
        const second = modifiedLabel.exec(text);
        const points = (date.moment.local.length > 10 ? 2 : 0) + (block.index > titleAt ? 2 : 0) - order * 0.1 + ((nearNames(block) & groupBit('meta')) === 0 ? 0 : 1) + (before.length + rest.length < 60 ? 1 : before.length + rest.length > 160 ? -3 : 0) - ((nearNames(block) & (groupBit('related') | groupBit('side') | groupBit('comment'))) === 0 ? 0 : 3);
        if (loose === null || points > loose.points) loose = { moment: date.moment, block, points };
        if (second !== null && second.index > date.at) out.modified ??= findDate(text.slice(second.index), lang)?.moment ?? null;
      }
      const again = publishedLabel.test(before) ? modifiedLabel.exec(rest) : null;
      if (again !== null) out.modified ??= findDate(rest.slice(again.index), lang)?.moment ?? null;
    } else if (publishedLabel.test(text) && text.length < 12 && next !== undefined) out.published ??= next.size < 80 ? (findDate(next.text, lang)?.moment ?? null) : null;
    out.source ??= value(patterns.source, text, next);
    out.author ??= value(patterns.author, text, next);
    if ((labelled && (date !== null || block.size < 220)) || (date !== null && block.size < 90 && text.replace(/[\d\s:：.\-/年月日]/g, '').length < 24)) out.blocks.push(block);
  }
  if (loose !== null && loose.points > 0) {
    out.published ??= loose.moment;
    out.source ??= besideDate(loose.block, blocks, titleAt, lang);
  }
  return out;
}

/** The same from one line of plain text; null when it holds no label. */
export function readLabels(text: string, lang: string | null): Omit<MetaLine, 'blocks'> | null {
  if (!hasLabel.test(text) && !/^by\s+\p{Lu}/iu.test(text)) return null;
  const date = findDate(text, lang);
  const before = date === null ? '' : text.slice(0, date.at);
  const later = date === null ? null : modifiedLabel.exec(text.slice(date.at + date.length));
  const isModified = modifiedLabel.test(before) && !publishedLabel.test(before.replace(modifiedLabel, ''));
  const found = {
    published: date !== null && !isModified ? date.moment : null,
    modified: isModified ? (date?.moment ?? null) : later === null || date === null ? null : (findDate(text.slice(date.at + date.length + later.index), lang)?.moment ?? null),
    source: value(patterns.source, text, undefined),
    author: value(patterns.author, text, undefined) ?? /^by\s+([^,|·•]{3,60})/iu.exec(text)?.[1]?.trim() ?? null,
  };
  return Object.values(found).every((one) => one === null) ? null : found;
}

const nearNames = ({ box }: Block): number => box.own | (box.parent?.own ?? 0) | (box.parent?.parent?.own ?? 0);

function value(pattern: RegExp, text: string, next: Block | undefined): string | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const found = tidy(match[1] ?? '');
  if (found !== '') return found.length <= 60 ? found : null;
  return next !== undefined && next.size < 100 && !hasLabel.test(next.text) && findDate(next.text, null) === null ? tidy(next.text) || null : null;
}

/** On Chinese portals the outlet stands bare beside the time, often as a link: `2019-09-07 08:12 证券日报`. */
function besideDate(block: Block, blocks: Block[], titleAt: number, lang: string | null): string | null {
  if (!/^zh/i.test(lang ?? '')) return null;
  const date = findDate(block.text, lang);
  if (date === null) return null;
  const rest = tidy(block.text.slice(date.at + date.length));
  if (/^[\p{L}\p{N}·（）()《》]{2,20}$/u.test(rest) && /[\p{Script=Han}A-Za-z]/u.test(rest) && !hasLabel.test(rest)) return rest;
  for (const near of [blocks[block.index + 1], blocks[block.index - 1]]) {
    if (near === undefined || near.size > 60 || near.text.length < 2 || /^(?:字号|评论|分享|收藏|打印|订阅|关注|参与|\d+)/.test(near.text)) continue;
    const names = near.box.element.attrs.map(({ name, value }) => (name === 'class' || name === 'id' ? value : '')).join(' ');
    if (/source|laiyuan|\bly\b|media|from/i.test(names)) return tidy(near.text) || null;
    // Alone between the title and the time.
    if (titleAt >= 0 && near.index === block.index - 1 && near.index === titleAt + 1 && /^[\p{L}\p{N}·/（）()《》\s]{2,24}$/u.test(near.text) && !hasLabel.test(near.text)) return tidy(near.text) || null;
  }
  return null;
}

/** Without the marks around it and the buttons after it. */
const tidy = (text: string): string => fold(text.replace(/^[\s:：|｜\-—]+|[\s:：|｜,，、;；\-—>]+$/gu, '')).replace(/\s*(?:字号|字体|我有话说|参与互动|评论|分享|打印|收藏|订阅|已订阅|取消订阅|阅读|关注|举报)\s*$/u, '').trim();

/** Whether a 来源 cannot be the name of anyone: a bare number, an address, nothing but signs. */
export function isDoubtful(source: string): boolean {
  return !/\p{L}/u.test(source) || /^(?:https?:|www\.)/i.test(source) || /^[A-Za-z]?\d{3,}$/.test(source);
}

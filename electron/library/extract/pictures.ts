import type { Block, Blocks, Box, Media } from './blocks.ts';
import { embedOf } from './embeds.ts';
import { groupBit } from './class-words.ts';
import { fittingSource } from './picture-choice.ts';
import { attr, createElement, find, type Element } from './tree.ts';

const small = 48;
const decorative = /(?:^|[\s_-])(?:icon|emoji|smiley|avatar|gravatar|logo|sprite|spacer|pixel|tracking|badge|qr-?code|qrcode|erweima|share|button|btn|rating|star)s?(?:[\s_-]|$)/i;
const decorativeFile = /(?:^|[/_.-])(?:icons?|emoji|smil(?:ey|ies)|avatar|gravatar|logo|sprite|spacer|blank|pixel|1x1|transparent|loading|placeholder|qr-?code|erweima|weixin|beacon|counter)(?:[/_.@-]|\d*\.)|gravatar\.com|\/ads?\/|doubleclick|scorecardresearch|feedburner|\/wp-includes\/|stat\.|hm\.baidu/i;

/** The `img` to show for a picture, `<picture>`, lazy or AMP image; null for icons, counters and placeholders. */
export function pictureOf(element: Element): Element | null {
  const img = element.tagName === 'img' || element.tagName === 'amp-img' ? element : find(element, (one) => one.tagName === 'img');
  let src = img === null ? '' : (attr(img, 'src') ?? '');
  if (element.tagName === 'picture' && src === '') src = fittingSource(element)?.src ?? '';
  if (src === '' || /^data:image\/(?:gif|svg\+xml)[;,]/i.test(src) || (/^data:/i.test(src) && src.length < 1_500)) return null;
  const width = Number.parseFloat((img && attr(img, 'width')) ?? '');
  const height = Number.parseFloat((img && attr(img, 'height')) ?? '');
  if (width <= small || height <= small) return null;
  const names = img === null ? '' : `${attr(img, 'class') ?? ''} ${attr(img, 'id') ?? ''}`;
  if (decorative.test(names) || decorativeFile.test(src.slice(-300))) return null;
  const out = createElement('img', { src, alt: (img && attr(img, 'alt')) ?? '' });
  for (const name of ['width', 'height', 'title']) {
    const value = img === null ? null : attr(img, name);
    if (value !== null) out.attrs.push({ name, value });
  }
  return out;
}

/** The box that holds all kept text. */
export function commonBox(kept: Block[]): Box | null {
  let common: Box | null = kept[0]?.box ?? null;
  for (const block of kept) while (common !== null && !contains(common, block)) common = common.parent;
  return common;
}

const contains = (box: Box, block: Block): boolean => block.index >= box.first && block.index < box.last;

/** The pictures and embeds that stand among the kept text: not in what was left out around it. */
export function keepMedia(page: Blocks, kept: Set<Block>): Set<Media> {
  const list = [...kept];
  const common = commonBox(list);
  const out = new Set<Media>();
  if (common === null) return out;
  const last = list.at(-1)?.index ?? 0;
  const bad = groupBit('related') | groupBit('share') | groupBit('promo') | groupBit('side') | groupBit('comment') | groupBit('foot') | groupBit('nav');
  for (const media of page.media) {
    if (media.before > last + 2 || media.before < common.first) continue;
    if (!within(media.box, common) && media.box !== common) continue;
    let around: Box | null = media.box;
    let names = 0;
    while (around !== null && around !== common && around.last === around.first) {
      names |= around.own;
      around = around.parent;
    }
    if (around === null) continue;
    const isCommon = around === common;
    if (!isCommon && ((around.own | names) & bad) !== 0 && !hasKept(page, around, kept)) continue;
    if (isCommon && (names & bad) !== 0) continue;
    if (isCommon || hasKept(page, around, kept) || around.element.tagName === 'figure' || captionOnly(page, around)) out.add(media);
  }
  return out;
}

/** Most of the box's text is kept. */
function hasKept(page: Blocks, box: Box, kept: Set<Block>): boolean {
  let size = 0;
  for (let i = box.first; i < box.last; i++) {
    const block = page.blocks[i];
    if (block !== undefined && kept.has(block)) size += block.size;
  }
  return size > box.size * 0.4;
}

/** A picture's own small box with nothing but a caption in it. */
export function captionOnly(page: Blocks, box: Box): boolean {
  if (box.last - box.first > 3 || box.size > 500 || box.linked > box.size * 0.6) return false;
  if (box.element.tagName === 'figure') return true;
  if (box.last === box.first) return false;
  return page.blocks.slice(box.first, box.last).every((block) => block.box !== box && captionName.test(namesOf(block.box.element)));
}

/** Class names of captions and credits. */
export const captionName = /caption|credit|legend|legende|bildunterschrift|tushuo|picnote|img-?(?:text|desc|note)/i;
const namesOf = (element: Element): string => element.attrs.map(({ name, value }) => (name === 'class' || name === 'id' ? value : '')).join(' ');

function within(box: Box, ancestor: Box): boolean {
  for (let at: Box | null = box; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}

export const isMediaTag = (tag: string): boolean => tag === 'img' || tag === 'picture' || tag === 'amp-img' || tag === 'video' || tag === 'iframe' || tag === 'audio' || tag === 'embed';
export const showMedia = (element: Element): Element | null => (/^(?:img|picture|amp-img)$/.test(element.tagName) ? pictureOf(element) : embedOf(element));

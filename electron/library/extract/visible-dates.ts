import type { Moment } from '../../../shared/article.ts';
import type { Block } from './blocks.ts';
import { groupBit } from './class-words.ts';
import { findDate } from './dates.ts';
import { labels } from './meta-line.ts';

/* Dates printed far from the title (at the article's end, in a box beside it): the last to be asked, as they may be anything's. */

const elsewhere = groupBit('comment') | groupBit('related');
const onlyLabel = {
  published: new RegExp(`^\\W*(?:(?:first|date|originally)\\s+)?(?:${labels.published})\\W*(?:on\\W*)?$`, 'iu'),
  modified: new RegExp(`^\\W*(?:(?:date|page|content)\\s+)?(?:${labels.modified})\\W*(?:on\\W*)?$`, 'iu'),
};
/** 01/25/26: only under a label is that a date and no score. */
const shortYear = /(?<!\d)(\d{1,2}\/\d{1,2}\/)(\d{2})(?!\d)/;

/** A date with nothing before it but its label, in one block or two. */
export function labelledDate(blocks: Block[], label: keyof typeof onlyLabel, lang: string | null): Moment | null {
  for (const [at, block] of blocks.entries()) {
    if (block.size > 140 || (block.box.around & elsewhere) !== 0) continue;
    const text = block.text.replace(shortYear, '$120$2');
    const date = findDate(text, lang);
    if (date === null) continue;
    const before = text.slice(0, date.at);
    const named = before.trim() === '' ? (blocks[at - 1]?.text ?? '') : before;
    if (named.length < 40 && /\p{L}/u.test(named) && onlyLabel[label].test(named)) return date.moment;
  }
  return null;
}

/** The one day of the page that stands in a line of its own; null where several do. */
export function loneDate(blocks: Block[], lang: string | null): Moment | null {
  const found = new Map<string, Moment>();
  for (const block of blocks) {
    if (block.size > 60 || block.linked > 0 || (block.box.around & elsewhere) !== 0) continue;
    const date = findDate(block.text, lang);
    if (date !== null && block.text.length - date.length < 4) found.set(date.moment.local.slice(0, 10), date.moment);
  }
  const [only, ...more] = found.values();
  return only === undefined || more.length > 0 ? null : only;
}

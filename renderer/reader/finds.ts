import { marksIn, type Sought } from '../../shared/marks.ts';
import { parseQuery } from '../../shared/query.ts';
import type { Body } from './body.ts';
import type { FrameParts } from './frame-document.ts';
import { rangeAt, rangesIn } from './position.ts';

/**
 * One place in an article's text that fits what is looked for: a stretch `[from, to)` of a block's text; with `until` it
 * goes on over the block's end, and `to` is in that later block.
 */
export type Find = { block: number; from: number; to: number; until?: number };

/** More than this many are neither marked nor counted one by one. */
export const mostFinds = 2_000;

/**
 * Every place in the blocks' texts that fits, in the order of reading; at most `mostFinds`. Where there are more, the words
 * that stand everywhere are not looked for, so that the rarer ones are all found.
 */
export function findsIn(texts: readonly string[], sought: readonly Sought[]): Find[] {
  const found = sought.map((word) => findsOf(texts, [word])).toSorted((a, b) => a.length - b.length);
  let finds = (found[0] ?? []).slice(0, mostFinds);
  for (const more of found.slice(1)) {
    if (finds.length + more.length > mostFinds) break;
    finds = [...finds, ...more];
  }
  if (found.length < 2) return finds;
  const ordered = finds.toSorted((a, b) => a.block - b.block || a.from - b.from || b.to - a.to);
  // Two words may stand in one: 217 in 217th.
  return ordered.filter((find, at) => {
    const before = ordered[at - 1];
    return before === undefined || before.block !== find.block || before.to <= find.from;
  });
}

function findsOf(texts: readonly string[], sought: readonly Sought[]): Find[] {
  const finds: Find[] = [];
  for (const [block, text] of texts.entries()) {
    for (const { from, to } of marksIn(text, sought, mostFinds)) finds.push({ block, from, to });
    const over = overEnd(text, texts[block + 1], sought);
    if (over !== null && (finds.at(-1)?.block !== block || (finds.at(-1)?.to ?? 0) <= over.from)) finds.push({ block, ...over, until: block + 1 });
    if (finds.length > mostFinds) break;
  }
  return finds;
}

/** Where a phrase goes on over the end of a text into the next one, if it does. */
function overEnd(text: string, next: string | undefined, sought: readonly Sought[]): { from: number; to: number } | null {
  const reach = 40 + 2 * Math.max(...sought.map((each) => each.text.length));
  if (next === undefined || sought.every((each) => !/.\P{L}*\p{L}/u.test(each.text))) return null;
  const tail = text.slice(-reach);
  const mark = marksIn(`${tail}\n${next.slice(0, reach)}`, sought).find(({ from, to }) => from < tail.length && to > tail.length + 1);
  return mark === undefined ? null : { from: text.length - tail.length + mark.from, to: mark.to - tail.length - 1 };
}

/**
 * The find to begin with: the first in the block that has most of the words looked for. Who looked for “in the last week”
 * does not want the first “in”.
 */
export function bestFind(finds: readonly Find[], texts: readonly string[], sought: readonly Sought[]): number {
  if (sought.length < 2) return 0;
  let best = { at: 0, words: 0 };
  let last = -1;
  for (const [at, { block }] of finds.entries()) {
    if (block === last) continue;
    last = block;
    const words = sought.filter((word) => marksIn(texts[block] ?? '', [word], 1).length > 0).length;
    if (words > best.words) best = { at, words };
    if (words === sought.length) break;
  }
  return best.at;
}

/** What a search asks to be looked for in a text: its words and phrases. */
export function soughtIn(query: string): Sought[] {
  return parseQuery(query).terms;
}

type Painter = Window & { CSS?: typeof CSS; Highlight?: typeof globalThis.Highlight };

/** The ranges of the finds in the shown text. */
export function rangesOf({ doc }: FrameParts, body: Body | null, finds: readonly Find[]): ReadonlyArray<Range | null> {
  if (body === null) return [];
  const ranges: Array<Range | null> = [];
  for (let at = 0; at < finds.length; ) {
    const block = finds[at]?.block ?? 0;
    let end = at;
    while (finds[end]?.block === block) end += 1;
    const element = body.blocks[block];
    const length = body.texts[block]?.length ?? 0;
    const here = finds.slice(at, end).map(({ from, to, until }) => ({ from, to: until === undefined ? to : length }));
    const begun = element === undefined ? here.map(() => null) : rangesIn(doc, element, here);
    ranges.push(...begun.map((range, number) => endedIn(doc, body, range, finds[at + number])));
    at = end;
  }
  return ranges;
}

/** A find's range, taken on to where it ends in a later block. */
function endedIn(doc: Document, body: Body, range: Range | null, find: Find | undefined): Range | null {
  const last = find?.until === undefined ? undefined : body.blocks[find.until];
  const end = last === undefined || find === undefined ? null : rangeAt(doc, last, find.to - 1, 1);
  if (end !== null) range?.setEnd(end.endContainer, end.endOffset);
  return range;
}

/** Paints what was found; nothing takes the paint away. The text is not touched. */
export function paintFinds({ view }: FrameParts, ranges: ReadonlyArray<Range | null>): void {
  const { CSS: css, Highlight } = view as Painter;
  css?.highlights?.delete('found');
  if (css?.highlights === undefined || ranges.length === 0) return;
  css.highlights.set('found', new (Highlight ?? globalThis.Highlight)(...ranges.filter((range) => range !== null)));
}

/** Paints one of them more strongly than the others; null takes that paint away. */
export function paintNow({ view }: FrameParts, range: Range | null): void {
  const { CSS: css, Highlight } = view as Painter;
  css?.highlights?.delete('found-now');
  if (range === null || css?.highlights === undefined) return;
  const strong = new (Highlight ?? globalThis.Highlight)(range);
  strong.priority = 1;
  css.highlights.set('found-now', strong);
}

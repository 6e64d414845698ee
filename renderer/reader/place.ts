import type { Place } from '../../shared/article.ts';

/** A position in an article's body: a top-level block and a character in its text. */
export type Spot = { block: number; offset: number };

/** The start of a block's text as `Place.quote` keeps it: white space folded, at most 60 UTF-16 units, no half pair. */
export function quoteOf(text: string): string {
  return folded(text).slice(0, 60).replace(/[\uD800-\uDBFF]$/, '');
}

/** Makes a `Place` of a spot. `texts` are the blocks' texts in order; `progress` is 0 to 1. */
export function placeAt(spot: Spot, texts: readonly string[], progress: number): Place {
  const share = Number.isFinite(progress) ? Math.min(1, Math.max(0, progress)) : 0;
  return { block: spot.block, quote: quoteOf(texts[spot.block] ?? ''), offset: spot.offset, progress: share };
}

/**
 * Finds a kept place again in the blocks as they are now: by its quote nearest to its old index, whole or inside a
 * merged block; then by the most alike beginning close by; a block without text by its index alone. Null for no blocks.
 */
export function findPlace(place: Place, texts: readonly string[]): Spot | null {
  if (texts.length === 0) return null;
  const home = Math.min(place.block, texts.length - 1);
  if (place.quote === '') return { block: home, offset: 0 };
  const starts = nearest(texts, home, (text) => quoteOf(text) === place.quote);
  if (starts !== null) return walkOn({ block: starts, offset: place.offset }, texts);
  const holds = nearest(texts, home, (text) => folded(text).includes(place.quote));
  if (holds !== null) return walkOn({ block: holds, offset: (texts[holds] ?? '').indexOf(place.quote.slice(0, 20)) + place.offset }, texts);
  return walkOn({ block: mostAlike(place.quote, texts, home), offset: place.offset }, texts);
}

/** An offset past the end of its block (the block was split) goes on into the following ones. */
function walkOn(spot: Spot, texts: readonly string[]): Spot {
  let { block, offset } = { block: spot.block, offset: Math.max(0, spot.offset) };
  while (block < texts.length - 1 && offset > (texts[block] ?? '').length) {
    offset -= (texts[block] ?? '').length;
    block += 1;
  }
  return { block, offset: Math.min(offset, (texts[block] ?? '').length) };
}

function nearest(texts: readonly string[], home: number, fits: (text: string) => boolean): number | null {
  for (let step = 0; step < texts.length; step += 1) {
    for (const at of step === 0 ? [home] : [home - step, home + step]) {
      const text = texts[at];
      if (text !== undefined && fits(text)) return at;
    }
  }
  return null;
}

/** Within 30 blocks, the one whose beginning shares most pairs of characters with the quote; `home` when none is half alike. */
function mostAlike(quote: string, texts: readonly string[], home: number): number {
  const wanted = pairs(quote);
  let best = { at: home, share: 0.5 };
  for (let at = Math.max(0, home - 30); at <= Math.min(texts.length - 1, home + 30); at += 1) {
    const found = pairs(quoteOf(texts[at] ?? ''));
    const common = [...wanted].filter((pair) => found.has(pair)).length;
    // Near is likelier than far: ten blocks weigh as much as a tenth of the pairs.
    const share = (2 * common) / Math.max(1, wanted.size + found.size) - Math.abs(at - home) / 100;
    if (share > best.share) best = { at, share };
  }
  return best.at;
}

function pairs(text: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at < text.length - 1; at += 1) found.add(text.slice(at, at + 2));
  return found;
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

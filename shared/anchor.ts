import { align, type Alignment } from './alignment.ts';
import { signsOf } from './anchor-text.ts';
import type { Anchor, Located } from './highlight.ts';
import { occurrencesOf } from './occurrences.ts';

/*
 * Finds again what was marked in a text that may have changed since: the quote as it was, told from its likes by what stands
 * around it; then the most alike stretch; else nothing. Wrong is worse than not found: what is not found is listed as an
 * orphan, and the reader puts it back by hand. The same text and anchor always come to the same place.
 *
 * Evidence is counted in letters: a sign of Chinese, Japanese or Korean says as much as two and a half.
 */

/** As much evidence as a sentence is. */
const sentence = 60;
/** Enough for a quote that was and is the only one of its kind, whatever stands around it. */
const phrase = 24;
/** How many signs beside the quote are its neighbours, and which share of them must still stand for a place to be known by them. */
const near = 32;
const neighbourly = 0.6;
/** So much better than the next best, in letters, or nobody knows which of them was meant. */
const margin = 10;
/** A quote longer than this many signs is sought by its two ends. */
const longest = 300;
const endLength = 90;

type Parts = { before: string; quote: string; after: string };

/** Where an anchor's text is in `text` (folded by `signsOf`); null where it cannot be told. */
export function locate(text: string, anchor: Anchor): Located | null {
  const parts: Parts = { before: signsOf(anchor.prefix), quote: signsOf(anchor.quote), after: signsOf(anchor.suffix) };
  if (parts.quote === '' || text === '') return null;
  const from = anchor.start - parts.before.length;
  if (from >= 0 && text.startsWith(parts.before + parts.quote + parts.after, from)) return { start: anchor.start, end: anchor.start + parts.quote.length };
  const exact = asItWas(text, parts, anchor.start, anchor.twins === 0);
  if (exact !== 'changed') return exact;
  const found = parts.quote.length <= longest ? alike(text, parts, anchor.start) : null;
  if (found?.whole === true) return found.at;
  return byItsEnds(text, parts, anchor.start) ?? found?.at ?? null;
}

/** The quote unchanged: null when it is there but nobody can tell which one, `changed` when it is nowhere or not at home where it is. */
function asItWas(text: string, parts: Parts, at: number, only: boolean): Located | null | 'changed' {
  const { before, quote, after } = parts;
  const ranked = occurrencesOf(text, quote, 5_000)
    .map((place) => ({ at: place, run: ending(before, text, place) + beginning(after, text, place + quote.length) }))
    .toSorted((a, b) => b.run - a.run || Math.abs(a.at - at) - Math.abs(b.at - at))
    .slice(0, 24)
    .map((place) => ({ at: place.at, ...around(text, parts, place.at) }))
    .toSorted((a, b) => b.letters - a.letters || Math.abs(a.at - at) - Math.abs(b.at - at));
  const [best, second] = ranked;
  if (best === undefined) return 'changed';
  const found = { start: best.at, end: best.at + quote.length };
  const alone = before === '' && after === '';
  // Where there were others like it, one of them must not be taken for it by one neighbour they share.
  const home = best.near >= neighbourly && (only || best.far >= 0.3 || before.length < 8 || after.length < 8);
  if (second === undefined) return alone || home || (only && weigh(quote) >= phrase) ? found : 'changed';
  if (!home && !alone) return 'changed';
  if (best.letters - second.letters >= margin) return found;
  // Alike in every way that is known (a refrain, a table's rows): the one clearly nearest to where it was.
  return Math.abs(best.at - at) * 3 < Math.abs(second.at - at) || best.at === at ? found : null;
}

/** How much of what stood around a place still does, in letters, and the shares of its nearest neighbours on either side, the better one first. */
function around(text: string, { before, quote, after }: Parts, at: number): { letters: number; near: number; far: number } {
  const end = at + quote.length;
  const left = align(before, text.slice(Math.max(0, at - before.length - 16), at));
  const right = align(after, text.slice(end, end + after.length + 16));
  const shares = [shareOf(before, left, before.length - near, before.length), shareOf(after, right, 0, near)];
  return {
    letters: solid(before, left, 0, before.length) + solid(after, right, 0, after.length),
    near: Math.max(...shares),
    far: Math.min(...shares),
  };
}

/** The most alike stretch, the quote and its surroundings taken together; not `whole` where only a part of it is left. */
function alike(text: string, parts: Parts, home: number): { at: Located; whole: boolean } | null {
  const { before, quote, after } = parts;
  const pattern = before + quote + after;
  const found = bestFit(text, pattern, home - before.length);
  if (found === null) return null;
  const { fit, offset, second } = found;
  const [from, to] = [before.length, before.length + quote.length];
  const inside = solid(pattern, fit, from, to);
  const sides = [shareOf(pattern, fit, from - near, from), shareOf(pattern, fit, to, to + near)];
  const span = spanOf(pattern, fit, from, to);
  if (span === null || inside < weigh(quote) * 0.5 || solid(pattern, fit, 0, pattern.length) - second < margin) return null;
  // A few letters say little by themselves: both sides must bear them out, or one and enough of them.
  const known = inside >= sentence || (Math.max(...sides) >= neighbourly && (inside >= 24 || Math.min(...sides) >= neighbourly));
  const length = span.end - span.start;
  if (!known || length > quote.length * 1.7 + 4) return null;
  const room = Math.max(3, quote.length * 0.12);
  return { at: { start: offset + span.start, end: offset + span.end }, whole: span.first - from <= room && to - span.last <= room };
}

/** A long quote, or one with much put in or taken out of its middle: by its beginning and its end, each with its surroundings. */
function byItsEnds(text: string, { before, quote, after }: Parts, home: number): Located | null {
  const size = Math.min(endLength, Math.floor(quote.length / 2));
  if (weigh(quote) < 40) return null;
  const start = end(before + quote.slice(0, size), before.length, before.length + size, home - before.length);
  const stop = end(quote.slice(-size) + after, 0, size, home + quote.length - size);
  if (start === null || stop === null || start.start >= stop.end) return null;
  const length = stop.end - start.start;
  return length >= quote.length * 0.4 && length <= quote.length * 2.5 + 40 ? { start: start.start, end: stop.end } : null;

  function end(pattern: string, from: number, to: number, at: number): Located | null {
    const found = bestFit(text, pattern, at);
    const span = found === null ? null : spanOf(pattern, found.fit, from, to);
    if (found === null || span === null) return null;
    const inside = solid(pattern, found.fit, from, to);
    const room = Math.max(3, size * 0.2);
    const sure = inside >= weigh(pattern.slice(from, to)) * 0.55 && inside >= 18 && solid(pattern, found.fit, 0, pattern.length) - found.second >= margin;
    // The outer edge is what is sought.
    const edge = from === 0 ? to - span.last : span.first - from;
    return sure && edge <= room ? { start: found.offset + span.start, end: found.offset + span.end } : null;
  }
}

type Fit = { fit: Alignment; offset: number; second: number };

/** The best of the places where pieces of the pattern occur, and how well the next best, elsewhere, fits. */
function bestFit(text: string, pattern: string, home: number): Fit | null {
  const slack = 48 + Math.round(pattern.length * 0.35);
  const fits = diagonals(text, pattern, home).map((at) => {
    const offset = Math.max(0, at - slack);
    const fit = align(pattern, text.slice(offset, at + pattern.length + slack));
    return { fit, offset, score: solid(pattern, fit, 0, pattern.length), at: middleOf(fit) + offset };
  }).toSorted((a, b) => b.score - a.score || Math.abs(a.at - home) - Math.abs(b.at - home));
  const [best] = fits;
  if (best === undefined) return null;
  const other = fits.find(({ at }) => Math.abs(at - best.at) > 24);
  return { fit: best.fit, offset: best.offset, second: other?.score ?? 0 };
}

/** Where the pattern would begin by most of its pieces, each sought in the whole text; at most four places, best first. */
function diagonals(text: string, pattern: string, home: number): number[] {
  const bucket = 32;
  const votes = new Map<number, { weight: number; at: number }>();
  for (const { from, to } of pieces(pattern)) {
    const places = occurrencesOf(text, pattern.slice(from, to), 41);
    // What is everywhere says nothing.
    if (places.length > 40) continue;
    for (const place of places) {
      const at = place - from;
      const key = Math.floor(at / bucket);
      const known = votes.get(key) ?? { weight: 0, at };
      votes.set(key, { weight: known.weight + 1 / Math.sqrt(places.length), at: known.at });
    }
  }
  const weightOf = (key: number): number => votes.get(key)?.weight ?? 0;
  const ranked = [...votes].map(([key, { at }]) => ({ at, weight: weightOf(key) + Math.max(weightOf(key - 1), weightOf(key + 1)) }));
  ranked.sort((a, b) => b.weight - a.weight || Math.abs(a.at - home) - Math.abs(b.at - home) || a.at - b.at);
  const chosen: number[] = [];
  for (const { at } of ranked) {
    if (chosen.length === 4) break;
    if (chosen.every((other) => Math.abs(other - at) > bucket)) chosen.push(at);
  }
  return chosen;
}

/** The pattern cut into overlapping pieces of eight letters' worth. */
function pieces(pattern: string): Array<{ from: number; to: number }> {
  const found: Array<{ from: number; to: number }> = [];
  let from = 0;
  while (from < pattern.length) {
    let [to, weight] = [from, 0];
    while (to < pattern.length && weight < 8) weight += weightAt(pattern, to++);
    if (weight < 8 && found.length > 0) break;
    found.push({ from, to });
    from += Math.max(1, Math.ceil((to - from) / 2));
  }
  return found;
}

type Run = { from: number; to: number; weight: number };

/** Which of the pattern's signs stand unchanged in runs of three letters' worth: single signs agree anywhere. */
function runsOf(pattern: string, { on, same }: Alignment, from: number, to: number): Run[] {
  const runs: Run[] = [];
  let run = { from, to: from, weight: 0 };
  const close = (): void => {
    if (run.weight >= 3) runs.push(run);
  };
  for (let i = Math.max(0, from); i < Math.min(to, pattern.length); i++) {
    if (same[i] !== 1) continue;
    if (run.weight > 0 && run.to === i && on[i] === (on[i - 1] ?? 0) + 1) {
      run.to = i + 1;
      run.weight += weightAt(pattern, i);
    } else {
      close();
      run = { from: i, to: i + 1, weight: weightAt(pattern, i) };
    }
  }
  close();
  return runs;
}

const solid = (pattern: string, fit: Alignment, from: number, to: number): number => runsOf(pattern, fit, from, to).reduce((sum, { weight }) => sum + weight, 0);

/** Which share of a stretch of the pattern stands; 0 for one too short to say anything. */
function shareOf(pattern: string, fit: Alignment, from: number, to: number): number {
  const whole = weigh(pattern.slice(Math.max(0, from), to));
  return whole < 8 ? 0 : solid(pattern, fit, from, to) / whole;
}

/**
 * The stretch of the text from the first to the last run of a stretch of the pattern, and which of its signs those are. Grown by
 * changed signs at its edges, as far as they lie side by side and are few.
 */
function spanOf(pattern: string, fit: Alignment, from: number, to: number): (Located & { first: number; last: number }) | null {
  const runs = runsOf(pattern, fit, from, to);
  // A few letters far out agree by chance.
  while (isChance(pattern, runs[0], runs[1])) runs.shift();
  while (isChance(pattern, runs.at(-1), runs.at(-2))) runs.pop();
  const [head, tail] = [runs[0], runs.at(-1)];
  if (head === undefined || tail === undefined) return null;
  let [first, last] = [head.from, tail.to - 1];
  for (let grown = 0; grown < 6 && first > from && (fit.on[first - 1] ?? -1) >= 0 && fit.on[first - 1] === (fit.on[first] ?? 0) - 1; grown++) first--;
  for (let grown = 0; grown < 6 && last < to - 1 && (fit.on[last + 1] ?? -1) === (fit.on[last] ?? 0) + 1; grown++) last++;
  return { start: fit.on[first] ?? 0, end: (fit.on[last] ?? 0) + 1, first, last: last + 1 };
}

function isChance(pattern: string, edge: Run | undefined, next: Run | undefined): boolean {
  if (edge === undefined || next === undefined || edge.weight >= 14) return false;
  return edge.weight < weigh(pattern.slice(Math.min(edge.to, next.to), Math.max(edge.from, next.from)));
}

function middleOf({ on }: Alignment): number {
  const placed = on.filter((at) => at >= 0);
  return placed[Math.floor(placed.length / 2)] ?? 0;
}

function ending(wanted: string, text: string, at: number): number {
  let length = 0;
  while (length < wanted.length && wanted.charCodeAt(wanted.length - 1 - length) === text.charCodeAt(at - 1 - length)) length++;
  return length;
}

function beginning(wanted: string, text: string, at: number): number {
  let length = 0;
  while (length < wanted.length && wanted.charCodeAt(length) === text.charCodeAt(at + length)) length++;
  return length;
}

function weightAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return (code >= 0x2e80 && code <= 0xdfff) || (code >= 0xf900 && code <= 0xfaff) ? 2.5 : 1;
}

function weigh(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += weightAt(text, at);
  return sum;
}

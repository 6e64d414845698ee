import { foldText, isSign } from '../../../shared/fold.ts';

/*
 * What makes two texts the same although they differ a little. A text is the set of its short runs of words (for CJK, of
 * characters); a sketch of 80 numbers estimates how much of two sets is shared (MinHash with one permutation); five
 * numbers at a time make a band, and texts that share a band are candidates. Whether they are the same is then decided
 * on the texts themselves.
 */

/** A text taken apart for comparing. `runs` are distinct and sorted, as are `numbers`; `sentences` are counted by their words. */
export type Parts = { words: number; whole: number; runs: Uint32Array; numbers: Set<string>; sentences: Map<number, number> };

/** Only so many characters of a text count. */
const longest = 400_000;
/** Shorter texts are alike by chance; of a sketch there must be more still. */
const leastWords = 20;
const leastRuns = 40;
const bins = 80;
const perBand = 5;

/** How much of two sketches agrees, from which on the texts are compared. */
const promising = 0.5;
/** How much of all runs both texts must share; from `surely` on nothing else is asked for but the numbers. */
const alike = 0.6;
const surely = 0.85;
/** How much of the shorter text must stand in sentences that are the other's, word for word. */
const sameSentences = 0.3;
/** How many of the numbers of the text with fewer must be in the other: reports of one template differ in theirs. */
const sameNumbers = 0.6;

/** Takes a plain text apart. */
export function partsOf(text: string): Parts {
  const steps = partsSteps(text);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** So many words are taken in one step. */
const stride = 20_000;

/** The same in steps of a few milliseconds. */
export function* partsSteps(text: string): Generator<undefined, Parts> {
  let next = stride;
  const numbers = new Set<string>();
  const sentences = new Map<number, number>();
  const words: number[] = [];
  let cjk = 0;
  let whole = 0x811c9dc5;
  for (const sentence of foldText(text.slice(0, longest)).split(/[.!?。！？；\n]+(?=\s|$|[^\d])/u)) {
    let sum = 0x811c9dc5;
    let count = 0;
    for (const [word] of sentence.matchAll(/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{N}+(?:[.,:]\p{N}+)*|[\p{L}\p{M}]+/gu)) {
      const hash = hashOf(word);
      words.push(hash);
      sum = Math.imul(sum ^ hash, 0x01000193);
      whole = Math.imul(whole ^ hash, 0x01000193);
      count++;
      if (isSign(word)) cjk++;
      else if (/\p{N}/u.test(word)) numbers.add(word);
    }
    if (count > 0) sentences.set(mixed(sum), count);
    if (words.length < next) continue;
    next = words.length + stride;
    yield;
  }
  const length = cjk * 3 > words.length ? 4 : 3;
  const runs = new Set<number>();
  for (let at = 0; at + length <= words.length; at++) {
    let run = 0;
    for (let i = at; i < at + length; i++) run = Math.imul((run << 5) ^ (run >>> 27) ^ (words[i] ?? 0), 0x9e3779b1);
    runs.add(mixed(run));
    if (at % (stride * 5) === stride * 5 - 1) yield;
  }
  yield;
  return { words: words.length, whole: mixed(whole), runs: Uint32Array.from(runs).toSorted(), numbers, sentences };
}

/** The sketch of a text; null for one too short to have one. */
export function sketchOf({ runs }: Parts): Uint32Array | null {
  if (runs.length < leastRuns) return null;
  const lowest = new Float64Array(bins).fill(Number.POSITIVE_INFINITY);
  for (const run of runs) {
    const bin = run % bins;
    const value = mixed(run ^ 0x5bd1e995);
    if (value < (lowest[bin] ?? 0)) lowest[bin] = value;
  }
  // An empty place takes the next one's number, changed by how far it has come.
  return Uint32Array.from(lowest, (_, bin) => {
    let step = 0;
    while (step < bins && lowest[(bin + step) % bins] === Number.POSITIVE_INFINITY) step++;
    return mixed((lowest[(bin + step) % bins] ?? 0) + Math.imul(step, 0x85ebca6b));
  });
}

/** The buckets a text stands in: one for the whole of it, one for each band of its sketch. Each is an integer of 52 bits. */
export function bucketsOf(parts: Parts, sketch: Uint32Array | null): number[] {
  const buckets = parts.words < leastWords ? [] : [bucket('text', [parts.whole, parts.words])];
  if (sketch === null) return buckets;
  for (let from = 0; from < bins; from += perBand) buckets.push(bucket(`band ${from}`, sketch.subarray(from, from + perBand)));
  return buckets;
}

/** The bucket of an address's key. */
export const addressBucket = (key: string): number => bucket(`address ${key}`, []);

function bucket(name: string, values: Iterable<number>): number {
  let [high, low] = [hashOf(name), hashOf(`${name}.`)];
  for (const value of values) {
    high = mixed(Math.imul(high ^ value, 0x9e3779b1));
    low = mixed(Math.imul(low, 0x01000193) ^ value);
  }
  return (high & 0xfffff) * 0x1_0000_0000 + (low >>> 0);
}

/** Whether two texts may be the same, by their sketches. */
export function looksAlike(one: Uint32Array, other: Uint32Array): boolean {
  let same = 0;
  for (const [at, value] of one.entries()) if (value === other[at]) same++;
  return same >= bins * promising;
}

/** How much of two texts is the same, 0 to 1, where they count as one text; null where they do not. */
export function likeness(one: Parts, other: Parts): number | null {
  if (one.words < leastWords || other.words < leastWords) return null;
  if (one.whole === other.whole && one.words === other.words) return 1;
  if (Math.min(one.runs.length, other.runs.length) < leastRuns) return null;
  const shared = sharedRuns(one.runs, other.runs);
  const share = shared / (one.runs.length + other.runs.length - shared);
  if (share < alike || !shareNumbers(one.numbers, other.numbers)) return null;
  return share >= surely || shareSentences(one, other) ? share : null;
}

/** Both are sorted. */
function sharedRuns(one: Uint32Array, other: Uint32Array): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < one.length && j < other.length) {
    const [a = 0, b = 0] = [one[i], other[j]];
    if (a === b) shared++;
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return shared;
}

function shareNumbers(one: Set<string>, other: Set<string>): boolean {
  const fewer = Math.min(one.size, other.size);
  if (fewer < 2) return true;
  return [...one].filter((number) => other.has(number)).length >= fewer * sameNumbers;
}

function shareSentences(one: Parts, other: Parts): boolean {
  let words = 0;
  for (const [sentence, count] of one.sentences) if (other.sentences.has(sentence)) words += count;
  return words >= Math.min(one.words, other.words) * sameSentences;
}

/** Two parts or issues of a series: titles that differ in nothing but their numbers. */
export function isSeries(one: string, other: string): boolean {
  const [bare, otherBare] = [one, other].map((title) => foldText(title).replace(/[\s\p{P}]+/gu, ''));
  const numbers = /\p{N}+|[一二三四五六七八九十百千零〇上中下]+/gu;
  return bare !== otherBare && bare?.replace(numbers, '#') === otherBare?.replace(numbers, '#');
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

/** Spreads 32 bits evenly. */
function mixed(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

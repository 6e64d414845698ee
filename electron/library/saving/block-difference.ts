import type { BlockChange, Trial } from '../../../shared/trial.ts';

type Step = { did: 'kept' | 'added' | 'removed'; text: string };
export type Difference = Pick<Trial, 'kept' | 'added' | 'removed' | 'changes' | 'unshown'>;

/** How many cells a comparison may fill (and one between two anchors), how many changed blocks are shown, how many characters of each. */
const mostCells = 4_000_000;
const mostCellsBetween = 250_000;
const mostShown = 300;
const mostText = 400;

/**
 * Two texts compared block by block. Exact up to some 2,000 changed blocks on either side; beyond, blocks that occur
 * once on each side hold the two together, and a stretch between them that is still too large counts as replaced.
 */
export function blockDifference(before: readonly string[], after: readonly string[]): Difference {
  const steps = compare(before, after, mostCells);
  const counts = { kept: 0, added: 0, removed: 0 };
  const changes: BlockChange[] = [];
  let shown = 0;
  for (const { did, text } of steps) {
    counts[did]++;
    const last = changes.at(-1);
    if (did !== 'kept') {
      if (shown++ < mostShown) changes.push({ did, text: shortened(text, mostText) });
    } else if (last?.did === 'kept') last.count++;
    else changes.push({ did, count: 1, text: shortened(text, 80) });
  }
  // Nothing stands between two kept stretches whose changes had no room.
  return { ...counts, changes, unshown: Math.max(0, shown - mostShown) };
}

/** At most this many characters, `…` where something was cut off; never half a character. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;
}

function compare(before: readonly string[], after: readonly string[], cells: number): Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const [old, fresh] = [before.slice(start, endBefore), after.slice(start, endAfter)];
  const middle =
    (old.length + 1) * (fresh.length + 1) <= cells ? longest(old, fresh)
    : cells === mostCells ? anchored(old, fresh)
    : [...all('removed', old), ...all('added', fresh)];
  return [...all('kept', before.slice(0, start)), ...middle, ...all('kept', before.slice(endBefore))];
}

const all = (did: Step['did'], texts: readonly string[]): Step[] => texts.map((text) => ({ did, text }));

/** The longest common subsequence, by the textbook's table. */
function longest(old: readonly string[], fresh: readonly string[]): Step[] {
  const width = fresh.length + 1;
  const table = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      table[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      steps.push({ did: 'kept', text: old[i] ?? '' });
      i++;
      j++;
    } else if (i < old.length && (j === fresh.length || at(i + 1, j) >= at(i, j + 1))) steps.push({ did: 'removed', text: old[i++] ?? '' });
    else steps.push({ did: 'added', text: fresh[j++] ?? '' });
  }
  return steps;
}

/** Compares the stretches between blocks that occur once on each side and stand in the same order on both. */
function anchored(old: readonly string[], fresh: readonly string[]): Step[] {
  const [inOld, inFresh] = [onlyPlaces(old), onlyPlaces(fresh)];
  const pairs = [...inOld].flatMap(([text, i]) => {
    const j = inFresh.get(text);
    return j === undefined || i < 0 || j < 0 ? [] : [{ i, j }];
  });
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  for (const pair of rising(pairs)) {
    steps.push(...compare(old.slice(i, pair.i), fresh.slice(j, pair.j), mostCellsBetween), { did: 'kept', text: old[pair.i] ?? '' });
    [i, j] = [pair.i + 1, pair.j + 1];
  }
  return [...steps, ...compare(old.slice(i), fresh.slice(j), mostCellsBetween)];
}

/** Where each block stands; -1 for one that occurs more than once. */
function onlyPlaces(texts: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [place, text] of texts.entries()) places.set(text, places.has(text) ? -1 : place);
  return places;
}

type Pair = { i: number; j: number };

/** The longest run of pairs in which `j` rises as `i` does: patience sorting. */
function rising(pairs: readonly Pair[]): Pair[] {
  const tops: number[] = [];
  const under = new Int32Array(pairs.length).fill(-1);
  for (const [index, { j }] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.j ?? 0) < j) low = middle + 1;
      else high = middle;
    }
    under[index] = tops[low - 1] ?? -1;
    tops[low] = index;
  }
  const run: Pair[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = under[index] ?? -1) run.push(pairs[index] as Pair);
  return run.toReversed();
}

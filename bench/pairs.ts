/*
 * Timing as this machine allows it: what is measured and its yardstick take turns, and only their ratio is told as a fact.
 * Times are in milliseconds.
 */

export type Times = { p50: number; p95: number; max: number };
export type Pair = { name: string; ours: Times; yardstick: Times; ratio: number; tail: number };

/** What must be there for a measurement to make sense. */
export function sure<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('Too little to measure');
  return value;
}

export function timesOf(samples: readonly number[]): Times {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sure(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Runs both in turn, `runs` times each, the first round of each unmeasured. */
export async function pairOf(name: string, runs: number, ours: (run: number) => unknown, yardstick: (run: number) => unknown): Promise<Pair> {
  const mine: number[] = [];
  const theirs: number[] = [];
  for (let run = -1; run < runs; run++) {
    const at = run < 0 ? runs : run;
    const [a, b] = [await timed(() => ours(at)), await timed(() => yardstick(at))];
    if (run < 0) continue;
    mine.push(a);
    theirs.push(b);
  }
  const [a, b] = [timesOf(mine), timesOf(theirs)];
  return { name, ours: a, yardstick: b, ratio: a.p50 / b.p50, tail: a.p95 / b.p95 };
}

/** The same for cases that differ: of each, both take turns, and the best of its rounds is what it takes; the shares are over the cases. */
export function bestOfEach<T>(name: string, cases: readonly T[], rounds: number, ours: (each: T) => unknown, yardstick: (each: T) => unknown): Pair {
  const quickest = (work: (each: T) => unknown, each: T, before: number): number => {
    const started = performance.now();
    work(each);
    return Math.min(before, performance.now() - started);
  };
  const times = cases.map((each) => {
    let [mine, theirs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < rounds; round++) [mine, theirs] = [quickest(ours, each, mine), quickest(yardstick, each, theirs)];
    return { mine, theirs };
  });
  const [a, b] = [timesOf(times.map(({ mine }) => mine)), timesOf(times.map(({ theirs }) => theirs))];
  return { name, ours: a, yardstick: b, ratio: a.p50 / b.p50, tail: a.p95 / b.p95 };
}

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0).padStart(7);
const times = (value: number): string => `×${value.toFixed(value < 10 ? 2 : 0)}`.padStart(7);

export function heading(title: string): void {
  console.log(`\n${title}\n${''.padEnd(40)}   ours p50 /   p95 /   max   beside p50 /  p95   ratio  of p95`);
}

/** One line; `before` is the same measurement on a smaller library. */
export function tell(pair: Pair, before?: Pair): void {
  const { ours, yardstick } = pair;
  const growth = before === undefined ? '' : `  grown ${times(ours.p50 / before.ours.p50)}`;
  console.log(`${pair.name.padEnd(40)} ${ms(ours.p50)}  ${ms(ours.p95)} ${ms(ours.max)}   ${ms(yardstick.p50)}  ${ms(yardstick.p95)} ${times(pair.ratio)} ${times(pair.tail)}${growth}`);
}

/** How long the queue will still take, judged by how fast things came to their end lately. */
export type Estimate = {
  /** The queue is being worked on, or is not: time in which nothing could be done says nothing about speed. */
  working(on: boolean): void;
  finished(): void;
  /** A new queue begins. */
  reset(): void;
  /** Whole seconds for so many things, none of which ends before `last`; null until enough has been seen. */
  secondsLeft(things: number, last: number | null): number | null;
};

/** A pause between two pages of a site is part of the work; waiting longer, for sites that are left alone, is none. In milliseconds. */
export const longestPause = 2_000;

/** Fewer ends, or less time, would be guessing. */
const enough = 5;
const enoughTime = 2_000;
/** Older ends say little about the speed of now. */
const window = 60;

/** `now` in milliseconds. */
export function createEstimate(now: () => number): Estimate {
  let spent = 0;
  let since: number | null = null;
  let ends: number[] = [0];
  const elapsed = () => spent + (since === null ? 0 : now() - since);

  return {
    working(on) {
      if (on === (since !== null)) return;
      spent = elapsed();
      since = on ? now() : null;
    },
    finished() {
      ends.push(elapsed());
      if (ends.length > window + 1) ends.shift();
    },
    reset() {
      spent = 0;
      since = since === null ? null : now();
      ends = [0];
    },
    secondsLeft(things, last) {
      const seen = ends.length - 1;
      const time = elapsed() - (ends[0] ?? 0);
      if (things === 0 || seen < enough || time < enoughTime) return null;
      return Math.ceil(Math.max((things * time) / seen, last === null ? 0 : last - now()) / 1_000);
    },
  };
}

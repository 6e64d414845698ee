import type { Day } from './day.ts';

/** What was read on one day, saved and finished. Days without anything are left out. */
export type DayFacts = { day: Day; seconds: number; saved: number; finished: number };

/** Time read, by site or by tag. */
export type ReadFor = { name: string; seconds: number };

/** What the reader has read, counted on this computer. `days` are those of the last 53 weeks, the oldest first. */
export type Statistics = {
  today: Day;
  days: DayFacts[];
  /** Days in a row with at least a minute of reading, up to today or yesterday; and the most there ever were. */
  streak: { now: number; best: number };
  /** Since counting began. */
  all: { seconds: number; days: number; finished: number; saved: number };
  /** Of the last 53 weeks, the most first. */
  sites: ReadFor[];
  tags: ReadFor[];
};

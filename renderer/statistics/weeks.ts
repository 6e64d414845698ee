import { dayAfter, type Day } from '../../shared/day.ts';
import type { DayFacts } from '../../shared/statistics.ts';

/** A week from its Monday on: what was read on each of its days (null for days still to come), and its sums. */
export type Week = { from: Day; days: Array<DayFacts | null>; seconds: number; saved: number; finished: number };

/** So many weeks up to the one of today, the oldest first; days without anything are there with nothing. */
export function weeksOf(found: readonly DayFacts[], today: Day, count: number): Week[] {
  const known = new Map(found.map((each) => [each.day, each]));
  const [year = 0, month = 1, date = 1] = today.split('-').map(Number);
  const sinceMonday = (new Date(year, month - 1, date).getDay() + 6) % 7;
  const first = dayAfter(today, -sinceMonday - 7 * (count - 1));
  return Array.from({ length: count }, (_, at) => {
    const from = dayAfter(first, 7 * at);
    const days = Array.from({ length: 7 }, (_each, n) => {
      const day = dayAfter(from, n);
      return day > today ? null : (known.get(day) ?? { day, seconds: 0, saved: 0, finished: 0 });
    });
    const sum = (of: 'seconds' | 'saved' | 'finished') => days.reduce((all, each) => all + (each?.[of] ?? 0), 0);
    return { from, days, seconds: sum('seconds'), saved: sum('saved'), finished: sum('finished') };
  });
}

/** How dark a day is drawn, 0 to 4: nothing, a little, a quarter of an hour, half an hour, an hour. */
export function levelOf(seconds: number): number {
  return [60, 900, 1_800, 3_600].filter((from) => seconds >= from).length;
}

import type { ArticleId } from '../../shared/article.ts';
import { dayAfter, dayOf, type Day } from '../../shared/day.ts';
import type { Settings } from '../../shared/settings.ts';
import type { DayFacts, ReadFor } from '../../shared/statistics.ts';
import { indexRow } from './rows.ts';
import { all, get } from './storage/database.ts';
import { deviceName } from './storage/layout.ts';
import { readSoFar } from './storage/reading.ts';
import type { Answer, Store } from './storage/store.ts';

/** What is looked at: 53 weeks, so that the same week of last year is still seen. */
const weeks = 53;
/** Seconds of reading from which a day counts as one. */
const enough = 60;
const most = 10;

/** Notes time that an article was read, added to what the day has already; nothing where the reader does not want that. */
export function read(store: Store, settings: () => Settings): Answer<'read'> {
  const device = deviceName(store.libraryId);
  return ({ id, seconds }) => {
    if (store.readOnly || !settings().countReading) return null;
    indexRow(store.db, id);
    const day = dayOf(store.now());
    const total = Math.min(86_400, readSoFar(store.db, day, id, device) + seconds);
    store.act([{ act: 'read', id, day, seconds: total }], 'soon');
    return null;
  };
}

/** What was read, saved and finished, by day; from tallies, and from the reading of the weeks looked at. */
export const statistics =
  (store: Store): Answer<'statistics'> =>
  () => {
    const today = dayOf(store.now());
    const since = dayAfter(today, -7 * weeks);
    const seconds = all<{ day: Day; seconds: number }>(store.db, 'SELECT day, seconds FROM reading_days ORDER BY day');
    const finished = tallies(store, 'finished');
    const saved = tallies(store, 'day 16');
    const sum = (values: Iterable<number>): number => [...values].reduce((whole, value) => whole + value, 0);
    return {
      today,
      days: daysSince(since, seconds, saved, finished),
      streak: streakOf(seconds.filter((each) => each.seconds >= enough).map(({ day }) => day), today),
      all: { seconds: sum(seconds.map((each) => each.seconds)), days: seconds.length, finished: sum(finished.values()), saved: sum(saved.values()) },
      ...readFor(store, since),
    };
  };

function tallies(store: Store, scope: string): Map<Day, number> {
  return new Map(all<{ key: Day; count: number }>(store.db, 'SELECT key, count FROM tallies WHERE scope = ?', scope).map(({ key, count }) => [key, count]));
}

function daysSince(since: Day, seconds: Array<{ day: Day; seconds: number }>, saved: Map<Day, number>, finished: Map<Day, number>): DayFacts[] {
  const days = new Map<Day, DayFacts>();
  const of = (day: Day): DayFacts => {
    const known = days.get(day) ?? { day, seconds: 0, saved: 0, finished: 0 };
    days.set(day, known);
    return known;
  };
  for (const each of seconds) if (each.day >= since) of(each.day).seconds = each.seconds;
  for (const [day, count] of saved) if (day >= since) of(day).saved = count;
  for (const [day, count] of finished) if (day >= since) of(day).finished = count;
  return [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** The days in a row up to today, or to yesterday while today may still be read on; and the longest row there was. */
function streakOf(days: readonly Day[], today: Day): { now: number; best: number } {
  let [row, best, before] = [0, 0, ''];
  for (const day of days) {
    row = before !== '' && dayAfter(before, 1) === day ? row + 1 : 1;
    best = Math.max(best, row);
    before = day;
  }
  return { now: before === today || before === dayAfter(today, -1) ? row : 0, best };
}

/** The sites and tags most read: as the articles read have them now; those erased are in no site. */
function readFor(store: Store, since: Day): { sites: ReadFor[]; tags: ReadFor[] } {
  const sites = new Map<string, number>();
  const tags = new Map<string, number>();
  const add = (to: Map<string, number>, name: string, seconds: number) => to.set(name, (to.get(name) ?? 0) + seconds);
  const text =
    'SELECT r.article AS id, sum(r.seconds) AS seconds FROM reading AS r WHERE r.day >= ? GROUP BY r.article';
  for (const { id, seconds } of all<{ id: ArticleId; seconds: number }>(store.db, text, since)) {
    const row = get<{ host: string | null; tags: string }>(store.db, 'SELECT host, tags FROM articles WHERE id = ?', id);
    if (row === undefined) continue;
    if (row.host !== null) add(sites, row.host, seconds);
    for (const tag of JSON.parse(row.tags) as string[]) add(tags, tag, seconds);
  }
  const first = (from: Map<string, number>): ReadFor[] =>
    [...from].map(([name, seconds]) => ({ name, seconds })).toSorted((a, b) => b.seconds - a.seconds || (a.name < b.name ? -1 : 1)).slice(0, most);
  return { sites: first(sites), tags: first(tags) };
}

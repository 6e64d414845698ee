import type { DatabaseSync } from 'node:sqlite';
import { foldText, wordsOf } from '../../../shared/fold.ts';
import type { Query } from '../../../shared/query.ts';
import { all, get } from '../storage/database.ts';
import type { Conditions } from './conditions.ts';

/*
 * The best of what is found. Whatever the library's size, only so many are ever looked at: the newest hits, and of the
 * whole library the newest that have the words in their title, in what stands beside it or in their beginning.
 */

/** So many of the newest hits are put in order of worth, and so many from each part of the heads. */
const [newest, headed] = [100, 60];
/** Words that are in more articles than this tell little, and weighing them would read every one. */
const common = 1_000;

export type Seat = { seat: number; added: string };
/** The best, in order; `whole` when there are no others. */
export type Best = { seats: number[]; whole: boolean };

/** Every seat that fits, newest first. */
export function hitsOf(db: DatabaseSync, conditions: Conditions, count: number): Seat[] {
  return seatsIn(db, 'search_index', conditions.match, conditions, count);
}

/** What is found beyond the best, newest first. */
export function othersOf(db: DatabaseSync, conditions: Conditions, best: readonly number[], count: number, from: number): number[] {
  const others = { text: `${conditions.text} AND s.seat NOT IN (SELECT value FROM json_each(?))`, values: [...conditions.values, JSON.stringify(best)] };
  return seatsIn(db, 'search_index', conditions.match, others, count, from).map(({ seat }) => seat);
}

function seatsIn(db: DatabaseSync, index: 'search_index' | 'head_index', match: string | null, { text, values }: Pick<Conditions, 'text' | 'values'>, count: number, from = 0): Seat[] {
  const source = match === null ? 'seats AS s WHERE' : `${index} AS x CROSS JOIN seats AS s ON s.seat = x.rowid WHERE ${index} MATCH ? AND`;
  const order = match === null ? 's.seat' : 'x.rowid';
  return all<Seat>(db, `SELECT s.seat, s.added FROM ${source} ${text} ORDER BY ${order} DESC LIMIT ? OFFSET ?`, ...(match === null ? [] : [match]), ...values, count, from);
}

/** The best that a search finds: `now` in milliseconds, for what is recent. */
export function bestOf(db: DatabaseSync, query: Query, conditions: Conditions, now: number): Best {
  const hits = hitsOf(db, conditions, newest + 1);
  const whole = hits.length <= newest;
  if (!whole) hits.length = newest;
  const { words, match } = conditions;
  if (words.length === 0 || hits.length < 2) return { seats: hits.map(({ seat }) => seat), whole };
  const lowest = hits.at(-1)?.seat ?? 0;
  const together = words.join(' AND ');
  const added = new Map(hits.map((hit) => [hit.seat, hit.added]));
  const having = (part: 'title' | 'facts' | 'begin'): Set<number> => {
    const found = match === `(${together})` ? headsWith(db, conditions, part, together) : amongHits(db, part, together, lowest, added);
    for (const hit of found) added.set(hit.seat, hit.added);
    return new Set(found.map(({ seat }) => seat));
  };
  const [inTitle, inFacts, inBegin] = [having('title'), having('facts'), having('begin')];
  const phrase = query.terms.length > 1 && query.terms.length === words.length ? `"${words.map(wordsIn).join(' ')}"` : null;
  const rare = whole || phrase !== null ? words.map((word) => isRare(db, word)) : [];
  const rows = phrase === null ? [] : [...rowids(db, 'head_index', phrase, 0, headed), ...(rare.includes(true) ? rowids(db, 'search_index', phrase, lowest) : [])];
  const inRow = phrase === null ? inTitle : new Set(rows);
  const weights = whole && !rare.includes(false) ? weightsOf(db, conditions) : new Map<number, number>();
  const share = titleShares(db, query, [...inTitle]);
  const worth = new Map([...added].map(([seat, at]) => [
    seat,
    (weights.get(seat) ?? 0) + (inTitle.has(seat) ? 6 : 0) + (inFacts.has(seat) ? 3 : 0) + (inBegin.has(seat) ? 2 : 0) + (inRow.has(seat) ? 3 : 0) + 4 * (share.get(seat) ?? 0) +
      2 * 0.5 ** (Math.max(0, now - Date.parse(at)) / 7_776_000_000),
  ]));
  return { seats: [...added.keys()].toSorted((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0) || b - a), whole };
}

/** The newest articles that have the words in a part of their head: what has them there is found by them alone. */
function headsWith(db: DatabaseSync, conditions: Conditions, part: string, together: string): Seat[] {
  return seatsIn(db, 'head_index', `{${part}} : (${together})`, conditions, headed);
}

/** Where more than the words is asked of the search index, heads are looked at only of what it has found. */
function amongHits(db: DatabaseSync, part: string, together: string, lowest: number, hits: ReadonlyMap<number, string>): Seat[] {
  return rowids(db, 'head_index', `{${part}} : (${together})`, lowest).flatMap((seat) => {
    const added = hits.get(seat);
    return added === undefined ? [] : [{ seat, added }];
  });
}

function rowids(db: DatabaseSync, index: string, match: string, lowest: number, count = -1): number[] {
  const text = `SELECT rowid AS seat FROM ${index} WHERE ${index} MATCH ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?`;
  return all<{ seat: number }>(db, text, match, lowest, count).map(({ seat }) => seat);
}

const wordsIn = (match: string): string => match.replace(/^"|"(?: \*)?$/g, '');

/** True for a word that is in few articles: they, and no more, are read to weigh it. Of a phrase, each of whose words is read, only where all articles are few. */
function isRare(db: DatabaseSync, match: string): boolean {
  const isOneWord = /^"[^" ]*"(?: \*)?$/.test(match);
  const text = isOneWord ? 'SELECT 1 FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC' : 'SELECT 1 FROM seats';
  return get(db, `${text} LIMIT 1 OFFSET ${common}`, ...(isOneWord ? [match] : [])) === undefined;
}

/** What the words weigh in each article. */
function weightsOf(db: DatabaseSync, { match }: Conditions): Map<number, number> {
  const text = 'SELECT rowid AS seat, -bm25(search_index, 5, 1, 2, 2, 3) AS weight FROM search_index WHERE search_index MATCH ?';
  return new Map(all<{ seat: number; weight: number }>(db, text, match).map(({ seat, weight }) => [seat, Math.min(weight, 12)]));
}

/** How much of a title the words sought are: 1 for a title of nothing else. */
function titleShares(db: DatabaseSync, query: Query, seats: readonly number[]): Map<number, number> {
  const sought = query.terms.reduce((sum, { text }) => sum + wordsOf(foldText(text)).length, 0);
  const rows = all<{ seat: number; title: string }>(db, 'SELECT a.seat, a.title FROM json_each(?) AS j JOIN articles AS a ON a.seat = j.value', JSON.stringify(seats));
  return new Map(rows.map(({ seat, title }) => [seat, Math.min(1, sought / Math.max(1, wordsOf(foldText(title)).length))]));
}

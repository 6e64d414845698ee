import type { DatabaseSync } from 'node:sqlite';
import { foldText, wordsOf } from '../../../shared/fold.ts';
import type { Query } from '../../../shared/query.ts';
import { all, get } from '../storage/database.ts';
import type { Conditions } from './conditions.ts';

/** Among this many newest hits the best come first; what is older follows newest first. */
export const ranked = 2_000;
/** A word in more articles than this tells little, and weighing it would read every one of them. */
const common = 3_000;
/** Of so many hits by title the titles are looked at. */
const titlesRead = 60;

type Hit = { seat: number; added: string };

/** Hits, newest first, put into the order of their worth: `now` in milliseconds, for what is recent. */
export function rank(db: DatabaseSync, query: Query, conditions: Conditions, hits: readonly Hit[], now: number): number[] {
  const seats = hits.map(({ seat }) => seat);
  const { words } = conditions;
  if (words.length === 0 || hits.length < 2) return seats;
  const lowest = Math.min(...seats);
  const set = (match: string) => new Set(all<{ seat: number }>(db, 'SELECT rowid AS seat FROM search_index WHERE search_index MATCH ? AND rowid >= ?', match, lowest).map(({ seat }) => seat));
  const together = words.join(' AND ');
  const inTitle = set(`{title} : (${together})`);
  const inFacts = set(`{byline site tags} : (${together})`);
  const inRow = query.terms.length > 1 && query.terms.length === words.length ? set(`"${words.map((word) => word.replace(/^"|"(?: \*)?$/g, '')).join(' ')}"`) : inTitle;
  const weights = weightsOf(db, conditions, lowest);
  // Newest first, as `seats` are: of more titles than can be read, the newest are.
  const share = titleShares(db, query, seats.filter((seat) => inTitle.has(seat)).slice(0, titlesRead));
  const worth = new Map(hits.map(({ seat, added }) => [
    seat,
    (weights.get(seat) ?? 0) + (inTitle.has(seat) ? 6 : 0) + (inFacts.has(seat) ? 3 : 0) + (inRow.has(seat) ? 3 : 0) + 4 * (share.get(seat) ?? 0) +
      2 * 0.5 ** (Math.max(0, now - Date.parse(added)) / 7_776_000_000),
  ]));
  return seats.toSorted((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0) || b - a);
}

/** What the words weigh in each article, where none of them is so common that this would take long. */
function weightsOf(db: DatabaseSync, { match, words }: Conditions, lowest: number): Map<number, number> {
  const isCommon = (word: string) =>
    get(db, `SELECT 1 FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ${common}`, word) !== undefined;
  if (words.some(isCommon)) return new Map();
  const text = 'SELECT rowid AS seat, -bm25(search_index, 5, 1, 2, 2, 3) AS weight FROM search_index WHERE search_index MATCH ? AND rowid >= ?';
  return new Map(all<{ seat: number; weight: number }>(db, text, match, lowest).map(({ seat, weight }) => [seat, Math.min(weight, 12)]));
}

/** How much of a title the words sought are: 1 for a title of nothing else. */
function titleShares(db: DatabaseSync, query: Query, seats: readonly number[]): Map<number, number> {
  const sought = query.terms.reduce((sum, { text }) => sum + wordsOf(foldText(text)).length, 0);
  const rows = all<{ seat: number; title: string }>(db, 'SELECT a.seat, a.title FROM json_each(?) AS j JOIN articles AS a ON a.seat = j.value', JSON.stringify(seats));
  return new Map(rows.map(({ seat, title }) => [seat, Math.min(1, sought / Math.max(1, wordsOf(foldText(title)).length))]));
}

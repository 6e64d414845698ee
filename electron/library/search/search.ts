import type { Hit } from '../../../shared/contract.ts';
import { marksIn } from '../../../shared/marks.ts';
import { parseQuery, type Query } from '../../../shared/query.ts';
import { rowsAt } from '../rows.ts';
import { get } from '../storage/database.ts';
import type { Answer, Store } from '../storage/store.ts';
import { conditionsOf, unknownTags, type Conditions } from './conditions.ts';
import { bestOf, othersOf } from './ranking.ts';
import { lackingOf, textOf } from './search-index.ts';
import { snippetOf } from './snippet.ts';

/** At most so many are counted. */
const counted = 2_000;

/** Searches title, text, byline, site and tags of everything but the trash (unless `is:trashed` asks for it). */
export const search =
  (store: Store): Answer<'search'> =>
  ({ query: text, from, count, first = false }) => {
    const query = parseQuery(text, new Date(store.now()));
    const problems = [...query.problems, ...unknownTags(store.db, query)];
    const lacking = lackingOf(store.db);
    const conditions = conditionsOf(store.db, query);
    if (conditions === null) return { total: 0, more: false, lacking, problems, hits: [] };
    const best = bestOf(store.db, query, conditions, Date.parse(store.now()));
    const seats = best.seats.slice(from, from + count);
    if (!best.whole && seats.length < count) {
      seats.push(...othersOf(store.db, conditions, best.seats, count - seats.length, Math.max(0, from - best.seats.length)));
    }
    const { count: total, more } = best.whole ? { count: best.seats.length, more: false } : first ? { count: best.seats.length, more: true } : countUpTo(store, conditions);
    return { total, more, lacking, problems, hits: shownOf(store, query, seats, first) };
  };

/** How many a search finds, counted only so far: `more` says that there are more. */
export const searchCount =
  (store: Store): Answer<'searchCount'> =>
  ({ query: text }) => {
    const conditions = conditionsOf(store.db, parseQuery(text, new Date(store.now())));
    return conditions === null ? { count: 0, more: false } : countUpTo(store, conditions);
  };

function countUpTo(store: Store, { match, text, values }: Conditions): { count: number; more: boolean } {
  const source = match === null ? 'seats AS s WHERE' : 'search_index AS x CROSS JOIN seats AS s ON s.seat = x.rowid WHERE search_index MATCH ? AND';
  // The newest first: without an order the oldest would be, which are mostly not at hand.
  const some = `SELECT 1 FROM ${source} ${text} ORDER BY ${match === null ? 's.seat' : 'x.rowid'} DESC LIMIT ${counted + 1}`;
  const count = get<{ n: number }>(store.db, `SELECT count(*) AS n FROM (${some})`, ...(match === null ? [] : [match]), ...values)?.n ?? 0;
  return { count: Math.min(count, counted), more: count > counted };
}

/** What is shown of each; for a first answer the beginning stands in for the place found, which takes longer than finding did. */
function shownOf(store: Store, query: Query, seats: readonly number[], first: boolean): Hit[] {
  const { terms } = query;
  return rowsAt(store, seats).map((row) => {
    const titleMarks = marksIn(row.title, terms);
    const { snippet, marks } = first || terms.length === 0 ? { snippet: '', marks: [] } : snippetOf(textOf(store.db, row.id), terms);
    return { ...row, titleMarks, snippet: snippet === '' ? row.excerpt : snippet, snippetMarks: snippet === '' ? marksIn(row.excerpt, terms) : marks };
  });
}

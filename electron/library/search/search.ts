import type { ArticleId } from '../../../shared/article.ts';
import type { Hit } from '../../../shared/contract.ts';
import { marksIn } from '../../../shared/marks.ts';
import { parseQuery, type Query } from '../../../shared/query.ts';
import { rowsOf } from '../rows.ts';
import { all } from '../storage/database.ts';
import type { Answer, Store } from '../storage/store.ts';
import { conditionsOf, unknownTags, type Conditions } from './conditions.ts';
import { rank, ranked } from './ranking.ts';
import { lackingOf, textOf } from './search-index.ts';
import { snippetOf } from './snippet.ts';

type Seat = { seat: number; added: string };

/** Searches title, text, byline, site and tags of everything but the trash (unless `is:trashed` asks for it). */
export const search =
  (store: Store): Answer<'search'> =>
  ({ query: text, from, count }) => {
    const query = parseQuery(text, new Date(store.now()));
    const problems = [...query.problems, ...unknownTags(store.db, query)];
    const lacking = lackingOf(store.db);
    const conditions = conditionsOf(store.db, query);
    if (conditions === null) return { total: 0, more: false, lacking, problems, hits: [] };
    const newest = hitsOf(store, conditions, ranked + 1, 0);
    const more = newest.length > ranked;
    if (more) newest.length = ranked;
    const seats = from >= ranked
      ? hitsOf(store, conditions, count, from).map(({ seat }) => seat)
      : rank(store.db, query, conditions, newest, Date.parse(store.now())).slice(from, from + count);
    return { total: newest.length, more, lacking, problems, hits: shownOf(store, query, seats) };
  };

/** Every seat that fits, newest first. */
export function hitsOf(store: Store, { match, text, values }: Conditions, count: number, from: number): Seat[] {
  const source = match === null ? 'seats AS s WHERE' : 'search_index AS x CROSS JOIN seats AS s ON s.seat = x.rowid WHERE search_index MATCH ? AND';
  const order = match === null ? 's.seat' : 'x.rowid';
  return all<Seat>(store.db, `SELECT s.seat, s.added FROM ${source} ${text} ORDER BY ${order} DESC LIMIT ? OFFSET ?`, ...(match === null ? [] : [match]), ...values, count, from);
}

/** At most so many are counted for a search that is kept in the sidebar. */
const counted = 1_000;

/** How many a search finds, counted only so far: `more` says that there are more. */
export const searchCount =
  (store: Store): Answer<'searchCount'> =>
  ({ query: text }) => {
    const conditions = conditionsOf(store.db, parseQuery(text, new Date(store.now())));
    const found = conditions === null ? 0 : hitsOf(store, conditions, counted + 1, 0).length;
    return { count: Math.min(found, counted), more: found > counted };
  };

/** How much is shown of a text that has none of the words. */
function shownOf(store: Store, query: Query, seats: readonly number[]): Hit[] {
  const ids = seats.flatMap((seat) => all<{ id: ArticleId }>(store.db, 'SELECT id FROM articles WHERE seat = ?', seat).map(({ id }) => id));
  const { terms } = query;
  return rowsOf(store, ids).map((row) => {
    const titleMarks = marksIn(row.title, terms);
    const { snippet, marks } = terms.length === 0 ? { snippet: '', marks: [] } : snippetOf(textOf(store.db, row.id), terms);
    return { ...row, titleMarks, snippet: snippet === '' ? row.excerpt : snippet, snippetMarks: snippet === '' ? marksIn(row.excerpt, terms) : marks };
  });
}

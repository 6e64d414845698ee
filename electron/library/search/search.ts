import type { ArticleId } from '../../../shared/article.ts';
import type { Hit } from '../../../shared/contract.ts';
import { searchable } from '../../../shared/fold.ts';
import { parseQuery, type Narrowing, type Query, type State } from '../../../shared/query.ts';
import { all, get } from '../storage/database.ts';
import { listBits } from '../storage/membership.ts';
import { rowsOf } from '../rows.ts';
import { textOf } from './search-index.ts';
import { marksIn, snippetOf } from './snippet.ts';
import type { Answer, Store } from '../storage/store.ts';

/** Among this many newest hits the best come first; what is older follows newest first. */
const ranked = 2_000;

type Filter = { join: string; text: string; values: Array<string | number> };
type Seat = { seat: number };

/** Searches title, text, byline, site and tags of everything but the trash (unless `is:trashed` asks for it). */
export const search =
  (store: Store): Answer<'search'> =>
  ({ query: text, from, count }) => {
    const query = parseQuery(text);
    const filter = filterOf(store, query.narrowings);
    const match = matchOf(query);
    if (match !== null) {
      const { total, seats } = find(store, match, filter, from, count);
      return { total, hits: hitsOf(store, query, seats) };
    }
    if (query.narrowings.length === 0 || query.terms.length > 0) return { total: 0, hits: [] };
    const source = `FROM seats AS s ${filter.join} WHERE ${filter.text}`;
    const total = get<{ n: number }>(store.db, `SELECT count(*) AS n ${source}`, ...filter.values)?.n ?? 0;
    const seats = all<Seat>(store.db, `SELECT s.seat ${source} ORDER BY s.seat DESC LIMIT ? OFFSET ?`, ...filter.values, count, from);
    return { total, hits: hitsOf(store, query, seats) };
  };

function find(store: Store, match: string, filter: Filter, from: number, count: number): { total: number; seats: Seat[] } {
  const source = `FROM search_index JOIN seats AS s ON s.seat = search_index.rowid ${filter.join} WHERE search_index MATCH ? AND ${filter.text}`;
  const ask = (columns: string, rest: string, ...values: number[]) =>
    all<Seat & { n: number }>(store.db, `SELECT ${columns} ${source} ${rest}`, match, ...filter.values, ...values);
  const newest: Seat[] = ask('s.seat', 'ORDER BY search_index.rowid DESC LIMIT ?', ranked + 1);
  if (newest.length <= ranked) {
    // Few enough to weigh: bm25 reads every hit, which for a common word would be the whole library.
    const best = ask('s.seat', 'ORDER BY bm25(search_index, 10, 1, 3, 3, 5), search_index.rowid DESC LIMIT ? OFFSET ?', count, from);
    return { total: newest.length, seats: best };
  }
  const total = ask('count(*) AS n', '')[0]?.n ?? 0;
  if (from >= ranked) return { total, seats: ask('s.seat', 'ORDER BY search_index.rowid DESC LIMIT ? OFFSET ?', count, from) };
  newest.length = ranked;
  const oldest = newest[ranked - 1]?.seat ?? 0;
  const inTitle = new Set(
    all<Seat>(
      store.db, 'SELECT rowid AS seat FROM search_index WHERE search_index MATCH ? AND rowid >= ?', `{title} : (${match})`, oldest,
    ).map(({ seat }) => seat),
  );
  newest.sort((a, b) => Number(inTitle.has(b.seat)) - Number(inTitle.has(a.seat)) || b.seat - a.seat);
  return { total, seats: newest.slice(from, from + count) };
}

/** The query in FTS5's words, every term quoted; null when nothing is sought. */
function matchOf(query: Query): string | null {
  const wanted = query.terms.filter((term) => !term.not).map((term) => `${quoted(term.text)}${term.prefix ? ' *' : ''}`);
  if (wanted.length === 0) return null;
  const unwanted = query.terms.filter((term) => term.not).map((term) => quoted(term.text));
  const match = `(${wanted.join(' AND ')})`;
  return unwanted.length === 0 ? match : `${match} NOT (${unwanted.join(' OR ')})`;
}

function quoted(text: string): string {
  return `"${searchable(text)}"`;
}

function tagNumbers(store: Store, name: string): string {
  const lower = name.toLowerCase();
  return all<{ id: number; name: string }>(store.db, 'SELECT id, name FROM tags').filter((tag) => tag.name.toLowerCase() === lower).map(({ id }) => id).join(', ');
}

function filterOf(store: Store, narrowings: readonly Narrowing[]): Filter {
  const texts: string[] = [];
  const values: Array<string | number> = [];
  let place = `s.lists & ${listBits.all}`;
  for (const narrowing of narrowings) {
    const sign = narrowing.not ? 'NOT ' : '';
    switch (narrowing.by) {
      case 'tag':
        // The tag's numbers first: joined inside, SQLite would walk all tagged articles for every hit.
        texts.push(`${sign}EXISTS (SELECT 1 FROM tag_rows AS r WHERE r.tag IN (${tagNumbers(store, narrowing.value)}) AND r.added_at = a.added_at AND r.article = a.id)`);
        break;
      case 'site':
        texts.push(`${sign}(ifnull(a.host, '') = ? OR ifnull(a.host, '') LIKE '%.' || ? ESCAPE '!' OR ifnull(a.site, '') = ? COLLATE NOCASE)`);
        values.push(narrowing.value, narrowing.value.replace(/[!%_]/g, '!$&'), narrowing.value);
        break;
      case 'is':
        if (narrowing.value === 'trashed' && !narrowing.not) place = `s.lists & ${listBits.trash}`;
        else texts.push(`${sign}(${stateTest[narrowing.value]})`);
        break;
      default:
        narrowing satisfies never;
    }
  }
  const join = texts.length > 0 ? 'JOIN articles AS a ON a.seat = s.seat' : '';
  return { join, text: [place, ...texts].join(' AND '), values };
}

const stateTest: Record<State, string> = {
  unread: `a.lists & ${listBits.unread}`,
  reading: `a.lists & ${listBits.reading}`,
  finished: 'a.finished_at IS NOT NULL',
  favourite: 'a.favourite = 1',
  archived: 'a.archived = 1',
  trashed: 'a.trashed_at IS NOT NULL',
  waiting: "a.state = 'waiting'",
  failed: "a.state = 'failed'",
};

function hitsOf(store: Store, query: Query, seats: readonly Seat[]): Hit[] {
  const ids = seats.flatMap(({ seat }) => all<{ id: ArticleId }>(store.db, 'SELECT id FROM articles WHERE seat = ?', seat).map(({ id }) => id));
  const terms = query.terms.filter((term) => !term.not);
  return rowsOf(store, ids).map((row) => {
    const titleMarks = marksIn(row.title, terms);
    const { snippet, marks } = snippetOf(textOf(store.db, row.id), terms);
    return { ...row, titleMarks, snippet: snippet === '' ? row.excerpt : snippet, snippetMarks: snippet === '' ? marksIn(row.excerpt, terms) : marks };
  });
}

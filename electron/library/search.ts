import type { ArticleId } from '../../shared/article.ts';
import type { Hit } from '../../shared/contract.ts';
import { parseQuery, searchable, type Narrowing, type Query, type State } from '../../shared/query.ts';
import { all, get } from './database.ts';
import { listBits } from './membership.ts';
import { rowsOf } from './rows.ts';
import { textOf } from './search-index.ts';
import { marksIn, snippetOf } from './snippet.ts';
import type { Answer, Store } from './store.ts';

/** Among this many newest hits the best come first; what is older follows newest first. */
const ranked = 2_000;

type Filter = { text: string; values: Array<string | number> };

/** Searches title, text, byline, site and tags of everything but the trash (unless `is:trashed` asks for it). */
export const search =
  (store: Store): Answer<'search'> =>
  ({ query: text, from, count }) => {
    const query = parseQuery(text);
    const filter = filterOf(query.narrowings);
    const match = matchOf(query);
    if (match === null) {
      if (query.narrowings.length === 0 || query.terms.length > 0) return { total: 0, hits: [] };
      return { total: countAll(store, filter), hits: hitsOf(store, query, listAll(store, filter, from, count)) };
    }
    const { total, ids } = find(store, match, filter, from, count);
    return { total, hits: hitsOf(store, query, ids) };
  };

function find(store: Store, match: string, filter: Filter, from: number, count: number): { total: number; ids: ArticleId[] } {
  const source = `FROM search_index JOIN articles AS a ON a.seat = search_index.rowid WHERE search_index MATCH ? AND ${filter.text}`;
  const newest = all<{ seat: number; id: ArticleId }>(
    store.db, `SELECT a.seat, a.id ${source} ORDER BY search_index.rowid DESC LIMIT ?`, match, ...filter.values, ranked + 1,
  );
  if (newest.length <= ranked) {
    // Few enough to weigh: bm25 reads every hit, which for a common word would be the whole library.
    const best = `SELECT a.id ${source} ORDER BY bm25(search_index, 10, 1, 3, 3, 5), search_index.rowid DESC LIMIT ? OFFSET ?`;
    const ids = all<{ id: ArticleId }>(store.db, best, match, ...filter.values, count, from);
    return { total: newest.length, ids: ids.map(({ id }) => id) };
  }
  newest.length = ranked;
  const total = get<{ n: number }>(store.db, `SELECT count(*) AS n ${source}`, match, ...filter.values)?.n ?? 0;
  if (from >= ranked) {
    const older = `SELECT a.id ${source} ORDER BY search_index.rowid DESC LIMIT ? OFFSET ?`;
    const ids = all<{ id: ArticleId }>(store.db, older, match, ...filter.values, count, from);
    return { total, ids: ids.map(({ id }) => id) };
  }
  const last = newest[ranked - 1]!.seat;
  const inTitle = new Set(
    all<{ seat: number }>(
      store.db, 'SELECT rowid AS seat FROM search_index WHERE search_index MATCH ? AND rowid >= ?', `{title} : (${match})`, last,
    ).map(({ seat }) => seat),
  );
  newest.sort((a, b) => Number(inTitle.has(b.seat)) - Number(inTitle.has(a.seat)) || b.seat - a.seat);
  return { total, ids: newest.slice(from, from + count).map(({ id }) => id) };
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
  return `"${searchable(text).replaceAll('"', '""').replaceAll('\u0000', ' ')}"`;
}

function filterOf(narrowings: readonly Narrowing[]): Filter {
  const texts: string[] = [];
  const values: Array<string | number> = [];
  let place = `a.lists & ${listBits.all}`;
  for (const narrowing of narrowings) {
    const sign = narrowing.not ? 'NOT ' : '';
    switch (narrowing.by) {
      case 'tag':
        texts.push(`${sign}EXISTS (SELECT 1 FROM tags JOIN tag_rows AS r ON r.tag = tags.id AND r.added_at = a.added_at AND r.article = a.id
          WHERE tags.name = ? COLLATE NOCASE)`);
        values.push(narrowing.value);
        break;
      case 'site':
        texts.push(`${sign}(ifnull(a.host, '') = ? OR ifnull(a.host, '') LIKE '%.' || ? ESCAPE '!' OR ifnull(a.site, '') = ? COLLATE NOCASE)`);
        values.push(narrowing.value, narrowing.value.replace(/[!%_]/g, '!$&'), narrowing.value);
        break;
      case 'is':
        if (narrowing.value === 'trashed' && !narrowing.not) place = `a.lists & ${listBits.trash}`;
        else texts.push(`${sign}(${stateTest[narrowing.value]})`);
        break;
      default:
        narrowing satisfies never;
    }
  }
  return { text: [place, ...texts].join(' AND '), values };
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

function listAll(store: Store, filter: Filter, from: number, count: number): ArticleId[] {
  const text = `SELECT a.id FROM articles AS a WHERE ${filter.text} ORDER BY a.added_at DESC, a.id DESC LIMIT ? OFFSET ?`;
  return all<{ id: ArticleId }>(store.db, text, ...filter.values, count, from).map(({ id }) => id);
}

function countAll(store: Store, filter: Filter): number {
  return get<{ n: number }>(store.db, `SELECT count(*) AS n FROM articles AS a WHERE ${filter.text}`, ...filter.values)?.n ?? 0;
}

function hitsOf(store: Store, query: Query, ids: readonly ArticleId[]): Hit[] {
  const terms = query.terms.filter((term) => !term.not);
  return rowsOf(store, ids).map((row) => {
    const titleMarks = marksIn(row.title, terms);
    const { snippet, marks } = snippetOf(textOf(store.db, row.id), terms);
    return { ...row, titleMarks, snippet: snippet === '' ? row.excerpt : snippet, snippetMarks: snippet === '' ? marksIn(row.excerpt, terms) : marks };
  });
}

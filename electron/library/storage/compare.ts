import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { CheckReport } from '../../../shared/contract.ts';
import { all, get } from './database.ts';
import { indexSome, isBehind } from '../search/search-index.ts';

/** What is compared, row by row; seats and numbers of tags depend on the order of arrival and are left out. */
const tables: Record<string, string> = {
  articles: `SELECT id, saved, saved_url, page_url, url, key, host, name, job, added_at, state, failure, folder, sums, own_title,
    page_title, title, title_key, site, byline, excerpt, lead_picture, published_at, lang, dir, words, minutes, links, code, favourite, archived,
    finished_at, trashed_at, started_at, favourited_at, archived_at, place, progress, read_at, published_key, site_key, first_tag, tags,
    lists, note, bookmarked, glanced, glance_title, glance_excerpt FROM articles`,
  clocks: 'SELECT article AS id, field, clock FROM clocks',
  erased: 'SELECT article AS id, clock FROM erased',
  tagged: 'SELECT article AS id, tag, clock, present FROM tagged',
  'tag rows': 'SELECT r.article AS id, t.name, r.added_at, r.unread, r.words, r.minutes, r.host FROM tag_rows AS r JOIN tags AS t ON t.id = r.tag',
  tags: 'SELECT name AS id, count, unread, minutes FROM tags WHERE count <> 0 OR unread <> 0 OR minutes <> 0',
  'tag sites': 'SELECT t.name AS id, s.host, s.count FROM tag_sites AS s JOIN tags AS t ON t.id = s.tag',
  'tag facts': 'SELECT tag AS id, field, value, clock FROM tag_facts',
  spots: 'SELECT article AS id, tag, first, rest, clock FROM spots',
  seats: 'SELECT a.id, s.lists, s.has, s.minutes, s.added, s.published, s.lang FROM articles AS a LEFT JOIN seats AS s ON s.seat = a.seat WHERE a.saved = 1',
  lists: 'SELECT bit AS id, count FROM lists WHERE count <> 0',
  tallies: "SELECT scope || ' ' || key AS id, count, minutes FROM tallies",
  reading: 'SELECT article AS id, day, device, seconds FROM reading',
  'reading days': 'SELECT day AS id, seconds FROM reading_days',
  searches: 'SELECT id, name, query, sort, place FROM searches',
  pictures: 'SELECT article AS id, file FROM pictures',
  texts: 'SELECT article AS id, text FROM texts',
  icons: 'SELECT host AS id, file, at, clock FROM icons',
  pairs: 'SELECT one AS id, other, why, share, open FROM pairs',
  apart: 'SELECT one AS id, other, clock, present FROM apart',
  prints: 'SELECT article AS id, buckets, sketch FROM prints',
  highlights: 'SELECT article AS id, id AS name, made, removed, shown, made_at, colour, note, anchor, located_from, located_to, orphan FROM highlights',
  facts: "SELECT name AS id, value FROM facts WHERE name <> 'heads lack from'",
};

/** In what two indexes of the same journals differ; rows of the `apart` articles are not looked at. */
export function compareIndexes(
  one: DatabaseSync, other: DatabaseSync, apart: ReadonlySet<string> = new Set(), progress: (done: number, of: number) => void = () => undefined,
): CheckReport['problems'] {
  const problems: CheckReport['problems'] = [];
  const wanted = Object.entries(tables);
  for (const [index, [name, text]] of wanted.entries()) {
    progress(index, wanted.length + 5);
    // What a damaged article adds to them is not known anew.
    if (name === 'tallies' && apart.size > 0) continue;
    const [mine, theirs] = [sumsOf(one, text), sumsOf(other, text)];
    const ids = new Set([...mine.keys(), ...theirs.keys()]);
    for (const id of ids) {
      if (mine.get(id) !== theirs.get(id) && !apart.has(id)) problems.push({ what: `index differs from a rebuild in its ${name}`, where: id });
    }
  }
  if (apart.size === 0) problems.push(...compareWords(one, other));
  return problems;
}

/** One sum over all rows of an id, whatever their order. */
function sumsOf(db: DatabaseSync, text: string): Map<string, string> {
  const rows = new Map<string, string>();
  // Row by row: all texts at once would be as large as the library.
  for (const row of db.prepare(text).iterate()) {
    const id = String(row['id']);
    const values = Object.values(row).map((value) => (value instanceof Uint8Array ? createHash('sha256').update(value).digest('base64') : value));
    const sum = createHash('sha256').update(JSON.stringify(values)).digest('base64');
    const known = rows.get(id);
    rows.set(id, known === undefined ? sum : `${known} ${sum}`);
  }
  for (const [id, sums] of rows) if (sums.includes(' ')) rows.set(id, sums.split(' ').toSorted().join(' '));
  return rows;
}

const wordTables = ['search_index', 'head_index'];

/** Every word must be in as many articles and places in both, and SQLite's own check must pass. */
function compareWords(one: DatabaseSync, other: DatabaseSync): CheckReport['problems'] {
  const problems: CheckReport['problems'] = [];
  for (const table of wordTables) {
    // Not by the index's own command: that would be a change, and keep others from making theirs.
    const found = all<{ integrity_check: string }>(one, `PRAGMA integrity_check(${table})`).map((row) => row.integrity_check);
    if (found[0] !== 'ok') return [{ what: 'search index damaged', where: found.slice(0, 5).join('; ') }];
  }
  for (const db of [one, other]) while (isBehind(db) && indexSome(db, 200));
  for (const table of wordTables) {
    const [mine, theirs] = [wordsOf(one, table), wordsOf(other, table)];
    for (const [word, counts] of theirs) if (mine.get(word) !== counts) problems.push({ what: 'search index lacks', where: word });
    for (const word of mine.keys()) if (!theirs.has(word)) problems.push({ what: 'search index has too much', where: word });
  }
  const lacking = get<{ n: number }>(one, 'SELECT count(*) AS n FROM unsearched')?.n ?? 0;
  if (lacking > 0) problems.push({ what: 'search index lacks articles', where: String(lacking) });
  return problems.slice(0, 20);
}

function wordsOf(db: DatabaseSync, table: string): Map<string, string> {
  db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_counts USING fts5vocab('main', '${table}', 'row')`);
  try {
    const counts = new Map<string, string>();
    for (const row of db.prepare('SELECT term, doc, cnt FROM temp.word_counts').iterate()) counts.set(String(row['term']), `${row['doc']} ${row['cnt']}`);
    return counts;
  } finally {
    db.exec('DROP TABLE temp.word_counts');
  }
}

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { foldText, searchable } from '../../../shared/fold.ts';
import type { Query, QueryNode, QueryProblem } from '../../../shared/query.ts';
import type { Having, Narrowing, State } from '../../../shared/query-operators.ts';
import { all } from '../storage/database.ts';
import { listBits } from '../storage/membership.ts';
import { hasBits } from '../storage/seat.ts';

/**
 * A query as SQLite is asked: `match` for the search index (null when no words are sought), `text` with its values for
 * `seats AS s`. `words` is the part of `match` that may stand in any column, each conjunct by itself, for the ranking.
 */
export type Conditions = { match: string | null; words: string[]; text: string; values: SQLInputValue[] };

/** Up to this many articles of a tag are named at once; of a larger tag each hit is looked up, which ends the sooner. */
const few = 5_000;

/** What a query asks, or null when it asks nothing. */
export function conditionsOf(db: DatabaseSync, query: Query): Conditions | null {
  if (query.root === null) return null;
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const words: string[] = [];
  const rest: Sql[] = [];
  for (const part of query.root.kind === 'and' ? query.root.of : [query.root]) {
    const match = matchOf(part);
    const against = part.kind === 'not' ? matchOf(part.of) : null;
    if (match !== null) wanted.push(match);
    if (match !== null && isWords(part)) words.push(match);
    if (match === null && against !== null) unwanted.push(against);
    else if (match === null) rest.push(sqlOf(db, part));
    const host = part.kind === 'narrow' && part.narrowing.by === 'site' && isHost(part.narrowing.value) ? part.narrowing.value : null;
    // The host's words lead to its few articles; whether it is that host, each tells itself.
    if (host !== null) wanted.push(columnMatch('site', host, false));
  }
  // The search index can leave out only from what it has found.
  if (wanted.length === 0) rest.push(...unwanted.splice(0).map((match) => ({ text: `NOT ${found}`, values: [match] })));
  const every = asksForTrash(query.root) ? `s.lists & ${listBits.all | listBits.trash}` : `s.lists & ${listBits.all}`;
  const wholly = wanted.length === 0 ? null : `(${wanted.join(' AND ')})`;
  return {
    match: wholly === null || unwanted.length === 0 ? wholly : `${wholly} NOT (${unwanted.join(' OR ')})`,
    words,
    text: [every, ...rest.map(({ text }) => text)].join(' AND '),
    values: rest.flatMap(({ values }) => values),
  };
}

/** Tags asked for that the library does not have. */
export function unknownTags(db: DatabaseSync, query: Query): QueryProblem[] {
  return query.tags
    .filter(({ name }) => tagNumbers(db, name).length === 0)
    .map(({ name, from, to }) => ({ kind: 'unknown-tag' as const, value: name, from, to }));
}

type Sql = { text: string; values: SQLInputValue[] };
const found = 's.seat IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)';

const isHost = (value: string): boolean => value.includes('.');

function isWords(node: QueryNode): boolean {
  return node.kind === 'text' || ((node.kind === 'and' || node.kind === 'or') && node.of.every(isWords));
}

/** A part of a query in FTS5's words, every text quoted; null when the search index alone cannot tell. */
function matchOf(node: QueryNode): string | null {
  switch (node.kind) {
    case 'text':
      return `"${searchable(node.text)}"${node.prefix ? ' *' : ''}`;
    case 'narrow': {
      const { narrowing } = node;
      if (narrowing.by === 'byline') return columnMatch('byline', narrowing.value, narrowing.prefix);
      return narrowing.by === 'site' && !isHost(narrowing.value) ? columnMatch('site', narrowing.value, narrowing.prefix) : null;
    }
    case 'not':
      return null;
    case 'or': {
      const sides = node.of.map(matchOf);
      return sides.includes(null) ? null : `(${sides.join(' OR ')})`;
    }
    case 'and': {
      const wanted = node.of.filter((part) => part.kind !== 'not').map(matchOf);
      const unwanted = node.of.flatMap((part) => (part.kind === 'not' ? [matchOf(part.of)] : []));
      if (wanted.length === 0 || wanted.includes(null) || unwanted.includes(null)) return null;
      const all = `(${wanted.join(' AND ')})`;
      return unwanted.length === 0 ? all : `(${all} NOT (${unwanted.join(' OR ')}))`;
    }
    default:
      return node satisfies never;
  }
}

function columnMatch(column: string, text: string, prefix: boolean): string {
  return `({${column}} : "${searchable(text)}"${prefix ? ' *' : ''})`;
}

function sqlOf(db: DatabaseSync, node: QueryNode): Sql {
  const match = matchOf(node);
  if (match !== null) return { text: found, values: [match] };
  switch (node.kind) {
    case 'text':
      return { text: '1', values: [] };
    case 'narrow':
      return narrowingSql(db, node.narrowing);
    case 'not': {
      const { text, values } = sqlOf(db, node.of);
      return { text: `NOT (${text})`, values };
    }
    case 'and':
    case 'or': {
      const parts = node.of.map((part) => sqlOf(db, part));
      return { text: `(${parts.map(({ text }) => text).join(node.kind === 'and' ? ' AND ' : ' OR ')})`, values: parts.flatMap(({ values }) => values) };
    }
    default:
      return node satisfies never;
  }
}

function narrowingSql(db: DatabaseSync, narrowing: Narrowing): Sql {
  switch (narrowing.by) {
    case 'tag':
      return { text: tagTest(tagNumbers(db, narrowing.value)), values: [] };
    case 'site':
    case 'byline': {
      // Only a host comes here; what is a name the search index tells.
      const host = narrowing.value;
      const text = "EXISTS (SELECT 1 FROM articles AS a WHERE a.seat = s.seat AND (a.host = ? OR a.host LIKE '%.' || ? ESCAPE '!' OR a.site = ? COLLATE NOCASE))";
      return { text, values: [host, host.replace(/[!%_]/g, '!$&'), host] };
    }
    case 'lang':
      return { text: "(ifnull(s.lang, '') = ? OR ifnull(s.lang, '') LIKE ?)", values: [narrowing.value, `${narrowing.value}-%`] };
    case 'is':
      return { text: `(${stateTest[narrowing.value]}) <> 0`, values: [] };
    case 'has':
      return { text: `(s.has & ${havingBit[narrowing.value]}) <> 0`, values: [] };
    case 'saved':
      return between('s.added', narrowing.from && instant(narrowing.from), narrowing.to && instant(narrowing.to));
    case 'published':
      return between("ifnull(s.published, '')", narrowing.from, narrowing.to);
    case 'minutes':
      // What has no text yet is neither long nor short.
      return narrowing.over === null
        ? { text: '(s.minutes > 0 AND s.minutes < ?)', values: [narrowing.under] }
        : { text: '(s.minutes > ?)', values: [narrowing.over] };
    default:
      return narrowing satisfies never;
  }
}

function between(column: string, from: string | null, to: string | null): Sql {
  const parts = [`${column} <> ''`, ...(from === null ? [] : [`${column} >= ?`]), ...(to === null ? [] : [`${column} < ?`])];
  return { text: `(${parts.join(' AND ')})`, values: [from, to].filter((each) => each !== null) };
}

/** When a local day begins, in UTC. */
function instant(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toISOString();
}

function tagNumbers(db: DatabaseSync, name: string): Array<{ id: number; count: number }> {
  const folded = foldText(name);
  return all<{ id: number; name: string; count: number }>(db, 'SELECT id, name, count FROM tags').filter((tag) => tag.count > 0 && foldText(tag.name) === folded);
}

function tagTest(tags: Array<{ id: number; count: number }>): string {
  const ids = tags.map(({ id }) => id).join(', ');
  if (ids === '') return '0';
  return tags.reduce((sum, { count }) => sum + count, 0) <= few
    ? `s.seat IN (SELECT a.seat FROM tag_rows AS r JOIN articles AS a ON a.id = r.article WHERE r.tag IN (${ids}))`
    : `EXISTS (SELECT 1 FROM articles AS a CROSS JOIN tag_rows AS r WHERE a.seat = s.seat AND r.tag IN (${ids}) AND r.added_at = a.added_at AND r.article = a.id)`;
}

const stateTest: Record<State, string> = {
  unread: `s.lists & ${listBits.unread}`,
  reading: `s.lists & ${listBits.reading}`,
  read: `s.has & ${hasBits.finished}`,
  favourite: `s.lists & ${listBits.favourites}`,
  archived: `s.lists & ${listBits.archive}`,
  trashed: `s.lists & ${listBits.trash}`,
  waiting: `s.has & ${hasBits.waiting}`,
  failed: `s.lists & ${listBits.failed}`,
  bookmark: `s.has & ${hasBits.bookmark}`,
};

const havingBit: Record<Having, number> = {
  highlight: hasBits.highlight, note: hasBits.note, image: hasBits.image, code: hasBits.code, tag: hasBits.tag,
};

/** The trash is searched only where it is asked for. */
function asksForTrash(node: QueryNode): boolean {
  if (node.kind === 'narrow') return node.narrowing.by === 'is' && node.narrowing.value === 'trashed';
  return (node.kind === 'and' || node.kind === 'or') && node.of.some(asksForTrash);
}

import { inflateRawSync } from 'node:zlib';
import type { DatabaseSync } from 'node:sqlite';
import { FailureError } from '../../../shared/failure.ts';
import { searchable } from '../../../shared/fold.ts';
import { all, get, run, transaction } from '../storage/database.ts';
import { readSealedBody } from '../storage/parts.ts';
import { hasBits } from '../storage/seat.ts';
import { foldAhead, foldedWords } from './fold-ahead.ts';
import { hasCode } from './text-ahead.ts';
import { anchorSome, areStale, notesOf } from '../storage/highlight-index.ts';

type Row = {
  seat: number; id: string; title: string; byline: string | null; site: string | null; host: string | null; tags: string;
  url: string | null; state: string;
  note: string | null; glance_excerpt: string | null; code: number | null; folder: string | null; sums: string | null;
};

/** So much of texts, as they are kept, is taken in at once. */
const most = 60_000;

/** The next articles to be taken in, the newest first: at most `count`, and of large ones only one. */
function nextOf(db: DatabaseSync, count: number): string[] {
  const text = 'SELECT u.article, coalesce(length(t.text), 0) AS size FROM unsearched AS u LEFT JOIN texts AS t ON t.article = u.article ORDER BY u.article DESC LIMIT ?';
  const rows = all<{ article: string; size: number }>(db, text, count);
  let sum = 0;
  const end = rows.findIndex(({ size }) => (sum += size) > most);
  return rows.slice(0, end < 0 ? rows.length : Math.max(1, end)).map(({ article }) => article);
}

/** The text that comes next into the search index, where it is so large that it is better folded ahead. */
export function nextLarge(db: DatabaseSync): string | null {
  const [id] = nextOf(db, 1);
  if (id === undefined || (get<{ size: number }>(db, 'SELECT length(text) AS size FROM texts WHERE article = ?', id)?.size ?? 0) <= most) return null;
  return textOf(db, id);
}

/**
 * Brings at most `count` articles that changed into the search index, in one transaction, the newest first; answers whether
 * more are left. Kept apart from the acts themselves, because tagging 10,000 articles must not index 10,000 texts before it
 * answers. With the library's `root`, what an earlier Lectern did not note is read from the stored article.
 */
export function indexSome(db: DatabaseSync, count: number, root: string | null = null): boolean {
  const more = anchorSome(db);
  const ids = nextOf(db, count);
  if (ids.length === 0) return makeHeads(db) || more;
  transaction(db, () => {
    const rows = ids.flatMap((id) => rowOf(db, id) ?? []);
    // FTS5 writes a segment whenever a number is lower than the one before.
    for (const row of rows.toSorted((a, b) => a.seat - b.seat)) indexArticle(db, root, row);
    for (const id of ids) run(db, 'DELETE FROM unsearched WHERE article = ?', id);
  });
  return more || get(db, 'SELECT 1 FROM unsearched LIMIT 1') !== undefined;
}

/** Brings in the next few, others being answered while a book's words are folded; answers whether more are left. */
export async function indexNext(db: DatabaseSync, root: string): Promise<boolean> {
  const large = nextLarge(db);
  if (large !== null) await foldAhead(db, large);
  return indexSome(db, 8, root);
}

/** Whether anything that changed has yet to be brought in. */
export function isBehind(db: DatabaseSync): boolean {
  return get(db, 'SELECT 1 FROM unsearched UNION ALL SELECT 1 FROM unpaired LIMIT 1') !== undefined || areStale(db) || headsLackFrom(db) !== null;
}

/** How many articles the search index still lacks. */
export function lackingOf(db: DatabaseSync): number {
  return get<{ n: number }>(db, 'SELECT count(*) AS n FROM unsearched')?.n ?? 0;
}

const columns = 'seat, id, title, byline, site, host, tags, url, state, note, glance_excerpt, code, folder, sums';

function rowOf(db: DatabaseSync, id: string): Row | undefined {
  return get<Row>(db, `SELECT ${columns} FROM articles WHERE id = ? AND saved = 1`, id);
}

function indexArticle(db: DatabaseSync, root: string | null, row: Row): void {
  if (root !== null && row.code === null && row.folder !== null) learnCode(db, root, row);
  const tags = (JSON.parse(row.tags) as string[]).join('\n');
  const bookmark = row.state === 'bookmark';
  // Of a bookmark there is nothing else to be found by.
  const site = [row.site, row.host, bookmark ? row.url : null].filter((part) => part !== null).join('\n');
  const said = [row.note, notesOf(db, row.id), bookmark ? row.glance_excerpt : null].filter((part) => part !== null && part !== '').join('\n');
  const text = textOf(db, row.id);
  run(
    db,
    'INSERT OR REPLACE INTO search_index (rowid, title, body, byline, site, tags) VALUES (?, ?, ?, ?, ?, ?)',
    row.seat, searchable(row.title), `${searchable(said)} ${foldedWords(db, text)}`, searchable(row.byline ?? ''), searchable(site), searchable(tags),
  );
  indexHead(db, row, text);
}

/** So much of a text is its beginning, in characters. */
const beginning = 100;
/** So many heads are made at once. */
const heads = 50;

/** What an article is recognised by: asked with every key, so it is an index of its own. */
function indexHead(db: DatabaseSync, row: Row, text: string): void {
  const facts = [row.byline, row.site, row.host, ...(JSON.parse(row.tags) as string[])].filter((part) => part !== null).join('\n');
  run(
    db, 'INSERT OR REPLACE INTO head_index (rowid, title, facts, begin) VALUES (?, ?, ?, ?)',
    row.seat, searchable(row.title), searchable(facts), searchable(text.slice(0, beginning)),
  );
}

function headsLackFrom(db: DatabaseSync): number | null {
  const fact = get<{ value: string }>(db, "SELECT value FROM facts WHERE name = 'heads lack from'");
  return fact === undefined ? null : Number(fact.value);
}

/** Makes heads that an earlier Lectern's index lacks; answers whether others are left. */
function makeHeads(db: DatabaseSync): boolean {
  const from = headsLackFrom(db);
  if (from === null) return false;
  const rows = all<Row>(db, `SELECT ${columns} FROM articles WHERE seat <= ? AND saved = 1 ORDER BY seat DESC LIMIT ?`, from, heads);
  const next = rows.at(-1)?.seat;
  transaction(db, () => {
    for (const row of rows.toReversed()) indexHead(db, row, textOf(db, row.id));
    if (next === undefined) run(db, "DELETE FROM facts WHERE name = 'heads lack from'");
    else run(db, "UPDATE facts SET value = ? WHERE name = 'heads lack from'", String(next - 1));
  });
  return next !== undefined;
}

function learnCode(db: DatabaseSync, root: string, row: Row): void {
  let code = false;
  try {
    code = hasCode(readSealedBody(root, { folder: row.folder ?? '', sums: JSON.parse(row.sums ?? '{}') as Record<string, string> }));
  } catch (error) {
    // A damaged article is named when it is opened; here it only has no code to be found by.
    if (!(error instanceof FailureError)) throw error;
  }
  run(db, 'UPDATE articles SET code = ? WHERE id = ?', code ? 1 : 0, row.id);
  if (code) run(db, 'UPDATE seats SET has = has | ? WHERE seat = ?', hasBits.code, row.seat);
}

/** An article's plain text as the index keeps it; '' when it has none. */
export function textOf(db: DatabaseSync, id: string): string {
  const row = get<{ text: Uint8Array }>(db, 'SELECT text FROM texts WHERE article = ?', id);
  return row ? inflateRawSync(row.text).toString('utf8') : '';
}

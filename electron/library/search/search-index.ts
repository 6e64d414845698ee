import { inflateRawSync } from 'node:zlib';
import type { DatabaseSync } from 'node:sqlite';
import { searchable } from '../../../shared/query.ts';
import { all, get, run, transaction } from '../storage/database.ts';

type Row = { seat: number; id: string; title: string; byline: string | null; site: string | null; host: string | null; tags: string };

/**
 * Brings at most `count` articles that changed into the search index, in one transaction; answers whether more are left.
 * Kept apart from the acts themselves, because tagging 10,000 articles must not index 10,000 texts before it answers.
 */
export function indexSome(db: DatabaseSync, count: number): boolean {
  const ids = all<{ article: string }>(db, 'SELECT article FROM unsearched LIMIT ?', count);
  if (ids.length === 0) return false;
  transaction(db, () => {
    for (const { article } of ids) {
      indexArticle(db, article);
      run(db, 'DELETE FROM unsearched WHERE article = ?', article);
    }
  });
  return ids.length === count;
}

function indexArticle(db: DatabaseSync, id: string): void {
  const row = get<Row>(db, 'SELECT seat, id, title, byline, site, host, tags FROM articles WHERE id = ? AND saved = 1', id);
  if (!row) return;
  const tags = (JSON.parse(row.tags) as string[]).join(' \u0001 ');
  const site = [row.site, row.host].filter((part) => part !== null).join(' \u0001 ');
  run(
    db,
    'INSERT OR REPLACE INTO search_index (rowid, title, body, byline, site, tags) VALUES (?, ?, ?, ?, ?, ?)',
    row.seat, searchable(row.title), searchable(textOf(db, id)), searchable(row.byline ?? ''), searchable(site), searchable(tags),
  );
}

/** An article's plain text as the index keeps it; '' when it has none. */
export function textOf(db: DatabaseSync, id: string): string {
  const row = get<{ text: Uint8Array }>(db, 'SELECT text FROM texts WHERE article = ?', id);
  return row ? inflateRawSync(row.text).toString('utf8') : '';
}

import { inflateRawSync } from 'node:zlib';
import type { DatabaseSync } from 'node:sqlite';
import { searchable } from '../../../shared/query.ts';
import { all, get, run, transaction } from '../storage/database.ts';

type Row = { seat: number; id: string; title: string; byline: string | null; site: string | null; host: string | null; tags: string; url: string | null; state: string; note: string | null; glance_excerpt: string | null };

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
  const row = get<Row>(db, 'SELECT seat, id, title, byline, site, host, tags, url, state, note, glance_excerpt FROM articles WHERE id = ? AND saved = 1', id);
  if (!row) return;
  const tags = (JSON.parse(row.tags) as string[]).join(' \u0001 ');
  // Of a bookmark there is nothing else to be found by.
  const site = [row.site, row.host, row.state === 'bookmark' ? row.url : null].filter((part) => part !== null).join(' \u0001 ');
  const body = [row.note, row.state === 'bookmark' ? row.glance_excerpt : null, textOf(db, id)].filter((part) => part !== null).join('\n');
  run(
    db,
    'INSERT OR REPLACE INTO search_index (rowid, title, body, byline, site, tags) VALUES (?, ?, ?, ?, ?, ?)',
    row.seat, searchable(row.title), searchable(body), searchable(row.byline ?? ''), searchable(site), searchable(tags),
  );
}

/** An article's plain text as the index keeps it; '' when it has none. */
export function textOf(db: DatabaseSync, id: string): string {
  const row = get<{ text: Uint8Array }>(db, 'SELECT text FROM texts WHERE article = ?', id);
  return row ? inflateRawSync(row.text).toString('utf8') : '';
}

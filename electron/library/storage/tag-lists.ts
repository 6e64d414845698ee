import type { DatabaseSync } from 'node:sqlite';
import { get, run } from './database.ts';

/** What a tag's list needs to know of an article to count it and to put it in order. */
export type Listed = { words: number; minutes: number; host: string | null };

/** Puts an article into a tag's list, and into its counts: how many, unread, minutes, and of which sites. */
export function listUnder(db: DatabaseSync, tag: number, article: string, row: Listed & { added_at: string; unread: number }): void {
  const columns = 'tag, added_at, article, unread, words, minutes, host';
  run(db, `INSERT INTO tag_rows (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`, tag, row.added_at, article, row.unread, row.words, row.minutes, row.host);
  run(db, 'UPDATE tags SET count = count + 1, unread = unread + ?, minutes = minutes + ? WHERE id = ?', row.unread, row.minutes, tag);
  if (row.host !== null) run(db, 'INSERT INTO tag_sites VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1', tag, row.host);
}

/** Takes an article out of a tag's list and its counts. */
export function unlist(db: DatabaseSync, tag: number, addedAt: string, article: string): void {
  const text = 'DELETE FROM tag_rows WHERE tag = ? AND added_at = ? AND article = ? RETURNING unread, minutes, host';
  const row = get<{ unread: number; minutes: number; host: string | null }>(db, text, tag, addedAt, article);
  if (!row) return;
  run(db, 'UPDATE tags SET count = count - 1, unread = unread - ?, minutes = minutes - ? WHERE id = ?', row.unread, row.minutes, tag);
  if (row.host === null) return;
  const left = get<{ count: number }>(db, 'UPDATE tag_sites SET count = count - 1 WHERE tag = ? AND host = ? RETURNING count', tag, row.host);
  if (left?.count === 0) run(db, 'DELETE FROM tag_sites WHERE tag = ? AND host = ?', tag, row.host);
}

import type { DatabaseSync } from 'node:sqlite';
import type { ArticleId } from '../../../shared/article.ts';
import { all, get } from '../storage/database.ts';

/** How an article stands, as far as the queue cares. */
export type Standing = { id: ArticleId; url: string | null; state: 'waiting' | 'ready' | 'failed' };

/** How these articles stand; those that are gone are left out. */
export function standings(db: DatabaseSync, ids: readonly ArticleId[]): Standing[] {
  return ids.flatMap((id) => all<Standing>(db, 'SELECT id, url, state FROM articles WHERE id = ? AND saved = 1', id));
}

/** The article without an address that came from the bytes stored under this name. */
export function madeFrom(db: DatabaseSync, stored: string): ArticleId | null {
  const text = "SELECT id FROM articles WHERE saved = 1 AND url IS NULL AND json_extract(job, '$.stored') = ? ORDER BY id LIMIT 1";
  return get<{ id: ArticleId }>(db, text, stored)?.id ?? null;
}

/** The failed ones among these, also cancelled ones; or all that failed outside the trash, without what was cancelled. */
export function failedIds(db: DatabaseSync, ids: readonly ArticleId[] | 'all'): ArticleId[] {
  if (ids !== 'all') return standings(db, ids).flatMap(({ id, state }) => (state === 'failed' ? [id] : []));
  const text = "SELECT id FROM articles WHERE state = 'failed' AND json_extract(failure, '$.kind') <> 'cancelled' AND saved = 1 AND trashed_at IS NULL ORDER BY added_at, id DESC";
  return all<{ id: ArticleId }>(db, text).map(({ id }) => id);
}

/** Whether an article still has to be made from the bytes stored under this name, has been made, or none is known. */
export function purposeOf(db: DatabaseSync, stored: string): 'needed' | 'made' | 'unknown' {
  const states = all<{ state: string }>(db, "SELECT DISTINCT state FROM articles WHERE saved = 1 AND json_extract(job, '$.stored') = ?", stored);
  if (states.length === 0) return 'unknown';
  return states.every(({ state }) => state === 'ready') ? 'made' : 'needed';
}

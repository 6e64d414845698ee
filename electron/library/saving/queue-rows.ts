import type { DatabaseSync } from 'node:sqlite';
import type { ArticleId } from '../../../shared/article.ts';
import type { QueueItem } from '../../../shared/contract.ts';
import { titleNow, waitingStage } from '../rows.ts';
import { all, get } from '../storage/database.ts';
import type { Store } from '../storage/store.ts';

/** How an article stands, as far as the queue cares. */
export type Standing = { id: ArticleId; url: string | null; state: 'waiting' | 'ready' | 'failed' | 'bookmark' };

/** An article that is to be worked on; `host` is null for what needs no network. */
export type Wanted = { id: ArticleId; host: string | null };

const wanted = "SELECT id, CASE WHEN json_extract(job, '$.from') = 'file' THEN NULL ELSE host END AS host FROM articles";

/** Everything that waits, in the order of saving. */
export function waitingOnes(db: DatabaseSync): Wanted[] {
  // Said twice, so that SQLite knows the index of what is not ready to be enough.
  return all<Wanted>(db, `${wanted} WHERE state = 'waiting' AND state <> 'ready' AND saved = 1 AND trashed_at IS NULL ORDER BY added_at, id DESC`);
}

/** These, in the order given; those that are gone are left out. */
export function wantedOnes(db: DatabaseSync, ids: readonly ArticleId[]): Wanted[] {
  return ids.flatMap((id) => all<Wanted>(db, `${wanted} WHERE id = ? AND saved = 1`, id));
}

/** What a line of the queue says of an article. */
export function toItem(store: Store, { id, host, attempts }: Wanted & { attempts: number }): QueueItem {
  const row = get<{ url: string | null; title: string }>(store.db, 'SELECT url, title FROM articles WHERE id = ?', id);
  return { id, url: row?.url ?? null, title: row === undefined ? '' : titleNow(store, { id, ...row }), attempts, stage: store.working.get(id) ?? waitingStage(store, id, host) };
}

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
  const text = "SELECT id FROM articles WHERE state = 'failed' AND state <> 'ready' AND json_extract(failure, '$.kind') <> 'cancelled' AND saved = 1 AND trashed_at IS NULL ORDER BY added_at, id DESC";
  return all<{ id: ArticleId }>(db, text).map(({ id }) => id);
}

/** Whether an article still has to be made from the bytes stored under this name, has been made, or none is known. */
export function purposeOf(db: DatabaseSync, stored: string): 'needed' | 'made' | 'unknown' {
  const states = all<{ state: string }>(db, "SELECT DISTINCT state FROM articles WHERE saved = 1 AND json_extract(job, '$.stored') = ?", stored);
  if (states.length === 0) return 'unknown';
  return states.every(({ state }) => state === 'ready') ? 'made' : 'needed';
}

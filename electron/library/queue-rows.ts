import type { DatabaseSync } from 'node:sqlite';
import type { ArticleId } from '../../shared/article.ts';
import { addressKey } from '../../shared/url.ts';
import type { Job } from './acts.ts';
import { all, get } from './database.ts';
import type { Sealed } from './parts.ts';
import type { Work } from './save.ts';

/** What a save finds in the library already. */
export type Known = { id: ArticleId; state: 'waiting' | 'ready' | 'failed'; trashed: boolean; url: string | null };
type WorkRow = { id: string; url: string | null; name: string; added_at: string; job: string };

const workColumns = 'id, saved_url AS url, name, added_at, job';

/** Everything that waits, the latest saved first. */
export function waitingWork(db: DatabaseSync): Work[] {
  return all<WorkRow>(db, `SELECT ${workColumns} FROM articles WHERE state = 'waiting' AND saved = 1 ORDER BY added_at DESC, id DESC`).flatMap(toWork);
}

/** What the queue needs to know of one article, or null when it is gone. */
export function workOf(db: DatabaseSync, id: ArticleId): Work | null {
  const row = get<WorkRow>(db, `SELECT ${workColumns} FROM articles WHERE id = ? AND saved = 1`, id);
  return row === undefined ? null : (toWork(row)[0] ?? null);
}

/** The article of an address in any spelling. */
export function knownAddress(db: DatabaseSync, address: string): Known | null {
  return known(db, 'key = ?', addressKey(address) ?? '');
}

/** The article without an address that came from these very bytes. */
export function knownBytes(db: DatabaseSync, stored: string): Known | null {
  return known(db, "url IS NULL AND json_extract(job, '$.stored') = ?", stored);
}

/** All failed articles that are not in the trash, or those of `ids` that are. */
export function failedWork(db: DatabaseSync, ids: ArticleId[] | 'all'): Work[] {
  const failed = "state = 'failed' AND saved = 1";
  if (ids === 'all') return all<WorkRow>(db, `SELECT ${workColumns} FROM articles WHERE ${failed} AND trashed_at IS NULL ORDER BY added_at DESC, id DESC`).flatMap(toWork);
  return ids.flatMap((id) => all<WorkRow>(db, `SELECT ${workColumns} FROM articles WHERE ${failed} AND id = ?`, id)).flatMap(toWork);
}

/** Where an article's current folder is; null while it has none. */
export function sealedOf(db: DatabaseSync, id: ArticleId): Sealed | null {
  const row = get<{ folder: string | null; sums: string | null }>(db, 'SELECT folder, sums FROM articles WHERE id = ?', id);
  return !row?.folder ? null : { folder: row.folder, sums: JSON.parse(row.sums ?? '{}') as Record<string, string> };
}

/** The names below `arrivals/` that some article still has to be made from. */
export function neededArrivals(db: DatabaseSync): Set<string> {
  const rows = all<{ stored: string | null }>(db, "SELECT json_extract(job, '$.stored') AS stored FROM articles WHERE state <> 'ready'");
  return new Set(rows.flatMap(({ stored }) => (stored === null ? [] : [stored])));
}

function known(db: DatabaseSync, where: string, value: string): Known | null {
  type Found = { id: string; state: Known['state']; trashed_at: string | null; url: string | null };
  const row = get<Found>(db, `SELECT id, state, trashed_at, url FROM articles WHERE saved = 1 AND ${where} ORDER BY trashed_at IS NOT NULL, id LIMIT 1`, value);
  return row === undefined ? null : { id: row.id, state: row.state, trashed: row.trashed_at !== null, url: row.url };
}

/** A job that cannot be read belongs to a newer Lectern; the address is still worth a try. */
function toWork({ id, url, name, added_at, job }: WorkRow): Work[] {
  const read = JSON.parse(job) as Job | null;
  if (read?.from === 'web' || read?.from === 'file') return [{ id, url, name, addedAt: added_at, job: read }];
  return url === null ? [] : [{ id, url, name, addedAt: added_at, job: { from: 'web', typed: false } }];
}

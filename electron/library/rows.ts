import type { DatabaseSync } from 'node:sqlite';
import type { ArticleId, Moment, Place, Row, Stage } from '../../shared/article.ts';
import { FailureError, type Failure } from '../../shared/failure.ts';
import { all, get } from './storage/database.ts';
import { shortened } from './saving/block-difference.ts';
import type { Sealed } from './storage/parts.ts';
import type { Store } from './storage/store.ts';
import { hasThumb } from './thumbs.ts';

/** An article as the index holds it. */
export type IndexRow = {
  seat: number; id: ArticleId; url: string | null; host: string | null; name: string; job: string; added_at: string;
  state: 'waiting' | 'ready' | 'failed' | 'bookmark'; failure: string | null; folder: string | null; sums: string | null; title: string;
  own_title: string | null; site: string | null; byline: string | null; excerpt: string; lead_picture: string | null;
  published_at: string | null; lang: string | null; dir: 'ltr' | 'rtl'; words: number; minutes: number; links: number | null; favourite: number;
  archived: number; finished_at: string | null; trashed_at: string | null; place: string | null; progress: number; read_at: string | null;
  started_at: string | null; favourited_at: string | null; archived_at: string | null;
  tags: string; lists: number; damaged: number; note: string | null; bookmarked: number; glance_excerpt: string | null; look: string | null; icon: string | null;
};

/** The icon of an article's site, found by its key. */
const iconOf = '(SELECT file FROM icons WHERE icons.host = a.host) AS icon';
/** How much of a note a list shows. */
const noteBegin = 300;

/** One article's row, or FailureError `not-found`. */
export function indexRow(db: DatabaseSync, id: ArticleId): IndexRow {
  const row = get<IndexRow>(db, `SELECT *, ${iconOf} FROM articles AS a WHERE id = ? AND saved = 1`, id);
  if (!row) throw new FailureError({ kind: 'not-found', what: id });
  return row;
}

/** The rows of these articles, in this order; those the library does not have are left out. */
export function rowsOf(store: Store, ids: readonly ArticleId[]): Row[] {
  if (ids.length === 0) return [];
  const text = `SELECT a.*, ${iconOf} FROM json_each(?) AS j JOIN articles AS a ON a.id = j.value WHERE a.saved = 1 ORDER BY j.key`;
  return all<IndexRow>(store.db, text, JSON.stringify(ids)).map((row) => toRow(store, row));
}

/** The rows at these seats of the search index, in this order. */
export function rowsAt(store: Store, seats: readonly number[]): Row[] {
  if (seats.length === 0) return [];
  const text = `SELECT a.*, ${iconOf} FROM json_each(?) AS j JOIN articles AS a ON a.seat = j.value WHERE a.saved = 1 ORDER BY j.key`;
  return all<IndexRow>(store.db, text, JSON.stringify(seats)).map((row) => toRow(store, row));
}

/** What lists show, with what is going on at this moment laid over it. */
export function toRow(store: Store, row: IndexRow): Row {
  return {
    id: row.id,
    url: row.url,
    title: titleNow(store, row),
    host: row.host,
    site: row.site,
    byline: row.byline,
    excerpt: row.excerpt === '' ? (row.glance_excerpt ?? '') : row.excerpt,
    leadPicture: row.lead_picture,
    icon: row.icon,
    note: row.note === null ? null : shortened(row.note, noteBegin),
    thumb: row.lead_picture !== null && hasThumb(store, row.lead_picture),
    publishedAt: row.published_at === null ? null : (JSON.parse(row.published_at) as Moment),
    addedAt: row.added_at,
    lang: row.lang,
    dir: row.dir,
    minutes: row.minutes,
    links: row.links,
    progress: store.places.get(row.id)?.place.progress ?? row.progress,
    tags: JSON.parse(row.tags) as string[],
    startedAt: row.started_at,
    readAt: row.read_at,
    favourite: row.favourite === 1,
    favouritedAt: row.favourited_at,
    archived: row.archived === 1,
    archivedAt: row.archived_at,
    finishedAt: row.finished_at,
    trashedAt: row.trashed_at,
    stage: store.working.get(row.id) ?? (row.state === 'waiting' ? waitingStage(store, row.id, row.host) : stageOf(row)),
  };
}

/** The address stands for the title until the page has been read, though its pictures are still on their way. */
export function titleNow({ working }: Store, { id, title, url }: { id: ArticleId; title: string; url: string | null }): string {
  return (title === url && working.get(id)?.title) || title;
}

/** How an article waits: for its next try, until its host may be asked again, or only for its turn. */
export function waitingStage(store: Store, id: ArticleId, host: string | null): Stage {
  const retry = store.later.get(id);
  if (retry !== undefined) return { state: 'waiting', retry };
  const rest = host === null ? undefined : store.resting.get(host);
  return rest === undefined || rest.until <= store.now() ? { state: 'waiting' } : { state: 'waiting', rest };
}

function stageOf(row: IndexRow): Stage {
  if (row.state !== 'failed') return { state: row.state };
  return { state: 'failed', failure: JSON.parse(row.failure ?? '{"kind":"cancelled"}') as Failure };
}

/** Where the reader stopped: what is not written down yet comes first. */
export function placeOf(store: Store, row: IndexRow): Place | null {
  const pending = store.places.get(row.id);
  if (pending) return pending.place;
  return row.place === null ? null : (JSON.parse(row.place) as Place);
}

/** The folder and hashes of an article's parts; null while it has none. */
export function sealedOf(row: Pick<IndexRow, 'folder' | 'sums'>): Sealed | null {
  if (row.folder === null || row.sums === null) return null;
  return { folder: row.folder, sums: JSON.parse(row.sums) as Record<string, string> };
}

import type { DatabaseSync } from 'node:sqlite';
import type { Moment } from '../../../shared/article.ts';
import { get, run } from './database.ts';

/**
 * What an article has, as bits of `seats.has`: search asks them of every hit, so they stand beside the lists in the narrow
 * table. A new one is a bit here, a line in `hasOf`, and a `refresh` of the article whenever it may have changed.
 */
export const hasBits = { highlight: 1, note: 2, image: 4, code: 8, tag: 16, finished: 32, waiting: 64, bookmark: 128 } as const;

/** The fields of `articles` that a seat repeats. */
export type SeatFacts = {
  seat: number; id: string; state: string; finished_at: string | null; minutes: number; added_at: string; published_at: string | null;
  lang: string | null; code: number | null; note: string | null;
};

/** The `has` bits of an article, from its row and from what hangs on it. */
export function hasOf(db: DatabaseSync, row: SeatFacts, tags: string): number {
  let has = 0;
  if (row.note !== null) has |= hasBits.note;
  const marked = get<{ noted: number }>(db, "SELECT max(note <> '') AS noted FROM highlights WHERE article = ? AND made AND NOT removed HAVING count(*) > 0", row.id);
  if (marked) has |= hasBits.highlight | (marked.noted ? hasBits.note : 0);
  if (get(db, 'SELECT 1 FROM pictures WHERE article = ? LIMIT 1', row.id)) has |= hasBits.image;
  if (row.code === 1) has |= hasBits.code;
  if (tags !== '[]') has |= hasBits.tag;
  if (row.finished_at !== null) has |= hasBits.finished;
  if (row.state === 'waiting') has |= hasBits.waiting;
  if (row.state === 'bookmark') has |= hasBits.bookmark;
  return has;
}

/** Brings an article's seat up to date: what search narrows by, without ever reading the wide row. */
export function takeSeat(db: DatabaseSync, row: SeatFacts, lists: number, tags: string): void {
  const published = row.published_at === null ? null : (JSON.parse(row.published_at) as Moment).local;
  // Whatever else changed: a second save in the same millisecond takes a new seat under the old time.
  run(
    db,
    `INSERT INTO seats (seat, lists, has, minutes, added, published, lang) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET lists = excluded.lists, has = excluded.has, minutes = excluded.minutes, added = excluded.added,
       published = excluded.published, lang = excluded.lang
     WHERE (lists, has, minutes, added, published, lang) IS NOT
       (excluded.lists, excluded.has, excluded.minutes, excluded.added, excluded.published, excluded.lang)`,
    row.seat, lists, hasOf(db, row, tags), row.minutes, row.added_at, published, row.lang?.toLowerCase() ?? null,
  );
}

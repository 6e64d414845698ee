import type { DatabaseSync } from 'node:sqlite';
import type { ListName } from '../../../shared/contract.ts';
import { addressKey, hostOf } from '../../../shared/url.ts';
import { standPairs } from '../duplicates/pairs.ts';
import { all, get, run } from './database.ts';
import { takeSeat, type SeatFacts } from './seat.ts';
import { listUnder, unlist, type Listed } from './tag-lists.ts';
import { tally } from './tallies.ts';

/**
 * The bit each fixed list has in `articles.lists`; `unread` and `fresh` (Home's new ones) are counted the same way. What is
 * in `forgotten` was never opened; the list shows of that what is a year old.
 */
export const listBits: Record<ListName | 'unread' | 'fresh', number> = {
  inbox: 1, reading: 2, favourites: 4, archive: 8, all: 16, trash: 32, failed: 64, unread: 128, fresh: 256, bookmarks: 512, forgotten: 1_024,
};

/** From this progress on an article counts as begun. */
export const begun = 0.01;

/** What an article stands in; taken before a batch of acts so that only differences are written after it. */
export type Standing = { lists: number; tags: string; added_at: string; finished_at: string | null; first_tag: string } & Listed;

/** As an article stands that is not there. */
export const nowhere: Standing = { lists: 0, tags: '[]', added_at: '', words: 0, minutes: 0, host: null, finished_at: null, first_tag: '' };

type Facts = Standing & SeatFacts & {
  saved: number; failure: string | null; progress: number; favourite: number; archived: number;
  trashed_at: string | null; started_at: string | null; own_title: string | null; page_title: string | null; name: string;
  saved_url: string | null; page_url: string | null; glance_title: string | null;
};

/** Brings everything derived from an article's fields up to date: title, address, tags, lists and their counts. */
export function refresh(db: DatabaseSync, id: string, before: Standing): void {
  const row = get<Facts>(db, 'SELECT * FROM articles WHERE id = ?', id);
  if (!row) {
    recount(db, id, before, nowhere);
    return;
  }
  const names = all<{ tag: string }>(db, 'SELECT tag FROM tagged WHERE article = ? AND present = 1 ORDER BY tag', id);
  const url = row.saved_url ?? row.page_url;
  const now: Standing = {
    lists: listsOf(row), tags: JSON.stringify(names.map(({ tag }) => tag)), added_at: row.added_at,
    words: row.words, minutes: row.minutes, host: hostOf(url), finished_at: row.finished_at, first_tag: names[0]?.tag ?? '',
  };
  // Where no page told, the day of saving is the nearest there is.
  const published = row.published_at === null ? row.added_at : (JSON.parse(row.published_at) as { local: string }).local;
  const title = row.own_title ?? row.page_title ?? (row.name || (row.glance_title ?? url ?? ''));
  run(
    db,
    `UPDATE articles SET lists = ?, tags = ?, title = ?, title_key = ?, url = ?, key = ?, host = ?, site_key = ?, first_tag = ?, published_key = ?
     WHERE id = ?`,
    now.lists, now.tags, title, titleKey(title), url, url && addressKey(url), now.host, now.host ?? '', now.first_tag, published, id,
  );
  takeSeat(db, row, now.lists, now.tags);
  recount(db, id, before, now);
  if ((before.lists ^ now.lists) & listBits.all) standPairs(db, id);
}

function listsOf(row: Facts): number {
  if (!row.saved) return 0;
  if (row.trashed_at !== null) return listBits.trash;
  const archived = row.archived === 1;
  const ready = row.state === 'ready';
  const finished = row.finished_at !== null;
  // What the reader stopped is neither new nor a failure: it stays among all, for another try.
  const cancelled = row.state === 'failed' && (JSON.parse(row.failure ?? 'null') as { kind?: string } | null)?.kind === 'cancelled';
  const bookmark = row.state === 'bookmark';
  let lists = listBits.all | (archived ? listBits.archive : cancelled ? 0 : bookmark ? listBits.bookmarks : listBits.inbox);
  if (row.favourite) lists |= listBits.favourites;
  if (row.state === 'failed' && !cancelled) lists |= listBits.failed;
  if (ready && !archived && !finished) lists |= listBits.unread | (row.progress > begun ? listBits.reading : 0);
  if (lists & listBits.unread && row.started_at === null && row.progress <= begun) lists |= listBits.forgotten;
  if (!archived && !finished && !cancelled && !bookmark && (lists & listBits.reading) === 0) lists |= listBits.fresh;
  return lists;
}

/** Titles sort without regard to case, width and leading marks such as 《 or quotes. */
function titleKey(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/^[^\p{L}\p{N}]+/u, '').slice(0, 60);
}

function recount(db: DatabaseSync, id: string, before: Standing, now: Standing): void {
  if (before.lists !== now.lists) {
    for (const bit of Object.values(listBits)) {
      const change = Number((now.lists & bit) !== 0) - Number((before.lists & bit) !== 0);
      if (change) run(db, 'INSERT INTO lists VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count', bit, change);
    }
  }
  tally(db, before, now);
  const same = (['lists', 'tags', 'added_at', 'words', 'minutes', 'host'] as const).every((field) => before[field] === now[field]);
  if (same) return;
  for (const tag of levelsOf(before)) unlist(db, tagIdOf(db, tag), before.added_at, id);
  const unread = (now.lists & listBits.unread) === 0 ? 0 : 1;
  for (const tag of levelsOf(now)) listUnder(db, tagIdOf(db, tag), id, { ...now, unread });
}

/** The tags an article is listed under: its own and every level above them; none while it is in the trash. */
function levelsOf(standing: Standing): Set<string> {
  const levels = new Set<string>();
  if ((standing.lists & listBits.all) === 0) return levels;
  for (const tag of JSON.parse(standing.tags) as string[]) {
    for (let level = tag; level !== ''; level = level.slice(0, Math.max(0, level.lastIndexOf('/')))) levels.add(level);
  }
  return levels;
}

function tagIdOf(db: DatabaseSync, name: string): number {
  const find = () => get<{ id: number }>(db, 'SELECT id FROM tags WHERE name = ?', name)?.id;
  const known = find();
  if (known !== undefined) return known;
  run(db, 'INSERT INTO tags (name) VALUES (?)', name);
  return find() ?? 0;
}

import type { ArticleId, Row } from '../../shared/article.ts';
import { idsOf, totalOf } from './listing.ts';
import { rowsOf } from './rows.ts';
import { shelvesOf } from './shelves.ts';
import { all, get } from './storage/database.ts';
import { listBits } from './storage/membership.ts';
import type { Answer, Store } from './storage/store.ts';

export { countOf } from './listing.ts';

type Id = { id: ArticleId };

/** One page of a list or of one group of it. Fixed lists walk a covering index; their totals are counters. */
export const list =
  (store: Store): Answer<'list'> =>
  ({ where, sort, within, from, count }) => ({ ...totalOf(store, where), rows: rowsOf(store, idsOf(store, where, sort, within, from, count)) });

/** Every article of a list, for what is done to all of them. */
export const listed =
  (store: Store): Answer<'listed'> =>
  ({ where, sort, within }) => ({ ids: idsOf(store, where, sort, within, 0, 100_000) });

/** An unread article by chance: from a random seat on the first that holds one. */
export const surprise =
  (store: Store): Answer<'surprise'> =>
  ({ not }) => {
    const top = get<{ seat: number }>(store.db, 'SELECT max(seat) AS seat FROM seats')?.seat ?? 0;
    const from = 1 + Math.floor(Math.random() * top);
    const text = (side: string) =>
      `SELECT a.id FROM seats AS s JOIN articles AS a ON a.seat = s.seat WHERE s.lists & ${listBits.unread} AND s.seat ${side} ? AND a.id <> ? ORDER BY s.seat LIMIT 1`;
    const found = get<Id>(store.db, text('>='), from, not ?? '') ?? get<Id>(store.db, text('<'), from, not ?? '');
    return { id: found?.id ?? null };
  };

/** What the library's first screen shows: what was begun, what is new, and a shelf for each chosen tag. */
export const home =
  (store: Store): Answer<'home'> =>
  ({ rows }) => {
    const begun = 'SELECT id FROM articles WHERE read_at IS NOT NULL AND lists & 2 ORDER BY read_at DESC LIMIT ?';
    // What could not be saved has a list of its own: hundreds of dead links may not hide what came with them.
    const fresh = `SELECT id FROM articles WHERE lists & ${listBits.fresh} AND state <> 'failed' ORDER BY added_at DESC, id DESC LIMIT ?`;
    return {
      reading: rowsOf(store, all<Id>(store.db, begun, rows).map(({ id }) => id)),
      fresh: rowsOf(store, all<Id>(store.db, fresh, rows).map(({ id }) => id)),
      shelves: shelvesOf(store, rows),
    };
  };

/** How many of a tag's newest articles are looked at: enough to choose from, whatever the tag's size. */
const near = 200;

/** Ready articles that share tags with this one, those with the most and rarest in common first. */
export const related =
  (store: Store): Answer<'related'> =>
  ({ id, count }): Row[] => {
    const mine = `SELECT t.id, t.count FROM articles AS a, json_each(a.tags) AS j JOIN tags AS t ON t.name = j.value WHERE a.id = ?`;
    const weights = new Map<ArticleId, { weight: number; added: string }>();
    for (const tag of all<{ id: number; count: number }>(store.db, mine, id)) {
      const newest = 'SELECT article AS id, added_at AS added FROM tag_rows WHERE tag = ? ORDER BY added_at DESC LIMIT ?';
      for (const other of all<Id & { added: string }>(store.db, newest, tag.id, near)) {
        if (other.id === id) continue;
        const known = weights.get(other.id);
        weights.set(other.id, { added: other.added, weight: (known?.weight ?? 0) + 1 / tag.count });
      }
    }
    const best = [...weights].toSorted(([, a], [, b]) => b.weight - a.weight || (a.added < b.added ? 1 : -1)).map(([other]) => other);
    return rowsOf(store, best.slice(0, count * 4)).filter((row) => row.stage.state === 'ready').slice(0, count);
  };

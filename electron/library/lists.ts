import type { ArticleId, Row } from '../../shared/article.ts';
import type { ListName, Sort, Where } from '../../shared/contract.ts';
import { all, get } from './storage/database.ts';
import { listBits } from './storage/membership.ts';
import { rowsOf } from './rows.ts';
import type { Answer, Store } from './storage/store.ts';
import { shelvesOf } from './shelves.ts';
import { tagList } from './tag-page.ts';

type Page = { total: number; ids: ArticleId[] };
type Id = { id: ArticleId };

const orders: Record<Sort, string> = {
  newest: 'added_at DESC, id DESC',
  oldest: 'added_at, id',
  title: 'title_key, id',
  shortest: 'words, added_at, id',
  longest: 'words DESC, added_at DESC, id DESC',
  unread: 'added_at DESC, id DESC',
  manual: 'added_at DESC, id DESC',
};

/** One page of a list. Fixed lists walk a covering index; their totals are counters. */
export const list =
  (store: Store): Answer<'list'> =>
  ({ where, sort, from, count }) => {
    const page = pageOf(store, where, sort, from, count);
    return { total: page.total, rows: rowsOf(store, page.ids) };
  };

function pageOf(store: Store, where: Where, sort: Sort, from: number, count: number): Page {
  if (where.list === 'tag') return tagList(store, where.tag, sort, from, count);
  if (where.list === 'site') {
    const total = get<{ n: number }>(store.db, 'SELECT count(*) AS n FROM articles WHERE host = ? AND lists & 16', where.host)?.n ?? 0;
    const text = `SELECT id FROM articles WHERE host = ? AND lists & 16 ORDER BY ${orders[sort]} LIMIT ? OFFSET ?`;
    return { total, ids: idsOf(all<Id>(store.db, text, where.host, count, from)) };
  }
  const text = `SELECT id FROM articles WHERE lists & ${listBits[where.list]} ORDER BY ${orders[sort]} LIMIT ? OFFSET ?`;
  return { total: countOf(store, where.list), ids: idsOf(all<Id>(store.db, text, count, from)) };
}

/** How many articles a fixed list has. */
export function countOf(store: Store, name: ListName | 'unread'): number {
  return get<{ count: number }>(store.db, 'SELECT count FROM lists WHERE bit = ?', listBits[name])?.count ?? 0;
}

/** What the library's first screen shows: what was begun, what is new, and a shelf for each chosen tag. */
export const home =
  (store: Store): Answer<'home'> =>
  ({ rows }) => {
    const begun = 'SELECT id FROM articles WHERE read_at IS NOT NULL AND lists & 2 ORDER BY read_at DESC LIMIT ?';
    // What could not be saved has a list of its own: hundreds of dead links may not hide what came with them.
    const fresh = `SELECT id FROM articles WHERE lists & ${listBits.fresh} AND state <> 'failed' ORDER BY ${orders.newest} LIMIT ?`;
    return {
      reading: rowsOf(store, idsOf(all<Id>(store.db, begun, rows))),
      fresh: rowsOf(store, idsOf(all<Id>(store.db, fresh, rows))),
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

function idsOf(rows: Id[]): ArticleId[] {
  return rows.map(({ id }) => id);
}

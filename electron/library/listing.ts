import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ArticleId } from '../../shared/article.ts';
import type { ListName, Where } from '../../shared/contract.ts';
import { boundsOf, dayAfter, dayOf, type Day } from '../../shared/day.ts';
import type { Sort, Within } from '../../shared/listing.ts';
import { mayLack, orders, sureOf } from './orders.ts';
import { idsAt } from './stretch.ts';
import { foundBy, foundIds, foundTotal } from './search/found.ts';
import { get } from './storage/database.ts';
import { listBits } from './storage/membership.ts';
import type { Store } from './storage/store.ts';
import { isQuick, tagList } from './tag-page.ts';
import { tallyOf } from './storage/tallies.ts';

/** How many articles a list has, and the minutes they take. */
export type Total = { total: number; minutes: number };

/** After this many days an article that was never opened counts as forgotten. */
const forgottenAfter = 365;

/** The day before which what was never opened is forgotten. */
export function forgottenBefore(store: Store): Day {
  return dayAfter(dayOf(store.now()), -forgottenAfter);
}

/** How much a list holds, from counters alone. */
export function totalOf(store: Store, where: Where): Total {
  if (where.list === 'search') return foundTotal(store, where.query);
  if (where.list === 'tag') {
    return named(get<{ count: number; minutes: number }>(store.db, 'SELECT count, minutes FROM tags WHERE name = ?', where.tag) ?? { count: 0, minutes: 0 });
  }
  if (where.list === 'site') return named(tallyOf(store.db, 'site 16', where.host));
  if (where.list === 'forgotten') {
    const text = 'SELECT coalesce(sum(count), 0) AS count, coalesce(sum(minutes), 0) AS minutes FROM tallies WHERE scope = ? AND key < ?';
    return named(get<{ count: number; minutes: number }>(store.db, text, `day ${listBits.forgotten}`, forgottenBefore(store)) ?? { count: 0, minutes: 0 });
  }
  return named(tallyOf(store.db, 'list', String(listBits[where.list])));
}

const named = ({ count, minutes }: { count: number; minutes: number }): Total => ({ total: count, minutes });

/** How many articles a fixed list has. */
export function countOf(store: Store, name: ListName | 'unread'): number {
  if (name === 'forgotten') return totalOf(store, { list: name }).total;
  return get<{ count: number }>(store.db, 'SELECT count FROM lists WHERE bit = ?', listBits[name])?.count ?? 0;
}

/** Which articles a list holds as SQL: what it is read from, and what holds of its rows. */
export type Chosen = { from: string; holds: string[]; values: SQLInputValue[] };

/** The articles of a list, or of one group of it, over `articles AS a`; null where there can be none. */
export function chosen(store: Store, where: Where, within?: Within): Chosen | null {
  const found = whole(store, where);
  if (found === null || within === undefined) return found;
  const group = groupOf(within);
  return { from: found.from, holds: [...found.holds, group.text], values: [...found.values, ...group.values] };
}

function whole(store: Store, where: Where): Chosen | null {
  if (where.list === 'tag') {
    const tag = tagId(store.db, where.tag);
    return tag === null ? null : { from: 'tag_rows AS t JOIN articles AS a ON a.id = t.article', holds: ['t.tag = ?'], values: [tag] };
  }
  if (where.list === 'search') return foundBy(store, where.query);
  if (where.list === 'site') return { from: 'articles AS a', holds: ['a.site_key = ?', 'a.lists & 16'], values: [where.host] };
  const inList: Chosen = { from: 'articles AS a', holds: [`a.lists & ${listBits[where.list]}`], values: [] };
  if (where.list !== 'forgotten') return inList;
  return { ...inList, holds: [...inList.holds, 'a.added_at < ?'], values: [boundsOf(forgottenBefore(store)).from] };
}

function groupOf({ by, key }: Within): { text: string; values: SQLInputValue[] } {
  if (by === 'site') return { text: 'a.site_key = ?', values: [key] };
  if (by === 'tag') return { text: 'a.first_tag = ?', values: [key] };
  const { from, to } = boundsOf(key);
  return { text: 'a.added_at >= ? AND a.added_at < ?', values: [from, to] };
}

export function tagId(db: DatabaseSync, name: string): number | null {
  return get<{ id: number }>(db, 'SELECT id FROM tags WHERE name = ?', name)?.id ?? null;
}

/** The ids of a stretch of a list, or of one group of it. */
export function idsOf(store: Store, where: Where, sort: Sort, within: Within | undefined, from: number, count: number): ArticleId[] {
  if (where.list === 'search') return foundIds(store, where.query, sort, within, from, count);
  const total = within === undefined ? totalOf(store, where).total : null;
  if (where.list === 'tag' && within === undefined && isQuick(sort)) return tagList(store, where.tag, sort, from, count).ids;
  const found = chosen(store, where, within);
  if (found === null) return [];
  if (where.list === 'tag' && (sort === 'newest' || sort === 'oldest') && within?.by === 'day') {
    // Everything needed stands in the narrow table, in this order.
    const holds = found.holds.map((text) => text.replaceAll('a.added_at', 't.added_at'));
    const order = sort === 'newest' ? 't.added_at DESC, t.article DESC' : 't.added_at, t.article';
    return idsAt(store.db, { from: 'tag_rows AS t', holds, values: found.values, order, id: 't.article' }, from, count, null);
  }
  // A list that has the time for all of its rows: `sureOf` loses none of them.
  const own = { archive: 'archived', favourites: 'favourited', trash: 'trashed' } as const;
  const sure = where.list in own && own[where.list as keyof typeof own] === sort ? sureOf[sort] : undefined;
  const source = where.list === 'tag' && total !== null && isSoonerByAll(Math.min(from, Math.max(0, total - from)), total, totalOf(store, { list: 'all' }).total) ? 'articles AS a CROSS JOIN tag_rows AS t ON t.added_at = a.added_at AND t.article = a.id' : found.from;
  return idsAt(store.db, { from: source, holds: [...found.holds, ...(sure === undefined ? [] : [sure])], values: found.values, order: orders[sort], id: 'a.id', gaps: sure === undefined && mayLack.has(sort) }, from, count, total);
}

/**
 * Whether a place in a tag's list, counted from its nearer end, is reached sooner by going through all articles in that order
 * than by sorting the tag's own.
 */
function isSoonerByAll(place: number, tagged: number, all: number): boolean {
  return (place + 100) * all < tagged * tagged;
}

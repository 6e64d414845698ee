import type { ArticleId } from '../../shared/article.ts';
import { sortOrders, type Sort } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { idsAt } from './stretch.ts';
import type { ActBody } from './storage/acts.ts';
import { all, get } from './storage/database.ts';
import { actsAbout, chosenShelves, tagFacts } from './storage/tag-facts.ts';
import { halvesOf, longestSpot, manualRows, spread } from './storage/spots.ts';
import type { Answer, Store } from './storage/store.ts';
import { changeWithUndo } from './undo.ts';

/** How many of its sites and of the tags in it a tag's page names. */
const [sitesShown, childrenShown] = [12, 100];

const orders: Partial<Record<Sort, string>> = {
  newest: 't.added_at DESC, t.article DESC',
  oldest: 't.added_at, t.article',
  shortest: 't.words, t.added_at, t.article',
  longest: 't.words DESC, t.added_at DESC, t.article DESC',
  unread: 't.unread DESC, t.added_at DESC, t.article DESC',
};

/** Whether the first rows of an order are found at once, however long the list: such an order a shelf may have. */
export function isQuick(sort: Sort): boolean {
  return sort === 'manual' || orders[sort] !== undefined;
}

/** One page of a tag's list, by one index for each order. */
export function tagList(store: Store, tag: string, sort: Sort, from: number, count: number): { total: number; ids: ArticleId[] } {
  const known = get<{ id: number; count: number }>(store.db, 'SELECT id, count FROM tags WHERE name = ?', tag);
  if (!known) return { total: 0, ids: [] };
  const listing = { from: 'tag_rows AS t', holds: ['t.tag = ?'], values: [known.id], order: orders[sort] ?? orders.newest ?? '', id: 't.article' };
  return { total: known.count, ids: sort === 'manual' ? spotted(store, tag, known.id, from, count).map(({ id }) => id) : idsAt(store.db, listing, from, count, known.count) };
}

type Spotted = { first: string; rest: string; id: ArticleId };

function spotted(store: Store, name: string, tag: number, from: number, count: number): Spotted[] {
  return all<Spotted>(store.db, `${manualRows(false)} LIMIT ?3 OFFSET ?4`, tag, name, count, from);
}

/** What a tag's page shows beside its list. */
export const tagPage =
  (store: Store): Answer<'tagPage'> =>
  ({ tag }) => {
    const known = get<{ id: number; count: number; unread: number; minutes: number }>(store.db, 'SELECT id, count, unread, minutes FROM tags WHERE name = ?', tag);
    const { description } = tagFacts(store.db, tag);
    const sites = 'SELECT host, count FROM tag_sites WHERE tag = ? ORDER BY count DESC, host LIMIT ?';
    // What begins with `tag/` lies between it and `tag0`, the next character; below a child, the grandchildren.
    const below = "SELECT name AS tag, count FROM tags WHERE name > ? AND name < ? AND count > 0 AND instr(substr(name, ?), '/') = 0 ORDER BY count DESC, name LIMIT ?";
    return {
      tag,
      description,
      count: known?.count ?? 0,
      unread: known?.unread ?? 0,
      minutes: known?.minutes ?? 0,
      order: orderOf(store, tag),
      sites: known ? all(store.db, sites, known.id, sitesShown) : [],
      children: all(store.db, below, `${tag}/`, `${tag}0`, [...tag].length + 2, childrenShown),
      shelved: chosenShelves(store.db)?.includes(tag) ?? false,
    };
  };

/** The order a tag's list has; what only a later Lectern knows is none. */
export function orderOf(store: Store, tag: string): Sort {
  const { order } = tagFacts(store.db, tag);
  return sortOrders.find((each) => each === order) ?? 'newest';
}

/** Changes what is kept about a tag. */
export const setTag =
  (store: Store): Answer<'setTag'> =>
  ({ tag, ...change }) => {
    const facts = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const { acts, back } = actsAbout(store.db, tag, facts);
    return changeWithUndo(store, acts, back);
  };

/** Moves articles within a tag's manual order: one act for each, unless the gap they go into has become too narrow. */
export const arrange =
  (store: Store): Answer<'arrange'> =>
  ({ tag, ids: given, below }) => {
    const known = get<{ id: number }>(store.db, 'SELECT id FROM tags WHERE name = ?', tag);
    const ids = [...new Set(given)].filter((id) => id !== below);
    const spots = new Map([...ids, ...(below === null ? [] : [below])].flatMap((id) => {
      const spot = known && spotOf(store, tag, known.id, id);
      return spot === null || spot === undefined ? [] : [[id, spot] as const];
    }));
    const missing = [...ids, ...(below === null ? [] : [below])].find((id) => !spots.has(id));
    if (!known || missing !== undefined) throw new FailureError({ kind: 'not-found', what: missing ?? tag });
    const high = below === null ? null : (spots.get(below) ?? null);
    // Where a gap has been halved some hundred times, more and more of what follows is spread anew with it.
    for (let more = 0; ; more = more === 0 ? 50 : more * 4) {
      const next = following(store, tag, known.id, high, more + 1, new Set(ids));
      const moved = [...ids, ...next.slice(0, more).map(({ id }) => id)];
      const low = next[more];
      const made = spread(low ? low.first + low.rest : '', high, moved.length);
      if (made.some((spot) => spot.length > longestSpot) && next.length > more) continue;
      const acts = moved.map((id, at): ActBody => ({ act: 'spot', id, tag, spot: made[at] ?? null }));
      const back = moved.map((id): ActBody => ({ act: 'spot', id, tag, spot: keptSpot(store, tag, id) }));
      return changeWithUndo(store, acts, back);
    }
  };

function keptSpot(store: Store, tag: string, id: ArticleId): string | null {
  return get<{ spot: string | null }>(store.db, 'SELECT first || rest AS spot FROM spots WHERE tag = ? AND article = ?', tag, id)?.spot ?? null;
}

/** Where an article stands in a tag's manual order; null when it is not in that list. */
function spotOf(store: Store, name: string, tag: number, id: ArticleId): string | null {
  const text = 'SELECT a.added_at FROM articles AS a JOIN tag_rows AS r ON r.tag = ? AND r.added_at = a.added_at AND r.article = a.id WHERE a.id = ?';
  const row = get<{ added_at: string }>(store.db, text, tag, id);
  return row ? (keptSpot(store, name, id) ?? row.added_at + id) : null;
}

/** What follows a spot in the manual order, without those being moved. */
function following(store: Store, name: string, tag: number, spot: string | null, count: number, without: ReadonlySet<string>): Spotted[] {
  const found = spot === null
    ? spotted(store, name, tag, 0, count + without.size)
    : all<Spotted>(store.db, `${manualRows(true)} LIMIT ?5`, tag, name, ...halvesOf(spot), count + without.size);
  return found.filter(({ id }) => !without.has(id)).slice(0, count);
}

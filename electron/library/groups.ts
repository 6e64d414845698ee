import type { Where } from '../../shared/contract.ts';
import { boundsOf, dayOf } from '../../shared/day.ts';
import type { Group, Sort } from '../../shared/listing.ts';
import { chosen, forgottenBefore, type Chosen } from './listing.ts';
import { all, get } from './storage/database.ts';
import { listBits } from './storage/membership.ts';
import type { Answer, Store } from './storage/store.ts';

const byName = new Intl.Collator(['zh-CN', 'en'], { numeric: true });

/** A list's groups with their counts: fixed lists have them as tallies, of a tag or a site its own articles are counted. */
export const groups =
  (store: Store): Answer<'groups'> =>
  ({ where, by, sort }) => {
    const found = groupsOf(store, where, by);
    if (by === 'day') return inDays(found, sort);
    const ordered = found.filter(({ key }) => key !== '').toSorted((a, b) => byName.compare(a.key, b.key));
    if (sort === 'site-down') ordered.reverse();
    return [...ordered, ...found.filter(({ key }) => key === '')];
  };

function inDays(found: Group[], sort: Sort): Group[] {
  const up = sort === 'oldest' ? 1 : -1;
  return found.toSorted((a, b) => (a.key < b.key ? -up : up));
}

function groupsOf(store: Store, where: Where, by: 'day' | 'site' | 'tag'): Group[] {
  if (where.list !== 'tag' && where.list !== 'site' && where.list !== 'search' && (where.list !== 'forgotten' || by === 'day')) {
    const before = where.list === 'forgotten' ? forgottenBefore(store) : '\uFFFF';
    const text = 'SELECT key, count, minutes FROM tallies WHERE scope = ? AND key < ? ORDER BY key';
    return all<Group>(store.db, text, `${by} ${listBits[where.list]}`, before);
  }
  const found = chosen(store, where);
  if (found === null) return [];
  if (by === 'day') return daysOf(store, found, where);
  const column = by === 'site' ? 'a.site_key' : 'a.first_tag';
  const text = `SELECT ${column} AS key, count(*) AS count, sum(a.minutes) AS minutes FROM ${found.from} WHERE ${found.holds.join(' AND ')} GROUP BY ${column}`;
  return all<Group>(store.db, text, ...found.values);
}

/** Steps from day to day over the index, so that nothing but the times of saving is read. */
function daysOf(store: Store, found: Chosen, where: Where): Group[] {
  const narrow = where.list === 'tag' ? { from: 'tag_rows AS t', of: 't' } : { from: found.from, of: 'a' };
  const at = `${narrow.of}.added_at`;
  const holds = found.holds.join(' AND ');
  const last = `SELECT ${at} AS at FROM ${narrow.from} WHERE ${holds} AND ${at} < ? ORDER BY ${at} DESC LIMIT 1`;
  const count = `SELECT count(*) AS count, coalesce(sum(${narrow.of}.minutes), 0) AS minutes FROM ${narrow.from} WHERE ${holds} AND ${at} >= ? AND ${at} < ?`;
  const days: Group[] = [];
  for (let before = '\uFFFF'; ; ) {
    const newest = get<{ at: string }>(store.db, last, ...found.values, before);
    if (newest === undefined) return days;
    const { from, to } = boundsOf(dayOf(newest.at));
    const counted = get<{ count: number; minutes: number }>(store.db, count, ...found.values, from, to) ?? { count: 0, minutes: 0 };
    days.push({ key: dayOf(newest.at), ...counted });
    // Whatever a clock has told, each step goes down: a list is never gone through for ever.
    before = from < newest.at ? from : newest.at;
  }
}

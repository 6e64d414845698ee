import type { Where } from '../../shared/contract.ts';
import { sortOrders } from '../../shared/listing.ts';
import type { Sort } from '../hash.ts';

export type { Where } from '../../shared/contract.ts';

/** Orders by what only the articles of one list have. */
const own: Partial<Record<Sort, Where['list']>> = { archived: 'archive', favourited: 'favourites', trashed: 'trash', relevance: 'search', unread: 'tag', manual: 'tag' };

/** The orders that make sense for a list. */
export function sortsFor(where: Where): Sort[] {
  return sortOrders.filter((sort) => own[sort] === undefined || own[sort] === where.list);
}

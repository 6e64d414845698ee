import type { Sort } from '../hash.ts';

export type { Where } from '../../shared/contract.ts';

/** The orders of the contract, written out here because its schemas would come along with the value. */
export const sortOrders: readonly Sort[] = ['newest', 'oldest', 'title', 'shortest', 'longest'];
/** Those a tag's list has besides. */
export const tagSortOrders: readonly Sort[] = ['newest', 'unread', 'oldest', 'title', 'shortest', 'longest', 'manual'];

import type { Where } from '../../shared/contract.ts';
import { useAsk } from '../ask.ts';
import type { Sort } from '../hash.ts';
import { PAGE } from './pages.ts';

/** How many articles a list holds, from the page its rows ask for anyway; null until known. */
export function useTotal(where: Where, sort: Sort): number | null {
  return useAsk('list', { where, sort, from: 0, count: PAGE }).value?.total ?? null;
}

import type { Where } from '../../shared/contract.ts';
import { useAsk } from '../ask.ts';
import type { Sort } from '../hash.ts';
import { PAGE } from './pages.ts';

/** How much a list holds, from the page its rows ask for anyway; null until known. */
export function useTotal(where: Where, sort: Sort): { total: number; minutes: number } | null {
  return useAsk('list', { where, sort, from: 0, count: PAGE }).value ?? null;
}

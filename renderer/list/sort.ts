import { create } from 'zustand';
import type { Where } from '../../shared/contract.ts';
import { peek, useAsk } from '../ask.ts';
import type { Sort } from '../hash.ts';
import { act } from '../parts/toasts.ts';
import { setSort, useView } from '../view.ts';

/** The order chosen for the search on the screen; another search begins with its own. */
const useSearchSort = create<{ query: string | null; sort: Sort }>(() => ({ query: null, sort: 'relevance' }));

/** The order of a list: a tag's and a kept search's own is kept with it (null until it is known), the others share the window's. */
export function useSort(where: Where): Sort | null {
  const shared = useView((view) => view.sort);
  const page = useAsk('tagPage', where.list === 'tag' ? { tag: where.tag } : null);
  const searches = useAsk('searches', where.list === 'search' ? {} : null);
  const chosen = useSearchSort();
  if (where.list === 'search') {
    if (chosen.query === where.query) return chosen.sort;
    if (searches.value === undefined && searches.failure === null) return null;
    return searches.value?.find(({ query }) => query === where.query)?.sort ?? 'relevance';
  }
  if (where.list !== 'tag') return shared === 'relevance' ? 'newest' : shared;
  return page.value?.order ?? (page.failure === null ? null : 'newest');
}

/** The order a list has on the screen now; for what is done once, outside React. */
export function shownSort(where: Where): Sort {
  const { sort } = useView.getState();
  if (where.list === 'tag') return peek('tagPage', { tag: where.tag }).value?.order ?? 'newest';
  if (where.list !== 'search') return sort === 'relevance' ? 'newest' : sort;
  const chosen = useSearchSort.getState();
  if (chosen.query === where.query) return chosen.sort;
  return peek('searches', {}).value?.find(({ query }) => query === where.query)?.sort ?? 'relevance';
}

/** Puts a list into an order, its shelf with it. */
export function chooseSort(where: Where, sort: Sort): void {
  if (where.list === 'tag') void act('setTag', { tag: where.tag, order: sort === 'newest' ? null : sort }, null);
  else if (where.list === 'search') useSearchSort.setState({ query: where.query, sort });
  else setSort(sort);
}

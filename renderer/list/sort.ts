import type { Where } from '../../shared/contract.ts';
import { peek, useAsk } from '../ask.ts';
import type { Sort } from '../hash.ts';
import { act } from '../parts/toasts.ts';
import { setSort, useView } from '../view.ts';

/** The order of a list: a tag's own is kept with it (null until it is known), the others share the window's. */
export function useSort(where: Where): Sort | null {
  const shared = useView((view) => view.sort);
  const page = useAsk('tagPage', where.list === 'tag' ? { tag: where.tag } : null);
  if (where.list !== 'tag') return shared;
  return page.value?.order ?? (page.failure === null ? null : 'newest');
}

/** The order a list has on the screen now; for what is done once, outside React. */
export function shownSort(where: Where): Sort {
  return where.list === 'tag' ? (peek('tagPage', { tag: where.tag }).value?.order ?? 'newest') : useView.getState().sort;
}

/** Puts a list into an order, its shelf with it. */
export function chooseSort(where: Where, sort: Sort): void {
  if (where.list === 'tag') void act('setTag', { tag: where.tag, order: sort === 'newest' ? null : sort }, null);
  else setSort(sort);
}

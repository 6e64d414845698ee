import { act } from '../parts/toasts.ts';
import type { Sort } from '../hash.ts';

/** Puts Home's shelves into an order, or others in their place. */
export async function keepShelves(tags: readonly string[]): Promise<void> {
  await act('shelves', { tags: [...tags] }, null);
}

/** Takes a shelf off Home; its tag and articles stay. */
export async function removeShelf(order: readonly string[], tag: string): Promise<void> {
  await act('shelves', { tags: order.filter((each) => each !== tag) }, (words) => words.home.shelfRemoved(tag));
}

/** Changes what a shelf shows. */
export async function changeShelf(tag: string, change: { order?: Sort; titles?: number; folded?: boolean }): Promise<void> {
  await act('setTag', { tag, ...change }, null);
}

import type { Tag } from '../../shared/tag.ts';

/** The tags that have a shelf, in the order of the shelves. */
export function shelved(tags: readonly Tag[]): string[] {
  return tags
    .flatMap(({ name, position }) => (position === null ? [] : [{ name, position }]))
    .toSorted((a, b) => a.position - b.position)
    .map(({ name }) => name);
}

/** The order with one tag moved by so many places; the same where there is nowhere to go. */
export function moved(order: readonly string[], at: number, by: number): string[] {
  const next = [...order];
  const to = at + by;
  const [tag] = next.splice(at, 1);
  if (tag === undefined || to < 0 || to >= order.length) return [...order];
  next.splice(to, 0, tag);
  return next;
}

/** The order with one tag put before or behind another. */
export function droppedAt(order: readonly string[], tag: string, target: string, side: 'before' | 'behind'): string[] {
  if (tag === target || !order.includes(tag) || !order.includes(target)) return [...order];
  const rest = order.filter((each) => each !== tag);
  return rest.toSpliced(rest.indexOf(target) + (side === 'before' ? 0 : 1), 0, tag);
}

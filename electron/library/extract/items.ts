import type { Block, Blocks, Box } from './blocks.ts';

/** Parts made by one template that stand side by side (teasers of other articles, a thread's posts, a shop's goods), and what they have in common. */
export type Items = {
  count: number;
  /** Mean size, and how much sizes differ: their deviation as a share of the mean. */
  size: number;
  spread: number;
  linkShare: number;
  /** Share of them that begin with a line that is a link and nothing else: what leads elsewhere. */
  leading: number;
  /** Share of the page's text they make up. */
  share: number;
};

const fewest = 3;

/** For each box that is one of several such parts, with more than one block in most of them, what they are together. */
export function findItems({ blocks, boxes, root }: Blocks): Map<Box, Items> {
  const groups = new Map<Box, Map<string, Box[]>>();
  for (const box of boxes.values()) {
    if (box.parent === null || box.last === box.first || box.size === 0) continue;
    const group = groups.get(box.parent) ?? new Map<string, Box[]>();
    groups.set(box.parent, group);
    const fellows = group.get(box.path);
    if (fellows === undefined) group.set(box.path, [box]);
    else fellows.push(box);
  }
  const out = new Map<Box, Items>();
  for (const group of groups.values()) {
    for (const fellows of group.values()) {
      if (fellows.length < fewest || fellows.filter(({ first, last }) => last - first > 1).length * 2 < fellows.length) continue;
      const items = describe(fellows, blocks, root.size);
      for (const box of fellows) out.set(box, items);
    }
  }
  return out;
}

function describe(fellows: Box[], blocks: Block[], total: number): Items {
  let [size, squares, linked, leading] = [0, 0, 0, 0];
  for (const box of fellows) {
    size += box.size;
    squares += box.size ** 2;
    linked += box.linked;
    if (blocks.slice(box.first, Math.min(box.last, box.first + 3)).some((block) => block.links === 1 && block.size >= 15 && block.linked > block.size * 0.9)) leading++;
  }
  const mean = size / fellows.length;
  return { count: fellows.length, size: mean, spread: Math.sqrt(Math.max(0, squares / fellows.length - mean ** 2)) / mean, linkShare: linked / size, leading: leading / fellows.length, share: size / total };
}

/** The nearest of them that holds this box, and how far up it is. */
export function itemAround(box: Box, all: Map<Box, Items>): { items: Items; up: number } | null {
  let up = 0;
  for (let at: Box | null = box; at !== null; at = at.parent, up++) {
    const items = all.get(at);
    if (items !== undefined) return { items, up };
  }
  return null;
}

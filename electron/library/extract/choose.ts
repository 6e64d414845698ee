import type { Block, Blocks } from './blocks.ts';
import { featureCount } from './features.ts';
import { contextWeights, firstWeights, type Forest } from './weights.ts';

/** Adds what the first look thinks of a block's neighbourhood; the order is the second look's input. */
export const contextNames = ['p', 'prev1', 'prev2', 'prev3', 'next1', 'next2', 'next3', 'near', 'wide', 'before', 'after', 'box', 'up', 'up2', 'path', 'page', 'most', 'run'];

/**
 * How likely each block belongs to the article, 0 to 1: a first look at every block by itself, then a second one that
 * also knows what the first thought of its neighbours, its box and its kind.
 */
export function chooseBlocks(page: Blocks, rows: Float32Array[]): Float64Array {
  const first = Float64Array.from(rows, (row) => chance(firstWeights, row));
  return Float64Array.from(withContext(page, rows, first), (row) => chance(contextWeights, row));
}

export function withContext(page: Blocks, rows: Float32Array[], first: Float64Array): Float32Array[] {
  const { blocks } = page;
  const sums = new Float64Array(blocks.length + 1);
  const sizes = new Float64Array(blocks.length + 1);
  let most = 0;
  for (const block of blocks) {
    const p = first[block.index] ?? 0;
    sums[block.index + 1] = (sums[block.index] ?? 0) + p * block.size;
    sizes[block.index + 1] = (sizes[block.index] ?? 0) + block.size;
    most = Math.max(most, p * Math.min(1, block.size / 100));
  }
  const mean = (from: number, to: number): number => {
    const a = Math.max(0, from);
    const b = Math.min(blocks.length, to);
    const size = b > a ? (sizes[b] ?? 0) - (sizes[a] ?? 0) : 0;
    return size > 0 ? ((sums[b] ?? 0) - (sums[a] ?? 0)) / size : 0;
  };
  const paths = new Map<string, { sum: number; size: number }>();
  for (const block of blocks) {
    const one = paths.get(block.box.path) ?? { sum: 0, size: 0 };
    one.sum += (first[block.index] ?? 0) * block.size;
    one.size += block.size;
    paths.set(block.box.path, one);
  }
  const all = mean(0, blocks.length);
  let run = 0;
  return blocks.map((block, i) => {
    const row = new Float32Array(featureCount + contextNames.length);
    row.set(rows[i] ?? []);
    const p = (k: number): number => first[i + k] ?? 0;
    const box = block.box;
    const path = paths.get(box.path);
    run = p(0) > 0.5 ? run + 1 : 0;
    row.set(
      [p(0), p(-1), p(-2), p(-3), p(1), p(2), p(3), mean(i - 4, i + 5), mean(i - 12, i + 13), mean(0, i), mean(i + 1, blocks.length), mean(box.first, box.last),
        mean(box.parent?.first ?? 0, box.parent?.last ?? 0), mean(box.parent?.parent?.first ?? 0, box.parent?.parent?.last ?? 0), path === undefined || path.size === 0 ? 0 : path.sum / path.size, all, most, run],
      featureCount,
    );
    return row;
  });
}

/** A forest's verdict on one row, as a probability. */
export function chance(forest: Forest, row: ArrayLike<number>): number {
  const { nodes, starts, base } = forest;
  let sum = base;
  for (const start of starts) {
    let at = start * 4;
    // Four numbers a node: feature (-1 for a leaf), threshold or value, left, right (counted within the tree).
    for (let feature = nodes[at] ?? -1; feature >= 0; feature = nodes[at] ?? -1) {
      const next = (row[feature] ?? 0) <= (nodes[at + 1] ?? 0) ? nodes[at + 2] : nodes[at + 3];
      at = (start + (next ?? 0)) * 4;
    }
    sum += nodes[at + 1] ?? 0;
  }
  return 1 / (1 + Math.exp(-sum));
}

/** The blocks to keep at a threshold. */
export function keepAt(blocks: Block[], chances: Float64Array, threshold: number): Set<Block> {
  return new Set(blocks.filter((block) => (chances[block.index] ?? 0) >= threshold));
}

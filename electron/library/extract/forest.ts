/**
 * Boosted trees as one flat table. `nodes` has four numbers a node: the feature's index (-1 for a leaf), the threshold (the
 * value in a leaf), and the left (at most the threshold) and right child, counted from the tree's first node. `starts` says
 * at which node each tree begins.
 */
export type Forest = { starts: readonly number[]; nodes: ArrayLike<number> };

/** A forest's verdict on one row, as a probability. */
export function chance(forest: Forest, row: ArrayLike<number>): number {
  const { nodes, starts } = forest;
  let sum = 0;
  for (const start of starts) {
    let at = start * 4;
    for (let feature = nodes[at] ?? -1; feature >= 0; feature = nodes[at] ?? -1) {
      const next = (row[feature] ?? 0) <= (nodes[at + 1] ?? 0) ? nodes[at + 2] : nodes[at + 3];
      at = (start + (next ?? 0)) * 4;
    }
    sum += nodes[at + 1] ?? 0;
  }
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Boosted trees as one flat table. `nodes` has four numbers a node: the feature's index (-1 for a leaf), the threshold (the
 * value in a leaf), and the left (at most the threshold) and right child, counted from the tree's first node. `starts` says
 * at which node each tree begins.
 */
export type Forest = { starts: readonly number[]; nodes: ArrayLike<number> };

/** A forest's verdict on each of `count` rows that stand one after the other, as a probability. */
export function chances(forest: Forest, rows: Float32Array, count: number): Float64Array {
  const width = rows.length / count;
  const { starts, nodes } = forest;
  const sums = new Float64Array(count);
  // Tree by tree: one of them stays close to the processor while it is asked about every row.
  for (const start of starts) {
    const first = start * 4;
    for (let n = 0, base = 0; n < count; n++, base += width) {
      let at = first;
      for (let feature = nodes[at] as number; feature >= 0; feature = nodes[at] as number) {
        at = first + (nodes[at + ((rows[base + feature] as number) <= (nodes[at + 1] as number) ? 2 : 3)] as number) * 4;
      }
      sums[n] = (sums[n] as number) + (nodes[at + 1] as number);
    }
  }
  return sums.map((sum) => 1 / (1 + Math.exp(-sum)));
}

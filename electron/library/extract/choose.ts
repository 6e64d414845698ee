import { featureCount } from './features.ts';
import { chances, type Forest } from './forest.ts';
import { weights } from './weights.ts';

/** Typed, for it is walked a hundred and fifty times a block. */
const table: Forest = { starts: weights.starts, nodes: Float64Array.from(weights.nodes) };

/** How likely each block belongs to the article, 0 to 1, from the numbers `measure` made of it. */
export function chooseBlocks(rows: Float32Array): Float64Array {
  return chances(table, rows, rows.length / featureCount);
}

import { chance } from './forest.ts';
import { weights } from './weights.ts';

/** How likely each block belongs to the article, 0 to 1, from the numbers `measure` made of it. */
export function chooseBlocks(rows: Float32Array[]): Float64Array {
  return Float64Array.from(rows, (row) => chance(weights, row));
}

import type { Group } from '../../shared/listing.ts';

/** A group where it lies in the list: `first` is the index of its first row, `top` and `height` are in pixels with its heading. */
export type Span = Group & { first: number; top: number; height: number };

/** Heights in pixels, kept equal to those in tokens.css so that nothing is measured and nothing jumps. */
export type Sizes = { row: number; heading: number };

/** Where every row of a list lies, reckoned and never measured: the cost of asking is that of a search among the groups. */
export type Flow = {
  total: number;
  height: number;
  /** Null where the list is one run of rows. */
  spans: readonly Span[] | null;
  sizes: Sizes;
  topOf(index: number): number;
  /** The row at a height; that of the next row where there is a heading. */
  indexAt(y: number): number;
  /** The group a row is in. */
  spanOf(index: number): Span | null;
};

/** Lays out so many rows, or the rows of these groups under a heading each. */
export function layOut(total: number, groups: readonly Group[] | null, sizes: Sizes): Flow {
  const { row, heading } = sizes;
  if (groups === null) {
    return {
      total, height: total * row, spans: null, sizes,
      topOf: (index) => index * row,
      indexAt: (y) => within(Math.floor(y / row), total),
      spanOf: () => null,
    };
  }
  const spans: Span[] = [];
  let [first, top] = [0, 0];
  for (const group of groups) {
    const height = heading + group.count * row;
    spans.push({ ...group, first, top, height });
    first += group.count;
    top += height;
  }
  const spanOf = (index: number) => last(spans, (span) => span.first <= index);
  return {
    total: first, height: top, spans, sizes, spanOf,
    topOf(index) {
      const span = spanOf(index);
      return span === null ? 0 : span.top + heading + (index - span.first) * row;
    },
    indexAt(y) {
      const span = last(spans, (each) => each.top <= y);
      if (span === null) return 0;
      return within(span.first + Math.min(span.count - 1, Math.max(0, Math.floor((y - span.top - heading) / row))), first);
    },
  };
}

const within = (index: number, total: number): number => Math.max(0, Math.min(total - 1, index));

/** The last of which it holds, where it holds of the first ones and of none after. */
function last(spans: readonly Span[], holds: (span: Span) => boolean): Span | null {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span !== undefined && holds(span)) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1] ?? null;
}

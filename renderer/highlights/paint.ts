import { highlightColours, type HighlightColour } from '../../shared/highlight.ts';
import type { FrameParts } from '../reader/frame-document.ts';

/** A stretch to paint. */
export type Painted = { colour: HighlightColour; range: Range; start: number; end: number };

/**
 * Paints highlights over the text as it is, with the CSS Custom Highlight API. Where two of one colour overlap the second is
 * painted in a layer of its own, so that the place they share is deeper.
 */
export function paintHighlights({ view }: FrameParts, painted: readonly Painted[]): void {
  const registry = (view as Window & { CSS?: typeof CSS }).CSS?.highlights;
  if (registry === undefined) return;
  const Highlight = (view as Window & { Highlight?: typeof globalThis.Highlight }).Highlight ?? globalThis.Highlight;
  for (const colour of highlightColours) {
    const layers: [Range[], Range[]] = [[], []];
    let reached = -1;
    for (const one of painted.filter((each) => each.colour === colour).toSorted((a, b) => a.start - b.start)) {
      layers[one.start < reached ? 1 : 0].push(one.range);
      reached = Math.max(reached, one.end);
    }
    for (const [at, ranges] of layers.entries()) {
      const name = at === 0 ? `mark-${colour}` : `mark-${colour}-again`;
      registry.delete(name);
      if (ranges.length > 0) registry.set(name, new Highlight(...ranges));
    }
  }
}

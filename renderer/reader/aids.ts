import { useEffect } from 'react';
import type { Settings } from '../../shared/settings.ts';
import type { Body } from './body.ts';
import { useBeginnings } from './beginnings.ts';
import { isVertical, travelled } from './flow.ts';
import type { FrameParts } from './frame-document.ts';
import type { Script } from './script.ts';

/** What helps an eye to stay in the text: which of them are on is a preference of the reader's. */
export type Aids = Pick<Settings, 'dimOthers' | 'ruler' | 'wordBeginnings'>;

/** How far down the window the paragraph is that counts as being read, as a share of its height. */
const line = 0.38;

/** Applies the aids that work on the text itself; the ruler lies over it (`Ruler.tsx`). No element is added to the text. */
export function useAids(parts: FrameParts, body: Body | null, aids: Aids, script: Script): void {
  useDimming(parts, body, aids.dimOthers);
  useBeginnings(parts, body, aids.wordBeginnings && script === 'latin');
}

/** Every block but the one being read steps back. */
function useDimming(parts: FrameParts, body: Body | null, on: boolean): void {
  useEffect(() => {
    if (!on || body === null) return undefined;
    const { doc, view } = parts;
    const root = doc.documentElement;
    let [frame, now]: [number, Element | null] = [0, null];
    const look = () => {
      frame = 0;
      const found = blockAt(parts, body) ?? now;
      if (found === now) return;
      now?.removeAttribute('data-now');
      found?.setAttribute('data-now', '');
      now = found;
    };
    const later = () => {
      if (frame === 0) frame = view.requestAnimationFrame(look);
    };
    const stop = new AbortController();
    view.addEventListener('scroll', later, { signal: stop.signal, passive: true, capture: true });
    view.addEventListener('resize', later, { signal: stop.signal });
    root.toggleAttribute('data-dim', true);
    look();
    return () => {
      stop.abort();
      view.cancelAnimationFrame(frame);
      root.removeAttribute('data-dim');
      now?.removeAttribute('data-now');
    };
  }, [parts, body, on]);
}

/** The block at the line being read; null between two of them, and where the head or the end is. */
function blockAt(parts: FrameParts, { blocks }: Body): Element | null {
  if (travelled(parts) < 8) return blocks[0] ?? null;
  const { doc, view } = parts;
  const [across, down] = isVertical(doc) ? [1 - line, 0.5] : [0.5, line];
  const hit = doc.elementFromPoint(view.innerWidth * across, view.innerHeight * down);
  return hit?.closest('#body section > *') ?? null;
}

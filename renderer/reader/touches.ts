import { useEffect } from 'react';
import { sayFailure } from '../parts/toasts.ts';
import type { Body } from './body.ts';
import { colourCode } from './code-colours.ts';
import type { FrameParts } from './frame-document.ts';
import { markLineArt } from './line-art.ts';

/** The last touches on a shown text: code coloured, line art given a ground to stand on. */
export function useTouches(parts: FrameParts, body: Body | null): void {
  useEffect(() => {
    if (body === null) return undefined;
    const stop = new AbortController();
    colourCode(parts, body, stop.signal).catch((fault: unknown) => sayFailure({ kind: 'internal', detail: String(fault) }));
    for (const image of parts.body.querySelectorAll('img')) {
      if (image.complete) markLineArt(image);
      else image.addEventListener('load', () => markLineArt(image), { signal: stop.signal });
    }
    return () => stop.abort();
  }, [parts, body]);
}

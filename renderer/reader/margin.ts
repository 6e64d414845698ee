import { useLayoutEffect, useState } from 'react';

/** What the outline needs at least, and takes at most, in CSS pixels. */
const [least, most] = [200, 260];
const air = 40;

/** How wide an outline may be beside a column of `column` CSS pixels; null when the margin has no room for one. */
export function useMargin(pane: HTMLElement, column: number): number | null {
  const [width, setWidth] = useState(() => pane.clientWidth);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setWidth(pane.clientWidth));
    observer.observe(pane);
    return () => observer.disconnect();
  }, [pane]);
  const margin = (width - column) / 2 - air;
  return margin < least ? null : Math.min(most, Math.floor(margin));
}

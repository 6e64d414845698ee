import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { Pages } from './pages.ts';

/**
 * Keeps the rows on the screen where they are when news changes the list above them: the topmost row seen is looked
 * up again, and the scrolling moved by as many rows as it has moved. At the very top, what is new is shown.
 */
export function useAnchor(box: RefObject<HTMLElement | null>, pages: Pages, rowHeight: number): void {
  const seen = useRef<{ id: string; index: number } | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const before = seen.current;
    if (before !== null && element.scrollTop > 0) {
      const now = pages.indexOf(before.id);
      if (now !== null && now !== before.index) element.scrollTo({ top: element.scrollTop + (now - before.index) * rowHeight });
    }
    const index = Math.floor(element.scrollTop / rowHeight);
    const row = pages.row(index);
    seen.current = row === undefined ? null : { id: row.id, index };
  });
}

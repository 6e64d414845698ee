import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { Flow } from './flow.ts';
import type { Pages } from './pages.ts';

/**
 * Keeps the rows on the screen where they are when news, another density or other groups move them: the topmost row seen
 * is looked up again, and the scrolling moved by as much as it has moved. At the very top, what is new is shown.
 */
export function useAnchor(box: RefObject<HTMLElement | null>, pages: Pages, flow: Flow): void {
  const seen = useRef<{ id: string; top: number } | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const before = seen.current;
    if (before !== null && element.scrollTop > 0) {
      const index = pages.indexOf(before.id);
      const moved = index === null ? 0 : flow.topOf(index) - before.top;
      if (moved !== 0) element.scrollTo({ top: element.scrollTop + moved });
    }
    const index = flow.indexAt(element.scrollTop);
    const row = pages.row(index);
    seen.current = row === undefined ? null : { id: row.id, top: flow.topOf(index) };
  });
}

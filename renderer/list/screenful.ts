import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Flow } from './flow.ts';

/** Rows drawn beyond what is seen, above and below: hardly any until the first of them are painted. */
const beyond = { first: 1, later: 6 };

/** The rows `[from, to]` on the screen of a scrolled box: told anew only when others come into it, not with every pixel. */
export function useScreenful(box: HTMLElement | null, flow: Flow, start: number): { from: number; to: number } {
  const subscribe = useCallback((listener: () => void) => {
    if (box === null) return () => undefined;
    box.addEventListener('scroll', listener, { passive: true });
    const observer = new ResizeObserver(listener);
    observer.observe(box);
    return () => {
      box.removeEventListener('scroll', listener);
      observer.disconnect();
    };
  }, [box]);
  const [more, setMore] = useState(beyond.first);
  const drawn = flow.total > 0;
  useEffect(() => {
    if (!drawn) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setMore(beyond.later));
    });
    return () => cancelAnimationFrame(frame);
  }, [drawn]);
  const shown = useSyncExternalStore(subscribe, () => (box === null ? seen(flow, start, window.innerHeight, more) : seen(flow, box.scrollTop, box.clientHeight, more)));
  const [from = 0, to = -1] = shown.split(' ').map(Number);
  return { from, to };
}

/** As a text, so that the same rows are the same answer. */
function seen(flow: Flow, top: number, height: number, beyond: number): string {
  if (flow.total === 0) return '0 -1';
  return `${Math.max(0, flow.indexAt(top) - beyond)} ${Math.min(flow.total - 1, flow.indexAt(top + height) + beyond)}`;
}

/** Scrolls a row into sight, no further than needed; under the heading that stays at the top. */
export function scrollToRow(box: HTMLElement, flow: Flow, index: number): void {
  const top = flow.topOf(index);
  const over = flow.spans === null ? 0 : flow.sizes.heading;
  if (top - over < box.scrollTop) box.scrollTop = top - over;
  else if (top + flow.sizes.row > box.scrollTop + box.clientHeight) box.scrollTop = top + flow.sizes.row - box.clientHeight;
}

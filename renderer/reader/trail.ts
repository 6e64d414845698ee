import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { isTyping } from '../keyboard.ts';
import type { FrameParts } from './frame-document.ts';
import type { Spot } from './place.ts';

/** So many steps are remembered; who has gone further has lost the thread anyway. */
const longest = 50;

/** The places left by following links within the article: how many lie behind and ahead, and the ways there. */
export type Trail = {
  behind: number;
  ahead: number;
  back(): void;
  forward(): void;
  /** A place was left for another; what lay ahead is forgotten. */
  leave(from: Spot): void;
  /** How one goes to a place, answering the place left by that. */
  follow(jump: (spot: Spot) => Spot): void;
};

/** Back and forward within the article, like a browser: by button and by Alt with the arrows (⌘[ and ⌘] on a Mac). */
export function useTrail(parts: FrameParts): Trail {
  const [spots, setSpots] = useState<{ behind: Spot[]; ahead: Spot[] }>({ behind: [], ahead: [] });
  const jump = useRef<((spot: Spot) => Spot) | null>(null);
  const follow = useCallback((way: (spot: Spot) => Spot) => {
    jump.current = way;
  }, []);
  const leave = useCallback((from: Spot) => setSpots(({ behind }) => ({ behind: [...behind, from].slice(-longest), ahead: [] })), []);
  const back = useCallback(() => {
    const to = spots.behind.at(-1);
    const from = to === undefined ? undefined : jump.current?.(to);
    if (from !== undefined) setSpots({ behind: spots.behind.slice(0, -1), ahead: [from, ...spots.ahead] });
  }, [spots]);
  const forward = useCallback(() => {
    const [to, ...ahead] = spots.ahead;
    const from = to === undefined ? undefined : jump.current?.(to);
    if (from !== undefined) setSpots({ behind: [...spots.behind, from], ahead });
  }, [spots]);
  const [behind, ahead] = [spots.behind.length, spots.ahead.length];
  useEffect(() => {
    const stop = new AbortController();
    const mac = /mac/i.test(navigator.platform);
    const press = (event: KeyboardEvent) => {
      const plain = mac ? event.metaKey && !event.altKey : event.altKey && !event.metaKey;
      if (!plain || event.ctrlKey || event.shiftKey || event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open]') !== null) return;
      const way = event.key === (mac ? '[' : 'ArrowLeft') ? -1 : event.key === (mac ? ']' : 'ArrowRight') ? 1 : 0;
      // Where there is nothing to go back to in the article, the window's own history is meant.
      if (way === 0 || (way === -1 ? behind : ahead) === 0) return;
      event.preventDefault();
      if (way === -1) back();
      else forward();
    };
    for (const target of [window, parts.doc]) target.addEventListener('keydown', press as EventListener, { signal: stop.signal });
    return () => stop.abort();
  }, [parts, behind, ahead, back, forward]);
  return useMemo(() => ({ behind, ahead, back, forward, leave, follow }), [behind, ahead, back, forward, leave, follow]);
}

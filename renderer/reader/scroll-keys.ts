import { useLayoutEffect } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import { isTyping } from '../keyboard.ts';
import type { FrameParts } from './frame-document.ts';

/** How far an arrow key moves the text, in CSS pixels. */
const line = 60;

/**
 * The scrolling keys move the article wherever the focus is, in the window or in the frame. They are ours rather than
 * the engine's: a key pressed while the engine glides is sometimes lost, and its glide goes on in the next article.
 */
export function useScrollKeys({ doc, view }: FrameParts, pane: HTMLElement | null, id: ArticleId): void {
  // With the layout: a glide ends before the next article is painted.
  useLayoutEffect(() => {
    const glide = glider(view);
    const stop = new AbortController();
    const options = { signal: stop.signal, passive: true };
    const page = (): number => view.innerHeight * 0.9;
    const moves: Record<string, () => void> = {
      ArrowDown: () => glide.by(line), ArrowUp: () => glide.by(-line),
      PageDown: () => glide.by(page()), PageUp: () => glide.by(-page()),
      Home: () => glide.to(() => 0), End: () => glide.to(() => doc.documentElement.scrollHeight),
    };
    const key = (event: KeyboardEvent): void => {
      const at = event.target as Element;
      const inFrame = at.ownerDocument === doc;
      const loose = at === document.body || ((inFrame || pane?.contains(at) === true) && !at.matches(inFrame ? own : `${own}, a`));
      if (event.defaultPrevented || !loose || isTyping(at) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const space = event.key === ' ';
      // Shift and a key of direction extend what is selected.
      if (event.shiftKey && !space) return;
      const move = space ? () => glide.by(event.shiftKey ? -page() : page()) : moves[event.key];
      if (move === undefined) return;
      event.preventDefault();
      move();
    };
    for (const target of [window, doc]) {
      target.addEventListener('keydown', key as EventListener, { signal: stop.signal });
      for (const kind of ['wheel', 'touchstart', 'pointerdown']) target.addEventListener(kind, glide.stop, options);
    }
    return () => {
      stop.abort();
      glide.stop();
    };
    // Another article ends the glide.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [doc, view, pane, id]);
}

/** What has a use of its own for some of these keys. */
const own = 'button, input, select, textarea, summary';

/** Moves a page by steps that add up when they come faster than they are done, in the time tokens give to motion. */
function glider(view: Window) {
  let left = 0;
  let until = 0;
  let frame = 0;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    frame = left = 0;
  };
  /** Moves by what of the way is due by now, and asks for the next frame while some is left. */
  const step = (now: number, last: number): void => {
    // A frame may be stamped before the key that asked for it.
    const share = now >= until ? 1 : Math.min(1, Math.max(0, ((now - last) / (until - last)) * 1.8));
    const part = share === 1 ? left : Math.round(left * share);
    left -= part;
    view.scrollBy({ top: part, behavior: 'instant' });
    frame = left === 0 ? 0 : requestAnimationFrame((next) => step(next, now));
  };
  return {
    stop,
    by(distance: number): void {
      const room = distance < 0 ? -view.scrollY : view.document.documentElement.scrollHeight - view.innerHeight - view.scrollY;
      // Never further than the page goes: what is left over would swallow the way back.
      const wanted = Math.round(left + distance);
      left = distance < 0 ? Math.max(room, wanted) : Math.min(room, wanted);
      const now = performance.now();
      until = now + motion();
      cancelAnimationFrame(frame);
      step(now, now);
    },
    /** At once, and again in the next frame: what comes into view there may change where `place` is. */
    to(place: () => number): void {
      stop();
      view.scrollTo({ top: place(), behavior: 'instant' });
      frame = requestAnimationFrame(() => view.scrollTo({ top: place(), behavior: 'instant' }));
    },
  };
}

/** How long a movement takes, in milliseconds; 0 where the reader wants none. */
const motion = (): number => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--slow')) || 0;

import { useCallback, useLayoutEffect, useRef } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import { isTyping } from '../keyboard.ts';
import { farthest, isPaged, isVertical, onwardKey, pageful } from './flow.ts';
import type { FrameParts } from './frame-document.ts';
import { glider, type Glide } from './glide.ts';

/** How far an arrow key moves the text, in CSS pixels. */
const line = 60;

/**
 * The scrolling keys move the article wherever the focus is, in the window or in the frame. They are ours rather than
 * the engine's: a key pressed while the engine glides is sometimes lost, and its glide goes on in the next article.
 * Answers the way to move it by something else.
 */
export function useScrollKeys(parts: FrameParts, pane: HTMLElement | null, id: ArticleId): () => Glide | null {
  const held = useRef<Glide | null>(null);
  const { doc } = parts;
  // With the layout: a glide ends before the next article is painted.
  useLayoutEffect(() => {
    const glide = glider(parts);
    held.current = glide;
    const stop = new AbortController();
    const options = { signal: stop.signal, passive: true };
    const key = (event: KeyboardEvent): void => {
      const at = event.target as Element;
      const inFrame = at.ownerDocument === doc;
      const loose = at === document.body || ((inFrame || pane?.contains(at) === true) && !at.matches(inFrame ? own : `${own}, a`));
      if (event.defaultPrevented || !loose || isTyping(at) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const space = event.key === ' ';
      if (space && at.matches('button, summary')) return;
      // Shift and a key of direction extend what is selected.
      if (event.shiftKey && !space) return;
      const move = moveOf(parts, glide, space && event.shiftKey ? 'PageUp' : space ? 'PageDown' : event.key, at);
      if (move === null) return;
      event.preventDefault();
      move();
    };
    for (const target of [window, doc]) {
      target.addEventListener('keydown', key as EventListener, { signal: stop.signal });
      for (const kind of ['wheel', 'touchstart', 'pointerdown']) {
        // Pages are turned by these, and a turn is not left half done.
        target.addEventListener(kind, () => (isPaged(doc) ? undefined : glide.stop()), options);
      }
    }
    return () => {
      stop.abort();
      glide.stop();
      held.current = null;
    };
    // Another article ends the glide.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [parts, doc, pane, id]);
  return useCallback(() => held.current, []);
}

/** What a key does to the text as it goes on now; null for nothing. */
function moveOf(parts: FrameParts, glide: Glide, key: string, at: Element): (() => void) | null {
  const [paged, vertical] = [isPaged(parts.doc), isVertical(parts.doc)];
  const page = (by: 1 | -1) => () => turnBy(parts, glide, by);
  const small = (by: 1 | -1) => (paged ? page(by) : () => glide.by(by * line));
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
  if (sideways) {
    // A box that scrolls sideways has the focus for that.
    const scrolls = at.scrollWidth > at.clientWidth && at.matches('[role=region]');
    return (paged || vertical) && !scrolls ? small(key === onwardKey(parts.doc) ? 1 : -1) : null;
  }
  switch (key) {
    case 'ArrowDown': return small(1);
    case 'ArrowUp': return small(-1);
    case 'PageDown': return page(1);
    case 'PageUp': return page(-1);
    case 'Home': return () => glide.to(() => 0);
    case 'End': return () => glide.to(() => farthest(parts));
    default: return null;
  }
}

/** One page on or back. Pages that lie below each other come at once: nothing turns downwards. */
export function turnBy(parts: FrameParts, glide: Glide, by: number): void {
  glide.by(by * pageful(parts), isPaged(parts.doc) && isVertical(parts.doc) ? 'once' : undefined);
}

/** What has a use of its own for most of these keys; a button has one for Space. */
const own = 'input, select, textarea';

import { useEffect } from 'react';
import { farthest, isPaged, isVertical, onwardKey, pageful, travelled, travelTo, turnOf } from './flow.ts';
import type { FrameParts } from './frame-document.ts';
import type { Glide } from './glide.ts';
import { turnBy } from './scroll-keys.ts';

/** A movement of the wheel or the finger shorter than this turns nothing, in CSS pixels. */
const least = 48;
/** After so long without one, the next movement of the wheel is a new one, in milliseconds. */
const pause = 120;
/** How much of a page's side turns it when pressed, and at most, in CSS pixels. */
const [edge, widest] = [0.16, 140];

/**
 * Wheel, swipe and presses at the edges turn the pages, and the wheel moves vertical text; whatever else brings something
 * into view, such as the focus, shows the page it stands on and never half of two.
 */
export function useTurning(parts: FrameParts, glide: () => Glide | null, mode: string): void {
  useEffect(() => {
    const { doc, view } = parts;
    const [paged, vertical] = [isPaged(doc), isVertical(doc)];
    if (!paged && !vertical) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const turn = (by: 1 | -1): void => {
      const moving = glide();
      if (moving !== null) turnBy(parts, moving, by);
    };
    const onward = onwardKey(doc) === 'ArrowRight' ? 1 : -1;

    const wheel = { gone: 0, last: 0, at: 0, turned: false };
    doc.addEventListener('wheel', (event) => {
      if (event.ctrlKey || scrollsItself(event)) return;
      event.preventDefault();
      const scale = event.deltaMode === 0 ? 1 : 40;
      const by = scale * (Math.abs(event.deltaX) > Math.abs(event.deltaY) ? onward * event.deltaX : event.deltaY);
      if (!paged) {
        glide()?.stop();
        travelTo(parts, Math.min(farthest(parts), Math.max(0, travelled(parts) + by)));
        return;
      }
      // A trackpad goes on telling of one swipe long after the finger is up, ever less; each notch of a wheel is one of its own.
      const notch = Math.abs(by) >= 100 && event.timeStamp - wheel.at > 40;
      const fresh = event.timeStamp - wheel.at > pause || notch || Math.sign(by) !== Math.sign(wheel.last) || Math.abs(by) > 2 * Math.abs(wheel.last);
      if (fresh) Object.assign(wheel, { gone: 0, turned: false });
      Object.assign(wheel, { gone: wheel.gone + by, last: by, at: event.timeStamp });
      if (wheel.turned || Math.abs(wheel.gone) < least) return;
      wheel.turned = true;
      turn(wheel.gone > 0 ? 1 : -1);
    }, { signal, passive: false });
    if (!paged) return () => stop.abort();

    let touch: { x: number; y: number } | null = null;
    doc.addEventListener('touchstart', ({ touches: [one], touches }) => {
      touch = one === undefined || touches.length > 1 ? null : { x: one.clientX, y: one.clientY };
    }, { signal, passive: true });
    doc.addEventListener('touchend', ({ changedTouches: [one] }) => {
      if (touch === null || one === undefined || doc.getSelection()?.isCollapsed === false) return;
      const [x, y] = [one.clientX - touch.x, one.clientY - touch.y];
      touch = null;
      if (Math.abs(x) >= least && Math.abs(x) > 1.5 * Math.abs(y)) turn(Math.sign(-x) === onward ? 1 : -1);
    }, { signal, passive: true });

    doc.addEventListener('click', (event) => {
      const at = event.target as Element;
      if (event.defaultPrevented || event.button !== 0 || event.detail > 1 || at.closest(pressed) !== null || doc.getSelection()?.isCollapsed === false) return;
      const zone = Math.min(widest, view.innerWidth * edge);
      if (event.clientX < zone) turn(onward === 1 ? -1 : 1);
      else if (event.clientX > view.innerWidth - zone) turn(onward === 1 ? 1 : -1);
    }, { signal });

    const show = (box: DOMRect | undefined): void => {
      if (box !== undefined) travelTo(parts, Math.min(farthest(parts), turnOf(parts, box) * pageful(parts)));
    };
    doc.addEventListener('focusin', (event) => {
      const at = event.target as Element;
      // What floats over the text is in the window already.
      if (!glide()?.moving() && at.closest('#page, .marks') !== null) show(at.getClientRects()[0]);
    }, { signal });
    doc.addEventListener('scroll', () => {
      if (glide()?.moving()) return;
      const off = travelled(parts) % pageful(parts);
      if (off > 1 && off < pageful(parts) - 1) travelTo(parts, Math.round(travelled(parts) / pageful(parts)) * pageful(parts));
    }, { signal, passive: true });
    return () => stop.abort();
    // The mode says when the document's own marks of it have changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [parts, glide, mode]);
}

/** What is pressed for itself. */
const pressed = 'a, area, button, input, label, select, textarea, summary, [role=button], [role=region], figure[data-embed]';

/** Whether the wheel moves a box in the text that still has somewhere to go. */
function scrollsItself({ target, deltaX, deltaY }: WheelEvent): boolean {
  const box = (target as Element).closest('pre, .table');
  if (box === null) return false;
  const down = Math.abs(deltaY) >= Math.abs(deltaX);
  const [room, at, by] = down ? [box.scrollHeight - box.clientHeight, box.scrollTop, deltaY] : [box.scrollWidth - box.clientWidth, box.scrollLeft, deltaX];
  return by > 0 ? at < room - 1 : room > 1 && at > 1;
}

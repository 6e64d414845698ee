import { farthest, travelled, travelTo } from './flow.ts';
import type { FrameParts } from './frame-document.ts';

/** Moves a text by steps that add up when they come faster than they are done. */
export type Glide = {
  stop: () => void;
  /** In the time tokens give to motion, or at once. */
  by: (distance: number, at?: 'once') => void;
  /** At once, and again in the next frame: what comes into view there may change where `place` is. */
  to: (place: () => number) => void;
  moving: () => boolean;
};

/** A glide for a text, whichever way it goes on. */
export function glider(parts: FrameParts): Glide {
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
    travelTo(parts, travelled(parts) + part);
    frame = left === 0 ? 0 : requestAnimationFrame((next) => step(next, now));
  };
  return {
    stop,
    moving: () => frame !== 0,
    by(distance, at): void {
      const gone = travelled(parts);
      const room = distance < 0 ? -gone : farthest(parts) - gone;
      // Never further than the text goes: what is left over would swallow the way back.
      const wanted = Math.round(left + distance);
      left = distance < 0 ? Math.max(room, wanted) : Math.min(room, wanted);
      const now = performance.now();
      until = now + (at === 'once' ? 0 : motion());
      cancelAnimationFrame(frame);
      step(now, now);
    },
    to(place): void {
      stop();
      travelTo(parts, place());
      frame = requestAnimationFrame(() => {
        frame = 0;
        travelTo(parts, place());
      });
    },
  };
}

/** How long a movement takes, in milliseconds; 0 where the reader wants none. */
const motion = (): number => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--slow')) || 0;

import { useCallback, useEffect, useRef, useState } from 'react';

/** How a picture lies in its box: so many times as large as it fits, moved by so much from the middle, in CSS pixels. */
export type Zoom = { scale: number; x: number; y: number };

export const fitted: Zoom = { scale: 1, x: 0, y: 0 };
const step = 1.5;
const most = 8;

/** Larger or smaller about a point, which stays where it is; `at` is from the box's middle. Never smaller than it fits. */
export function zoomedTo(zoom: Zoom, scale: number, at: { x: number; y: number } = { x: 0, y: 0 }): Zoom {
  const next = Math.min(most, Math.max(1, scale));
  if (next === 1) return fitted;
  const by = next / zoom.scale;
  return { scale: next, x: at.x - (at.x - zoom.x) * by, y: at.y - (at.y - zoom.y) * by };
}

/** Moved, but never so far that the picture leaves a side of the box empty that it could fill. `room` is the box, `size` the picture as it fits. */
export function held(zoom: Zoom, room: { width: number; height: number }, size: { width: number; height: number }): Zoom {
  const [far, down] = [Math.max(0, (size.width * zoom.scale - room.width) / 2), Math.max(0, (size.height * zoom.scale - room.height) / 2)];
  return { scale: zoom.scale, x: Math.min(far, Math.max(-far, zoom.x)), y: Math.min(down, Math.max(-down, zoom.y)) };
}

/** Zooming and moving a picture: wheel, double press, drag, two fingers, and the ways for keys and buttons. */
export function useZoom() {
  const box = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  const [zoom, setZoom] = useState(fitted);
  const change = useCallback((next: (now: Zoom) => Zoom) => {
    const room = box.current;
    const image = picture.current;
    if (room === null || image === null) return;
    const [around, size] = [{ width: room.clientWidth, height: room.clientHeight }, { width: image.offsetWidth, height: image.offsetHeight }];
    setZoom((now) => held(next(now), around, size));
  }, []);
  const by = useCallback((factor: number) => change((now) => zoomedTo(now, now.scale * factor)), [change]);
  const reset = useCallback(() => setZoom(fitted), []);
  const move = useCallback((x: number, y: number) => change((now) => ({ ...now, x: now.x + x, y: now.y + y })), [change]);
  const fingers = useRef(new Map<number, { x: number; y: number }>());

  useEffect(() => {
    const room = box.current;
    if (room === null) return undefined;
    const stop = new AbortController();
    const options = { signal: stop.signal };
    const from = (event: { clientX: number; clientY: number }) => {
      const around = room.getBoundingClientRect();
      return { x: event.clientX - around.left - around.width / 2, y: event.clientY - around.top - around.height / 2 };
    };
    const down = fingers.current;
    room.addEventListener('wheel', (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 0 ? 1 : 20;
      change((now) => zoomedTo(now, now.scale * Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002)), from(event)));
    }, { ...options, passive: false });
    // A double press: as large as its own size, or twice what fits where that is no larger; and back.
    room.addEventListener('dblclick', (event) => {
      const image = picture.current;
      const own = image === null ? 1 : image.naturalWidth / Math.max(1, image.offsetWidth);
      change((now) => (now.scale > 1 ? fitted : zoomedTo(now, own > 1.2 ? own : 2, from(event))));
    }, options);
    room.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || (event.target as Element).closest('button') !== null) return;
      down.set(event.pointerId, from(event));
      room.setPointerCapture(event.pointerId);
    }, options);
    room.addEventListener('pointermove', (event) => {
      const before = down.get(event.pointerId);
      if (before === undefined) return;
      const now = from(event);
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      down.set(event.pointerId, now);
      if (other === undefined) return change((zoomed) => ({ ...zoomed, x: zoomed.x + now.x - before.x, y: zoomed.y + now.y - before.y }));
      const spread = (one: { x: number; y: number }) => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
      change((zoomed) => zoomedTo(zoomed, (zoomed.scale * spread(now)) / spread(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }));
    }, options);
    for (const kind of ['pointerup', 'pointercancel'] as const) room.addEventListener(kind, (event) => void down.delete(event.pointerId), options);
    return () => stop.abort();
  }, [change]);
  return { box, picture, zoom, larger: useCallback(() => by(step), [by]), smaller: useCallback(() => by(1 / step), [by]), reset, move };
}

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Article } from '../../shared/article.ts';
import type { Body } from './body.ts';
import { layPages, travelled, turnNow } from './flow.ts';
import type { FrameParts } from './frame-document.ts';
import { findPlace, placeAt, type Spot } from './place.ts';
import { progressNow, scrollToSpot, spotNow } from './position.ts';
import { keepFinished, placeKeeper } from './keep-place.ts';

/**
 * What the page tells its surroundings while it is read. `hidden`: the toolbar is out of the way; `turn` of `turns`, with
 * `columns` beside each other, where the text is turned in pages.
 */
export type Reading = { block: number; percent: number; hidden: boolean; turn: number; turns: number; columns: number };

const unturned = { turn: 0, turns: 0, columns: 1 };

/** How long after opening the page still follows its own late changes (fonts, sections laid out), in milliseconds. */
const settling = 1_500;

/**
 * Follows the reader through the article: restores the kept place before the first paint, holds it when the window or
 * the text's size changes, keeps it, and marks the article as read at its end. `begin` goes before the kept place.
 */
export function useReading(
  parts: FrameParts, body: Body | null, article: Article, look: string, begin: Spot | null,
): Reading & { jump: (spot: Spot) => Spot; show: () => void } {
  const [reading, setReading] = useState<Reading>({ block: 0, percent: 0, hidden: false, ...unturned });
  const anchor = useRef<Spot>({ block: 0, offset: 0 });
  const quietUntil = useRef(0);
  const touched = useRef(false);

  const hold = useCallback(() => {
    if (body === null) return;
    quietUntil.current = performance.now() + 250;
    layPages(parts);
    scrollToSpot(parts, body, anchor.current);
  }, [parts, body]);

  // The kept place, in the same frame as the text.
  const opened = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (body === null) return;
    if (opened.current !== body.id) {
      opened.current = body.id;
      touched.current = false;
      anchor.current = begin ?? (article.place === null ? null : findPlace(article.place, body.texts)) ?? { block: 0, offset: 0 };
      setReading({ block: anchor.current.block, percent: Math.round(article.progress * 100), hidden: false, ...unturned });
    }
    hold();
    // Only a new text moves the page: the place that the library tells back is the one just sent to it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [body, hold]);

  useLayoutEffect(hold, [hold, look]);
  // Another search in the article that is open already.
  useLayoutEffect(() => {
    if (begin === null) return;
    anchor.current = begin;
    hold();
  }, [begin, hold]);

  useEffect(() => {
    if (body === null) return undefined;
    const { view, doc } = parts;
    const keeper = placeKeeper(body.id);
    const stop = new AbortController();
    const options = { signal: stop.signal, passive: true };
    let [last, frame] = [travelled(parts), 0];
    const look = () => {
      frame = 0;
      const y = travelled(parts);
      const progress = progressNow(parts);
      const percent = Math.round(progress * 100);
      const pages = turnNow(parts) ?? unturned;
      if (performance.now() >= quietUntil.current) {
        anchor.current = spotNow(parts, body);
        if (touched.current) {
          keeper.keep(placeAt(anchor.current, body.texts, progress));
          // A list is not read to its end by being seen whole.
          if (percent === 100 && article.links === null) keepFinished(article);
        }
      }
      const { block } = anchor.current;
      const turned = Math.abs(y - last) > 6;
      setReading((now) => {
        const hidden = y < 80 || percent === 100 ? false : turned ? y > last && touched.current : now.hidden;
        const same = now.block === block && now.percent === percent && now.hidden === hidden && now.turn === pages.turn && now.turns === pages.turns && now.columns === pages.columns;
        return same ? now : { block, percent, hidden, ...pages };
      });
      if (turned) last = y;
    };
    const scrolled = () => {
      if (frame === 0) frame = view.requestAnimationFrame(look);
    };
    const touch = () => {
      touched.current = true;
      quietUntil.current = 0;
    };
    view.addEventListener('scroll', scrolled, options);
    for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown']) doc.addEventListener(kind, touch, options);
    window.addEventListener('keydown', touch, options);
    view.addEventListener('resize', hold, options);
    window.addEventListener('pagehide', keeper.flush, options);
    const late = new ResizeObserver(() => {
      if (!touched.current && performance.now() < since + settling) hold();
      else layPages(parts);
      scrolled();
    });
    const since = performance.now();
    late.observe(parts.body);
    late.observe(parts.end);
    void doc.fonts.ready.then(() => (touched.current || stop.signal.aborted ? undefined : hold()));
    look();
    return () => {
      stop.abort();
      late.disconnect();
      view.cancelAnimationFrame(frame);
      keeper.flush();
    };
    // oxlint-disable-next-line react/exhaustive-deps
  }, [parts, body, hold, look]);

  const jump = useCallback((spot: Spot) => {
    const before = body === null ? { block: 0, offset: 0 } : spotNow(parts, body);
    // A leap to the end is not reading to the end: nothing is kept until the reader goes on from there.
    touched.current = false;
    anchor.current = spot;
    quietUntil.current = performance.now() + 250;
    if (body !== null) scrollToSpot(parts, body, spot);
    return before;
  }, [parts, body]);
  const show = useCallback(() => setReading((now) => (now.hidden ? { ...now, hidden: false } : now)), []);
  return { ...reading, jump, show };
}

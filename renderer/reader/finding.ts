import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { endFind, useView } from '../view.ts';
import type { Body } from './body.ts';
import { offerFinding } from './finding-current.ts';
import { bestFind, findsIn, paintFinds, paintNow, rangesOf, soughtIn, type Find } from './finds.ts';
import { isPaged, travelled, travelTo } from './flow.ts';
import type { FrameParts } from './frame-document.ts';
import type { Spot } from './place.ts';
import { bringIntoView, leadOf, scrollToSpot, spotNow } from './position.ts';
import { foldedBody, typedFinds } from './typed-finds.ts';

/** What is found in the shown article, and what the bar does with it. `typed` is null where a search has led here. */
export type Finding = {
  typed: string | null;
  finds: readonly Find[];
  at: number;
  /** What is typed has been looked for. */
  done: boolean;
  /** Counts the times the bar was asked for: its field takes the focus then. */
  asked: number;
  type(typed: string): void;
  step(by: number): void;
  /** Ends it; `back` goes back to where it began, unless the reader has gone on from there. */
  end(back: boolean): void;
};

const none: readonly Find[] = [];

/**
 * The places in a shown article that a search has led to or that the reader finds by typing, marked, and the way from one
 * to the next, round and round. `begin` is where a search leads; `onStay` hears where finding began when it ends elsewhere.
 */
export function useFinding(parts: FrameParts, body: Body | null, onStay: (from: Spot) => void): Finding & { begin: Spot | null } {
  const query = useView((view) => view.find);
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const [answer, setAnswer] = useState<{ body: Body; typed: string; finds: Find[]; first: number } | null>(null);
  const origin = useRef<{ spot: Spot; lead: number; focus: HTMLElement | null } | null>(null);
  const moved = useRef(false);

  const sought = useMemo(() => (query === null ? [] : soughtIn(query)), [query]);
  const searched = useMemo(() => (body === null ? none : findsIn(body.texts, sought)), [sought, body]);
  const best = useMemo(() => (body === null ? 0 : bestFind(searched, body.texts, sought)), [searched, body, sought]);
  const open = typed !== null;
  const folded = useMemo(() => (open && body !== null ? foldedBody(body) : null), [open, body]);
  const fresh = answer !== null && answer.body === body && typed !== null && typed !== '' ? answer : null;
  const finds = typed === null ? searched : (fresh?.finds ?? none);
  const [shown, setShown] = useState<{ finds: readonly Find[]; at: number }>({ finds, at: 0 });
  const at = shown.finds === finds ? shown.at : typed === null ? best : (fresh?.first ?? 0);

  const reveal = useCallback((find: Find | undefined) => {
    if (body === null || find === undefined) return;
    moved.current = false;
    bringIntoView(parts, body, find);
    // What came into view may have changed where it is.
    parts.view.requestAnimationFrame(() => bringIntoView(parts, body, find));
  }, [parts, body]);

  useEffect(() => {
    if (typed === null || folded === null || body === null) return undefined;
    const stop = new AbortController();
    const find = async () => {
      const found = await typedFinds(folded, typed, stop.signal);
      if (found === null || stop.signal.aborted) return;
      const from = origin.current?.spot ?? { block: 0, offset: 0 };
      const ahead = found.findIndex(({ block, to, until }) => (until ?? block) > from.block || (block === from.block && to > from.offset));
      const first = Math.max(0, ahead);
      setAnswer({ body, typed, finds: found, first });
      reveal(found[first]);
    };
    void find();
    return () => stop.abort();
  }, [typed, folded, body, reveal]);

  const ranges = useMemo(() => rangesOf(parts, body, finds), [parts, body, finds]);
  useEffect(() => paintFinds(parts, ranges), [parts, ranges]);
  useEffect(() => paintNow(parts, ranges[at] ?? null), [parts, ranges, at]);
  useEffect(() => () => {
    paintFinds(parts, []);
    paintNow(parts, null);
  }, [parts]);

  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal, passive: true };
    const go = (event: Event) => {
      if (event.type !== 'keydown' || /^(?:Arrow|Page|Home|End| )/.test((event as KeyboardEvent).key)) moved.current = true;
    };
    for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown']) parts.doc.addEventListener(kind, go, options);
    return () => stop.abort();
  }, [parts]);

  const end = useCallback((back: boolean) => {
    const from = origin.current;
    origin.current = null;
    setTyped(null);
    setAnswer(null);
    endFind();
    if (from === null || body === null) return;
    if (!back) onStay(from.spot);
    else if (!moved.current) {
      scrollToSpot(parts, body, from.spot);
      // Not only the line, but where in the window it was.
      if (!isPaged(parts.doc)) travelTo(parts, travelled(parts) + leadOf(parts, body, from.spot) - from.lead);
    }
    if (from.focus?.isConnected === true && from.focus !== from.focus.ownerDocument.body) from.focus.focus({ preventScroll: true });
    else parts.view.focus();
  }, [parts, body, onStay]);

  useEffect(() => offerFinding({
    begin() {
      if (body === null) return;
      const inside = document.activeElement === parts.view.frameElement;
      const selected = (parts.doc.getSelection()?.toString() ?? '').trim();
      const [term, more] = sought;
      const spot = spotNow(parts, body);
      origin.current ??= { spot, lead: leadOf(parts, body, spot), focus: (inside ? parts.doc : document).activeElement as HTMLElement | null };
      setTyped((now) => (selected !== '' && selected.length <= 80 && !/\n/.test(selected) ? selected : (now ?? (more === undefined ? (term?.text ?? '') : ''))));
      setAsked((count) => count + 1);
    },
    leave() {
      if (typed === null) return false;
      end(true);
      return true;
    },
  }), [parts, body, sought, typed, end]);

  const begin = useMemo(() => {
    const first = searched[best];
    return first === undefined ? null : { block: first.block, offset: first.from };
  }, [searched, best]);
  const step = useCallback((by: number) => {
    if (finds.length === 0) return;
    const next = (at + by + finds.length) % finds.length;
    setShown({ finds, at: next });
    reveal(finds[next]);
  }, [finds, at, reveal]);
  return { typed, finds, at, done: fresh?.typed === typed, asked, type: setTyped, step, end, begin };
}

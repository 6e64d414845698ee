import { useEffect, useMemo, useRef, useState } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import { locate } from '../../shared/anchor.ts';
import type { Highlight, Located } from '../../shared/highlight.ts';
import { useAsk } from '../ask.ts';
import { sayFailure } from '../parts/toasts.ts';
import type { Body } from '../reader/body.ts';
import type { FrameParts } from '../reader/frame-document.ts';
import { rangeOf, readText, readTextCalmly, type FrameText } from './frame-text.ts';
import { paintHighlights } from './paint.ts';

/** A highlight as it is shown: `located` is where it is in the text on the screen, null for an orphan. */
export type Shown = Highlight & { range: Range | null; at: Located | null };

/** Nobody feels a wait shorter than this, in milliseconds. */
const slice = 6;

/** Lets others have their turn whenever a slice of time is used up. */
function pacer(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < slice) return;
    await new Promise<void>((done) => setTimeout(done));
    since = performance.now();
  };
}

/** An article's highlights found in the text on the screen and painted there, after the first paint and without being felt. */
export function useHighlights(parts: FrameParts, body: Body | null, id: ArticleId): { shown: Shown[] | null; textNow: () => FrameText | null } {
  const { value: highlights } = useAsk('highlights', { id });
  const [shown, setShown] = useState<Shown[] | null>(null);
  const text = useRef<{ body: Body; frame: FrameText } | null>(null);
  /** Where each anchor was found: a change of colour need not look again. */
  const places = useRef(new Map<string, Located | null>());

  const textNow = useMemo(() => () => {
    if (body === null) return null;
    if (text.current?.body !== body) {
      text.current = { body, frame: readText(body) };
      places.current.clear();
    }
    return text.current.frame;
  }, [body]);

  useEffect(() => {
    if (body === null || highlights === undefined) return undefined;
    const stop = new AbortController();
    const find = async (): Promise<void> => {
      const found: Shown[] = [];
      if (highlights.length > 0) {
        const pause = pacer();
        await new Promise<void>((done) => parts.view.requestAnimationFrame(() => setTimeout(done)));
        if (stop.signal.aborted) return;
        if (text.current?.body !== body) {
          const frame = await readTextCalmly(body, pause);
          text.current = { body, frame };
          places.current.clear();
        }
        const { frame } = text.current;
        for (const highlight of highlights) {
          const key = JSON.stringify(highlight.anchor);
          if (!places.current.has(key)) {
            await pause();
            places.current.set(key, locate(frame.text, highlight.anchor));
          }
          if (stop.signal.aborted) return;
          const at = places.current.get(key) ?? null;
          found.push({ ...highlight, at, range: at === null ? null : rangeOf(frame, at) });
        }
        found.sort((a, b) => Number(a.at === null) - Number(b.at === null) || (a.at?.start ?? 0) - (b.at?.start ?? 0));
      }
      paintHighlights(parts, found.flatMap(({ colour, range, at }) => (range === null || at === null ? [] : [{ colour, range, ...at }])));
      setShown(found);
    };
    find().catch((fault: unknown) => sayFailure({ kind: 'internal', detail: String(fault) }));
    return () => stop.abort();
  }, [parts, body, highlights]);
  return { shown: body === null ? null : shown, textNow };
}

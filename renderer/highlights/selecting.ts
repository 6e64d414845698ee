import { useEffect, useState } from 'react';
import type { FrameParts } from '../reader/frame-document.ts';

/** How long a selection must rest before what floats beside it comes, in milliseconds. */
const rest = 180;

/** What the reader has selected in the article, once it rests; null for nothing. A hidden or moved selection is told anew. */
export function useSelected({ doc, body }: FrameParts): Range | null {
  const [selected, setSelected] = useState<Range | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    let [timer, held] = [0, false];
    const look = () => {
      if (held) return;
      const selection = doc.getSelection();
      const range = selection === null || selection.rangeCount === 0 || selection.isCollapsed ? null : selection.getRangeAt(0);
      setSelected(range !== null && range.intersectsNode(body) && !/^\s*$/.test(range.toString()) ? range.cloneRange() : null);
    };
    doc.addEventListener('selectionchange', () => {
      window.clearTimeout(timer);
      if (doc.getSelection()?.isCollapsed !== false) setSelected(null);
      else timer = window.setTimeout(look, rest);
    }, options);
    doc.addEventListener('pointerdown', () => { held = true; }, options);
    for (const kind of ['pointerup', 'pointercancel'] as const) {
      doc.addEventListener(kind, () => {
        held = false;
        window.clearTimeout(timer);
        timer = window.setTimeout(look, 10);
      }, options);
    }
    return () => {
      stop.abort();
      window.clearTimeout(timer);
    };
  }, [doc, body]);
  return selected;
}

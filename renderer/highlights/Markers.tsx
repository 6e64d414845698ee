import { MessageSquareText } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { createPortal } from 'react-dom';
import { isPaged, isVertical } from '../reader/flow.ts';
import type { FrameParts } from '../reader/frame-document.ts';
import { useWords } from '../words.ts';
import type { Shown } from './use-highlights.ts';

/** How large a sign is, in CSS pixels. */
const size = 24;

/** Signs in the margin where there are notes. They lie over the page in a layer of their own: the text does not move, and nothing of it changes. */
export function Markers({ parts, shown, onOpen }: { parts: FrameParts; shown: readonly Shown[]; onOpen: (id: string) => void }) {
  const words = useWords().highlights;
  const layer = useRef<HTMLDivElement>(null);
  const noted = useMemo(() => shown.filter(({ note, range }) => note !== '' && range !== null), [shown]);
  const { doc, view, body } = parts;
  useLayoutEffect(() => {
    let frame = 0;
    const place = () => {
      frame = 0;
      const vertical = isVertical(doc);
      // Only what is laid out is measured: asking for the place of something far away would lay it out.
      const near = new Set([...body.children].filter((section) => {
        const box = section.getBoundingClientRect();
        return vertical ? box.right > -view.innerWidth && box.left < 2 * view.innerWidth : box.bottom > -view.innerHeight && box.top < 2 * view.innerHeight;
      }));
      // Turned page by page the text has several columns; a line's own is the one it lies in.
      const columns = [...body.getClientRects()];
      const paged = isPaged(doc);
      const rtl = body.dir === 'rtl';
      const spotBy = (line: DOMRect): { left: number; top: number } => {
        const own = columns.find((each) => (vertical ? each.top <= line.top + 1 && line.top <= each.bottom : each.left <= line.left + 1 && line.left <= each.right)) ?? columns[0] ?? line;
        if (vertical) return { left: line.left + line.width / 2 - size / 2, top: paged ? own.bottom + 2 : own.top - size - 2 };
        const side = rtl ? own.left - size - 4 : own.right + 4;
        return { left: paged ? side : Math.max(0, Math.min(doc.documentElement.clientWidth - size, side)), top: line.top };
      };
      let lowest = -Infinity;
      for (const [at, marker] of [...(layer.current?.children ?? [])].entries()) {
        const range = noted[at]?.range ?? null;
        const section = range?.startContainer.parentElement?.closest('#body > section') ?? null;
        const element = marker as HTMLElement;
        element.hidden = range === null || section === null || !near.has(section);
        if (element.hidden || range === null) continue;
        const { left, top } = spotBy(range.getClientRects()[0] ?? range.getBoundingClientRect());
        const down = paged || vertical ? top + view.scrollY : Math.max(lowest + size + 2, top + view.scrollY);
        lowest = down;
        element.style.top = `${down}px`;
        element.style.left = `${left + view.scrollX}px`;
      }
    };
    const soon = () => {
      if (frame === 0) frame = view.requestAnimationFrame(place);
    };
    place();
    const stop = new AbortController();
    const options = { signal: stop.signal, passive: true, capture: true };
    doc.addEventListener('contentvisibilityautostatechange', soon, options);
    view.addEventListener('scroll', soon, options);
    view.addEventListener('resize', soon, options);
    const observer = new ResizeObserver(soon);
    observer.observe(body);
    return () => {
      stop.abort();
      observer.disconnect();
      view.cancelAnimationFrame(frame);
    };
  }, [doc, view, body, noted]);
  if (noted.length === 0) return null;
  return createPortal(
    <div ref={layer} className="marks">
      {noted.map(({ id, note }) => (
        <button key={id} type="button" className="marker" title={note.slice(0, 300)} aria-label={words.noteAt(note.slice(0, 120))} onClick={() => onOpen(id)}>
          <MessageSquareText size={16} strokeWidth={1.5} aria-hidden />
        </button>
      ))}
    </div>,
    doc.body,
  );
}

import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { putBeside } from './beside.ts';
import type { FrameParts } from './frame-document.ts';

type Props = { parts: FrameParts; /** What the card is about: an element, or a stretch of text. */
  by: { getClientRects(): DOMRectList; focus?(options: FocusOptions): void }; label: string; onClose: () => void; children: ReactNode };

/** A small card on the article's page, at the thing it is about: closed by Escape, a press elsewhere, or going on. */
export function Card({ parts, by, label, onClose, children }: Props) {
  const card = useRef<HTMLElement>(null);
  const { doc } = parts;
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return;
    putBeside(parts, element, by, 'under');
    element.focus({ preventScroll: true });
  }, [by, parts]);
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal, capture: true };
    doc.addEventListener('pointerdown', (event) => {
      if (!(card.current?.contains(event.target as Node) ?? false)) onClose();
    }, options);
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
      by.focus?.({ preventScroll: true });
    };
    doc.addEventListener('keydown', escape, options);
    window.addEventListener('keydown', escape, options);
    return () => stop.abort();
  }, [by, doc, onClose]);
  return createPortal(<aside ref={card} className="card" role="dialog" aria-label={label} tabIndex={-1}>{children}</aside>, doc.body);
}

import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { isPaged } from './flow.ts';
import type { FrameParts } from './frame-document.ts';

type Props = { parts: FrameParts; /** What the card is about: an element, or a stretch of text. */
  by: { getBoundingClientRect(): DOMRect; focus?(options: FocusOptions): void }; label: string; onClose: () => void; children: ReactNode };

/** A small card on the article's page, at the thing it is about: closed by Escape, a press elsewhere, or going on. */
export function Card({ parts, by, label, onClose, children }: Props) {
  const card = useRef<HTMLElement>(null);
  const { doc, view } = parts;
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return;
    const at = by.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = element;
    const room = view.innerHeight - at.bottom;
    const top = room < height + 24 && at.top > height + 64 ? at.top - height - 8 : at.bottom + 8;
    const left = Math.max(16, Math.min(at.left + at.width / 2 - width / 2, doc.documentElement.clientWidth - width - 16));
    if (isPaged(doc)) {
      // A page is turned whole: the card keeps within it.
      element.style.position = 'fixed';
      element.style.top = `${Math.max(60, Math.min(top, view.innerHeight - height - 16))}px`;
      element.style.left = `${left}px`;
      element.focus({ preventScroll: true });
      return;
    }
    element.style.top = `${top + view.scrollY}px`;
    element.style.left = `${left + view.scrollX}px`;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [by, doc, view]);
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

import { useEffect, useRef } from 'react';
import type { FrameParts } from './frame-document.ts';
import styles from './Ruler.module.css';

/** A strip of clear text that follows the pointer, and the caret keys after it; all else lies in the shade. */
export function Ruler({ parts: { doc, view } }: { parts: FrameParts }) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let [frame, at] = [0, view.innerHeight * 0.38];
    const place = () => {
      frame = 0;
      strip.current?.style.setProperty('--at', `${at}px`);
    };
    const follow = ({ clientY }: PointerEvent) => {
      at = clientY;
      if (frame === 0) frame = view.requestAnimationFrame(place);
    };
    doc.addEventListener('pointermove', follow, { passive: true });
    place();
    return () => {
      doc.removeEventListener('pointermove', follow);
      view.cancelAnimationFrame(frame);
    };
  }, [doc, view]);
  // Two lines of the text, as it is set now.
  useEffect(() => {
    const style = view.getComputedStyle(doc.getElementById('page') ?? doc.body);
    strip.current?.style.setProperty('--two-lines', `${2 * (Number.parseFloat(style.lineHeight) || 30)}px`);
  });
  return <div className={styles['cover']} aria-hidden><div ref={strip} className={styles['strip']} /></div>;
}

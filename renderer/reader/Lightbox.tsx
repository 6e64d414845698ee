import { ChevronLeft, ChevronRight, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import styles from './Lightbox.module.css';
import { useZoom } from './zoom.ts';

type Props = { pictures: readonly HTMLImageElement[]; at: number; onAt: (at: number | null) => void };

/** How far an arrow key moves a picture that is larger than the window, in CSS pixels. */
const nudge = 80;

/**
 * A picture as large as the window, with its caption. It is made larger by wheel, double press, two fingers, + and -, and
 * moved by dragging and the arrows, which turn to the next picture where it fits.
 */
export function Lightbox({ pictures, at, onAt }: Props) {
  const { reader } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const { box: stage, picture, zoom, larger, smaller, reset, move } = useZoom();
  const image = pictures[at];
  useEffect(() => {
    const box = dialog.current;
    box?.showModal();
    return () => box?.close();
  }, []);
  if (image === undefined) return null;
  const caption = image.closest('figure')?.querySelector('figcaption')?.textContent?.trim() ?? '';
  const turn = (by: number) => {
    const next = at + by;
    if (next < 0 || next >= pictures.length) return;
    reset();
    onAt(next);
  };
  const large = zoom.scale > 1;
  const keys: Record<string, () => void> = {
    '+': larger, '=': larger, '-': smaller, 0: reset,
    ArrowRight: () => (large ? move(-nudge, 0) : turn(1)),
    ArrowLeft: () => (large ? move(nudge, 0) : turn(-1)),
    ArrowUp: () => move(0, nudge),
    ArrowDown: () => move(0, -nudge),
    PageDown: () => turn(1),
    PageUp: () => turn(-1),
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog} className={styles.box} aria-label={reader.picture} onClose={() => onAt(null)}
      onKeyDown={(event) => {
        event.stopPropagation();
        const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
        if (run === undefined) return;
        event.preventDefault();
        run();
      }}
    >
      <div ref={stage} className={styles.stage} data-large={large || undefined}>
        <img
          ref={picture} className={styles.image} src={image.getAttribute('src') ?? ''} alt={image.alt} draggable={false}
          data-line-art={image.classList.contains('line-art') || undefined}
          style={large ? { transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` } : undefined}
        />
      </div>
      {(caption !== '' || image.alt !== '') && <p className={styles.caption}><bdi>{caption === '' ? image.alt : caption}</bdi></p>}
      <div className={styles.tools}>
        <span className="visually-hidden" role="status">{large ? reader.zoomed(zoom.scale) : ''}</span>
        {pictures.length > 1 && (
          <>
            <IconButton icon={ChevronLeft} label={reader.previousPicture} aria-disabled={at === 0} onClick={() => turn(-1)} />
            <IconButton icon={ChevronRight} label={reader.nextPicture} aria-disabled={at === pictures.length - 1} onClick={() => turn(1)} />
          </>
        )}
        <IconButton icon={ZoomOut} label={reader.zoomOut} hint="-" aria-disabled={!large} onClick={smaller} />
        <IconButton icon={ZoomIn} label={reader.zoomIn} hint="+" onClick={larger} />
        <IconButton icon={X} label={reader.closePicture} hint="Esc" onClick={() => onAt(null)} />
      </div>
    </dialog>
  );
}

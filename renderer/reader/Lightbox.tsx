import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import styles from './Lightbox.module.css';

type Props = { pictures: readonly HTMLImageElement[]; at: number; onAt: (at: number | null) => void };

/** A picture as large as the window, with its caption; a press or Enter shows it in its own size, arrows turn to the next. */
export function Lightbox({ pictures, at, onAt }: Props) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [fullAt, setFullAt] = useState<number | null>(null);
  const full = fullAt === at;
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
    if (next >= 0 && next < pictures.length) onAt(next);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog} className={styles.box} aria-label={words.reader.picture} onClose={() => onAt(null)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') turn(1);
        if (event.key === 'ArrowLeft') turn(-1);
        event.stopPropagation();
      }}
    >
      <div className={styles.stage} data-full={full || undefined}>
        <button type="button" className={styles.zoom} aria-pressed={full} aria-label={words.reader.enlarge} onClick={() => setFullAt(full ? null : at)}>
          <img className={styles.image} src={image.getAttribute('src') ?? ''} alt={image.alt} data-line-art={image.classList.contains('line-art') || undefined} />
        </button>
      </div>
      {(caption !== '' || image.alt !== '') && <p className={styles.caption}><bdi>{caption === '' ? image.alt : caption}</bdi></p>}
      <div className={styles.tools}>
        {pictures.length > 1 && (
          <>
            <IconButton icon={ChevronLeft} label={words.reader.previousPicture} aria-disabled={at === 0} onClick={() => turn(-1)} />
            <IconButton icon={ChevronRight} label={words.reader.nextPicture} aria-disabled={at === pictures.length - 1} onClick={() => turn(1)} />
          </>
        )}
        <IconButton icon={X} label={words.reader.closePicture} onClick={() => onAt(null)} />
      </div>
    </dialog>
  );
}

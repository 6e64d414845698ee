import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words.ts';
import { IconButton } from './IconButton.tsx';
import { panelOpened } from './open-panels.ts';
import styles from './Panel.module.css';

type Props = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** 640 px; `wide` has room for a side column; `small` is for one question and stays small on narrow windows. */
  size?: 'panel' | 'wide' | 'small';
  /** False where the panel begins with its own field: then the title is only read out. */
  head?: boolean;
};

/**
 * A panel over the window: the platform's own modal dialog. Escape or a press beside it closes it, and the focus goes
 * back to where it was. The keyboard begins at the element marked `data-first`, else where the browser likes.
 */
export function Panel({ title, onClose, children, size = 'panel', head = true }: Props) {
  const words = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return undefined;
    const before = document.activeElement;
    if (!dialog.open) dialog.showModal();
    const closed = panelOpened(dialog);
    dialog.querySelector<HTMLElement>('[data-first]')?.focus();
    // The platform closes by itself on Escape; the view must be what decides, so it is only told.
    const cancel = (event: Event) => {
      event.preventDefault();
      close.current();
    };
    dialog.addEventListener('cancel', cancel);
    return () => {
      dialog.removeEventListener('cancel', cancel);
      closed();
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // A press on the backdrop is a press on the dialog itself; the keyboard has Escape.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      aria-label={title}
      className={styles['dialog']}
      data-size={size}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles['inside']}>
        {head ? (
          <header className={styles['head']}>
            <h2>{title}</h2>
            <IconButton icon={X} label={words.app.close} hint="Esc" onClick={onClose} />
          </header>
        ) : null}
        {children}
      </div>
    </dialog>
  );
}

import { useEffect, useRef, type ReactNode } from 'react';
import styles from './Dialog.module.css';

type Props = {
  /** Its name for screen readers. */
  label: string;
  onClose: () => void;
  /** `panel` (default) is 640 px, `palette` narrower and higher up, `wide` for two columns. */
  size?: 'panel' | 'palette' | 'wide';
  children: ReactNode;
};

/** A panel over the window: the platform's own modal dialog, closed by Escape or a press beside it. */
export function Dialog({ label, onClose, size = 'panel', children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return undefined;
    const before = document.activeElement;
    dialog.showModal();
    // The platform closes by itself on Escape; the view must be what decides, so it is only told.
    const cancel = (event: Event) => {
      event.preventDefault();
      close.current();
    };
    dialog.addEventListener('cancel', cancel);
    return () => {
      dialog.removeEventListener('cancel', cancel);
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // A press on the backdrop is a press on the dialog itself; the keyboard has Escape.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref} aria-label={label} className={styles.dialog} data-size={size}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles.inside}>{children}</div>
    </dialog>
  );
}

import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { joinSentences } from '../../shared/words/explain.ts';
import { useWords } from '../words.ts';
import { IconButton } from './IconButton.tsx';
import { useOpenPanels } from './open-panels.ts';
import { dismiss, takeBack, useToasts, type Toast } from './toasts.ts';
import { stopWork, useWork, type Work } from './work.ts';
import styles from './Toasts.module.css';

/** Long enough to read and reach: 5 s, 9 s with something to press. */
const shown = (toast: Toast): number => (toast.undo === null ? 5_000 : 9_000);

/** The notices at the window's foot, read out as they come; they wait while pointed at or focused. Over a panel they are part of it, so that Undo can be pressed. */
export function Toasts() {
  const words = useWords();
  const toasts = useToasts((state) => state.toasts);
  const works = useWork((state) => state.works);
  const panel = useOpenPanels(({ panels }) => panels.at(-1));
  const notices = (
    <section className={styles.toasts} aria-label={words.toast.label} aria-live="polite" aria-relevant="additions">
      {works.map((work) => <Going key={work.id} work={work} />)}
      {toasts.map((toast) => <One key={toast.id} toast={toast} />)}
    </section>
  );
  return panel === undefined ? notices : createPortal(notices, panel);
}

/** Something long that is going on: said once as it begins, its progress to be looked at, and a way to stop it. */
function Going({ work: { id, text, done, of, stopped } }: { work: Work }) {
  const words = useWords();
  const told = text(words, done, of);
  return (
    <div className={styles.toast}>
      <p className={styles.text}>{told}</p>
      <progress className={styles.progress} max={of} value={done} aria-label={told} />
      <button type="button" className={styles.undo} disabled={stopped} onClick={() => stopWork(id)}>{words.work.stop}</button>
    </div>
  );
}

function One({ toast }: { toast: Toast }) {
  const words = useWords();
  const [held, setHeld] = useState(false);
  const left = useRef(shown(toast));
  const [text, detail] = [toast.text(words), toast.detail?.(words) ?? ''];
  useEffect(() => {
    if (held || toast.tone === 'trouble') return undefined;
    const since = Date.now();
    const timer = setTimeout(() => dismiss(toast.id), left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(1_500, left.current - (Date.now() - since));
    };
  }, [held, toast]);
  return (
    <div
      className={styles.toast} data-tone={toast.tone} role={toast.tone === 'trouble' ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}
    >
      <p className={styles.text}>
        {text}
        {detail !== '' && <span className={styles.detail}>{joinSentences(text, detail).slice(text.length)}</span>}
      </p>
      {toast.undo !== null && (
        <button type="button" className={styles.undo} onClick={() => void takeBack(toast.undo ?? '')}>
          {words.toast.undo}
        </button>
      )}
      <IconButton icon={X} label={words.toast.dismiss} small onClick={() => dismiss(toast.id)} />
    </div>
  );
}

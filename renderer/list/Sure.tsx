import { useState } from 'react';
import styles from './ListHead.module.css';

/** The one act that cannot be undone asks once more, in place: the second press does it, leaving the button calls it off. */
export function Sure({ label, sure, onSure }: { label: string; sure: string; onSure: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button" className={styles.word} data-danger={asked} onBlur={() => setAsked(false)} onPointerLeave={() => setAsked(false)}
      onClick={() => {
        if (asked) onSure();
        setAsked(!asked);
      }}
    >
      <span aria-live="polite">{asked ? sure : label}</span>
    </button>
  );
}

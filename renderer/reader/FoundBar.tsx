import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect } from 'react';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import { mostFinds } from './finds.ts';
import type { FrameParts } from './frame-document.ts';
import styles from './FoundBar.module.css';

type Props = { parts: FrameParts; of: number; at: number; onStep: (by: number) => void; onClose: () => void };

/** Which of the places found is shown, and the way to the others: buttons, F3 and Ctrl+G, with Shift backwards. */
export function FoundBar({ parts, of, at, onStep, onClose }: Props) {
  const words = useWords();
  useEffect(() => {
    const stop = new AbortController();
    const press = (event: KeyboardEvent) => {
      const again = event.key === 'F3' || (event.key.toLowerCase() === 'g' && (event.ctrlKey || event.metaKey) && !event.altKey);
      if (!again || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      onStep(event.shiftKey ? -1 : 1);
    };
    for (const target of [window, parts.doc]) target.addEventListener('keydown', press as EventListener, { signal: stop.signal });
    return () => stop.abort();
  }, [parts, onStep]);
  const many = of >= mostFinds;
  return (
    <div className={styles.bar} role="group" aria-label={words.reader.found}>
      <span className={styles.count} aria-hidden>{words.reader.foundAt(at + 1, of, many)}</span>
      <span className="visually-hidden" role="status">{words.reader.foundSaid(at + 1, of, many)}</span>
      <IconButton icon={ChevronUp} label={words.reader.foundBefore} hint="⇧F3" onClick={() => onStep(-1)} />
      <IconButton icon={ChevronDown} label={words.reader.foundNext} hint="F3" onClick={() => onStep(1)} />
      <IconButton icon={X} label={words.reader.foundEnd} onClick={onClose} />
    </div>
  );
}

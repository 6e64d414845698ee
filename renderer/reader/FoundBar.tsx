import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import type { Finding } from './finding.ts';
import { mostFinds } from './finds.ts';
import type { FrameParts } from './frame-document.ts';
import styles from './FoundBar.module.css';

/**
 * Finding in the article, by typing or as a search has led there: which of the places is shown, and the way to the others
 * by buttons, Enter, F3 and Ctrl+G, with Shift backwards.
 */
export function FoundBar({ parts, finding }: { parts: FrameParts; finding: Finding }) {
  const { reader } = useWords();
  const { typed, finds, at, done, asked, step, end, type } = finding;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    const press = (event: KeyboardEvent) => {
      const again = event.key === 'F3' || (event.key.toLowerCase() === 'g' && (event.ctrlKey || event.metaKey) && !event.altKey);
      if (!again || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    };
    for (const target of [window, parts.doc]) target.addEventListener('keydown', press as EventListener, { signal: stop.signal });
    return () => stop.abort();
  }, [parts, step]);
  useEffect(() => {
    if (asked === 0) return;
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, [asked]);
  const [of, many] = [finds.length, finds.length >= mostFinds];
  const nothing = of === 0;
  const said = typed === null || (done && !nothing) ? reader.foundSaid(at + 1, of, many) : done ? reader.foundNone : '';
  return (
    // Keys pressed on the buttons mean the same as in the field.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={styles.bar} role="search" aria-label={typed === null ? reader.found : reader.find}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === 'Escape') end(true);
        else if (event.key === 'Enter' && event.target === field.current) step(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {typed !== null && (
        <input
          ref={field} className={styles.field} type="search" defaultValue={typed} key={asked} aria-label={reader.find} placeholder={reader.find}
          autoComplete="off" spellCheck={false}
          // Letters that an input method still puts together are not looked for.
          onChange={(event) => {
            if (!(event.nativeEvent as InputEvent).isComposing) type(event.target.value);
          }}
          onCompositionEnd={(event) => type(event.currentTarget.value)}
        />
      )}
      <span className={styles.count} data-none={(done && nothing) || undefined} aria-hidden>
        {typed === null || !nothing ? reader.foundAt(at + 1, of, many) : done ? reader.foundNone : ''}
      </span>
      <span className="visually-hidden" role="status">{said}</span>
      <IconButton icon={ChevronUp} label={reader.foundBefore} hint="⇧F3" aria-disabled={nothing} onClick={() => step(-1)} />
      <IconButton icon={ChevronDown} label={reader.foundNext} hint="F3" aria-disabled={nothing} onClick={() => step(1)} />
      <IconButton icon={X} label={typed === null ? reader.foundEnd : reader.findEnd} onClick={() => end(false)} />
    </div>
  );
}

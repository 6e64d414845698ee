import type { LucideIcon } from 'lucide-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import { IconButton } from '../parts/IconButton.tsx';
import floating from '../parts/floating.module.css';
import styles from './Popover.module.css';

type Props = { icon: LucideIcon; label: string; children: ReactNode; side?: 'start' | 'end'; name?: string; wide?: boolean; small?: boolean };

/** A button that opens a small panel under itself: the platform's popover, closed by Escape or a press elsewhere. */
export function Popover({ icon, label, children, side = 'end', name, wide = false, small = false }: Props) {
  const own = useId();
  const id = name ?? own;
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    // Escape closes the panel by itself; it must not go on to close the article as well.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      className={floating['anchor']}
      onKeyDown={(event) => {
        if (open && event.key === 'Escape') event.stopPropagation();
      }}
    >
      <IconButton icon={icon} small={small} label={label} aria-expanded={open} popoverTarget={id} />
      <div
        ref={panel} id={id} popover="auto" role="group" aria-label={label} className={styles.panel} data-side={side} data-wide={wide || undefined}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open && children}
      </div>
    </span>
  );
}

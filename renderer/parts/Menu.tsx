import { Ellipsis, type LucideIcon } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from './IconButton.tsx';
import floating from './floating.module.css';
import styles from './Menu.module.css';

/** One thing that can be chosen; items of different groups are set apart by a line. `keys` are the caps of its shortcut. */
export type MenuItem = { label: string; icon: LucideIcon; group: number; keys?: readonly string[] | undefined; run: () => void };

/** A button that opens a menu under itself: arrow keys, Home, End and first letters go through it, Escape closes it. */
export function Menu({ label, items, icon = Ellipsis, className }: { label: string; items: readonly MenuItem[]; icon?: LucideIcon; className?: string | undefined }) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const buttons = () => [...(panel.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  useLayoutEffect(() => {
    if (open) panel.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [open]);
  const move = (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key]
      ?? (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey ? nextOf(all, at, event.key) : -1);
    if (event.key === 'Tab') panel.current?.hidePopover();
    // The window's own keys stay out of it, or a letter would archive the article under the menu.
    event.stopPropagation();
    if (to < 0) return;
    event.preventDefault();
    all[to]?.focus();
  };
  return (
    <span className={[floating['anchor'], className ?? ''].join(' ')}>
      <IconButton icon={icon} label={label} aria-haspopup="menu" aria-expanded={open} popoverTarget={id} />
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its items take the focus */}
      <div
        ref={panel} id={id} popover="auto" role="menu" aria-label={label} className={styles['menu']} onKeyDown={move}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open && items.map(({ label: name, icon: Icon, group, keys, run }, at) => (
          <button
            key={name} type="button" role="menuitem" tabIndex={-1} className={styles['item']} data-apart={at > 0 && items[at - 1]?.group !== group ? '' : undefined}
            onClick={() => {
              panel.current?.hidePopover();
              run();
            }}
          >
            <Icon size={16} strokeWidth={1.5} aria-hidden />
            <span className={styles['name']}>{name}</span>
            {keys === undefined ? null : <kbd className={styles['keys']} aria-hidden>{keys.join(' ')}</kbd>}
          </button>
        ))}
      </div>
    </span>
  );
}

function nextOf(all: readonly HTMLElement[], at: number, key: string): number {
  const wanted = key.toLowerCase();
  const order = all.map((_, step) => (at + 1 + step) % all.length);
  return order.find((each) => all[each]?.textContent?.trim().toLowerCase().startsWith(wanted)) ?? -1;
}

import { Ban, Check, House, Merge, Pencil, Trash2, type LucideIcon } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { tagColours } from '../../shared/tag-colour.ts';
import { useAsk } from '../ask.ts';
import { colourStyle } from '../parts/tag-colours.ts';
import { useView } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './TagMenu.module.css';
import { colourTag, removeTag, toggleShelf } from './tag-acts.ts';

type At = { tag: string; x: number; y: number };

/** Pixels that stay free between the menu and the window's edge. */
const EDGE = 8;

/** The menu of a tag, at most one at a time: `open` is for a press or the menu key, `menu` belongs beside what opens it. */
export function useTagMenu(): { open: (tag: string, event: MouseEvent) => void; menu: ReactNode } {
  const [at, setAt] = useState<At | null>(null);
  const open = useCallback((tag: string, event: MouseEvent) => {
    event.preventDefault();
    // From the keyboard there is no pointer: then it opens under what has the focus.
    const box = event.currentTarget.getBoundingClientRect();
    const pointed = event.type === 'contextmenu' && (event.clientX !== 0 || event.clientY !== 0);
    setAt({ tag, x: pointed ? event.clientX : box.left, y: pointed ? event.clientY : box.bottom });
  }, []);
  return {
    open,
    menu: at === null ? null : <TagMenu key={at.tag} at={at} onClose={() => setAt(null)} />,
  };
}

/** What can be done with one tag. */
function TagMenu({ at, onClose }: { at: At; onClose: () => void }) {
  const words = useWords().tags;
  const { value: tags = [] } = useAsk('tags', {});
  const { value: home } = useAsk('home', {});
  const ref = useRef<HTMLDivElement>(null);
  const { tag } = at;
  const shown = home?.shelves.map((shelf) => shelf.tag) ?? [];
  const onHome = shown.includes(tag);
  const nested = tags.some(({ name }) => name.startsWith(`${tag}/`));
  const colour = tags.find(({ name }) => name === tag)?.colour ?? null;
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });

  useLayoutEffect(() => {
    const menu = ref.current;
    if (menu === null) return undefined;
    const before = document.activeElement;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(0, Math.min(at.x, window.innerWidth - width - EDGE))}px`;
    menu.style.top = `${Math.max(0, Math.min(at.y, window.innerHeight - height - EDGE))}px`;
    itemsIn(menu)[0]?.focus({ preventScroll: true });
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) close.current();
    };
    const away = () => close.current();
    document.addEventListener('pointerdown', elsewhere, true);
    document.addEventListener('scroll', elsewhere, true);
    window.addEventListener('blur', away);
    window.addEventListener('resize', away);
    return () => {
      document.removeEventListener('pointerdown', elsewhere, true);
      document.removeEventListener('scroll', elsewhere, true);
      window.removeEventListener('blur', away);
      window.removeEventListener('resize', away);
      if (menu.contains(document.activeElement) && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowRight') step(ref.current, 1);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowLeft') step(ref.current, -1);
    else if (event.key === 'Home') itemsIn(ref.current).at(0)?.focus();
    else if (event.key === 'End') itemsIn(ref.current).at(-1)?.focus();
    else return;
    event.preventDefault();
  };
  /** Closed first, so that the focus is back where it was before anything opens over it. */
  const item = (Icon: LucideIcon, label: string, run: () => void) => (
    <button type="button" role="menuitem" tabIndex={-1} className={styles['item']} onClick={() => { onClose(); run(); }}>
      <Icon size={16} strokeWidth={1.5} aria-hidden />{label}
    </button>
  );
  return (
    <div ref={ref} role="menu" tabIndex={-1} aria-label={words.menuOf(tag)} className={styles['menu']} onKeyDown={onKeyDown} onContextMenu={(event) => event.preventDefault()}>
      <p className={styles['name']} aria-hidden>{tag}</p>
      {item(Pencil, words.rename, () => useView.setState({ retagging: { tag, how: 'rename' } }))}
      {item(Merge, words.merge, () => useView.setState({ retagging: { tag, how: 'merge' } }))}
      {item(House, onHome ? words.shelfOff : words.shelfOn, () => void toggleShelf(tags, tag, shown))}
      {item(Trash2, nested ? words.removeNested : words.remove, () => void removeTag(tag))}
      <div role="group" aria-label={words.colour} className={styles['colours']}>
        {[null, ...tagColours].map((each) => (
          <button
            key={each ?? 'none'} type="button" role="menuitemradio" tabIndex={-1} aria-checked={colour === each} className={styles['colour']} style={colourStyle(each)}
            aria-label={each === null ? words.noColour : words.colours[each]} title={each === null ? words.noColour : words.colours[each]}
            onClick={() => { onClose(); void colourTag(tag, each); }}
          >
            {each === null ? <Ban size={16} strokeWidth={1.5} aria-hidden /> : colour === each && <Check size={16} strokeWidth={2} aria-hidden />}
          </button>
        ))}
      </div>
    </div>
  );
}

function itemsIn(menu: HTMLElement | null): HTMLElement[] {
  return menu === null ? [] : [...menu.querySelectorAll<HTMLElement>('button')];
}

function step(menu: HTMLElement | null, by: number): void {
  const items = itemsIn(menu);
  const at = items.findIndex((item) => item === document.activeElement);
  items[(at + by + items.length) % items.length]?.focus();
}

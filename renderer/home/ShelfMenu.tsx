import { ArrowDown, ArrowUp, SlidersHorizontal, X } from 'lucide-react';
import type { Shelf } from '../../shared/shelf.ts';
import { mostTitles } from '../../shared/limits.ts';
import type { Sort } from '../hash.ts';
import controls from '../parts/controls.module.css';
import { Popover } from '../reader/Popover.tsx';
import { useWords } from '../words.ts';
import { changeShelf, removeShelf } from './shelf-acts.ts';
import styles from './TagShelves.module.css';

const sizes = [3, 5, 8, 12, mostTitles];
/** Those a shelf has; the tag's page has more. */
const orders: readonly Sort[] = ['newest', 'unread', 'oldest', 'shortest', 'longest', 'manual'];

/** What a shelf shows, how much of it, and where it stands. */
export function ShelfMenu({ shelf, order, onStep }: { shelf: Shelf; order: readonly string[]; onStep: (by: number) => void }) {
  const words = useWords();
  const { tag, titles } = shelf;
  const at = order.indexOf(tag);
  return (
    <Popover icon={SlidersHorizontal} small label={words.home.shelfOptions(tag)}>
      <div className={styles.menu}>
        <label>
          {words.list.sort}
          <select
            className={controls['select']} value={shelf.order}
            onChange={(event) => void changeShelf(tag, { order: orders.find((each) => each === event.target.value) ?? 'newest' })}
          >
            {orders.map((each) => <option key={each} value={each}>{words.list.sorts[each]}</option>)}
          </select>
        </label>
        <label>
          {words.home.titles}
          <select className={controls['select']} value={titles} onChange={(event) => void changeShelf(tag, { titles: Number(event.target.value) })}>
            {[...new Set([...sizes, titles])].toSorted((a, b) => a - b).map((each) => <option key={each} value={each}>{each}</option>)}
          </select>
        </label>
        <div className={styles.moves}>
          <button type="button" className={controls['button']} aria-disabled={at <= 0} onClick={() => onStep(-1)}>
            <ArrowUp size={16} strokeWidth={1.5} aria-hidden />{words.home.up}
          </button>
          <button type="button" className={controls['button']} aria-disabled={at >= order.length - 1} onClick={() => onStep(1)}>
            <ArrowDown size={16} strokeWidth={1.5} aria-hidden />{words.home.down}
          </button>
        </div>
        <button type="button" className={controls['button']} onClick={() => void removeShelf(order, tag)}>
          <X size={16} strokeWidth={1.5} aria-hidden />{words.home.removeShelf}
        </button>
      </div>
    </Popover>
  );
}

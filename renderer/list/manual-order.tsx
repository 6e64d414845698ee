import { GripVertical } from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import type { Row } from '../../shared/article.ts';
import type { Where } from '../../shared/contract.ts';
import type { Sort } from '../hash.ts';
import { act } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import styles from './manual-order.module.css';
import type { Pages } from './pages.ts';
import { useSelection } from './selection.ts';

/** Told apart from links and files that are dragged, and from articles dragged onto a tag. */
const DRAGGED = 'application/x-lectern-order';

/** What a list whose order is the reader's own adds to its rows; null in any other order. */
export type ManualOrder = {
  /** Alt with an arrow moves the row, with Home or End to the top or the bottom; answers whether it was such a key. */
  onKeyDown(event: KeyboardEvent, index: number): boolean;
  /** The handle of one row. */
  grip(row: Row): ReactNode;
  /** For the box of the rows. */
  drop: { onDragOver(event: DragEvent<HTMLElement>): void; onDrop(event: DragEvent<HTMLElement>): void; onDragLeave(): void };
  /** The line where the row would come to stand. */
  line: ReactNode;
  /** The last move, for who cannot see it. */
  said: ReactNode;
};

/** Makes the rows of a tag's list movable. `reveal` brings a row into sight with the focus on it. */
export function useManualOrder(where: Where, sort: Sort, pages: Pages, rowHeight: number, reveal: (index: number) => void): ManualOrder | null {
  const words = useWords();
  const [line, setLine] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const moving = useRef<{ id: string; to: number } | null>(null);
  // The focus follows a row once the list has it in its new place.
  useEffect(() => {
    const { current } = moving;
    if (current === null || pages.row(current.to)?.id !== current.id) return;
    moving.current = null;
    reveal(current.to);
  });
  if (where.list !== 'tag' || sort !== 'manual') return null;
  const { tag } = where;
  const total = pages.total() ?? 0;

  /** The rows as they stand, whatever the order they were selected in; those far away keep theirs. */
  const inOrder = (ids: string[]) => ids.toSorted((a, b) => (pages.indexOf(a) ?? total) - (pages.indexOf(b) ?? total));
  /** Moves rows so that the first of them stands at `to`, counted without them. */
  const move = async (ids: string[], to: number): Promise<boolean> => {
    if (to <= 0) return act('arrange', { tag, ids, below: null }, null);
    // The row above, in the list without those being moved.
    let above = to - 1;
    for (let at = 0; at <= above; at++) {
      const row = pages.row(at);
      if (row !== undefined && ids.includes(row.id)) above += 1;
    }
    const below = pages.row(above) ?? (await pages.fetchRange(above, above))[0];
    return below === undefined ? false : act('arrange', { tag, ids, below: below.id }, null);
  };
  const step = async (id: string, to: number) => {
    if (!(await move([id], to))) return;
    setSaid(words.list.movedTo(to + 1, total));
    moving.current = { id, to };
  };
  const lineAt = (event: DragEvent<HTMLElement>): number => {
    const top = event.currentTarget.getBoundingClientRect().top;
    return Math.min(total, Math.max(0, Math.round((event.clientY - top) / rowHeight)));
  };
  const isOurs = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED);

  return {
    onKeyDown(event, index) {
      const steps: Record<string, number> = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: total - 1 };
      const to = steps[event.key];
      const row = pages.row(index);
      if (!event.altKey || to === undefined || row === undefined) return false;
      const at = Math.min(total - 1, Math.max(0, to));
      if (at === index) return true;
      void step(row.id, at);
      return true;
    },
    grip: (row) => (
      // The keyboard moves rows with Alt and the arrows.
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div
        role="gridcell" className={styles.grip} draggable title={words.list.dragRow}
        onClick={(event) => event.stopPropagation()}
        onDragStart={(event) => {
          event.stopPropagation();
          event.dataTransfer.effectAllowed = 'move';
          const { selected } = useSelection.getState();
          event.dataTransfer.setData(DRAGGED, JSON.stringify(selected.has(row.id) ? inOrder([...selected.keys()]) : [row.id]));
          const whole = event.currentTarget.closest('[role=row]');
          if (whole !== null) event.dataTransfer.setDragImage(whole, 0, 0);
        }}
        onDragEnd={() => setLine(null)}
      >
        <GripVertical size={16} strokeWidth={1.5} role="img" aria-label={words.list.dragRow} />
      </div>
    ),
    drop: {
      onDragOver(event) {
        if (!isOurs(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setLine(lineAt(event));
      },
      onDragLeave: () => setLine(null),
      onDrop(event) {
        if (!isOurs(event)) return;
        event.preventDefault();
        setLine(null);
        const ids = JSON.parse(event.dataTransfer.getData(DRAGGED)) as string[];
        // The line counts the rows being moved as well: those above it are about to leave.
        const target = lineAt(event);
        const leaving = ids.filter((id) => (pages.indexOf(id) ?? total) < target).length;
        void move(ids, target - leaving);
      },
    },
    line: line === null ? null : <span className={styles.line} style={{ transform: `translateY(${line * rowHeight}px)` } satisfies CSSProperties} aria-hidden />,
    said: <p className="visually-hidden" role="status">{said}</p>,
  };
}

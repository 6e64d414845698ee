import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import type { Shelf as ShelfFacts } from '../../shared/shelf.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import { Shelf } from './Shelf.tsx';
import { ShelfMenu } from './ShelfMenu.tsx';
import { changeShelf, keepShelves } from './shelf-acts.ts';
import { droppedAt, moved } from './shelf-order.ts';
import styles from './TagShelves.module.css';

type Over = { tag: string; side: 'before' | 'behind' };

/** The shelves of tags: folded and put in order by hand or by keyboard, each with what it shows chosen in its menu. */
export function TagShelves({ shelves }: { shelves: ShelfFacts[] }) {
  const words = useWords();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const [said, setSaid] = useState('');
  const order = shelves.map((shelf) => shelf.tag);
  const put = (tag: string, next: string[]) => {
    if (next.join('\n') === order.join('\n')) return;
    void keepShelves(next).then(() => setSaid(words.home.shelfMoved(tag, next.indexOf(tag) + 1, next.length)));
  };
  const sideOf = (event: DragEvent<HTMLElement>): Over['side'] => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2 ? 'before' : 'behind';
  };
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  return (
    <>
      {shelves.map((shelf, at) => {
        const { tag, folded } = shelf;
        const step = (by: number) => put(tag, moved(order, at, by));
        return (
          // What the hand does here the shelf's menu and its keys do too.
          // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
          <div
            key={tag} className={styles.place} data-dragged={dragged === tag}
            data-over={dragged !== null && dragged !== tag && over?.tag === tag ? over.side : undefined}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              event.dataTransfer.dropEffect = 'move';
              const side = sideOf(event);
              if (over?.tag !== tag || over.side !== side) setOver({ tag, side });
            }}
            onDrop={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              put(dragged, droppedAt(order, dragged, tag, sideOf(event)));
              end();
            }}
          >
            <Shelf
              title={tag} where={{ list: 'tag', tag }} rows={shelf.rows} count={shelf.count} folded={folded}
              before={
                // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
                <span
                  className={styles.grip} draggable title={words.home.dragShelf}
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = 'move';
                    event.dataTransfer.setData('application/x-lectern-shelf', tag);
                    const section = event.currentTarget.closest('section');
                    if (section !== null) event.dataTransfer.setDragImage(section, 0, 0);
                    setDragged(tag);
                  }}
                  onDragEnd={end}
                >
                  <IconButton
                    icon={folded ? ChevronRight : ChevronDown} small label={folded ? words.home.unfoldShelf(tag) : words.home.foldShelf(tag)}
                    aria-expanded={!folded} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                    onClick={() => void changeShelf(tag, { folded: !folded })}
                    onKeyDown={(event) => {
                      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                      event.preventDefault();
                      event.stopPropagation();
                      step(event.key === 'ArrowUp' ? -1 : 1);
                    }}
                  />
                </span>
              }
              behind={<ShelfMenu shelf={shelf} order={order} onStep={step} />}
            />
          </div>
        );
      })}
      <p className="visually-hidden" role="status">{said}</p>
    </>
  );
}

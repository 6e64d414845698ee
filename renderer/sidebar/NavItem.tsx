import type { LucideIcon } from 'lucide-react';
import { useState, type CSSProperties, type DragEvent, type MouseEvent } from 'react';
import { countText } from '../../shared/words/numbers.ts';
import { placePath, type Place } from '../hash.ts';
import type { Subject } from '../acts.ts';
import { useDrag } from '../list/drag.ts';
import { clearSelection } from '../list/selection.ts';
import { go, useView } from '../view.ts';
import { useLanguage, useWords } from '../words.ts';
import { dropOn } from './drop.ts';
import styles from './NavItem.module.css';

type Props = {
  where: Place;
  icon?: LucideIcon;
  label: string;
  count?: number | undefined;
  /** There are more than could be counted. */
  more?: boolean;
  /** What the count is of, where it is nothing good. */
  trouble?: string | undefined;
  /** 0 to 1, drawn as a hairline under the name. */
  progress?: number | undefined;
  /** A style that sets `--tag`, for the dot of a coloured tag. */
  colour?: CSSProperties | undefined;
  /** Opens its menu, if it has one: by the pointer's other button or the menu key. */
  onMenu?: (event: MouseEvent) => void;
  /** Where it stands in its list, where not all of that is drawn. */
  'aria-posinset'?: number;
  'aria-setsize'?: number;
};

/** One place in the sidebar: a link, so that it can be read out, focused and come back to. */
export function NavItem({ where, icon: Icon, label, count, more = false, trouble, progress, colour, onMenu, ...seat }: Props) {
  const words = useWords();
  const language = useLanguage();
  const { over, drop } = useDrop(where);
  // What could not be saved is a list of the queue's.
  const here = useView((view) => placePath(view.where.list === 'failed' ? { list: 'queue' } : view.where)) === placePath(where);
  return (
    <li {...seat}>
      <a
        className={styles.item} href={`#/${placePath(where)}`} aria-current={here ? 'page' : undefined} draggable={false}
        title={label} onContextMenu={onMenu} data-over={over || undefined}
        {...drop}
        onClick={(event) => {
          event.preventDefault();
          go(where);
        }}
      >
        {Icon === undefined ? <span className={styles.dot} style={colour} aria-hidden /> : <Icon size={16} strokeWidth={1.5} aria-hidden />}
        <span className={styles.label}>{label}</span>
        {count !== undefined && count > 0 && (
          <span className={styles.count} data-trouble={trouble !== undefined || undefined}>
            <span aria-hidden>{countText(count, language)}{more && '+'}</span>
            <span className="visually-hidden">{trouble ?? words.list.articles(count)}</span>
          </span>
        )}
        {progress !== undefined && (
          <span className={styles.progress} style={{ '--done': progress } as CSSProperties} aria-hidden />
        )}
      </a>
    </li>
  );
}

/** Lets a place take the articles dragged over it: a tag, the favourites, the archive, the trash, the inbox. */
function useDrop(where: Place): { over: boolean; drop: object } {
  const dragged = useDrag((state) => state.dragged);
  const [over, setOver] = useState(false);
  const take = dragged === null ? null : dropOn(where);
  if (dragged === null || take === null) return { over: false, drop: {} };
  const enter = (event: DragEvent) => {
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    setOver(true);
  };
  return {
    over,
    drop: {
      onDragEnter: enter,
      onDragOver: enter,
      onDragLeave: (event: DragEvent) => {
        // From one part of the place to another it is not left.
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        void give(take, dragged);
      },
    },
  };
}

async function give(take: NonNullable<ReturnType<typeof dropOn>>, rows: readonly Subject[]): Promise<void> {
  if (await take(rows)) clearSelection();
}

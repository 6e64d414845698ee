import { memo, useLayoutEffect, useRef, useState, type DragEvent, type MouseEvent, type ReactNode } from 'react';
import type { Row } from '../../shared/article.ts';
import { prefetch } from '../ask.ts';
import type { Sort } from '../hash.ts';
import { bareAddress } from '../parts/bare-address.ts';
import { useWords } from '../words.ts';
import styles from './ListRow.module.css';
import { RowFacts } from './RowFacts.tsx';
import { RowState } from './RowState.tsx';
import { toggleSelected } from './selection.ts';
import { Thumb } from './Thumb.tsx';

type Props = {
  row: Row;
  index: number;
  /** From the top of what it stands in, in pixels. */
  top: number;
  sort: Sort;
  compact: boolean;
  thumbs: boolean;
  /** The one row that Tab comes to. */
  tabbable: boolean;
  open: boolean;
  cursor: boolean;
  selected: boolean;
  /** Some row is selected: the checks of all are shown. */
  selecting: boolean;
  onClick: (event: MouseEvent, row: Row, index: number) => void;
  onDrag: (event: DragEvent, row: Row) => void;
  /** The handle by which it is moved, where the order is the reader's own. */
  grip?: ReactNode;
};

const at = (top: number) => ({ transform: `translateY(${top}px)` });

/** One article in a list, always of the same height. Drawn again only when something of its own has changed. */
export const ListRow = memo(function ListRow({ row, index, top, sort, compact, thumbs, tabbable, open, cursor, selected, selecting, onClick, onDrag, grip }: Props) {
  const words = useWords();
  const title = useRef<HTMLSpanElement>(null);
  const [short, setShort] = useState(true);
  // A title of one line leaves its second line to the excerpt; a pane made wider may make it one.
  useLayoutEffect(() => {
    const element = title.current;
    if (element === null || compact) return undefined;
    const measure = () => setShort(element.offsetHeight < 1.5 * Number.parseFloat(getComputedStyle(element).lineHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [compact]);
  const read = row.finishedAt !== null;
  const address = bareAddress(row);
  const name = address ?? (row.title === '' ? words.app.untitled : row.title);
  const bookmark = row.stage.state === 'bookmark';
  const ready = row.stage.state === 'ready';
  // Of a bookmark, what the reader wrote says more than what the page says of itself.
  const excerpt = bookmark ? (row.note ?? (row.excerpt === '' ? (row.url ?? '') : row.excerpt)) : row.excerpt;
  const thumb = thumbs && row.leadPicture !== null;
  const told = ready || bookmark;
  return (
    // The grid hears the keys for all of its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row" aria-rowindex={index + 1} aria-selected={selected} aria-current={open ? 'true' : undefined}
      tabIndex={tabbable ? 0 : -1} style={at(top)} className={styles.row} draggable
      data-open={open} data-cursor={cursor} data-selected={selected} data-selecting={selecting} data-read={read} data-bookmark={bookmark || undefined}
      data-compact={compact || undefined} data-thumb={thumb || undefined}
      // Between the press and the click there is time to ask.
      onPointerDown={() => { if (ready) prefetch('article', { id: row.id }); }}
      onClick={(event) => onClick(event, row, index)} onDragStart={(event) => onDrag(event, row)} onMouseDown={(event) => { if (event.shiftKey) event.preventDefault(); }}
    >
      {grip}
      <div role="gridcell" className={styles.text} data-coming={!told || undefined} lang={row.lang ?? undefined} dir={row.dir}>
        <span ref={title} className={styles.title} data-address={address !== null || undefined}>{name}</span>
        {!compact && told && <span className={styles.excerpt} data-lines={short ? 3 : 2}>{excerpt}</span>}
        {!told && <RowState row={row} lines={compact ? 1 : short ? 3 : 2} />}
      </div>
      {(told || !compact) && <RowFacts row={row} sort={sort} />}
      {thumb && row.leadPicture !== null && <Thumb key={row.leadPicture} file={row.leadPicture} made={row.thumb} />}
      <div role="gridcell" className={styles.check}>
        <input
          type="checkbox" checked={selected} tabIndex={-1} aria-label={words.list.select(name)}
          onChange={() => toggleSelected(row)} onClick={(event) => event.stopPropagation()}
        />
      </div>
    </div>
  );
});

/** The place of a row that has not come yet: the same height, nothing that moves. */
export function Blank({ index, top }: { index: number; top: number }) {
  return (
    <div role="row" aria-rowindex={index + 1} aria-busy className={styles.blank} style={at(top)}>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- there is nothing to name yet */}
      <div role="gridcell"><span /><span /><span /></div>
    </div>
  );
}

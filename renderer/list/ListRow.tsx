import { Bookmark, Check, Star, StickyNote } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type CSSProperties, type MouseEvent, type ReactNode } from 'react';
import type { Row } from '../../shared/article.ts';
import { ProgressRing } from '../parts/ProgressRing.tsx';
import { TagNames } from '../parts/TagNames.tsx';
import { SiteIcon } from '../parts/SiteIcon.tsx';
import { useDates, useWords } from '../words.ts';
import styles from './ListRow.module.css';
import { RowState } from './RowState.tsx';

type Props = {
  row: Row;
  index: number;
  style: CSSProperties;
  /** The one row that Tab comes to. */
  tabbable: boolean;
  open: boolean;
  cursor: boolean;
  selected: boolean;
  /** Some row is selected: the checks of all are shown. */
  selecting: boolean;
  onClick: (event: MouseEvent) => void;
  onToggle: () => void;
  /** The handle by which it is moved, where the order is the reader's own. */
  grip?: ReactNode;
};

/** One article in a list, always of the same height. */
export function ListRow({ row, index, style, tabbable, open, cursor, selected, selecting, onClick, onToggle, grip }: Props) {
  const words = useWords();
  const dates = useDates();
  const title = useRef<HTMLSpanElement>(null);
  const [short, setShort] = useState(true);
  // A title of one line leaves its second line to the excerpt; a pane made wider may make it one.
  useLayoutEffect(() => {
    const element = title.current;
    if (element === null) return undefined;
    const measure = () => setShort(element.offsetHeight < 1.5 * Number.parseFloat(getComputedStyle(element).lineHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const read = row.finishedAt !== null;
  const name = row.title === '' ? words.app.untitled : row.title;
  const bookmark = row.stage.state === 'bookmark';
  const ready = row.stage.state === 'ready';
  // Of a bookmark, what the reader wrote says more than what the page says of itself.
  const excerpt = bookmark ? (row.note ?? (row.excerpt === '' ? (row.url ?? '') : row.excerpt)) : row.excerpt;
  const site = row.site ?? row.host;
  const percent = Math.round(row.progress * 100);
  return (
    // The grid hears the keys for all of its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row" aria-rowindex={index + 1} aria-selected={selected} aria-current={open ? 'true' : undefined}
      tabIndex={tabbable ? 0 : -1} style={style} className={styles.row}
      data-open={open} data-cursor={cursor} data-selected={selected} data-selecting={selecting} data-read={read} data-bookmark={bookmark || undefined}
      onClick={onClick} onMouseDown={(event) => { if (event.shiftKey) event.preventDefault(); }}
    >
      {grip}
      <div role="gridcell" className={styles.text} lang={row.lang ?? undefined} dir={row.dir}>
        <span ref={title} className={styles.title}>{name}</span>
        {ready || bookmark ? (
          <span className={styles.excerpt} data-lines={short ? 3 : 2}>{excerpt}</span>
        ) : (
          <RowState row={row} lines={short ? 3 : 2} />
        )}
      </div>
      <div role="gridcell" className={styles.meta}>
        {row.progress > 0 && !read && <ProgressRing progress={row.progress} label={words.list.progress(percent)} />}
        {read && <Check size={16} strokeWidth={1.5} role="img" aria-label={words.list.read} />}
        {bookmark && <Bookmark className={styles.sign} size={16} strokeWidth={1.5} role="img" aria-label={words.bookmarks.one} />}
        <SiteIcon file={row.icon} />
        {site !== null && <span className={styles.site} title={row.host ?? site}>{site}</span>}
        <span className={styles.fact}>
          <time dateTime={row.addedAt} title={dates.day(row.addedAt)}>{dates.ago(row.addedAt)}</time>
        </span>
        {ready && <span className={styles.fact}>{row.links === null ? words.list.minutes(row.minutes) : words.list.listPage(row.links)}</span>}
        {row.note !== null && <StickyNote className={styles.sign} size={16} strokeWidth={1.5} role="img" aria-label={words.note.has} />}
        {row.favourite && <Star className={styles.star} size={16} strokeWidth={1.5} role="img" aria-label={words.sidebar.favourites} />}
        {row.tags.length > 0 && <span className={styles.tags}><TagNames tags={row.tags} /></span>}
      </div>
      <div role="gridcell" className={styles.check}>
        <input
          type="checkbox" checked={selected} tabIndex={-1} aria-label={words.list.select(name)}
          onChange={onToggle} onClick={(event) => event.stopPropagation()}
        />
      </div>
    </div>
  );
}

/** The place of a row that has not come yet: the same height, nothing that moves. */
export function Blank({ index, style }: { index: number; style: CSSProperties }) {
  return (
    <div role="row" aria-rowindex={index + 1} aria-busy className={styles.blank} style={style}>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- there is nothing to name yet */}
      <div role="gridcell"><span /><span /><span /></div>
    </div>
  );
}

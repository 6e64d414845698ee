import { Bookmark, Check, Star, StickyNote } from 'lucide-react';
import type { Row } from '../../shared/article.ts';
import type { Sort } from '../hash.ts';
import { bareAddress } from '../parts/bare-address.ts';
import { ProgressRing } from '../parts/ProgressRing.tsx';
import { SiteIcon } from '../parts/SiteIcon.tsx';
import { TagNames } from '../parts/TagNames.tsx';
import { useDates, useWords } from '../words.ts';
import styles from './RowFacts.module.css';

/** The last line of a row: site, time, length and signs. What has no room left is left out whole, never cut. */
export function RowFacts({ row, sort }: { row: Row; sort: Sort }) {
  const words = useWords();
  const dates = useDates();
  const read = row.finishedAt !== null;
  const bookmark = row.stage.state === 'bookmark';
  const ready = row.stage.state === 'ready';
  // An address in place of the title names its site itself.
  const site = bareAddress(row) === null ? (row.site ?? row.host) : null;
  const time = timeFor(row, sort);
  return (
    <div role="gridcell" className={styles.meta}>
      {row.progress > 0 && !read && <ProgressRing progress={row.progress} label={words.list.progress(Math.round(row.progress * 100))} />}
      {read && <Check size={16} strokeWidth={1.5} role="img" aria-label={words.list.read} />}
      {bookmark && <Bookmark className={styles.sign} size={16} strokeWidth={1.5} role="img" aria-label={words.bookmarks.one} />}
      <SiteIcon file={row.icon} />
      {site !== null && <span className={styles.site} title={row.host ?? site}>{site}</span>}
      {row.trashedAt === null ? (
        <span className={styles.fact}><time dateTime={time} title={dates.day(time)}>{dates.ago(time)}</time></span>
      ) : (
        <span className={styles.fact}>
          <time dateTime={row.trashedAt} title={dates.day(row.trashedAt)}>{words.list.daysLeft(daysLeft(row.trashedAt))}</time>
        </span>
      )}
      {ready && row.links === null && <span className={styles.fact}>{words.list.minutes(row.minutes)}</span>}
      {ready && row.links !== null && <span className={styles.fact} title={words.list.listPage(row.links)}>{words.list.links(row.links)}</span>}
      {row.note !== null && <StickyNote className={styles.sign} size={16} strokeWidth={1.5} role="img" aria-label={words.note.has} />}
      {row.favourite && <Star className={styles.star} size={16} strokeWidth={1.5} role="img" aria-label={words.sidebar.favourites} />}
      {row.tags.map((tag) => <span key={tag} className={styles.tag} title={tag}><TagNames tags={[tag]} /></span>)}
    </div>
  );
}

const keptFor = 30;

/** Whole days until the trash is emptied of something, the day it goes being 0. */
export function daysLeft(trashedAt: string, now = Date.now()): number {
  return Math.max(0, Math.ceil(keptFor - (now - Date.parse(trashedAt)) / 86_400_000 - 1));
}

/** The time a list is in order of; that of saving where the order is by something else, or nothing is known. */
function timeFor(row: Row, sort: Sort): string {
  switch (sort) {
    case 'published':
    case 'published-up':
      // The day as the page printed it, whatever its time zone.
      return row.publishedAt === null ? row.addedAt : `${row.publishedAt.local.slice(0, 10)}T12:00:00`;
    case 'read':
      return row.readAt ?? row.addedAt;
    case 'finished':
      return row.finishedAt ?? row.addedAt;
    case 'archived':
      return row.archivedAt ?? row.addedAt;
    case 'favourited':
      return row.favouritedAt ?? row.addedAt;
    default:
      return row.addedAt;
  }
}

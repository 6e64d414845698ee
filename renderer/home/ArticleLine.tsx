import type { Row } from '../../shared/article.ts';
import { placePath } from '../hash.ts';
import { bareAddress } from '../parts/bare-address.ts';
import { openArticle, useView } from '../view.ts';
import { useDates, useWords } from '../words.ts';
import styles from './ArticleLine.module.css';

/** One title on a shelf, on one line, with its site and date at the line's end. */
export function ArticleLine({ row }: { row: Row }) {
  const words = useWords();
  const dates = useDates();
  const where = useView((view) => view.where);
  const address = bareAddress(row);
  // An address names its site itself.
  const site = address === null ? (row.site ?? row.host) : null;
  const { stage } = row;
  const state = stage.state === 'failed' && stage.failure.kind === 'cancelled' ? 'cancelled' : stage.state;
  const note = state === 'ready' ? null : state === 'bookmark' ? words.bookmarks.one : words.queue.groups[state];
  return (
    <a
      className={styles.line} href={`#/${placePath(where)}?article=${row.id}`} data-article={row.id}
      data-read={row.finishedAt !== null} draggable={false}
      onClick={(event) => {
        event.preventDefault();
        openArticle(row.id);
      }}
    >
      <span className={styles.title} lang={row.lang ?? undefined} dir={row.dir} title={row.title} data-address={address !== null || undefined}>
        {address ?? (row.title === '' ? words.app.untitled : row.title)}
      </span>
      <span className={styles.meta}>
        {note !== null && <span className={styles.note} data-state={state}>{note}</span>}
        {site !== null && <span className={styles.site}>{site}</span>}
        <time dateTime={row.addedAt}>{dates.ago(row.addedAt)}</time>
      </span>
    </a>
  );
}

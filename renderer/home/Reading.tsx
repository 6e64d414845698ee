import type { CSSProperties } from 'react';
import type { Row } from '../../shared/article.ts';
import { go, openArticle } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './Reading.module.css';
import shelf from './Shelf.module.css';

/** What was begun and not finished: title, what is left, and the line under each filled as far as it was read. */
export function Reading({ rows }: { rows: Row[] }) {
  const words = useWords();
  return (
    <section aria-label={words.home.reading} className={styles.reading}>
      <header className={shelf.head}>
        <h2>{words.home.reading}</h2>
        <a
          className={[shelf.side, shelf.more].join(' ')} href="#/reading" aria-label={words.home.moreOf(words.home.reading)}
          onClick={(event) => {
            event.preventDefault();
            go({ list: 'reading' });
          }}
        >
          {words.home.more}
        </a>
      </header>
      <ul className={styles.list}>
        {rows.slice(0, 6).map((row) => <li key={row.id}><Begun row={row} /></li>)}
      </ul>
    </section>
  );
}

function Begun({ row }: { row: Row }) {
  const words = useWords();
  const left = Math.max(1, Math.round(row.minutes * (1 - row.progress)));
  const site = row.site ?? row.host;
  return (
    <a
      className={styles.begun} href={`#/home?article=${row.id}`} data-article={row.id} draggable={false}
      style={{ '--done': row.progress } as CSSProperties}
      onClick={(event) => {
        event.preventDefault();
        openArticle(row.id);
      }}
    >
      <span className={styles.title} lang={row.lang ?? undefined} dir={row.dir}>{row.title === '' ? words.app.untitled : row.title}</span>
      <span className={styles.meta}>
        {site !== null && <span>{site}</span>}
        <span>{words.home.minutesLeft(left)}</span>
      </span>
      <span className={styles.hairline} role="img" aria-label={words.list.progress(Math.round(row.progress * 100))} />
    </a>
  );
}

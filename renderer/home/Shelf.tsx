import type { Row } from '../../shared/article.ts';
import type { Where } from '../../shared/contract.ts';
import { placePath } from '../hash.ts';
import { go } from '../view.ts';
import { useWords } from '../words.ts';
import { ArticleLine } from './ArticleLine.tsx';
import styles from './Shelf.module.css';

type Props = { title: string; where: Where; rows: Row[]; count?: number };

/** A resource list: a heading, the newest titles with date and site, and the way to all of them. */
export function Shelf({ title, where, rows, count }: Props) {
  const words = useWords();
  const toAll = {
    href: `#/${placePath(where)}`,
    onClick: (event: { preventDefault(): void }) => {
      event.preventDefault();
      go(where);
    },
  };
  return (
    <section className={styles.shelf} aria-label={title}>
      <header className={styles.head}>
        <h2><a {...toAll} tabIndex={-1}>{title}</a></h2>
        {count !== undefined && <span className={styles.count}>{words.list.articles(count)}</span>}
        <a {...toAll} className={styles.more} aria-label={words.home.moreOf(title)}>{words.home.more}</a>
      </header>
      {rows.length === 0
        ? <p className={styles.none}>{words.list.empty[where.list]}</p>
        : <ul>{rows.map((row) => <li key={row.id}><ArticleLine row={row} /></li>)}</ul>}
    </section>
  );
}

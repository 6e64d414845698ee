import type { ReactNode } from 'react';
import type { Row } from '../../shared/article.ts';
import type { Where } from '../../shared/contract.ts';
import { placePath } from '../hash.ts';
import { go } from '../view.ts';
import { useWords } from '../words.ts';
import { ArticleLine } from './ArticleLine.tsx';
import styles from './Shelf.module.css';

type Props = {
  title: string;
  where: Where;
  rows: Row[];
  count?: number;
  folded?: boolean;
  /** What stands before the heading, and between it and the way to all. */
  before?: ReactNode;
  behind?: ReactNode;
};

/** A resource list: a heading, the first titles with date and site, and the way to all of them. */
export function Shelf({ title, where, rows, count, folded = false, before, behind }: Props) {
  const words = useWords();
  const toAll = {
    href: `#/${placePath(where)}`,
    draggable: false,
    onClick: (event: { preventDefault(): void }) => {
      event.preventDefault();
      go(where);
    },
  };
  return (
    <section className={styles.shelf} aria-label={title}>
      <header className={styles.head}>
        {before}
        <h2 title={title}><a {...toAll} tabIndex={-1}><bdi>{title}</bdi></a></h2>
        {count !== undefined && <span className={styles.count}>{words.list.articles(count)}</span>}
        <span className={styles.side}>
          {behind}
          <a {...toAll} className={styles.more} aria-label={words.home.moreOf(title)}>{words.home.more}</a>
        </span>
      </header>
      {folded ? null
        : rows.length === 0
          ? <p className={styles.none}>{words.list.empty[where.list]}</p>
          : <ul>{rows.map((row) => <li key={row.id}><ArticleLine row={row} /></li>)}</ul>}
    </section>
  );
}

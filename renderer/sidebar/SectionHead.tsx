import type { ReactNode } from 'react';
import styles from './SectionHead.module.css';

/** The name of a part of the sidebar, with the button that looks after it. */
export function SectionHead({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <header className={styles.head}>
      <h2 id={id} className={styles.heading}>{title}</h2>
      {children}
    </header>
  );
}

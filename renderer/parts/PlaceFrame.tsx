import { PanelLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useView } from '../view.ts';
import { useWords } from '../words.ts';
import { IconButton } from './IconButton.tsx';
import styles from './PlaceFrame.module.css';

type Props = {
  title: string;
  /** A sentence under the title. */
  about?: ReactNode;
  /** What stands at the end of the title's line. */
  side?: ReactNode;
  busy?: boolean;
  children: ReactNode;
};

/** A place that is no list of articles (the queue, highlights, statistics): one width, one heading, and the way to the sidebar. */
export function PlaceFrame({ title, about, side, busy = false, children }: Props) {
  const words = useWords();
  const narrow = useView((view) => view.narrow);
  return (
    <div className={styles.place}>
      <div className={styles.page} aria-busy={busy || undefined}>
        <header className={styles.head}>
          {narrow && <IconButton icon={PanelLeft} label={words.sidebar.unfold} onClick={() => useView.setState({ drawer: true })} />}
          <h1>{title}</h1>
          {side}
          {about !== undefined && <p className={styles.about}>{about}</p>}
        </header>
        {children}
      </div>
    </div>
  );
}

import { PanelLeft, Rows3 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Row } from '../../shared/article.ts';
import { explain, joinSentences } from '../../shared/words/explain.ts';
import { useAsk } from '../ask.ts';
import { becomeCurrent } from '../list/current.ts';
import { resetSelection, setCursor, toggleSelected } from '../list/selection.ts';
import { takeLeft } from '../left-article.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { openArticle, useView } from '../view.ts';
import { useLanguage, useWords } from '../words.ts';
import { EmptyLibrary } from './EmptyLibrary.tsx';
import styles from './Home.module.css';
import { Reading } from './Reading.tsx';
import { Shelf } from './Shelf.tsx';
import { ShelfEditor } from './ShelfEditor.tsx';
import { TagShelves } from './TagShelves.tsx';

const ROWS = 8;

/** The first screen: what was begun, what is new, and one list for each tag that has a shelf. */
export function Home() {
  const words = useWords();
  const language = useLanguage();
  const narrow = useView((view) => view.narrow);
  const { value: home, failure } = useAsk('home', { rows: ROWS });
  const { value: library } = useAsk('library', {});
  const [editing, setEditing] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const rows = useRef(new Map<string, Row>());
  const [now] = useState(() => new Date());
  useEffect(() => {
    const all = home === undefined ? [] : [...home.reading, ...home.fresh, ...home.shelves.flatMap((shelf) => shelf.rows)];
    rows.current = new Map(all.map((row) => [row.id, row]));
    if (home === undefined) return;
    const left = takeLeft();
    if (left !== null) box.current?.querySelector<HTMLElement>(`[data-article="${left}"]`)?.focus({ preventScroll: true });
  }, [home]);
  useEffect(() => {
    resetSelection();
    const links = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-article]') ?? [])];
    const here = () => links().findIndex((link) => link === document.activeElement);
    return becomeCurrent({
      step(by) {
        const all = links();
        const at = here();
        all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
      },
      open() {
        const id = links()[here()]?.dataset['article'];
        if (id !== undefined) openArticle(id);
      },
      toggle() {
        const row = rows.current.get(links()[here()]?.dataset['article'] ?? '');
        if (row !== undefined) toggleSelected(row);
      },
      row: (id) => rows.current.get(id),
    });
  }, []);

  if (home === undefined) {
    if (failure === null) return <div className={styles.home} aria-busy />;
    const { what, todo } = explain(words, failure);
    return <p className={styles.trouble} role="alert">{joinSentences(what, todo)}</p>;
  }
  const empty = library !== undefined && library.counts.all === 0 && library.counts.failed === 0;
  const today = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { weekday: 'long', day: 'numeric', month: 'long' });
  return (
    <div
      ref={box} className={styles.home}
      onFocus={(event) => {
        const id = (event.target as HTMLElement).dataset['article'];
        if (id !== undefined) setCursor(id);
      }}
    >
      <div className={styles.page}>
        <header className={styles.head}>
          {narrow && <IconButton icon={PanelLeft} label={words.sidebar.unfold} onClick={() => useView.setState({ drawer: true })} />}
          <div className={styles.titles}>
            <h1>{words.home.title}</h1>
            <p>{today.format(now)}</p>
          </div>
          {!empty && (
            <IconButton icon={Rows3} label={words.home.editShelves} aria-expanded={editing} onClick={() => setEditing(!editing)} />
          )}
        </header>
        {editing && <ShelfEditor shown={home.shelves.map((shelf) => shelf.tag)} onDone={() => setEditing(false)} />}
        {empty ? (
          <EmptyLibrary />
        ) : (
          <>
            {home.reading.length > 0 && <Reading rows={home.reading} />}
            <div className={styles.shelves}>
              <Shelf title={words.home.fresh} where={{ list: 'inbox' }} rows={home.fresh} />
              <TagShelves shelves={home.shelves} />
            </div>
            {home.shelves.length === 0 && !editing && <p className={styles.hint}>{words.home.noShelves}</p>}
          </>
        )}
      </div>
    </div>
  );
}

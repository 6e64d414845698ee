import { Archive, ArchiveRestore, ArrowDownWideNarrow, BookmarkCheck, PanelLeft, RotateCw, ScanText, Star, Tag, Trash2, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { sortsFor, type Where } from './sorts.ts';
import { saveBookmarks } from '../bookmarks/bookmark-acts.ts';
import { erase, retry, toggleArchive, toggleFavourite, toggleTrash } from '../acts.ts';
import { runCommand } from '../commands.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { editTags, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { chooseSort, useSort } from './sort.ts';
import { useTotal } from './total.ts';
import styles from './ListHead.module.css';
import { placeTitle } from './place-title.ts';
import { clearSelection, useSelection } from './selection.ts';

/** The list's name, how many it holds and their order; while some are selected, what can be done with them. */
export function ListHead({ where }: { where: Where }) {
  const count = useSelection((state) => state.selected.size);
  return count > 0 ? <Selected trash={where.list === 'trash'} /> : <Named where={where} />;
}

function Named({ where }: { where: Where }) {
  const words = useWords();
  const narrow = useView((view) => view.narrow);
  const sort = useSort(where) ?? 'newest';
  const total = useTotal(where, sort);
  return (
    <header className={styles.head}>
      {narrow && <IconButton icon={PanelLeft} label={words.sidebar.unfold} onClick={() => useView.setState({ drawer: true })} />}
      <div className={styles.name}>
        <h1 className={styles.title}>{placeTitle(words, where)}</h1>
        {total !== null && <span className={styles.count}>{where.list === 'bookmarks' ? words.bookmarks.count(total) : words.list.articles(total)}</span>}
      </div>
      {where.list === 'trash' && total !== null && total > 0 && (
        <Sure label={words.list.emptyTrash} sure={words.list.eraseSure(total)} onSure={() => void erase('all')} />
      )}
      {where.list === 'failed' && total !== null && total > 0 && <RetryAll />}
      <span className={styles.sort} title={words.list.sort}>
        <ArrowDownWideNarrow size={20} strokeWidth={1.5} aria-hidden />
        <select aria-label={words.list.sort} value={sort} onChange={(event) => chooseSort(where, sortsFor(where).find((each) => each === event.target.value) ?? 'newest')}>
          {sortsFor(where).map((each) => <option key={each} value={each}>{words.list.sorts[each]}</option>)}
        </select>
      </span>
    </header>
  );
}

/** The one act that cannot be undone asks once more, in place: the second press does it, leaving the button calls it off. */
function Sure({ label, sure, onSure }: { label: string; sure: string; onSure: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button" className={styles.word} data-danger={asked} onBlur={() => setAsked(false)} onPointerLeave={() => setAsked(false)}
      onClick={() => {
        if (asked) onSure();
        setAsked(!asked);
      }}
    >
      <span aria-live="polite">{asked ? sure : label}</span>
    </button>
  );
}

function RetryAll() {
  const words = useWords();
  return <IconButton icon={RotateCw} label={words.queue.retryAll} onClick={() => void retry('all')} />;
}

function Selected({ trash }: { trash: boolean }) {
  const words = useWords();
  const selected = useSelection((state) => state.selected);
  const rows = [...selected.values()];
  const failed = rows.filter((row) => row.stage.state === 'failed');
  const bookmarks = rows.filter((row) => row.stage.state === 'bookmark');
  const allArchived = rows.every((row) => row.archived);
  return (
    <header className={styles.head} data-selected="true">
      <IconButton icon={X} label={words.list.selectNone} hint="Esc" onClick={clearSelection} />
      <h1 className={styles.selected} aria-live="polite">{words.list.selected(rows.length)}</h1>
      {/* One place for both: what could not be saved has no page to extract again. */}
      {failed.length > 0
        ? <IconButton icon={RotateCw} label={words.app.retry} onClick={() => void retry(failed)} />
        : bookmarks.length > 0
        ? <IconButton icon={BookmarkCheck} label={words.bookmarks.saveMany} hint="B" onClick={() => void saveBookmarks(bookmarks).then(clearSelection)} />
        : <IconButton icon={ScanText} label={words.again.title} onClick={() => runCommand('article.again')} />}
      {trash ? (
        <>
          <IconButton icon={Undo2} label={words.reader.restore} onClick={() => void toggleTrash(rows).then(clearSelection)} />
          <Sure
            label={words.list.erase} sure={words.list.eraseSure(rows.length)}
            onSure={() => void erase(rows.map((row) => row.id)).then(clearSelection)}
          />
        </>
      ) : (
        <>
          <IconButton
            icon={allArchived ? ArchiveRestore : Archive} hint="E"
            label={allArchived ? words.reader.unarchive : words.reader.archive}
            onClick={() => void toggleArchive(rows).then(clearSelection)}
          />
          <IconButton
            icon={Star} hint="S"
            label={rows.every((row) => row.favourite) ? words.reader.unfavourite : words.reader.favourite}
            onClick={() => void toggleFavourite(rows)}
          />
          <IconButton icon={Tag} label={words.reader.tags} hint="T" onClick={() => editTags(rows)} />
          <IconButton icon={Trash2} label={words.reader.trash} hint="D" onClick={() => runCommand('article.trash')} />
        </>
      )}
    </header>
  );
}

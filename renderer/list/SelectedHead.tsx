import { Archive, ArchiveRestore, BookmarkCheck, Check, Copy, Ellipsis, RotateCw, ScanText, Star, Tag, Trash2, Undo2, X, type LucideIcon } from 'lucide-react';
import { copyLinks, erase, retry, toggleArchive, toggleFavourite, toggleFinished, toggleTrash } from '../acts.ts';
import { saveBookmarks } from '../bookmarks/bookmark-acts.ts';
import { runCommand } from '../commands.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { Popover } from '../reader/Popover.tsx';
import { editTags } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './ListHead.module.css';
import { clearSelection, useSelection, type Picked } from './selection.ts';
import type { Where } from './sorts.ts';
import { useSort } from './sort.ts';
import { Sure } from './Sure.tsx';
import { useTotal } from './total.ts';

/** What can be done with the selected articles, how many they are and how long they take. */
export function SelectedHead({ where }: { where: Where }) {
  const words = useWords();
  const selected = useSelection((state) => state.selected);
  const total = useTotal(where, useSort(where) ?? 'newest');
  const rows = [...selected.values()];
  const minutes = minutesOf(rows) ?? (total?.total === rows.length ? total.minutes : null);
  const allArchived = rows.every((row) => row.archived);
  return (
    <header className={styles.head} data-selected="true">
      <IconButton icon={X} label={words.list.selectNone} hint="Esc" onClick={clearSelection} />
      <div className={styles.chosen} aria-live="polite">
        <h1 className={styles.selected}>{words.list.selected(rows.length)}</h1>
        {minutes !== null && minutes > 0 && <p className={styles.count}>{words.list.time(minutes)}</p>}
      </div>
      {where.list === 'trash' ? (
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
          <IconButton icon={Tag} label={words.reader.tags} hint="T" onClick={() => editTags(rows, minutesOf(rows) === null)} />
          <IconButton icon={Trash2} label={words.reader.trash} hint="D" onClick={() => runCommand('article.trash')} />
        </>
      )}
      <Popover icon={Ellipsis} label={words.app.more}><More rows={rows} /></Popover>
    </header>
  );
}

/** Null where some of them were never seen. */
function minutesOf(rows: readonly Picked[]): number | null {
  let sum = 0;
  for (const { minutes } of rows) {
    if (minutes === null) return null;
    sum += minutes;
  }
  return sum;
}

/** What is done less often, by name. */
function More({ rows }: { rows: readonly Picked[] }) {
  const words = useWords();
  const failed = rows.filter((row) => row.stage.state === 'failed');
  const bookmarks = rows.filter((row) => row.stage.state === 'bookmark');
  const ready = rows.some((row) => row.stage.state === 'ready');
  const finished = rows.every((row) => row.finishedAt !== null);
  return (
    <ul className={styles.more}>
      <Item icon={Check} label={finished ? words.reader.unfinish : words.reader.finish} hint="M" onClick={() => void toggleFinished(rows)} />
      {rows.some((row) => row.url !== null) && <Item icon={Copy} label={words.list.copyLinks} hint="C" onClick={() => void copyLinks(rows)} />}
      {failed.length > 0 && <Item icon={RotateCw} label={words.app.retry} hint="R" onClick={() => void retry(failed)} />}
      {bookmarks.length > 0 && <Item icon={BookmarkCheck} label={words.bookmarks.saveMany} hint="B" onClick={() => void saveBookmarks(bookmarks).then(clearSelection)} />}
      {ready && <Item icon={ScanText} label={words.again.title} onClick={() => runCommand('article.again')} />}
    </ul>
  );
}

function Item({ icon: Icon, label, hint, onClick }: { icon: LucideIcon; label: string; hint?: string; onClick: () => void }) {
  return (
    <li>
      <button
        type="button" className={styles.item}
        onClick={(event) => {
          event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          onClick();
        }}
      >
        <Icon size={16} strokeWidth={1.5} aria-hidden />
        <span>{label}</span>
        {hint !== undefined && <kbd aria-hidden>{hint}</kbd>}
      </button>
    </li>
  );
}

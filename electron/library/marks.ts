import type { ArticleId } from '../../shared/article.ts';
import type { Undo } from '../../shared/contract.ts';
import type { ActBody } from './storage/acts.ts';
import { indexRow, rowsOf } from './rows.ts';
import type { Answer, Store } from './storage/store.ts';
import { changeWithUndo } from './undo.ts';

/** Marks or unmarks favourites. */
export const favourite =
  (store: Store): Answer<'favourite'> =>
  ({ ids, on }) => {
    const changed = rowsOf(store, ids).filter((row) => row.favourite !== on);
    const set = (value: boolean) => changed.map(({ id }): ActBody => ({ act: 'set', id, field: 'favourite', value }));
    return changeWithUndo(store, set(on), set(!on));
  };

/** Puts articles into the archive or takes them out. */
export const archive =
  (store: Store): Answer<'archive'> =>
  ({ ids, on }) => {
    const changed = rowsOf(store, ids).filter((row) => row.archived !== on);
    const set = (value: boolean) => changed.map(({ id }): ActBody => ({ act: 'set', id, field: 'archived', value }));
    return changeWithUndo(store, set(on), set(!on));
  };

/** Marks articles as read to their end, or as not. */
export const finish =
  (store: Store): Answer<'finish'> =>
  ({ ids, on }) => setTime(store, ids, 'finished', on);

/** Moves articles to the trash. */
export const trash =
  (store: Store): Answer<'trash'> =>
  ({ ids }) => setTime(store, ids, 'trashed', true);

/** Takes articles out of the trash. */
export const restore =
  (store: Store): Answer<'restore'> =>
  ({ ids }) => setTime(store, ids, 'trashed', false);

function setTime(store: Store, ids: ArticleId[], field: 'finished' | 'trashed', on: boolean): Undo {
  const now = store.now();
  const acts: ActBody[] = [];
  const back: ActBody[] = [];
  for (const row of rowsOf(store, ids)) {
    const before = field === 'finished' ? row.finishedAt : row.trashedAt;
    if ((before !== null) === on) continue;
    acts.push({ act: 'set', id: row.id, field, value: on ? now : null });
    back.push({ act: 'set', id: row.id, field, value: before });
  }
  return changeWithUndo(store, acts, back);
}

/** Gives an article the reader's own title. */
export const rename =
  (store: Store): Answer<'rename'> =>
  ({ id, title }) => {
    const row = indexRow(store.db, id);
    if (row.title === title) return { undo: null };
    const set = (value: string | null): ActBody[] => [{ act: 'set', id, field: 'title', value }];
    return changeWithUndo(store, set(title), set(row.own_title));
  };

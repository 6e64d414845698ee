import type { ArticleId } from '../../shared/article.ts';
import type { Undo } from '../../shared/contract.ts';
import type { ActBody } from './storage/acts.ts';
import { indexRow, rowsOf } from './rows.ts';
import type { Answer, Store } from './storage/store.ts';
import { changeWithUndo } from './undo.ts';

/** Marks or unmarks favourites. */
export const favourite =
  (store: Store): Answer<'favourite'> =>
  ({ ids, on, joins }) => {
    const changed = rowsOf(store, ids).filter((row) => row.favourite !== on);
    const acts = changed.map(({ id }): ActBody => ({ act: 'set', id, field: 'favourite', value: on }));
    const back = changed.map(({ id, favouritedAt }): ActBody => ({ act: 'set', id, field: 'favourite', value: !on, ...(on || favouritedAt === null ? {} : { at: favouritedAt }) }));
    return changeWithUndo(store, acts, back, joins);
  };

/** Puts articles into the archive or takes them out. */
export const archive =
  (store: Store): Answer<'archive'> =>
  ({ ids, on, joins }) => {
    const changed = rowsOf(store, ids).filter((row) => row.archived !== on);
    const acts = changed.map(({ id }): ActBody => ({ act: 'set', id, field: 'archived', value: on }));
    const back = changed.map(({ id, archivedAt }): ActBody => ({ act: 'set', id, field: 'archived', value: !on, ...(on || archivedAt === null ? {} : { at: archivedAt }) }));
    return changeWithUndo(store, acts, back, joins);
  };

/** Marks articles as read to their end, or as not. */
export const finish =
  (store: Store): Answer<'finish'> =>
  ({ ids, on, joins }) => setTime(store, ids, 'finished', on, joins);

/** Moves articles to the trash. */
export const trash =
  (store: Store): Answer<'trash'> =>
  ({ ids, joins }) => setTime(store, ids, 'trashed', true, joins);

/** Takes articles out of the trash. */
export const restore =
  (store: Store): Answer<'restore'> =>
  ({ ids, joins }) => setTime(store, ids, 'trashed', false, joins);

function setTime(store: Store, ids: ArticleId[], field: 'finished' | 'trashed', on: boolean, joins: string | undefined): Undo {
  const now = store.now();
  const acts: ActBody[] = [];
  const back: ActBody[] = [];
  for (const row of rowsOf(store, ids)) {
    const before = field === 'finished' ? row.finishedAt : row.trashedAt;
    if ((before !== null) === on) continue;
    acts.push({ act: 'set', id: row.id, field, value: on ? now : null });
    back.push({ act: 'set', id: row.id, field, value: before });
  }
  return changeWithUndo(store, acts, back, joins);
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

import { FailureError, type Failure } from '../../shared/failure.ts';
import { joinedNoteLimit } from '../../shared/note.ts';
import type { ActBody } from './storage/acts.ts';
import { indexRow, type IndexRow } from './rows.ts';
import { get } from './storage/database.ts';
import type { Answer, Store } from './storage/store.ts';
import { changeWithUndo } from './undo.ts';

/** Writes the reader's note on an article or a bookmark, or takes it away. */
export const note =
  (store: Store): Answer<'note'> =>
  ({ id, text }) => {
    const before = indexRow(store.db, id).note;
    const after = text.trim() === '' ? null : text.trim();
    if (before === after) return { undo: null };
    const set = (value: string | null): ActBody[] => [{ act: 'set', id, field: 'note', value }];
    return changeWithUndo(store, set(after), set(before));
  };

/** Keeps of what could not be saved only the address; the undo gives back what was wrong with it. */
export const toBookmarks =
  (store: Store): Answer<'toBookmarks'> =>
  ({ ids }) => {
    const text = "SELECT * FROM articles WHERE id = ? AND saved = 1 AND state = 'failed' AND url IS NOT NULL";
    const failed = [...new Set(ids)].flatMap((id) => get<IndexRow>(store.db, text, id) ?? []);
    const acts = failed.map(({ id }): ActBody => ({ act: 'bookmark', id }));
    const back = failed.map(({ id, failure }): ActBody => ({ act: 'failed', id, failure: JSON.parse(failure ?? '{"kind":"cancelled"}') as Failure }));
    return changeWithUndo(store, acts, back);
  };

/** A note with another joined to it, unless it says that already. Throws FailureError where nobody could keep so much. */
export function joinedNote(note: string | null, other: string | null): string | null {
  if (other === null || other.trim() === '' || (note !== null && note.includes(other.trim()))) return note;
  const joined = note === null || other.includes(note) ? other.trim() : `${note}\n\n${other.trim()}`;
  if (joined.length > joinedNoteLimit) throw new FailureError({ kind: 'bad-input', problem: `A note of more than ${joinedNoteLimit} characters.` });
  return joined;
}

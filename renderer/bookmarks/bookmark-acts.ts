import type { Subject } from '../acts.ts';
import { ask } from '../ask.ts';
import { act, say, sayFailure } from '../parts/toasts.ts';

/** Saves the pages of those that are bookmarks. */
export async function saveBookmarks(rows: ReadonlyArray<Pick<Subject, 'id' | 'stage'>>): Promise<void> {
  const ids = rows.filter(({ stage }) => stage.state === 'bookmark').map(({ id }) => id);
  if (ids.length === 0) return;
  const reply = await ask('saveBookmarks', { ids });
  if (!reply.ok) return sayFailure(reply.failure);
  say((words) => words.bookmarks.saving(reply.value.count));
}

/** Keeps only the addresses of those that could not be saved; Undo gives them back as they were. */
export async function keepAddresses(rows: ReadonlyArray<Pick<Subject, 'id' | 'stage' | 'url'>>): Promise<boolean> {
  const ids = rows.filter(({ stage, url }) => stage.state === 'failed' && url !== null).map(({ id }) => id);
  if (ids.length === 0) return false;
  return act('toBookmarks', { ids }, (words) => words.bookmarks.kept(ids.length));
}

/** Writes a note; nothing is asked when nothing would change. */
export async function writeNote(id: string, before: string | null, text: string): Promise<boolean> {
  if ((before ?? '') === text.trim()) return true;
  return act('note', { id, text }, (words) => (text.trim() === '' ? words.note.removed : words.note.kept));
}

import type { ArticleId, Row } from '../shared/article.ts';
import { api } from './api.ts';
import { ask } from './ask.ts';
import { act, forgetErased, say, sayFailure } from './parts/toasts.ts';

/** What an act needs to know of an article: `Row` and `Article` both are this. */
export type Subject = Pick<Row, 'id' | 'url' | 'tags' | 'favourite' | 'archived' | 'finishedAt' | 'trashedAt' | 'stage'>;

const idsOf = (rows: readonly Subject[]): ArticleId[] => rows.map((row) => row.id);

/** Archives, or moves back to the inbox when all of them are archived already. */
export async function toggleArchive(rows: readonly Subject[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const on = !rows.every((row) => row.archived);
  return act('archive', { ids: idsOf(rows), on }, (words) =>
    (on ? words.toast.archived : words.toast.unarchived)(rows.length));
}

/** Adds to the favourites, or removes when all of them are favourites already. */
export async function toggleFavourite(rows: readonly Subject[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const on = !rows.every((row) => row.favourite);
  return act('favourite', { ids: idsOf(rows), on }, (words) =>
    (on ? words.toast.favourited : words.toast.unfavourited)(rows.length));
}

/** Marks as read, or as unread when all of them are read. */
export async function toggleFinished(rows: readonly Subject[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const on = !rows.every((row) => row.finishedAt !== null);
  return act('finish', { ids: idsOf(rows), on }, (words) =>
    (on ? words.toast.finished : words.toast.unfinished)(rows.length));
}

/** To the trash, or back out of it when all of them are there already. */
export async function toggleTrash(rows: readonly Subject[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const back = rows.every((row) => row.trashedAt !== null);
  return back
    ? act('restore', { ids: idsOf(rows) }, (words) => words.toast.restored(rows.length))
    : act('trash', { ids: idsOf(rows) }, (words) => words.toast.trashed(rows.length));
}

/** Changes tags; nothing is asked when nothing would change. */
export async function changeTags(ids: ArticleId[], add: string[], remove: string[]): Promise<boolean> {
  if (add.length === 0 && remove.length === 0) return true;
  return act('tag', { ids, add, remove }, (words) => words.toast.tagged(ids.length));
}

/** Deletes for good what is in the trash. */
export async function erase(ids: ArticleId[] | 'all'): Promise<void> {
  const reply = await ask('erase', { ids });
  if (!reply.ok) return sayFailure(reply.failure);
  forgetErased(ids);
  say((words) => words.toast.erased(reply.value.count));
}

/** Tries again what failed: these, or everything. */
export async function retry(rows: readonly Subject[] | 'all'): Promise<void> {
  if (rows.length === 0) return;
  const reply = await ask('retry', { ids: rows === 'all' ? 'all' : idsOf(rows) });
  if (!reply.ok) sayFailure(reply.failure);
}

/** Opens the page an article came from in the system's browser. */
export function openOriginal(row: Pick<Row, 'url'>): void {
  if (row.url !== null) api.openExternal(row.url);
}

/** Puts an article's address on the clipboard. */
export async function copyLink(row: Pick<Row, 'url'>): Promise<void> {
  if (row.url === null) return;
  await navigator.clipboard.writeText(row.url);
  say((words) => words.toast.copied);
}

import type { ArticleId, Row } from '../shared/article.ts';
import { api } from './api.ts';
import { ask } from './ask.ts';
import { inPieces } from './list/pieces.ts';
import { forgetErased, say, sayFailure } from './parts/toasts.ts';

/** What an act needs to know of an article: `Row` and `Article` both are this. */
export type Subject = Pick<Row, 'id' | 'url' | 'tags' | 'favourite' | 'archived' | 'finishedAt' | 'trashedAt' | 'stage'>;

const idsOf = (rows: readonly Subject[]): ArticleId[] => rows.map((row) => row.id);

/** Archives, or moves back to the inbox when all of them are archived already. */
export async function toggleArchive(rows: readonly Subject[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const on = !rows.every((row) => row.archived);
  return inPieces('archive', idsOf(rows), (ids, joins) => ask('archive', { ids, on, ...joins }), (words) =>
    (on ? words.toast.archived : words.toast.unarchived)(rows.length));
}

/** Adds to the favourites, or removes when all of them are favourites already. */
export async function toggleFavourite(rows: readonly Subject[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const on = !rows.every((row) => row.favourite);
  return inPieces('favourite', idsOf(rows), (ids, joins) => ask('favourite', { ids, on, ...joins }), (words) =>
    (on ? words.toast.favourited : words.toast.unfavourited)(rows.length));
}

/** Marks as read, or as unread when all of them are read. */
export async function toggleFinished(rows: readonly Subject[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const on = !rows.every((row) => row.finishedAt !== null);
  return inPieces('finish', idsOf(rows), (ids, joins) => ask('finish', { ids, on, ...joins }), (words) =>
    (on ? words.toast.finished : words.toast.unfinished)(rows.length));
}

/** To the trash, or back out of it when all of them are there already. */
export async function toggleTrash(rows: readonly Subject[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const back = rows.every((row) => row.trashedAt !== null);
  return back
    ? inPieces('restore', idsOf(rows), (ids, joins) => ask('restore', { ids, ...joins }), (words) => words.toast.restored(rows.length))
    : inPieces('trash', idsOf(rows), (ids, joins) => ask('trash', { ids, ...joins }), (words) => words.toast.trashed(rows.length));
}

/** Puts into the archive; what is there already stays there. */
export async function archiveAll(rows: readonly Subject[]): Promise<boolean> {
  const some = rows.filter((row) => !row.archived);
  return some.length === 0 || toggleArchive(some);
}

/** Out of the archive or the trash, back to what is to be read. */
export async function backToInbox(rows: readonly Subject[]): Promise<boolean> {
  const trashed = rows.filter((row) => row.trashedAt !== null);
  const archived = rows.filter((row) => row.archived);
  const restored = trashed.length === 0 || (await toggleTrash(trashed));
  return restored && (archived.length === 0 || (await toggleArchive(archived)));
}

/** Adds to the favourites; those that are favourites already stay. */
export async function favouriteAll(rows: readonly Subject[]): Promise<boolean> {
  const some = rows.filter((row) => !row.favourite);
  return some.length === 0 || toggleFavourite(some);
}

/** Changes tags; nothing is asked when nothing would change. */
export async function changeTags(ids: ArticleId[], add: string[], remove: string[]): Promise<boolean> {
  if (add.length === 0 && remove.length === 0) return true;
  return inPieces('tag', ids, (some, joins) => ask('tag', { ids: some, add, remove, ...joins }), (words) => words.toast.tagged(ids.length));
}

const AT_ONCE = 1_000;

/** Deletes for good what is in the trash. */
export async function erase(ids: ArticleId[] | 'all'): Promise<void> {
  let count = 0;
  for (let from = 0; ids === 'all' ? from === 0 : from < ids.length; from += AT_ONCE) {
    const some = ids === 'all' ? ids : ids.slice(from, from + AT_ONCE);
    const reply = await ask('erase', { ids: some });
    if (!reply.ok) return sayFailure(reply.failure);
    count += reply.value.count;
    forgetErased(some);
  }
  say((words) => words.toast.erased(count));
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

/** Puts the addresses of articles on the clipboard, one a line. */
export async function copyLinks(rows: ReadonlyArray<Pick<Row, 'url'>>): Promise<void> {
  const links = rows.flatMap(({ url }) => (url === null ? [] : [url]));
  if (links.length === 0) return;
  await navigator.clipboard.writeText(links.join('\n'));
  say((words) => words.toast.linksCopied(links.length));
}

/** Puts an article's address on the clipboard. */
export async function copyLink(row: Pick<Row, 'url'>): Promise<void> {
  if (row.url === null) return;
  await navigator.clipboard.writeText(row.url);
  say((words) => words.toast.copied);
}

/** Whether the system has a sheet of its own for handing things on; not every one has. */
export const canShare = (): boolean => typeof navigator.share === 'function';

/** Hands an article's title and address to the system's own sheet. */
export async function share({ title, url }: Pick<Row, 'title' | 'url'>): Promise<void> {
  if (url === null) return;
  try {
    await navigator.share({ title, url });
  } catch (fault) {
    // Closed without a choice is no fault.
    if (!(fault instanceof DOMException && fault.name === 'AbortError')) sayFailure({ kind: 'internal', detail: String(fault) });
  }
}

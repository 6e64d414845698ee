import type { ArticleId } from '../../shared/article.ts';
import type { Words } from '../../shared/words/words.ts';
import { ask } from '../ask.ts';
import { act, say, sayFailure } from '../parts/toasts.ts';
import { groupOf, type FailedGroup } from './groups.ts';
import { retryItems } from './QueueLine.tsx';

type Failed = { id: ArticleId; url: string | null };

/** Every article of a group, also those that are not drawn. */
async function allOf(group: FailedGroup, words: Words): Promise<Failed[]> {
  if (group.count === group.items.length) return group.items;
  const reply = await ask('failures', { articles: true });
  if (reply.ok) return reply.value.flatMap(({ failure, articles }) => (groupOf(failure, words) === group.key ? articles : []));
  sayFailure(reply.failure);
  return [];
}

/** Tries all that failed for one reason again. */
export async function retryGroup(group: FailedGroup, words: Words): Promise<void> {
  const ids = (await allOf(group, words)).map(({ id }) => id);
  if (ids.length > 0) await retryItems(ids);
}

/** Moves all that failed for one reason to the trash; Undo brings them back. */
export async function removeGroup(group: FailedGroup, words: Words): Promise<void> {
  const ids = (await allOf(group, words)).map(({ id }) => id);
  if (ids.length > 0) await act('trash', { ids }, (told) => told.toast.trashed(ids.length));
}

/** Of all that failed for one reason only the addresses are kept, as bookmarks; Undo brings them back. */
export async function keepGroup(group: FailedGroup, words: Words): Promise<void> {
  const ids = (await allOf(group, words)).flatMap(({ id, url }) => (url === null ? [] : id));
  if (ids.length > 0) await act('toBookmarks', { ids }, (told) => told.bookmarks.kept(ids.length));
}

/** Puts the addresses of all that failed for one reason on the clipboard, one a line. */
export async function copyGroup(group: FailedGroup, words: Words): Promise<void> {
  const urls = (await allOf(group, words)).flatMap(({ url }) => url ?? []);
  if (urls.length === 0) return;
  await navigator.clipboard.writeText(urls.join('\n'));
  say((told) => told.queue.copied(urls.length));
}

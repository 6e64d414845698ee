import type { Sort } from '../../shared/listing.ts';

/** How far through an article is for sorting: what is marked as read counts as more than read to its end. Written as its index has it. */
const progress = 'iif(a.finished_at IS NULL, a.progress, 2)';

/** Each order as SQL over `articles AS a`; every one ends with the id, and an index has it where lists are long. */
export const orders: Record<Sort, string> = {
  newest: 'a.added_at DESC, a.id DESC',
  oldest: 'a.added_at, a.id',
  published: 'a.published_key DESC, a.id DESC',
  'published-up': 'a.published_key, a.id',
  title: 'a.title_key, a.id',
  'title-down': 'a.title_key DESC, a.id DESC',
  site: 'a.site_key, a.added_at DESC, a.id DESC',
  'site-down': 'a.site_key DESC, a.added_at, a.id',
  shortest: 'a.words, a.added_at, a.id',
  longest: 'a.words DESC, a.added_at DESC, a.id DESC',
  progress: `${progress} DESC, a.added_at DESC, a.id DESC`,
  'progress-up': `${progress}, a.added_at, a.id`,
  read: 'a.read_at DESC, a.id DESC',
  finished: 'a.finished_at DESC, a.id DESC',
  archived: 'a.archived_at DESC, a.id DESC',
  favourited: 'a.favourited_at DESC, a.id DESC',
  trashed: 'a.trashed_at DESC, a.id DESC',
  // A search's own and tags' own, taken as the newest elsewhere (and within a group).
  relevance: 'a.added_at DESC, a.id DESC',
  unread: 'a.added_at DESC, a.id DESC',
  manual: 'a.added_at DESC, a.id DESC',
};

/** What holds of every row of a list anyway, said so that the order's own index is used. */
export const sureOf: Partial<Record<Sort, string>> = {
  archived: 'a.archived_at IS NOT NULL',
  favourited: 'a.favourited_at IS NOT NULL',
  trashed: 'a.trashed_at IS NOT NULL',
};

/** Orders by times that not every article has. */
export const mayLack: ReadonlySet<Sort> = new Set<Sort>(['read', 'finished', 'archived', 'favourited', 'trashed']);

import { tagOrders } from './tag-orders.ts';

/** Every order of a list. Those named by a column have a second for the other direction. */
export const sortOrders = [
  'newest', 'oldest', 'published', 'published-up', 'title', 'title-down', 'site', 'site-down', 'shortest', 'longest',
  'progress', 'progress-up', 'read', 'finished', 'archived', 'favourited', 'trashed', 'relevance', ...tagOrders,
] as const;
export type Sort = (typeof sortOrders)[number];

/** By what the articles of a list can be put into groups; an article is in the group of its first tag. */
export const groupings = ['day', 'site', 'tag'] as const;
export type Grouping = (typeof groupings)[number];

/** One group of a list: `key` is a day as `YYYY-MM-DD`, a host or a tag, '' for articles without one. */
export type Within = { by: Grouping; key: string };

/** A group with what is in it. */
export type Group = { key: string; count: number; minutes: number };

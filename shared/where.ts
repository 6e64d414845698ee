import { z } from 'zod';
import { TagName } from './tag.ts';

/** The lists every library has (`forgotten`: saved a year ago and never opened). */
export const fixedLists = ['inbox', 'reading', 'favourites', 'archive', 'all', 'trash', 'failed', 'bookmarks', 'forgotten'] as const;

/** Which articles: one of the fixed lists, a tag with its children, a site by host, or what a search finds. */
export const Where = z.discriminatedUnion('list', [
  z.strictObject({ list: z.enum(fixedLists) }),
  z.strictObject({ list: z.literal('tag'), tag: TagName }),
  z.strictObject({ list: z.literal('site'), host: z.string().min(1).max(253) }),
  z.strictObject({ list: z.literal('search'), query: z.string().min(1).max(500) }),
]);
export type Where = z.infer<typeof Where>;
export type ListName = Exclude<Where['list'], 'tag' | 'site' | 'search'>;

import { z } from 'zod';
import { longestTag, normalTag } from './tag-spelling.ts';
import type { TagColour } from './tag-colour.ts';
import { frontPage } from './front-page.ts';

export { normalTag } from './tag-spelling.ts';

/** A tag's name as the reader wrote it: 1 to 100 characters, trimmed, no line breaks or commas; `/` nests. */
export const TagName = z
  .string()
  .transform((text) => normalTag(text))
  .pipe(z.string().min(1).max(longestTag).regex(/^[^,\p{Cc}]+$/u));
export type TagName = z.infer<typeof TagName>;

/**
 * `position` is the tag's place among Home's shelves from 0, or null when it has none. `count` includes children; `colour` is
 * its own, null where it has that of the tag it is nested in, or none.
 */
export type Tag = { name: string; count: number; unread: number; position: number | null; colour: TagColour | null };

/** A breadcrumb's crumbs that could be tags: the front page is none, and each comes once. */
export function crumbTags(breadcrumb: string[]): string[] {
  return [...new Set(breadcrumb.filter((crumb) => !frontPage.test(crumb.trim())))];
}

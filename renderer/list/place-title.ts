import type { Place } from '../hash.ts';
import type { Words } from '../words.ts';

/** What a list is called on the screen. */
export function placeTitle(words: Words, where: Place): string {
  switch (where.list) {
    case 'tag':
      return where.tag;
    case 'site':
      return where.host;
    case 'search':
      return where.query;
    default:
      return words.sidebar[where.list];
  }
}

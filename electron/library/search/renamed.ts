import { normalTag } from '../../../shared/tag-spelling.ts';
import type { ActBody, SearchValue } from '../storage/acts.ts';
import { all } from '../storage/database.ts';
import type { Store } from '../storage/store.ts';

const longestQuery = 500;
const named = /(^|[\s(-])((?:tags?|标签)[:：])("[^"]*"|“[^”]*”|[^\s"“”()]+)/giu;

/** The kept searches that name a tag, under its new name; one that is gone stays as it was written, and finds nothing. */
export function searchesRenamed(store: Store, naming: (tag: string) => string | null): { acts: ActBody[]; back: ActBody[] } {
  const acts: ActBody[] = [];
  const back: ActBody[] = [];
  for (const { id, ...value } of all<SearchValue & { id: string }>(store.db, 'SELECT id, name, query, sort, place FROM searches ORDER BY id')) {
    const query = queryRenamed(value.query, naming);
    // One that would be longer than a search can be stays as it was written.
    if (query === value.query || query.length > longestQuery) continue;
    acts.push({ act: 'search', search: id, value: { ...value, query } });
    back.push({ act: 'search', search: id, value: { ...value } });
  }
  return { acts, back };
}

/** A query with its tags under their new names. */
export function queryRenamed(query: string, naming: (tag: string) => string | null): string {
  return query.replace(named, (whole, before: string, field: string, value: string) => {
    const tag = normalTag(value.replace(/^["“]|["”]$/gu, ''));
    const to = naming(tag);
    if (to === null || to === tag) return whole;
    return `${before}${field}${/[\s()]/u.test(to) ? `"${to}"` : to}`;
  });
}

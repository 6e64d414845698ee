import { readColour } from '../../shared/tag-colour.ts';
import type { Tag } from '../../shared/tag.ts';
import type { ActBody } from './storage/acts.ts';
import { all } from './storage/database.ts';
import { changeWithUndo } from './undo.ts';
import { rowsOf } from './rows.ts';
import { allTagFacts, chosenShelves } from './storage/tag-facts.ts';
import type { Answer, Store } from './storage/store.ts';

/** Every tag in use (and every shelf), in the order of names, with how many articles it lists. */
export const tags =
  (store: Store): Answer<'tags'> =>
  () => allTags(store);

/** As `tags`, for what else is said of all of them. */
export function allTags(store: Store): Tag[] {
  const facts = allTagFacts(store.db);
  const places = new Map((chosenShelves(store.db) ?? []).map((name, place) => [name, place]));
  const found = all<Pick<Tag, 'name' | 'count' | 'unread'>>(store.db, 'SELECT name, count, unread FROM tags WHERE count > 0');
  const names = new Set(found.map(({ name }) => name));
  const missing = [...places.keys()].filter((name) => !names.has(name)).map((name) => ({ name, count: 0, unread: 0 }));
  return [...found, ...missing]
    .map((tag) => ({ ...tag, position: places.get(tag.name) ?? null, colour: readColour(facts.get(tag.name)?.colour) }))
    .toSorted((a, b) => byName.compare(a.name, b.name));
}

const byName = new Intl.Collator(['zh-CN', 'en'], { numeric: true });

/** Adds and removes tags; the undo gives every article back exactly the tags it had. */
export const tag =
  (store: Store): Answer<'tag'> =>
  ({ ids, add, remove, joins }) => {
    const acts: ActBody[] = [];
    const back: ActBody[] = [];
    for (const row of rowsOf(store, ids)) {
      for (const name of new Set(add)) {
        if (row.tags.includes(name) || remove.includes(name)) continue;
        acts.push({ act: 'tag', id: row.id, tag: name, on: true });
        back.push({ act: 'tag', id: row.id, tag: name, on: false });
      }
      for (const name of new Set(remove)) {
        if (!row.tags.includes(name)) continue;
        acts.push({ act: 'tag', id: row.id, tag: name, on: false });
        back.push({ act: 'tag', id: row.id, tag: name, on: true });
      }
    }
    return changeWithUndo(store, acts, back, joins);
  };

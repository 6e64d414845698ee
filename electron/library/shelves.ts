import { all, get } from './storage/database.ts';
import type { Answer, Store } from './storage/store.ts';

const automatic = 6;

/** The tags chosen for Home, in order; null when the reader never chose. */
export function chosenShelves(store: Store): string[] | null {
  const fact = get<{ value: string }>(store.db, "SELECT value FROM facts WHERE name = 'shelves'");
  return fact ? (JSON.parse(fact.value) as string[] | null) : null;
}

/** Home's shelves that hold something: the reader's choice, else the fullest tags that are no child of another. */
export function shelvesOf(store: Store): string[] {
  const chosen = chosenShelves(store);
  if (chosen) return chosen.filter((tag) => get(store.db, 'SELECT 1 FROM tags WHERE name = ? AND count > 0', tag));
  const text = "SELECT name FROM tags WHERE count > 0 AND instr(name, '/') = 0 ORDER BY count DESC, name LIMIT ?";
  return all<{ name: string }>(store.db, text, automatic).map(({ name }) => name);
}

/** Sets Home's shelves, whole and in order. */
export const shelves =
  (store: Store): Answer<'shelves'> =>
  ({ tags }) => {
    store.act([{ act: 'shelves', tags: [...new Set(tags)] }]);
    store.tell({ about: 'tags' });
    return null;
  };

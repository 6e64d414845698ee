import type { Shelf } from '../../shared/shelf.ts';
import { all, get } from './storage/database.ts';
import { chosenShelves, tagFacts } from './storage/tag-facts.ts';
import type { Answer, Store } from './storage/store.ts';
import { rowsOf } from './rows.ts';
import { isQuick, orderOf, tagList } from './tag-page.ts';
import { changeWithUndo } from './undo.ts';

const automatic = 6;

/** Home's shelves: the reader's choice, be they empty or not, else the fullest tags that are no child of another. */
function shelfTags(store: Store): string[] {
  const chosen = chosenShelves(store.db);
  if (chosen) return chosen;
  const text = "SELECT name FROM tags WHERE count > 0 AND instr(name, '/') = 0 ORDER BY count DESC, name LIMIT ?";
  return all<{ name: string }>(store.db, text, automatic).map(({ name }) => name);
}

/** Home's shelves with their titles, `rows` of them where the reader chose no number. */
export function shelvesOf(store: Store, rows: number): Shelf[] {
  return shelfTags(store).map((tag) => {
    const facts = tagFacts(store.db, tag);
    const own = orderOf(store, tag);
    // An order that has to read the whole list is for the tag's page alone.
    const [order, titles, folded] = [isQuick(own) ? own : ('newest' as const), facts.titles ?? rows, facts.folded ?? false];
    const counts = get<{ count: number; unread: number }>(store.db, 'SELECT count, unread FROM tags WHERE name = ?', tag);
    const ids = folded ? [] : tagList(store, tag, order, 0, titles).ids;
    return { tag, count: counts?.count ?? 0, unread: counts?.unread ?? 0, order, titles, folded, rows: rowsOf(store, ids) };
  });
}

/** Sets Home's shelves, whole and in order. */
export const shelves =
  (store: Store): Answer<'shelves'> =>
  ({ tags }) => {
    const before = chosenShelves(store.db);
    const next = [...new Set(tags)];
    if (JSON.stringify(before) === JSON.stringify(next)) return { undo: null };
    return changeWithUndo(store, [{ act: 'shelves', tags: next }], [{ act: 'shelves', tags: before }]);
  };

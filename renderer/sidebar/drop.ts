import { archiveAll, backToInbox, changeTags, favouriteAll, toggleTrash, type Subject } from '../acts.ts';
import type { Place } from '../hash.ts';

/** What happens to articles dropped on a place of the sidebar; null for places that take none. */
export function dropOn(where: Place): ((rows: readonly Subject[]) => Promise<boolean>) | null {
  switch (where.list) {
    case 'tag':
      return (rows) => changeTags(rows.map((row) => row.id), [where.tag], []);
    case 'favourites':
      return favouriteAll;
    case 'archive':
      return archiveAll;
    case 'trash':
      return (rows) => toggleTrash(rows.filter((row) => row.trashedAt === null));
    case 'inbox':
      return backToInbox;
    default:
      return null;
  }
}

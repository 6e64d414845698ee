import type { ArticleId } from '../../../shared/article.ts';
import { deviceOf } from '../storage/clock.ts';
import { get } from '../storage/database.ts';
import { deviceName } from '../storage/layout.ts';
import type { Store } from '../storage/store.ts';

/**
 * Whether it was on this machine that an article was asked for, or asked for again. What a journal from elsewhere calls typed
 * was typed into another machine, if at all: in its private network, which is not ours.
 */
export function isAskedHere(store: Store, id: ArticleId): boolean {
  const device = deviceName(store.libraryId);
  const toldHere = (field: string): boolean => {
    const told = get<{ clock: string }>(store.db, 'SELECT clock FROM clocks WHERE article = ? AND field = ?', id, field);
    return told !== undefined && deviceOf(told.clock) === device;
  };
  return toldHere('save') || (toldHere('stage') && get(store.db, "SELECT 1 FROM articles WHERE id = ? AND state = 'waiting'", id) !== undefined);
}

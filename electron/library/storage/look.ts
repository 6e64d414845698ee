import type { DatabaseSync } from 'node:sqlite';
import type { Look, LookField, LookValue } from '../../../shared/look.ts';
import { get, run } from './database.ts';

/** Takes over one field of an article's own look; in the order of names, so that any order of acts comes to the same. */
export function keepLook(db: DatabaseSync, id: string, field: LookField, value: LookValue | null): void {
  const row = get<{ look: string | null }>(db, 'SELECT look FROM articles WHERE id = ?', id);
  const { [field]: _before, ...rest } = readLook(row?.look ?? null);
  const next = Object.entries(value === null ? rest : { ...rest, [field]: value }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  run(db, 'UPDATE articles SET look = ? WHERE id = ?', next.length === 0 ? null : JSON.stringify(Object.fromEntries(next)), id);
}

/** An article's own look as the index holds it. */
export function readLook(look: string | null): Look {
  return look === null ? {} : (JSON.parse(look) as Look);
}

import { lookFields, type LookValue } from '../../shared/look.ts';
import { indexRow } from './rows.ts';
import type { ActBody } from './storage/acts.ts';
import { readLook } from './storage/look.ts';
import type { Answer, Store } from './storage/store.ts';
import { changeWithUndo } from './undo.ts';

/** Changes how one article alone looks. */
export const look =
  (store: Store): Answer<'look'> =>
  ({ id, change }) => {
    const now = readLook(indexRow(store.db, id).look);
    const set = (values: Partial<Record<(typeof lookFields)[number], LookValue | null>>): ActBody[] =>
      lookFields.flatMap((field): ActBody[] => {
        const value = values[field];
        return value === undefined ? [] : [{ act: 'look', id, field, value }];
      });
    const changed = lookFields.filter((field) => change[field] !== undefined && change[field] !== (now[field] ?? null));
    const pick = (from: typeof change) => Object.fromEntries(changed.map((field) => [field, from[field] ?? null]));
    return changeWithUndo(store, set(pick(change)), set(pick(now)));
  };

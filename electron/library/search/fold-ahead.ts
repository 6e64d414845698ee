import { setImmediate as breathe } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { searchable } from '../../../shared/fold.ts';

/*
 * A book's words take longer to fold than others may wait: they are folded a piece at a time before it is taken into the
 * search index. One text at a time is kept so; what is not here is folded when it is wanted.
 */

/** So many characters are folded in one step. */
const stride = 150_000;
const ahead = new WeakMap<DatabaseSync, { text: string; words: string }>();

/** Folds a text in pieces, others being answered between them. */
export async function foldAhead(db: DatabaseSync, text: string): Promise<void> {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    // Lines are folded one as the other: nothing reaches over their end.
    const line = text.length - from <= stride ? text.length : text.indexOf('\n', from + stride) + 1;
    const to = line === 0 ? text.length : line;
    pieces.push(searchable(text.slice(from, to)));
    from = to;
    await breathe();
  }
  ahead.set(db, { text, words: pieces.join(' ') });
}

/** A text's words, folded: those made ahead, when it is still the same text. */
export function foldedWords(db: DatabaseSync, text: string): string {
  const known = ahead.get(db);
  return known?.text === text ? known.words : searchable(text);
}

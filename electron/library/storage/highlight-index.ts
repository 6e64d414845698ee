import { inflateRawSync } from 'node:zlib';
import type { DatabaseSync } from 'node:sqlite';
import { locate } from '../../../shared/anchor.ts';
import { signsOf } from '../../../shared/anchor-text.ts';
import type { Anchor } from '../../../shared/highlight.ts';
import { searchable } from '../../../shared/fold.ts';
import type { Act } from './acts.ts';
import { all, get, run, transaction } from './database.ts';
import { listBits } from './membership.ts';

/** How long finding again what was marked may keep others waiting, in milliseconds. */
const turn = 25;

/** Takes an act on a highlight into the index. `isLatest` says whether the act is the latest of a field; `toBeSearched`: its article's words changed. */
export function applyHighlight(
  db: DatabaseSync, act: Act & { act: 'highlight' | 'setHighlight' }, isLatest: (field: string) => boolean, toBeSearched: () => void,
): void {
  const { id, highlight } = act;
  const put = (field: string, column: string, value: string | number): boolean => {
    if (!isLatest(`highlight ${highlight} ${field}`)) return false;
    run(db, `UPDATE highlights SET ${column} = ? WHERE article = ? AND id = ?`, value, id, highlight);
    return true;
  };
  run(db, 'INSERT OR IGNORE INTO highlights (article, id) VALUES (?, ?)', id, highlight);
  let [words, place] = [false, false];
  if (act.act === 'highlight') {
    if (put('made', 'made_at', act.at)) run(db, 'UPDATE highlights SET made = 1 WHERE article = ? AND id = ?', id, highlight);
    put('colour', 'colour', act.colour);
    words = put('note', 'note', act.note);
    place = put('anchor', 'anchor', JSON.stringify(act.anchor));
    put('removed', 'removed', 0);
  } else {
    const value = act.field === 'anchor' ? JSON.stringify(act.value) : act.field === 'removed' ? Number(act.value) : act.value;
    const changed = put(act.field, act.field, value);
    words = changed && act.field === 'note';
    place = changed && act.field === 'anchor';
  }
  const row = get<{ seat: number; note: string; anchor: string }>(db, 'SELECT seat, note, anchor FROM highlights WHERE article = ? AND id = ?', id, highlight);
  if (row === undefined) return;
  if (place) run(db, 'UPDATE highlights SET stale = 1 WHERE seat = ?', row.seat);
  if (words || place) {
    const quote = row.anchor === '' ? '' : (JSON.parse(row.anchor) as Anchor).quote;
    run(db, 'INSERT OR REPLACE INTO highlight_index (rowid, quote, note) VALUES (?, ?, ?)', row.seat, searchable(quote), searchable(row.note));
  }
  // The quote is in the article's own text: only a note makes it to be found by other words.
  if (row.note !== '' || words) toBeSearched();
}

/** Brings up to date which of an article's highlights are shown. */
export function settleHighlights(db: DatabaseSync, id: string): void {
  const shown = `made AND NOT removed AND EXISTS (SELECT 1 FROM articles AS a WHERE a.id = highlights.article AND a.lists & ${listBits.all})`;
  run(db, `UPDATE highlights SET shown = ${shown} WHERE article = ? AND shown <> (${shown})`, id);
}

/** The article's text is another now. */
export function unsettleHighlights(db: DatabaseSync, id: string): void {
  run(db, 'UPDATE highlights SET stale = 1 WHERE article = ?', id);
}

/** The article is gone for good. */
export function forgetHighlights(db: DatabaseSync, id: string): void {
  run(db, 'DELETE FROM highlight_index WHERE rowid IN (SELECT seat FROM highlights WHERE article = ?)', id);
  run(db, 'DELETE FROM highlights WHERE article = ?', id);
}

/** Whether some highlights have yet to be found again. */
export function areStale(db: DatabaseSync): boolean {
  return get(db, 'SELECT 1 FROM highlights WHERE stale = 1 LIMIT 1') !== undefined;
}

/** Finds highlights again whose article or anchor changed, for a moment; answers whether some are left. */
export function anchorSome(db: DatabaseSync): boolean {
  const next = get<{ article: string }>(db, 'SELECT article FROM highlights WHERE stale = 1 LIMIT 1');
  if (next === undefined) return false;
  transaction(db, () => anchorArticle(db, next.article, performance.now() + turn));
  return areStale(db);
}

/** Finds an article's highlights again that have yet to be, as many as there is time for. Inside the caller's transaction. */
export function anchorArticle(db: DatabaseSync, id: string, until = Infinity): void {
  const stale = all<{ seat: number; anchor: string }>(db, 'SELECT seat, anchor FROM highlights WHERE article = ? AND stale = 1', id);
  if (stale.length === 0) return;
  const stored = get<{ text: Uint8Array }>(db, 'SELECT text FROM texts WHERE article = ?', id);
  const text = stored === undefined ? null : signsOf(inflateRawSync(stored.text).toString('utf8'));
  for (const { seat, anchor } of stale) {
    const located = text === null || anchor === '' ? null : locate(text, JSON.parse(anchor) as Anchor);
    // Without a text nothing can be said: the highlight is not lost, it waits.
    const orphan = text !== null && anchor !== '' && located === null ? 1 : 0;
    run(db, 'UPDATE highlights SET stale = 0, located_from = ?, located_to = ?, orphan = ? WHERE seat = ?', located?.start ?? null, located?.end ?? null, orphan, seat);
    if (performance.now() > until) return;
  }
}

/** The notes of an article's highlights, for its search. */
export function notesOf(db: DatabaseSync, id: string): string {
  return all<{ note: string }>(db, "SELECT note FROM highlights WHERE article = ? AND made AND NOT removed AND note <> '' ORDER BY id", id).map(({ note }) => note).join('\n');
}

/** How many of an article's highlights would have no place in another text, of how many that have one now. */
export function wouldBeOrphans(db: DatabaseSync, id: string, text: string): { lost: number; of: number } {
  anchorArticle(db, id);
  const rows = all<{ anchor: string }>(db, 'SELECT anchor FROM highlights WHERE article = ? AND made AND NOT removed AND NOT orphan', id);
  if (rows.length === 0) return { lost: 0, of: 0 };
  const folded = signsOf(text);
  return { lost: rows.filter(({ anchor }) => locate(folded, JSON.parse(anchor) as Anchor) === null).length, of: rows.length };
}

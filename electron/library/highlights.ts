import type { ArticleId } from '../../shared/article.ts';
import { FailureError } from '../../shared/failure.ts';
import type { Anchor, Highlight, HighlightColour, HighlightId, ListedHighlight } from '../../shared/highlight.ts';
import { searchable } from '../../shared/fold.ts';
import { indexRow } from './rows.ts';
import type { ActBody } from './storage/acts.ts';
import { createId } from './storage/clock.ts';
import { all, get, transaction } from './storage/database.ts';
import { anchorArticle, areStale } from './storage/highlight-index.ts';
import type { Answer, Store } from './storage/store.ts';
import { changeWithUndo } from './undo.ts';

export type HighlightRow = {
  article: ArticleId; id: HighlightId; made_at: string; colour: HighlightColour; note: string; anchor: string;
  located_from: number | null; located_to: number | null; orphan: number; removed: number;
};

const columns = 'h.article, h.id, h.made_at, h.colour, h.note, h.anchor, h.located_from, h.located_to, h.orphan, h.removed';

function toHighlight(row: HighlightRow): Highlight {
  return {
    id: row.id, article: row.article, colour: row.colour, note: row.note, anchor: JSON.parse(row.anchor) as Anchor, madeAt: row.made_at,
    located: row.located_from === null || row.located_to === null ? null : { start: row.located_from, end: row.located_to },
    orphan: row.orphan === 1,
  };
}

/** An article's highlights in the order of its text, orphans last. */
export function highlightsOf(store: Store, id: ArticleId): Highlight[] {
  if (areStale(store.db)) transaction(store.db, () => anchorArticle(store.db, id));
  const text = `SELECT ${columns} FROM highlights AS h WHERE h.article = ? AND h.made AND NOT h.removed
    ORDER BY h.orphan, ifnull(h.located_from, json_extract(h.anchor, '$.start')), h.made_at, h.id`;
  return all<HighlightRow>(store.db, text, id).map(toHighlight);
}

/** An article's highlights. */
const highlights =
  (store: Store): Answer<'highlights'> =>
  ({ id }) => highlightsOf(store, indexRow(store.db, id).id);

/** Marks a stretch of an article. */
const highlight =
  (store: Store): Answer<'highlight'> =>
  ({ id, anchor, colour, note }) => {
    indexRow(store.db, id);
    const at = store.now();
    const made = createId(Date.parse(at));
    const acts: ActBody[] = [{ act: 'highlight', id, highlight: made, at, anchor, colour, note: note.trim() }];
    return { highlight: made, ...changeWithUndo(store, acts, [{ act: 'setHighlight', id, highlight: made, field: 'removed', value: true }]) };
  };

function rowOf(store: Store, id: ArticleId, highlightId: HighlightId): HighlightRow {
  const row = get<HighlightRow>(store.db, `SELECT ${columns} FROM highlights AS h WHERE h.article = ? AND h.id = ? AND h.made`, id, highlightId);
  if (row === undefined) throw new FailureError({ kind: 'not-found', what: highlightId });
  return row;
}

/** Changes a highlight's colour, note or place. */
const changeHighlight =
  (store: Store): Answer<'changeHighlight'> =>
  ({ id, highlight: highlightId, colour, note, anchor }) => {
    const row = rowOf(store, id, highlightId);
    const former = toHighlight(row);
    const acts: ActBody[] = [];
    const back: ActBody[] = [];
    const of = { act: 'setHighlight', id, highlight: highlightId } as const;
    if (colour !== undefined && colour !== former.colour) {
      acts.push({ ...of, field: 'colour', value: colour });
      back.push({ ...of, field: 'colour', value: former.colour });
    }
    if (note !== undefined && note.trim() !== former.note) {
      acts.push({ ...of, field: 'note', value: note.trim() });
      back.push({ ...of, field: 'note', value: former.note });
    }
    if (anchor !== undefined) {
      acts.push({ ...of, field: 'anchor', value: anchor });
      back.push({ ...of, field: 'anchor', value: former.anchor });
    }
    return changeWithUndo(store, acts, back);
  };

/** Takes highlights away; the undo brings them back as they were. */
const removeHighlights =
  (store: Store): Answer<'removeHighlights'> =>
  ({ id, highlights: ids }) => {
    const present = [...new Set(ids)].filter((each) => rowOf(store, id, each).removed === 0);
    const set = (value: boolean) => present.map((each): ActBody => ({ act: 'setHighlight', id, highlight: each, field: 'removed', value }));
    return changeWithUndo(store, set(true), set(false));
  };

/**
 * The acts that bring articles' highlights to another with the same text, and those that take that back: for articles
 * made one. What is marked there already in the same words is left out. Where the text differs they are found again or orphans.
 */
export function highlightMoves(store: Store, from: readonly ArticleId[], to: ArticleId): { acts: ActBody[]; back: ActBody[] } {
  const keyOf = ({ anchor, note }: Highlight): string => JSON.stringify([anchor.quote, anchor.prefix, anchor.suffix, note]);
  const there = new Set(highlightsOf(store, to).map(keyOf));
  const acts: ActBody[] = [];
  const back: ActBody[] = [];
  for (const one of from.flatMap((id) => highlightsOf(store, id))) {
    if (there.has(keyOf(one))) continue;
    there.add(keyOf(one));
    const { anchor, colour, note, madeAt } = one;
    const made = createId(Date.parse(madeAt));
    acts.push({ act: 'highlight', id: to, highlight: made, at: madeAt, anchor, colour, note });
    back.push({ act: 'setHighlight', id: to, highlight: made, field: 'removed', value: true });
  }
  return { acts, back };
}

/** Highlights of all articles outside the trash, newest first. */
const allHighlights =
  (store: Store): Answer<'allHighlights'> =>
  ({ find, colour, tag, notes, after, count }) => {
    const tests = ['h.shown = 1'];
    const values: Array<string | number> = [];
    const match = matchOf(find);
    if (find.trim() !== '' && match === null) return { highlights: [], more: false };
    if (match !== null) {
      tests.push('h.seat IN (SELECT rowid FROM highlight_index WHERE highlight_index MATCH ?)');
      values.push(match);
    }
    if (colour !== null) {
      tests.push('h.colour = ?');
      values.push(colour);
    }
    if (notes) tests.push("h.note <> ''");
    if (tag !== null) {
      tests.push('h.article IN (SELECT r.article FROM tags AS t JOIN tag_rows AS r ON r.tag = t.id WHERE t.name = ?)');
      values.push(tag);
    }
    if (after !== null) {
      tests.push('(h.made_at, h.id) < (?, ?)');
      values.push(after.madeAt, after.id);
    }
    const text = `SELECT ${columns}, a.title, a.host, a.site, a.lang, a.dir FROM highlights AS h JOIN articles AS a ON a.id = h.article
      WHERE ${tests.join(' AND ')} ORDER BY h.made_at DESC, h.id DESC LIMIT ?`;
    const rows = all<HighlightRow & Pick<ListedHighlight, 'title' | 'host' | 'site' | 'lang' | 'dir'>>(store.db, text, ...values, count + 1);
    return {
      highlights: rows.slice(0, count).map(({ title, host, site, lang, dir, ...row }) => ({ ...toHighlight(row), title, host, site, lang, dir })),
      more: rows.length > count,
    };
  };

/** Every word must be there, the last one at least begun; null for nothing that could be found. */
function matchOf(find: string): string | null {
  const words = find.trim().split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return null;
  return words.map((word, at) => `"${searchable(word)}"${at === words.length - 1 ? ' *' : ''}`).join(' AND ');
}

/** All that may be asked about highlights but to have them written out. */
export const answerHighlights = (store: Store) => ({
  highlights: highlights(store),
  highlight: highlight(store),
  changeHighlight: changeHighlight(store),
  removeHighlights: removeHighlights(store),
  allHighlights: allHighlights(store),
});

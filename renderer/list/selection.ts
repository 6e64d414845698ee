import { create } from 'zustand';
import type { ArticleId } from '../../shared/article.ts';
import type { Subject } from '../acts.ts';
import type { Where } from '../../shared/contract.ts';

/** What is known of a selected article: of one chosen with all others and never seen (`minutes` null), only what its list says. */
export type Picked = Subject & { title: string; minutes: number | null };

/** What a list says of an article in it that was never seen. */
export function unseen(id: ArticleId, where: Where): Picked {
  const stage: Picked['stage'] =
    where.list === 'failed' ? { state: 'failed', failure: { kind: 'cancelled' } } : where.list === 'bookmarks' ? { state: 'bookmark' } : { state: 'ready' };
  return {
    id, url: null, title: '', tags: where.list === 'tag' ? [where.tag] : [], favourite: where.list === 'favourites', archived: where.list === 'archive',
    finishedAt: null, trashedAt: where.list === 'trash' ? '' : null, stage, minutes: null,
  };
}

type Selection = {
  /** The row that keys act on. */
  cursor: ArticleId | null;
  /** Where a Shift range starts. */
  anchor: ArticleId | null;
  /** The selected rows as they were when selected, so that acts know them though the list has moved on. */
  selected: ReadonlyMap<ArticleId, Picked>;
};

/** Which rows of the list on the screen are meant. Cleared when another list is shown. */
export const useSelection = create<Selection>(() => ({ cursor: null, anchor: null, selected: new Map() }));

export function setCursor(id: ArticleId | null): void {
  useSelection.setState({ cursor: id, anchor: id });
}

export function clearSelection(): void {
  if (useSelection.getState().selected.size > 0) useSelection.setState({ selected: new Map() });
}

/** Adds one row, or takes it out again. */
export function toggleSelected(row: Picked): void {
  useSelection.setState(({ selected }) => {
    const next = new Map(selected);
    if (!next.delete(row.id)) next.set(row.id, row);
    return { selected: next, cursor: row.id, anchor: row.id };
  });
}

/** Selects exactly these rows; the anchor of a range stays where it was. */
export function selectRows(rows: readonly Picked[], cursor: ArticleId): void {
  useSelection.setState({ selected: new Map(rows.map((row) => [row.id, row])), cursor });
}

/** Forgets everything: another list is shown. */
export function resetSelection(): void {
  useSelection.setState({ cursor: null, anchor: null, selected: new Map() });
}

import { create } from 'zustand';
import type { ArticleId, Row } from '../../shared/article.ts';

type Selection = {
  /** The row that keys act on. */
  cursor: ArticleId | null;
  /** Where a Shift range starts. */
  anchor: ArticleId | null;
  /** The selected rows as they were when selected, so that acts know them though the list has moved on. */
  selected: ReadonlyMap<ArticleId, Row>;
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
export function toggleSelected(row: Row): void {
  useSelection.setState(({ selected }) => {
    const next = new Map(selected);
    if (!next.delete(row.id)) next.set(row.id, row);
    return { selected: next, cursor: row.id, anchor: row.id };
  });
}

/** Selects exactly these rows; the anchor of a range stays where it was. */
export function selectRows(rows: readonly Row[], cursor: ArticleId): void {
  useSelection.setState({ selected: new Map(rows.map((row) => [row.id, row])), cursor });
}

/** Forgets everything: another list is shown. */
export function resetSelection(): void {
  useSelection.setState({ cursor: null, anchor: null, selected: new Map() });
}

import type { Row } from '../../shared/article.ts';
import type { Where } from '../../shared/contract.ts';
import { prefetch } from '../ask.ts';
import { openArticle, useView } from '../view.ts';
import type { CurrentList } from './current.ts';
import type { Pages } from './pages.ts';
import { selectRows, setCursor, toggleSelected, unseen, useSelection } from './selection.ts';

/** What keys and presses do in a list: the cursor, ranges, opening. */
export type Stepping = CurrentList & {
  /** As `step`, taking all rows on the way into the selection. */
  extend(by: number): void;
  stepTo(index: number, extend: boolean): Promise<void>;
  /** Selects from the anchor of the range to this row. */
  extendTo(index: number): Promise<void>;
  selectAll(): Promise<void>;
  /** Where the cursor is, or was when its row left the list. */
  at(): number;
};

/** As many are selected with all that their rows say. */
const few = 500;

/** Makes the stepping of one list. `reveal` scrolls to a row and puts the focus there, if it should be there. */
export function steppingIn(where: Where, pages: Pages, reveal: (index: number) => void): Stepping {
  /** Remembered, so that what took the place of an archived row is next. */
  let last = 0;
  const find = (): number | null => {
    const { cursor } = useSelection.getState();
    const index = cursor === null ? null : pages.indexOf(cursor);
    if (index !== null) last = index;
    return index;
  };
  const here = (): Row | undefined => pages.row(find() ?? last);
  const ahead = (by: number): number => {
    if (useSelection.getState().cursor === null) return 0;
    const index = find();
    // The row has gone: what took its place is the next one.
    return index === null ? last + (by > 0 ? by - 1 : by) : index + by;
  };
  const extendTo = async (index: number) => {
    const { anchor } = useSelection.getState();
    const start = (anchor === null ? null : pages.indexOf(anchor)) ?? last;
    const rows = await pages.fetchRange(Math.min(start, index), Math.max(start, index));
    const target = start < index ? rows.at(-1) : rows[0];
    if (target !== undefined) selectRows(rows, target.id);
  };
  const stepTo = async (index: number, extend: boolean) => {
    const total = pages.total() ?? 0;
    if (total === 0) return;
    const at = Math.min(total - 1, Math.max(0, index));
    const row = pages.row(at) ?? (await pages.fetchRange(at, at))[0];
    if (row === undefined) return;
    last = at;
    if (extend) await extendTo(at);
    else setCursor(row.id);
    if (useView.getState().article !== null && !extend) openArticle(row.id, { replace: true, stay: true });
    reveal(at);
    const next = pages.row(at + 1);
    if (next?.stage.state === 'ready') prefetch('article', { id: next.id });
  };
  return {
    step: (by) => void stepTo(ahead(by), false),
    extend: (by) => void stepTo(ahead(by), true),
    stepTo,
    extendTo,
    async selectAll() {
      const total = pages.total() ?? 0;
      // Very many are known by their ids alone.
      const rows = total > few ? (await pages.fetchIds()).map((id) => unseen(id, where)) : await pages.fetchRange(0, total - 1);
      const first = rows[0];
      if (first !== undefined) selectRows(rows, useSelection.getState().cursor ?? first.id);
    },
    open() {
      const row = here();
      if (row !== undefined) openArticle(row.id);
    },
    toggle() {
      const row = here();
      if (row !== undefined) toggleSelected(row);
    },
    row(id) {
      const index = pages.indexOf(id);
      return index === null ? undefined : pages.row(index);
    },
    at: () => find() ?? last,
    focus() {
      const at = find();
      if (at !== null) reveal(at);
    },
  };
}

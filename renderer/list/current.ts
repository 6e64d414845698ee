import type { ArticleId, Row } from '../../shared/article.ts';
import { peek } from '../ask.ts';
import type { Subject } from '../acts.ts';
import { useView } from '../view.ts';
import { useSelection } from './selection.ts';

/** What the keyboard can ask of the list (or Home) on the screen. */
export type CurrentList = {
  /** Steps the cursor by so many articles; opens what it comes to when an article is open beside it. */
  step(by: number): void;
  /** Opens the article under the cursor. */
  open(): void;
  /** Adds the article under the cursor to the selection, or takes it out. */
  toggle(): void;
  row(id: ArticleId): Row | undefined;
  /** Brings the focus back from the text to the article's row; only a list beside the text has it. */
  focus?(): void;
};

let current: CurrentList | null = null;

/** Makes a list the one that the keyboard means, until the answered function is called. */
export function becomeCurrent(list: CurrentList): () => void {
  current = list;
  return () => {
    if (current === list) current = null;
  };
}

export const currentList = (): CurrentList | null => current;

/** The articles a command means: the selection, else the open article, else the one under the cursor. */
export function targets(): Subject[] {
  const { selected, cursor } = useSelection.getState();
  const { article } = useView.getState();
  // Of very many, what was known when they were selected is near enough.
  if (selected.size > 500) return [...selected.values()];
  const ids = selected.size > 0 ? [...selected.keys()] : [article ?? cursor].filter((id) => id !== null);
  return ids.flatMap((id) => {
    const row = peek('article', { id }).value ?? current?.row(id) ?? selected.get(id);
    return row === undefined ? [] : [row];
  });
}

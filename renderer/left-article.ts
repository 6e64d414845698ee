import type { ArticleId } from '../shared/article.ts';
import { placePath } from './hash.ts';
import { useView } from './view.ts';

let left: ArticleId | null = null;
useView.subscribe((view, before) => {
  if (before.article === view.article) return;
  left = view.article === null && placePath(view.where) === placePath(before.where) ? before.article : null;
});

/** The article just closed, once: what is shown in its place gives its line the focus, unless something else has it. */
export function takeLeft(): ArticleId | null {
  const id = document.activeElement === null || document.activeElement === document.body ? left : null;
  left = null;
  return id;
}

import { create } from 'zustand';
import type { ArticleId } from '../../shared/article.ts';
import type { Undo } from '../../shared/contract.ts';
import type { Reply } from '../../shared/failure.ts';
import { offerUndo, sayFailure, type Toast, type UndoableName } from '../parts/toasts.ts';

/** As many articles as one question changes: what else is asked meanwhile waits for no more. */
const PIECE = 500;

/** How far a change of very many articles is; null while none is going on. */
export const useBusy = create<{ busy: { done: number; of: number } | null }>(() => ({ busy: null }));

/** Does something to many articles piece by piece, with one Undo for all of it; answers whether all was done. */
export async function inPieces(
  name: UndoableName, ids: readonly ArticleId[], change: (some: ArticleId[], joins: { joins?: string }) => Promise<Reply<Undo>>,
  text: Toast['text'],
): Promise<boolean> {
  let token: string | null = null;
  let whole = true;
  const large = ids.length > PIECE;
  for (let from = 0; from < ids.length && whole; from += PIECE) {
    if (large) useBusy.setState({ busy: { done: from, of: ids.length } });
    const reply = await change(ids.slice(from, from + PIECE), token === null ? {} : { joins: token });
    if (reply.ok) token = reply.value.undo ?? token;
    else {
      whole = false;
      sayFailure(reply.failure);
    }
  }
  useBusy.setState({ busy: null });
  // What was done before a failure can be taken back as well.
  if (token !== null) offerUndo(name, ids, token, whole ? text : null);
  return whole;
}

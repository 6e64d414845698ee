import type { ArticleId } from '../../shared/article.ts';
import type { Undo } from '../../shared/contract.ts';
import type { Reply } from '../../shared/failure.ts';
import { offerUndo, sayFailure, type Toast, type UndoableName } from '../parts/toasts.ts';
import { beginWork } from '../parts/work.ts';

/** As many articles as one question changes: what else is asked meanwhile waits for no more. */
const PIECE = 500;

/**
 * Does something to many articles piece by piece, with one Undo for all of it; tells how far it is and can be stopped.
 * Answers whether all was done.
 */
export async function inPieces(
  name: UndoableName, ids: readonly ArticleId[], change: (some: ArticleId[], joins: { joins?: string }) => Promise<Reply<Undo>>,
  text: Toast['text'],
): Promise<boolean> {
  let token: string | null = null;
  let failed = false;
  let done = 0;
  const work = beginWork((words, some, of) => words.work.changed(some, of));
  const large = ids.length > PIECE;
  const goesOn = () => !large || work.reach(done, ids.length);
  while (!failed && done < ids.length && goesOn()) {
    const some = ids.slice(done, done + PIECE);
    const reply = await change(some, token === null ? {} : { joins: token });
    if (reply.ok) {
      token = reply.value.undo ?? token;
      done += some.length;
    } else {
      failed = true;
      sayFailure(reply.failure);
    }
  }
  work.end();
  const whole = done >= ids.length;
  // What was done before a failure or a stop can be taken back as well.
  if (token !== null) offerUndo(name, ids.slice(0, done), token, whole ? text : failed ? null : (words) => words.work.stopped(done));
  return whole;
}

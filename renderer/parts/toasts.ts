import { create } from 'zustand';
import type { ArticleId } from '../../shared/article.ts';
import type { Input, QuestionName, Output, Undo } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import { explain } from '../../shared/words/explain.ts';
import type { Words } from '../../shared/words/words.ts';
import { ask } from '../ask.ts';
import { beginWork } from './work.ts';

/** One notice. Its text is a function of the words, so that it follows the interface language. */
export type Toast = {
  id: number;
  text: (words: Words) => string;
  detail: ((words: Words) => string) | null;
  /** The token that takes it back. */
  undo: string | null;
  /** Trouble stays until dismissed. */
  tone: 'plain' | 'trouble';
};

/** A change that can be taken back: by which token, what it was, and of which articles. */
type Undoable = { token: string; name: UndoableName; ids: readonly ArticleId[] };

/** The questions whose answer can be taken back. */
export type UndoableName = { [N in QuestionName]: Output<N> extends Undo ? N : never }[QuestionName];

const AT_MOST = 3;
const UNDO_DEPTH = 50;
let counted = 0;

export const useToasts = create<{ toasts: Toast[]; undoable: Undoable[] }>(() => ({ toasts: [], undoable: [] }));

function show(toast: Omit<Toast, 'id'>): void {
  counted += 1;
  const made = { ...toast, id: counted };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, made].slice(-AT_MOST) }));
}

/** Tells the reader what was done; with `undo`, a button takes it back. */
export function say(text: Toast['text'], undo: string | null = null): void {
  show({ text, detail: null, undo, tone: 'plain' });
}

/** Tells the reader what failed, why and what to do, in the words of its kind. */
export function sayFailure(failure: Failure): void {
  // Not a site on the web: Lectern's own process is not there.
  if (failure.kind === 'no-connection' && failure.host === location.host) {
    show({ text: (words) => words.app.gone, detail: null, undo: null, tone: 'plain' });
    return;
  }
  show({
    text: (words) => explain(words, failure).what,
    detail: (words) => explain(words, failure).todo,
    undo: null,
    tone: 'trouble',
  });
}

export function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Asks for a change that can be taken back, and says what came of it; `refuse` says a failure elsewhere. Answers whether it was done. */
export async function act<N extends UndoableName>(
  name: N, input: Input<N>, text: Toast['text'] | null, refuse: (failure: Failure) => void = sayFailure,
): Promise<boolean> {
  const reply = await ask(name, input);
  if (!reply.ok) {
    refuse(reply.failure);
    return false;
  }
  const { undo } = reply.value as Undo;
  if (undo !== null) offerUndo(name, 'ids' in input ? input.ids : 'id' in input && typeof input.id === 'string' ? [input.id] : [], undo, text);
  return true;
}

/** Keeps the way back from what was done to these articles, and says what that was, unless it speaks for itself. */
export function offerUndo(name: UndoableName, ids: readonly ArticleId[], token: string, text: Toast['text'] | null): void {
  useToasts.setState(({ undoable }) => ({ undoable: [...undoable, { token, name, ids }].slice(-UNDO_DEPTH) }));
  if (text !== null) say(text, token);
}

/** These articles, or everything in the trash, are gone for good: what was done to them alone is no longer offered back. */
export function forgetErased(ids: readonly ArticleId[] | 'all'): void {
  const { undoable } = useToasts.getState();
  const gone = new Set(ids === 'all' ? undoable.filter(({ name }) => name === 'trash').flatMap((change) => change.ids) : ids);
  forget(undoable.filter((change) => change.ids.length > 0 && change.ids.every((id) => gone.has(id))).map(({ token }) => token));
}

function forget(tokens: readonly string[]): void {
  useToasts.setState(({ toasts, undoable }) => ({
    toasts: toasts.filter(({ undo }) => undo === null || !tokens.includes(undo)),
    undoable: undoable.filter(({ token }) => !tokens.includes(token)),
  }));
}

/** As many acts as are taken back by one question. */
const PIECE = 1_000;

/** Takes back one change: a large one piece by piece, and what was stopped or failed in between is offered again. */
export async function takeBack(undo: string): Promise<void> {
  const change = useToasts.getState().undoable.find(({ token }) => token === undo);
  forget([undo]);
  const again = () => useToasts.setState(({ undoable }) => ({ undoable: change === undefined ? undoable : [...undoable, change] }));
  const work = beginWork((words) => words.work.takingBack);
  try {
    for (let done = 0; ; done += PIECE) {
      const reply = await ask('undo', { undo, most: PIECE });
      if (!reply.ok) {
        again();
        return sayFailure(reply.failure);
      }
      const { done: known, left = 0 } = reply.value;
      if (left === 0) return known ? say((words) => words.toast.undone) : undefined;
      if (!work.reach(done + PIECE, done + PIECE + left)) {
        again();
        return say((words) => words.work.stoppedBack, undo);
      }
    }
  } finally {
    work.end();
  }
}

/** Takes back the newest change not taken back yet; again for the one before. */
export async function undoLast(): Promise<void> {
  const last = useToasts.getState().undoable.at(-1);
  if (last !== undefined) await takeBack(last.token);
}

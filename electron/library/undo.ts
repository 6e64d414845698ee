import type { ArticleId } from '../../shared/article.ts';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Answers, Undo } from '../../shared/contract.ts';
import type { ActBody } from './storage/acts.ts';
import { randomName } from './storage/clock.ts';
import type { Answer, Store } from './storage/store.ts';

const kept = 200;
const inverses = new WeakMap<Store, Map<string, ActBody[]>>();

/**
 * Does the acts, tells of them, and keeps their exact inverse under a token: the last 200 can be undone. With `joins`, the
 * token of a change before, the new token takes both back and the old one is spent.
 */
export function changeWithUndo(store: Store, acts: ActBody[], back: ActBody[], joins: string | null | undefined = null): Undo {
  if (acts.length === 0) return { undo: null };
  store.act(acts);
  tellOf(store, acts);
  const tokens = inverses.get(store) ?? new Map<string, ActBody[]>();
  inverses.set(store, tokens);
  const token = randomName(12);
  const earlier = typeof joins !== 'string' ? undefined : tokens.get(joins);
  if (typeof joins === 'string') tokens.delete(joins);
  tokens.set(token, earlier === undefined ? back : [...back, ...earlier]);
  for (const oldest of tokens.keys()) {
    if (tokens.size <= kept) break;
    tokens.delete(oldest);
  }
  return { undo: token };
}

/** Takes back what a token stands for; once. */
export const undo =
  (store: Store): Answer<'undo'> =>
  ({ undo: token }) => {
    const acts = inverses.get(store)?.get(token);
    if (!acts) return { done: false };
    store.act(acts);
    inverses.get(store)?.delete(token);
    tellOf(store, acts);
    return { done: true };
  };

/** As many articles as are changed, or acts taken back, at once: what else is asked meanwhile waits for no more. */
const batch = 100;

type Change = { ids: ArticleId[]; joins?: string | undefined };

/**
 * A change of many articles done batch by batch, with air for others between; one token takes all of it back. Where a batch
 * fails, what was done before it is still taken back by the token it joins, or is at once.
 */
export const changeInTurn =
  <Input extends Change>(store: Store, change: (input: Input) => Undo) =>
  async (input: Input): Promise<Undo> => {
    const { ids, joins } = input;
    if (ids.length <= batch) return change(input);
    let made: string | null = null;
    for (let from = 0; from < ids.length; from += batch) {
      if (from > 0) await breathe();
      try {
        made = change({ ...input, ids: ids.slice(from, from + batch), joins: made ?? joins }).undo ?? made;
      } catch (error) {
        const tokens = inverses.get(store);
        const back = made === null ? undefined : tokens?.get(made);
        if (made !== null && back !== undefined) {
          tokens?.delete(made);
          if (joins === undefined) store.act(back);
          else tokens?.set(joins, back);
        }
        throw error;
      }
    }
    return { undo: made };
  };

/**
 * As `undo`, but what was done to thousands is taken back piece by piece, the newest first, with air for others between; `most`
 * ends it in between, whole, and the token stays good for the rest.
 */
export const undoInTurn =
  (store: Store): Answers['undo'] =>
  async ({ undo: token, most = Infinity }) => {
    const tokens = inverses.get(store);
    const acts = tokens?.get(token);
    if (acts === undefined || acts.length <= batch) return undo(store)({ undo: token });
    let done = 0;
    for (let left = acts; left.length > 0; ) {
      const some = left.slice(0, batch);
      done += some.length;
      store.act(some, left.length > batch && done < most ? 'soon' : 'now');
      tellOf(store, some);
      left = left.slice(batch);
      // What is not taken back yet stays to be taken back, should the next piece fail.
      if (left.length > 0) tokens?.set(token, left);
      else tokens?.delete(token);
      if (left.length > 0 && done >= most) return { done: true, left: left.length };
      await breathe();
    }
    return { done: true };
  };

/** Says which articles changed, and that tags may have. */
export function tellOf(store: Store, acts: readonly ActBody[]): void {
  const ids = new Set<ArticleId>();
  const marked = new Set<ArticleId>();
  for (const act of acts) {
    if ('id' in act) (act.act === 'highlight' || act.act === 'setHighlight' ? marked : ids).add(act.id);
    else if (act.act === 'apart') ids.add(act.one).add(act.other);
  }
  if (marked.size > 0) store.tell({ about: 'highlights', ids: marked.size > 500 ? null : [...marked] });
  if (acts.some(({ act }) => act === 'search')) store.tell({ about: 'searches' });
  if (ids.size === 0 && acts.length > 0 && acts.every(({ act }) => act === 'search')) return;
  // The article itself is as it was: a long one need not be asked for again.
  if (marked.size > 0 && ids.size === 0) return;
  store.tell({ about: 'articles', ids: ids.size > 500 ? null : [...ids] });
  // Finishing, archiving and trashing change the tags' counts as well.
  store.tell({ about: 'tags' });
}

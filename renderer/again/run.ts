import { create } from 'zustand';
import type { ArticleId } from '../../shared/article.ts';
import type { Replaced } from '../../shared/contract.ts';
import type { Failure, Reply } from '../../shared/failure.ts';
import { isSame, looksWorse, type Trial } from '../../shared/trial.ts';
import { ask } from '../ask.ts';
import { offerUndo, say } from '../parts/toasts.ts';
import { useView } from '../view.ts';

/** What extracting one article again would come to, as much of it as a list says. */
export type Tried = { id: ArticleId; worse: boolean } & Pick<Trial, 'title' | 'lang' | 'kept' | 'added' | 'removed' | 'reshaped' | 'amount'>;

/**
 * Extracting many articles again: first each is tried, which changes nothing, then those the reader chose are replaced.
 * It goes on while the panel is closed, and ends with the window.
 */
export type Run = {
  doing: 'nothing' | 'trying' | 'choosing' | 'replacing';
  ids: readonly ArticleId[];
  /** How many of `ids`, or of those being replaced, have been dealt with. */
  done: number;
  of: number;
  unchanged: number;
  /** Asked for as well, but with nothing to extract: not saved yet, failed, or only a bookmark. */
  unready: number;
  changed: readonly Tried[];
  failed: ReadonlyArray<{ id: ArticleId; failure: Failure }>;
  chosen: ReadonlySet<ArticleId>;
};

const nothing: Run = { doing: 'nothing', ids: [], done: 0, of: 0, unchanged: 0, unready: 0, changed: [], failed: [], chosen: new Set() };

export const useRun = create<Run>(() => nothing);

/** Each run has a number of its own: one that was stopped or followed by another changes nothing any more. */
let current = 0;

/** Begins to try these, shown in the panel; `unready` more cannot be. A run under way is given up for it. */
export function tryMany(ids: readonly ArticleId[], unready = 0): void {
  if (ids.length === 0) return unready === 0 ? undefined : say((words) => words.againMany.unready(unready));
  current += 1;
  useRun.setState({ ...nothing, doing: 'trying', ids, of: ids.length, unready });
  useView.setState({ againMany: true });
  void tryEach(ids, current);
}

async function tryEach(ids: readonly ArticleId[], run: number): Promise<void> {
  for (const id of ids) {
    const reply = await ask('tryExtract', { id });
    if (run !== current) return;
    const { done, unchanged, changed, failed, chosen } = useRun.getState();
    if (!reply.ok) useRun.setState({ done: done + 1, failed: [...failed, { id, failure: reply.failure }] });
    else if (isSame(reply.value)) useRun.setState({ done: done + 1, unchanged: unchanged + 1 });
    else {
      const { title, lang, kept, added, removed, reshaped, amount } = reply.value;
      const worse = looksWorse(reply.value);
      useRun.setState({
        done: done + 1,
        changed: [...changed, { id, worse, title, lang, kept, added, removed, reshaped, amount }],
        // What looks worse is replaced only when somebody has looked.
        chosen: worse ? chosen : new Set([...chosen, id]),
      });
    }
  }
  useRun.setState({ doing: 'choosing' });
  const { changed } = useRun.getState();
  if (!useView.getState().againMany) say((words) => words.againMany.tried(ids.length, changed.length));
}

/** Stops trying, with what is known so far to choose from; or replacing, with what is replaced so far. */
export function stop(): void {
  const { doing } = useRun.getState();
  if (doing === 'trying') {
    current += 1;
    useRun.setState({ doing: 'choosing' });
  } else if (doing === 'replacing') current += 1;
}

/** Forgets the run. */
export function forgetRun(): void {
  current += 1;
  useRun.setState(nothing);
}

/** Chooses these articles or leaves them out. */
export function choose(ids: readonly ArticleId[], on: boolean): void {
  const chosen = new Set(useRun.getState().chosen);
  for (const id of ids) {
    if (on) chosen.add(id);
    else chosen.delete(id);
  }
  useRun.setState({ chosen });
}

/**
 * Replaces the chosen ones, one after the other; what fails stays as it was and is told. One Undo takes all of it back.
 * When nothing went wrong the panel has no more to say, and closes.
 */
export async function replaceChosen(): Promise<void> {
  const { ids, changed, chosen } = useRun.getState();
  const wanted = changed.filter(({ id }) => chosen.has(id));
  current += 1;
  const run = current;
  useRun.setState({ doing: 'replacing', done: 0, of: wanted.length });
  const replaced: ArticleId[] = [];
  let trouble = false;
  let joins: string | null = null;
  for (const { id } of wanted) {
    // Not begun when it was stopped meanwhile; what is under way then comes to its end, and is taken back with the others.
    if (run !== current) break;
    const reply: Reply<Replaced> = await ask('reextract', { id, joins });
    const undo: string | null = reply.ok ? reply.value.undo : null;
    if (undo !== null) {
      joins = undo;
      replaced.push(id);
    }
    // Another run has begun: only the way back is still told.
    if (useRun.getState().ids !== ids) break;
    trouble ||= !reply.ok;
    useRun.setState((now) => ({
      done: now.done + 1,
      changed: now.changed.filter((each) => each.id !== id),
      failed: reply.ok ? now.failed : [...now.failed, { id, failure: reply.failure }],
      chosen: new Set([...now.chosen].filter((each) => each !== id)),
    }));
  }
  if (joins !== null) offerUndo('reextract', replaced, joins, (words) => words.againMany.replaced(replaced.length));
  if (useRun.getState().ids !== ids) return;
  if (run === current && !trouble) {
    forgetRun();
    useView.setState({ againMany: false });
  } else useRun.setState({ doing: 'choosing' });
}

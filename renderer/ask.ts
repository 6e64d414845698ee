import { useCallback, useState, useSyncExternalStore } from 'react';
import type { Input, News, Output, QuestionName } from '../shared/contract.ts';
import type { Failure, Reply } from '../shared/failure.ts';
import { firstQuestions, questionKey, readQuestion } from '../shared/first-questions.ts';
import { api } from './api.ts';

/** The newest answer to a question. `value` stays while it is asked again, also beside a later `failure`. */
export type Answer<T> = { value: T | undefined; failure: Failure | null; loading: boolean };

type Entry = {
  name: QuestionName;
  input: Record<string, unknown>;
  answer: Answer<unknown>;
  listeners: Set<() => void>;
  asking: boolean;
  /** News came since the answer was asked for. */
  stale: boolean;
  /** It came with the first answers. */
  given: boolean;
};

const entries = new Map<string, Entry>();
const KEPT_UNWATCHED = 200;
const nothing: Answer<never> = { value: undefined, failure: null, loading: true };

/** Which questions' answers a piece of news may have changed. */
function isNamedBy(news: News, entry: Entry): boolean {
  switch (news.about) {
    case 'articles':
      if (entry.name === 'article' || entry.name === 'render' || entry.name === 'tryExtract' || entry.name === 'highlights')
        return news.ids === null || news.ids.some((id) => id === entry.input['id']) || shows(entry, news.ids);
      return ['library', 'home', 'list', 'groups', 'statistics', 'tagPage', 'related', 'similar', 'find', 'known', 'search', 'tags', 'alikeTags', 'tagsApart', 'queue', 'failures', 'duplicates', 'compare', 'allHighlights'].includes(entry.name) || (news.ids === null && entry.name === 'opening');
    case 'tags':
      return ['tags', 'tagRules', 'alikeTags', 'tagsApart', 'tagPage', 'home', 'list', 'article', 'related', 'groups'].includes(entry.name);
    case 'highlights':
      if (entry.name === 'highlights') return news.ids === null || news.ids.some((id) => id === entry.input['id']);
      return entry.name === 'allHighlights' || entry.name === 'search';
    case 'searches':
      return entry.name === 'searches' || entry.name === 'search';
    case 'queue':
      return entry.name === 'queue';
    case 'settings':
      return entry.name === 'settings';
    case 'browsers':
      return entry.name === 'browsers';
    case 'moving':
      return news.progress === null && (entry.name === 'folder' || entry.name === 'library');
    case 'opening':
      return entry.name === 'opening';
    case 'pictures':
    case 'care':
    case 'switched':
    case 'open':
    case 'command':
    case 'offer':
    case 'trouble':
      return false;
    default:
      return news satisfies never;
  }
}

/** An article names its copies. */
function shows(entry: Entry, ids: readonly string[]): boolean {
  const copies = entry.name === 'article' ? (entry.answer.value as Output<'article'> | undefined)?.copies : undefined;
  return copies?.some(({ row }) => ids.includes(row.id)) === true;
}

function entryFor(name: QuestionName, input: object): { key: string; entry: Entry } {
  const key = questionKey(name, input);
  const known = entries.get(key);
  if (known !== undefined) {
    // Kept in the order of use, so that the longest unused goes first.
    entries.delete(key);
    entries.set(key, known);
    return { key, entry: known };
  }
  const entry: Entry = {
    name, input: input as Record<string, unknown>, answer: nothing, listeners: new Set(), asking: false, stale: true, given: false,
  };
  entries.set(key, entry);
  for (const [old, { listeners }] of entries) {
    if (entries.size <= KEPT_UNWATCHED) break;
    if (listeners.size === 0 && old !== key) entries.delete(old);
  }
  return { key, entry };
}

function settle(entry: Entry, answer: Answer<unknown>): void {
  entry.answer = answer;
  for (const listener of entry.listeners) listener();
}

async function refresh(entry: Entry): Promise<void> {
  // One question in flight at a time: what comes meanwhile only marks the entry, and it is asked once more.
  if (entry.asking) return;
  entry.asking = true;
  underWay += 1;
  while (entry.stale) {
    entry.stale = false;
    const reply = (await api.ask(entry.name, entry.input as never)) as Reply<unknown>;
    // What has not changed since the first answers is not drawn again.
    const same = entry.given && reply.ok && JSON.stringify(reply.value) === JSON.stringify(entry.answer.value);
    entry.given = false;
    if (same) continue;
    settle(entry, reply.ok
      ? { value: reply.value, failure: null, loading: false }
      : { value: entry.answer.value, failure: reply.failure, loading: false });
  }
  entry.asking = false;
  underWay -= 1;
  if (underWay > 0) return;
  for (const told of atRest.splice(0)) told();
}

let underWay = 0;
const atRest: Array<() => void> = [];

/** Resolves when nothing that is watched is being asked. */
export function untilAnswered(): Promise<void> {
  return underWay === 0 ? Promise.resolve() : new Promise((told) => atRest.push(told));
}

/** Takes the answers that came together before the first screen, by `questionKey`. */
export function takeGiven(given: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(given)) {
    const question = readQuestion(key);
    if (question === null) continue;
    const { entry } = entryFor(question.name, question.input);
    Object.assign(entry, { answer: { value, failure: null, loading: false }, stale: false, given: true });
  }
}

/** Asks again for what came with the first answers, now that news is heard: something may have changed in between. */
export function askGivenAgain(): void {
  for (const entry of entries.values()) {
    if (!entry.given) continue;
    entry.stale = true;
    if (entry.listeners.size > 0) void refresh(entry);
  }
}

/** What is on the screen, as questions that the next start asks in one. */
export function firstAsked(): string[] {
  const names: readonly string[] = firstQuestions;
  const watched = [...entries].filter(([key, { name, listeners }]) => listeners.size > 0 && names.includes(name) && key.length <= 4_000);
  return watched.map(([key]) => key).toSorted().slice(0, 24);
}

/** Marks the answers that the news names; those on the screen are asked for again, the others when next looked at. */
export function heed(news: News): void {
  for (const entry of entries.values()) {
    if (!isNamedBy(news, entry)) continue;
    if (news.about === 'settings' || news.about === 'opening') {
      settle(entry, { value: news.about === 'settings' ? news.settings : news.opening, failure: null, loading: false });
      continue;
    }
    entry.stale = true;
    if (entry.listeners.size > 0) void refresh(entry);
  }
}

/** Forgets every answer: for tests, and when another library is opened. */
export function forgetAnswers(): void {
  entries.clear();
}

/** Watches a question outside React: asks it if need be, calls `listener` on every change; answers the stop. */
export function watch<N extends QuestionName>(name: N, input: Input<N>, listener: () => void): () => void {
  const { entry } = entryFor(name, input);
  entry.listeners.add(listener);
  if (entry.stale) void refresh(entry);
  return () => {
    entry.listeners.delete(listener);
  };
}

/** The newest answer known, without asking. */
export function peek<N extends QuestionName>(name: N, input: Input<N>): Answer<Output<N>> {
  return (entries.get(questionKey(name, input))?.answer ?? nothing) as Answer<Output<N>>;
}

/** Asks ahead of need, so that the answer is there when its screen opens. */
export function prefetch<N extends QuestionName>(name: N, input: Input<N>): void {
  const { entry } = entryFor(name, input);
  if (entry.stale) void refresh(entry);
}

/** Puts an expected answer in place until the library's own comes: for what must be seen to follow the hand. */
export function expect<N extends QuestionName>(name: N, input: Input<N>, change: (value: Output<N>) => Output<N>): void {
  const entry = entries.get(questionKey(name, input));
  if (entry?.answer.value === undefined) return;
  settle(entry, { ...entry.answer, value: change(entry.answer.value as Output<N>) });
}

/**
 * The answer to a question, asked again whenever news names it. The last answer stays while it is asked again; with
 * `keepLast` also while *another* input of the same question is asked (search as you type). `null` asks nothing.
 */
export function useAsk<N extends QuestionName>(
  name: N, input: Input<N> | null, options: { keepLast?: boolean } = {},
): Answer<Output<N>> {
  const key = input === null ? null : questionKey(name, input);
  const subscribe = useCallback(
    (listener: () => void) => (key === null ? () => undefined : watch(name, JSON.parse(key.slice(name.length + 1)) as Input<N>, listener)),
    [key, name],
  );
  const answer = useSyncExternalStore(subscribe, () =>
    (key === null ? nothing : entries.get(key)?.answer ?? nothing) as Answer<Output<N>>);
  const [last, setLast] = useState<Output<N> | undefined>(undefined);
  if (options.keepLast !== true) return answer;
  if (answer.value !== undefined && answer.value !== last) setLast(() => answer.value);
  return answer.value === undefined ? { ...answer, value: last } : answer;
}

/** Asks once and answers the reply: for acts and for questions put by hand. Toasts and Undo: `act` in `parts/toasts.ts`. */
export const ask = api.ask;

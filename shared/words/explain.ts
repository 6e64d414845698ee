import type { Stage } from '../article.ts';
import type { Failure, FailureKind } from '../failure.ts';
import type { Words } from './words.ts';

/** What a person is told of a failure: what happened and why, then what to do about it. */
export type Explanation = { what: string; todo: string };

/** Words for every kind of failure; a language that forgets one does not compile. */
export type FailureWords = {
  [K in FailureKind]: (failure: Extract<Failure, { kind: K }>) => Explanation;
};

/** The words of one failure in the language given. */
export function explain(words: { failure: FailureWords }, failure: Failure): Explanation {
  const tell = words.failure[failure.kind] as (failure: Failure) => Explanation;
  return tell(failure);
}

/** Two sentences in a row: a space between them, unless the first ends in a full-width mark that has its own. */
export function joinSentences(first: string, second: string): string {
  return /[。！？；：」』）》…]$/u.test(first) ? `${first}${second}` : `${first} ${second}`;
}

/** Why an article still waits, where it is not only for its turn: its next try, or a site that is left alone; else null. */
export function explainWait(words: Pick<Words, 'failure' | 'queue'>, { retry, rest }: Extract<Stage, { state: 'waiting' }>): string | null {
  if (retry !== undefined) return `${words.queue.nextTry(retry.at)} · ${explain(words, retry.failure).what}`;
  return rest === undefined ? null : words.queue.rests[rest.why](rest.host, rest.until);
}

/** What can be done about a failure, whatever moment a site named: the same for all that failed for this reason. */
export function remedy(words: { failure: FailureWords }, failure: Failure): string {
  if (!('retryAt' in failure)) return explain(words, failure).todo;
  const { retryAt: _, ...rest } = failure;
  return explain(words, rest).todo;
}

/** What a person is told of a failure, in one piece. */
export function told(words: { failure: FailureWords }, failure: Failure): string {
  const { what, todo } = explain(words, failure);
  return todo === '' ? what : joinSentences(what, todo);
}

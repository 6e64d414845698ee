import { useState } from 'react';
import { useAsk, type Answer } from '../ask.ts';
import type { SearchAnswer } from '../../shared/search-questions.ts';

/** What was found; `counted` once its `total` and the places where the words stand are known too. */
export type Found = Answer<SearchAnswer> & { asked: string | null; counted: boolean };

/**
 * The answer to what is typed. What was found comes first; how much it is and where the words stand follow, unless
 * something else was typed. While one is being searched for, only the newest of what is typed meanwhile is kept: a slow
 * answer holds up nothing but itself, and what nobody waits for any more is never asked.
 */
export function useSearch(query: string | null, count: number): Found {
  const [asked, setAsked] = useState(query);
  const [shown, setShown] = useState<SearchAnswer | undefined>(undefined);
  const first = useAsk('search', asked === null ? null : { query: asked, count, first: true }, { keepLast: true });
  const isFound = asked !== null && !first.loading && first.value !== undefined;
  const whole = useAsk('search', isFound && asked === query ? { query: asked, count } : null);
  if (!(asked !== null && first.loading) && asked !== query) setAsked(query);
  if (isFound && whole.value !== undefined) {
    if (whole.value !== shown) setShown(whole.value);
    return { ...whole, asked, counted: true };
  }
  if (first.value === undefined || (first.loading && shown !== undefined)) return { ...first, value: first.value && shown, asked, counted: true };
  // What was on the screen with another letter less keeps its line until the new one is there.
  const before = new Map(shown?.hits.map((hit) => [hit.id, hit]));
  const hits = first.value.hits.map((hit) => {
    const { snippet, snippetMarks } = before.get(hit.id) ?? hit;
    return { ...hit, snippet, snippetMarks };
  });
  return { ...first, value: { ...first.value, hits }, failure: first.failure ?? whole.failure, asked, counted: !first.value.more };
}

import { useState } from 'react';
import { useAsk, type Answer } from '../ask.ts';
import type { SearchAnswer } from '../../shared/search-questions.ts';

/**
 * The answer to what is typed. While one is being searched for, only the newest of what is typed meanwhile is kept: a slow
 * answer holds up nothing but itself, and what nobody waits for any more is never asked.
 */
export function useSearch(query: string | null, count: number): Answer<SearchAnswer> & { asked: string | null } {
  const [asked, setAsked] = useState(query);
  const answer = useAsk('search', asked === null ? null : { query: asked, count }, { keepLast: true });
  const waits = asked !== null && answer.loading;
  if (!waits && asked !== query) setAsked(query);
  return { ...answer, asked };
}

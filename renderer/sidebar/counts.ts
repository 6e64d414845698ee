import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import { ask } from '../ask.ts';
import type { SavedSearch } from '../../shared/search-questions.ts';

export type Count = { count: number; more: boolean };

/** How long the library must have been quiet before kept searches are counted again, in milliseconds. */
const quiet = 1_500;

/**
 * How much each kept search finds: counted one after the other once nothing changes for a moment, never with a change. A
 * count stays on the screen until the next one is known.
 */
export function useCounts(searches: readonly SavedSearch[]): ReadonlyMap<string, Count> {
  const [counts, setCounts] = useState<ReadonlyMap<string, Count>>(new Map());
  const queries = JSON.stringify(searches.map(({ query }) => query));
  useEffect(() => {
    let stopped = false;
    let run = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const count = async (mine: number) => {
      for (const query of new Set(JSON.parse(queries) as string[])) {
        const reply = await ask('searchCount', { query });
        if (stopped || mine !== run) return;
        // A failure here is told where the search itself is opened.
        if (reply.ok) setCounts((known) => new Map(known).set(query, reply.value));
      }
    };
    const soon = (wait: number) => {
      run += 1;
      const mine = run;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => void count(mine), wait);
    };
    if (queries === '[]') return undefined;
    soon(0);
    const stop = api.onNews((news) => {
      if (news.about === 'articles' || news.about === 'tags' || news.about === 'highlights') soon(quiet);
    });
    return () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      stop();
    };
  }, [queries]);
  return counts;
}

import { useEffect, useState } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import { ask } from '../ask.ts';

/** Typing pauses this long before the library is asked, in milliseconds. */
const PAUSE = 120;
const none: ReadonlyArray<ArticleId | null> = [];

/** Which of these addresses the library has already, in their order; null until it has answered for exactly these. */
export function useKnown(addresses: readonly string[]): ReadonlyArray<ArticleId | null> | null {
  const key = addresses.join('\n');
  const [answer, setAnswer] = useState<{ key: string; ids: ReadonlyArray<ArticleId | null> } | null>(null);
  useEffect(() => {
    if (key === '') return undefined;
    let stale = false;
    const look = async () => {
      const reply = await ask('known', { urls: key.split('\n').slice(0, 10_000) });
      if (!stale && reply.ok) setAnswer({ key, ids: reply.value });
    };
    const timer = setTimeout(() => void look(), PAUSE);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [key]);
  if (key === '') return none;
  return answer?.key === key ? answer.ids : null;
}

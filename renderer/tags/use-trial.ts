import { useEffect, useState } from 'react';
import type { Row } from '../../shared/article.ts';
import type { Failure } from '../../shared/failure.ts';
import type { TagRule } from '../../shared/tag-rule.ts';
import { ask } from '../ask.ts';

/** What a rule would change of the articles here: how many, and the newest of them. */
export type TagRuleTrial = { total: number; rows: Row[]; failure: Failure | null };

/** How long the hand must rest before the library is looked through, in milliseconds. */
const REST = 250;
const SHOWN = 5;

/** Tries a rule as it is written; null while nothing is known of it as it stands now. */
export function useTrial(rule: TagRule | null): TagRuleTrial | null {
  const text = rule === null ? null : JSON.stringify(rule);
  const [found, setFound] = useState<{ text: string; trial: TagRuleTrial } | null>(null);
  useEffect(() => {
    if (text === null) return undefined;
    let current = true;
    const look = async () => {
      const reply = await ask('tryTagRule', { rule: JSON.parse(text) as TagRule, count: SHOWN });
      if (current) setFound({ text, trial: reply.ok ? { ...reply.value, failure: null } : { total: 0, rows: [], failure: reply.failure } });
    };
    const timer = setTimeout(() => void look(), REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return found !== null && found.text === text ? found.trial : null;
}

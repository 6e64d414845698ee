import { BookmarkCheck, BookmarkPlus } from 'lucide-react';
import type { Sort } from '../hash.ts';
import { useAsk } from '../ask.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { act } from '../parts/toasts.ts';
import { useWords } from '../words.ts';

/** Keeps a search in the sidebar, or keeps it no longer. */
export function SaveSearch({ query, sort }: { query: string; sort: Sort }) {
  const words = useWords();
  const kept = useAsk('searches', {}).value?.find((each) => each.query === query);
  return kept === undefined ? (
    <IconButton
      icon={BookmarkPlus} label={words.search.keep}
      onClick={() => void act('keepSearch', { name: query.slice(0, 100), query, sort }, (each) => each.toast.searchKept)}
    />
  ) : (
    <IconButton
      icon={BookmarkCheck} label={words.search.keepNot} on
      onClick={() => void act('forgetSearch', { id: kept.id }, (each) => each.toast.searchForgotten(kept.name))}
    />
  );
}

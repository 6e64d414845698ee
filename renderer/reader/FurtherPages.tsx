import { useState } from 'react';
import type { Article } from '../../shared/article.ts';
import { explain, joinSentences } from '../../shared/words/explain.ts';
import { ask } from '../ask.ts';
import { sayFailure } from '../parts/toasts.ts';
import { useWords } from '../words.ts';

/**
 * Says of an article that goes on over several pages which of them is not here and why, and fetches it when asked to: over
 * the text, and again where it breaks off, which is no landmark of its own.
 */
export function FurtherPages({ article, at }: { article: Article; at: 'start' | 'end' }) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const missing = article.pages?.missing ?? null;
  if (article.pages === null || missing === null) return null;
  const { joined } = article.pages;
  const { failure } = missing;
  const Box = at === 'start' ? 'aside' : 'div';
  const fetch = async () => {
    setBusy(true);
    const reply = await ask('reextract', { id: article.id, morePages: true });
    setBusy(false);
    if (!reply.ok) sayFailure(reply.failure);
  };
  return (
    <Box className="notice" {...(at === 'start' ? { 'aria-label': words.reader.pagesTitle } : {})}>
      <p><strong>{words.reader.pagesTitle}</strong></p>
      <p>
        {joinSentences(words.reader.pagesJoined(joined), failure === null ? words.reader.pagesNotAsked : explain(words, failure).what)}
      </p>
      <p className="hint"><bdi>{missing.url}</bdi></p>
      {failure?.kind !== 'too-many-pages' && (
        <button type="button" className="button" disabled={busy} onClick={() => void fetch()}>
          {busy ? words.reader.fetchingPages : words.reader.fetchPages}
        </button>
      )}
    </Box>
  );
}

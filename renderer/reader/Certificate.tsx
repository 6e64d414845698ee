import { CloudOff, FileWarning, ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { Article, ArticleId, Picture } from '../../shared/article.ts';
import { useActivity } from '../activity.ts';
import { ask } from '../ask.ts';
import { sayFailure } from '../parts/toasts.ts';
import { useDates, useWords, type Words } from '../words.ts';
import { pictureReason } from './picture-reason.ts';

type Missing = Picture & { state: 'missing' };

/** Fetches again the pictures an article lacks; tells what went wrong. */
export async function fetchPictures(id: ArticleId): Promise<void> {
  const reply = await ask('retryPictures', { id });
  if (!reply.ok) sayFailure(reply.failure);
}

/** What the button says that fetches an article's pictures again: how far it is while it is at it. */
export function useFetching(id: ArticleId, busy: boolean): string | null {
  const words = useWords();
  const progress = useActivity((state) => state.pictures.get(id));
  if (!busy && progress === undefined) return null;
  return progress === undefined || progress.of < 2 ? words.reader.fetchingPictures : words.reader.fetchingOf(progress.done, progress.of);
}

/** The count that says the article opens without a network, and what is missing, by its reasons. */
export function Certificate({ article }: { article: Article }) {
  const words = useWords();
  const dates = useDates();
  const [busy, setBusy] = useState(false);
  const { certificate, pictures } = article;
  const fetching = useFetching(article.id, busy);
  const missing = pictures.filter((picture) => picture.state === 'missing');
  const cut = pictures.filter((picture) => picture.state === 'stored' && picture.cut === true);
  if (certificate === null) return <p className="certificate hint">{words.reader.notCounted}</p>;
  const retry = async () => {
    setBusy(true);
    await fetchPictures(article.id);
    setBusy(false);
  };
  const isBroken = (article.pages?.missing ?? null) !== null;
  const headline = isBroken ? words.reader.pagesTitle : missing.length === 0 ? words.reader.offline : words.reader.offlineMissing(missing.length);
  const Icon = isBroken ? FileWarning : missing.length === 0 ? CloudOff : ImageOff;
  return (
    <section className="certificate" aria-label={words.reader.offline}>
      <p>
        <Icon size={16} strokeWidth={1.5} aria-hidden />
        <span>
          <strong>{headline}</strong>
          <span className="hint">
            {words.reader.certificate(certificate.stored, certificate.pictures, certificate.bytes)}
            {' · '}{words.reader.checked(dates.day(certificate.at))}
          </span>
          {cut.length > 0 && <span className="hint told">{words.reader.cutPictures(cut.length)}</span>}
        </span>
      </p>
      {missing.length > 0 && (
        <>
          <ul className="absent">
            {byReason(missing, words).map(({ reason, urls }) => (
              <li key={reason}>
                {/* Few are shown at once, many when they are asked for. */}
                <details open={missing.length <= 3}>
                  <summary>{words.reader.missingFor(urls.length, reason)}</summary>
                  <ul>{urls.map((url) => <li key={url} className="hint"><bdi>{url}</bdi></li>)}</ul>
                </details>
              </li>
            ))}
          </ul>
          <button type="button" className="button" disabled={fetching !== null} onClick={() => void retry()}>
            {fetching ?? words.reader.retryAllPictures}
          </button>
          <span className="unseen" role="status">{fetching ?? ''}</span>
        </>
      )}
    </section>
  );
}

/** The reasons in words, the most frequent first, each with its addresses. */
function byReason(missing: readonly Missing[], words: Words): Array<{ reason: string; urls: string[] }> {
  const reasons = new Map<string, string[]>();
  for (const { url, failure } of missing) {
    const reason = pictureReason(words, failure);
    reasons.set(reason, [...(reasons.get(reason) ?? []), url]);
  }
  return [...reasons].map(([reason, urls]) => ({ reason, urls })).toSorted((a, b) => b.urls.length - a.urls.length);
}

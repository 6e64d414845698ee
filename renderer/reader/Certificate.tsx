import { CloudOff, ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { Article, ArticleId } from '../../shared/article.ts';
import { explain } from '../../shared/words/explain.ts';
import { ask } from '../ask.ts';
import { sayFailure } from '../parts/toasts.ts';
import { useDates, useWords } from '../words.ts';

/** Fetches again the pictures an article lacks; tells what went wrong. */
export async function fetchPictures(id: ArticleId): Promise<void> {
  const reply = await ask('retryPictures', { id });
  if (!reply.ok) sayFailure(reply.failure);
}

/** The count that says the article opens without a network, and what is missing with its reason. */
export function Certificate({ article }: { article: Article }) {
  const words = useWords();
  const dates = useDates();
  const [busy, setBusy] = useState(false);
  const { certificate, pictures } = article;
  const missing = pictures.filter((picture) => picture.state === 'missing');
  if (certificate === null) return <p className="certificate hint">{words.reader.notCounted}</p>;
  const retry = async () => {
    setBusy(true);
    await fetchPictures(article.id);
    setBusy(false);
  };
  const Icon = missing.length === 0 ? CloudOff : ImageOff;
  return (
    <section className="certificate" aria-label={words.reader.offline}>
      <p>
        <Icon size={16} strokeWidth={1.5} aria-hidden />
        <span>
          <strong>{missing.length === 0 ? words.reader.offline : words.reader.offlineMissing(missing.length)}</strong>
          <span className="hint">
            {words.reader.certificate(certificate.stored, certificate.pictures, certificate.bytes)}
            {' · '}{words.reader.checked(dates.day(certificate.at))}
          </span>
        </span>
      </p>
      {missing.length > 0 && (
        <>
          <ul className="absent">
            {missing.map((picture) => (
              <li key={picture.url}><bdi>{picture.url}</bdi><span className="hint">{explain(words, picture.failure).what}</span></li>
            ))}
          </ul>
          <button type="button" className="button" disabled={busy} onClick={() => void retry()}>
            {busy ? words.reader.fetchingPictures : words.reader.retryAllPictures}
          </button>
        </>
      )}
    </section>
  );
}

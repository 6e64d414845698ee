import { ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Article } from '../../shared/article.ts';
import { joinSentences } from '../../shared/words/explain.ts';
import { useWords } from '../words.ts';
import { nameParts } from './arrange.ts';
import type { Body } from './body.ts';
import { fetchPictures, useFetching } from './Certificate.tsx';
import { pictureReason } from './picture-reason.ts';

/** So many copy buttons are drawn with the text; the others, which take no room, this much later, in milliseconds. */
const atOnce = 10;
const afterPaint = 150;

/** What the reader puts inside the text: a word where a picture is missing, a copy button on code, names for boxes that scroll. */
export function Inserts({ article, body }: { article: Article; body: Body }) {
  const words = useWords();
  useEffect(() => nameParts(body, words.reader), [body, words]);
  const [drawn, setDrawn] = useState<Body | null>(null);
  useEffect(() => {
    // After the text is painted; of a page with hundreds of them they would hold it back.
    if (body.codes.length <= atOnce) return undefined;
    const timer = setTimeout(() => setDrawn(body), afterPaint);
    return () => clearTimeout(timer);
  }, [body]);
  const codes = drawn === body ? body.codes : body.codes.slice(0, atOnce);
  return (
    <>
      {body.missing.map(({ slot, index, alt }, at) =>
        createPortal(<MissingPicture article={article} index={index} alt={alt} />, slot, `missing ${at}`))}
      {codes.map(({ slot, pre }, at) => createPortal(<CopyCode pre={pre} />, slot, `code ${at}`))}
    </>
  );
}

function MissingPicture({ article, index, alt }: { article: Article; index: number; alt: string }) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const fetching = useFetching(article.id, busy);
  const picture = article.pictures[index];
  const retry = async () => {
    setBusy(true);
    await fetchPictures(article.id);
    setBusy(false);
  };
  return (
    <span className="absence" role="group" aria-label={words.reader.missingPicture}>
      <ImageOff size={20} strokeWidth={1.5} aria-hidden />
      {alt !== '' && <span className="alt">{alt}</span>}
      <span className="hint">
        {picture?.state === 'missing' ? joinSentences(words.reader.missingPicture, pictureReason(words, picture.failure)) : words.reader.missingPicture}
      </span>
      {picture?.state === 'missing' && (
        <button type="button" className="button" disabled={fetching !== null} onClick={() => void retry()}>
          {fetching ?? words.reader.retryPictures}
        </button>
      )}
    </span>
  );
}

/** How long "Copied" stays, in milliseconds. */
const told = 1_600;

function CopyCode({ pre }: { pre: HTMLElement }) {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), told);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText((pre.textContent ?? '').replace(/\n$/, ''));
    setCopied(true);
  };
  return (
    <button type="button" className="copy" aria-live="polite" onClick={() => void copy()}>
      {copied ? words.reader.copied : words.reader.copyCode}
    </button>
  );
}

import { Ban, CircleAlert, Clock3, LoaderCircle } from 'lucide-react';
import type { Article } from '../../shared/article.ts';
import type { Failure } from '../../shared/failure.ts';
import { explain, explainWait } from '../../shared/words/explain.ts';
import { openOriginal, retry } from '../acts.ts';
import { ask } from '../ask.ts';
import { keepAddresses } from '../bookmarks/bookmark-acts.ts';
import { sayFailure } from '../parts/toasts.ts';
import { useWords, type Words } from '../words.ts';
import styles from './StageView.module.css';

async function cancel(article: Article): Promise<void> {
  const reply = await ask('cancel', { ids: [article.id] });
  if (!reply.ok) sayFailure(reply.failure);
}

/** An article that is not ready to be read: what is going on or what went wrong, and what can be done. */
export function StageView({ article }: { article: Article }) {
  const words = useWords();
  const { stage } = article;
  const told = tellStage(stage, words);
  if (told === null) return null;
  const cancelled = stage.state === 'failed' && stage.failure.kind === 'cancelled';
  const Icon = cancelled ? Ban : stage.state === 'failed' ? CircleAlert : stage.state === 'working' ? LoaderCircle : Clock3;
  return (
    <div className={styles.stage}>
      <Icon size={20} strokeWidth={1.5} aria-hidden className={stage.state === 'failed' && !cancelled ? styles.bad : styles.icon} />
      <h1 className={styles.title} lang={article.lang ?? undefined}><bdi>{article.title}</bdi></h1>
      {article.url !== null && article.url !== article.title && <p className={styles.url}><bdi>{article.url}</bdi></p>}
      <div className={styles.told} role="status">
        <h2>{told.title}</h2>
        <p>{told.text}</p>
        {told.todo !== '' && <p className={styles.todo}>{told.todo}</p>}
        {stage.state === 'working' && stage.of > 0 && (
          <progress className={styles.bar} max={stage.of} value={stage.done} aria-label={told.text} />
        )}
      </div>
      <p className={styles.actions}>
        {stage.state === 'failed'
          ? <button type="button" className={styles.primary} onClick={() => void retry([article])}>{words.app.retry}</button>
          : <>
              {stage.state === 'waiting' && (stage.retry !== undefined || stage.rest !== undefined) && (
                <button type="button" className={styles.primary} onClick={() => void retry([article])}>{words.queue.tryNow}</button>
              )}
              <button type="button" className={styles.button} onClick={() => void cancel(article)}>{words.app.cancel}</button>
            </>}
        {stage.state === 'failed' && article.url !== null && (
          <button type="button" className={styles.button} onClick={() => void keepAddresses([article])}>{words.bookmarks.keep}</button>
        )}
        {article.url !== null && (
          <button type="button" className={styles.button} onClick={() => openOriginal(article)}>{words.reader.original}</button>
        )}
      </p>
    </div>
  );
}

function tellStage(stage: Article['stage'], words: Words): { title: string; text: string; todo: string } | null {
  switch (stage.state) {
    case 'waiting':
      if (stage.retry !== undefined) return { title: words.reader.laterTitle, text: explain(words, stage.retry.failure).what, todo: words.queue.nextTry(stage.retry.at) };
      return { title: words.reader.waitingTitle, text: explainWait(words, stage) ?? words.reader.waitingText, todo: '' };
    case 'working': {
      const amount = stage.step === 'download' && stage.done > 0 ? words.queue.downloaded(stage.done, stage.of)
        : stage.step === 'pictures' && stage.of > 0 ? words.queue.pictures(stage.done, stage.of) : '';
      return { title: words.reader.workingTitle, text: [words.queue.steps[stage.step], amount].filter(Boolean).join(' · '), todo: '' };
    }
    case 'failed': {
      const { what, todo } = explain(words, stage.failure);
      return { title: stage.failure.kind === 'cancelled' ? words.queue.groups.cancelled : words.reader.failedTitle, text: what, todo };
    }
    case 'ready':
    case 'bookmark':
      return null;
    default:
      return stage satisfies never;
  }
}

/** An article that the library could not hand over at all. */
export function Unopened({ failure }: { failure: Failure }) {
  const words = useWords();
  const { what, todo } = explain(words, failure);
  return (
    <div className={styles.stage} role="alert">
      <CircleAlert size={20} strokeWidth={1.5} aria-hidden className={styles.bad} />
      <h1 className={styles.title}>{words.reader.cannotOpen}</h1>
      <div className={styles.told}><p>{what}</p><p className={styles.todo}>{todo}</p></div>
    </div>
  );
}

import { Ban, Bookmark, Check, CircleAlert, Clock, LoaderCircle, RotateCw, X } from 'lucide-react';
import { memo } from 'react';
import type { QueueItem } from '../../shared/contract.ts';
import { explain, explainWait } from '../../shared/words/explain.ts';
import { ask } from '../ask.ts';
import { bareAddress } from '../parts/bare-address.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { sayFailure } from '../parts/toasts.ts';
import { openArticle } from '../view.ts';
import { useWords, type Words } from '../words.ts';
import { hostIn, sameItem } from './groups.ts';
import styles from './Queue.module.css';

/** Tries these again at once, or all that failed. */
export async function retryItems(ids: string[] | 'all'): Promise<void> {
  const reply = await ask('retry', { ids });
  if (!reply.ok) sayFailure(reply.failure);
}

/** Stops these, or all that wait or are being worked on. They stay, as cancelled. */
export async function cancelItems(ids: string[] | 'all'): Promise<void> {
  const reply = await ask('cancel', { ids });
  if (!reply.ok) sayFailure(reply.failure);
}

const icons = { waiting: Clock, working: LoaderCircle, ready: Check, failed: CircleAlert, bookmark: Bookmark } as const;

/** Where an article is, in words: the step with its count, or what went wrong. */
function state(stage: QueueItem['stage'], words: Words): string {
  switch (stage.state) {
    case 'waiting':
      return explainWait(words, stage) ?? words.queue.waiting;
    case 'ready':
      return words.queue.ready;
    case 'bookmark':
      return words.bookmarks.one;
    case 'failed':
      return explain(words, stage.failure).what;
    case 'working': {
      const step = words.queue.steps[stage.step];
      if (stage.step === 'download' && stage.done > 0) return `${step} · ${words.queue.downloaded(stage.done, stage.of)}`;
      if (stage.step === 'pictures' && stage.of > 0) return `${step} · ${words.queue.pictures(stage.done, stage.of)}`;
      return step;
    }
    default:
      return stage satisfies never;
  }
}

/** One article of the queue: where it is, and what can be done about it. */
export const QueueLine = memo(
  function QueueLine({ item }: { item: QueueItem }) {
    const words = useWords();
    const { stage } = item;
    const cancelled = stage.state === 'failed' && stage.failure.kind === 'cancelled';
    const Icon = cancelled ? Ban : icons[stage.state];
    const address = bareAddress(item);
    const title = address ?? (item.title === '' ? words.app.untitled : item.title);
    // An address names its site itself.
    const host = address === null ? hostIn(item.url) : null;
    const attempts = item.attempts > 1 ? words.queue.attempts(item.attempts) : null;
    const told = state(stage, words);
    // A reason mostly names the host itself.
    const facts = [host !== null && told.includes(host) ? null : host, attempts, told];
    return (
      <li className={styles['line']} data-state={cancelled ? 'cancelled' : stage.state}>
        <Icon className={styles['icon']} size={16} strokeWidth={1.5} aria-hidden />
        <div className={styles['text']}>
          {stage.state === 'ready' || stage.state === 'failed' ? (
            <button type="button" className={styles['title']} onClick={() => openArticle(item.id)}>
              {title}
            </button>
          ) : (
            <span className={styles['title']}>{title}</span>
          )}
          <span className={styles['state']}>{facts.filter((fact) => fact !== null).join(' · ')}</span>
        </div>
        {stage.state === 'failed' ? (
          <IconButton small icon={RotateCw} label={words.queue.retryOf(title)} onClick={() => void retryItems([item.id])} />
        ) : null}
        {stage.state === 'waiting' && (stage.retry !== undefined || stage.rest !== undefined) ? (
          <IconButton small icon={RotateCw} label={words.queue.tryNowOf(title)} onClick={() => void retryItems([item.id])} />
        ) : null}
        {stage.state === 'waiting' || stage.state === 'working' ? (
          <IconButton small icon={X} label={words.queue.cancelOf(title)} onClick={() => void cancelItems([item.id])} />
        ) : null}
      </li>
    );
  },
  (a, b) => sameItem(a.item, b.item),
);

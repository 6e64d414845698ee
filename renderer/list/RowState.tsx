import { Ban, CircleAlert, Clock, LoaderCircle, RotateCw } from 'lucide-react';
import type { Row } from '../../shared/article.ts';
import { explain, explainWait, joinSentences } from '../../shared/words/explain.ts';
import { retry } from '../acts.ts';
import { useActivity } from '../activity.ts';
import { useWords } from '../words.ts';
import styles from './RowState.module.css';

/** Where an article is that cannot be read yet: in place of its excerpt, in plain words, with Retry. */
export function RowState({ row, lines }: { row: Row; lines: 1 | 2 | 3 }) {
  const words = useWords();
  // News of the queue comes more often than the list is asked for.
  const live = useActivity((state) => state.working.find((item) => item.id === row.id)?.stage);
  const stage = live ?? row.stage;
  switch (stage.state) {
    case 'ready':
    case 'bookmark':
      return null;
    case 'waiting':
      if (stage.retry !== undefined || stage.rest !== undefined) {
        const why = explainWait(words, stage) ?? words.list.waiting;
        return (
          <span className={styles.state}>
            <Clock size={16} strokeWidth={1.5} aria-hidden />
            <span className={styles.reason} data-lines={lines} title={why}>{why}</span>
            <RetryButton row={row} label={words.queue.tryNowOf(row.title)} text={words.queue.tryNow} />
          </span>
        );
      }
      return <span className={styles.state}><Clock size={16} strokeWidth={1.5} aria-hidden />{words.list.waiting}</span>;
    case 'working': {
      const counted = stage.of === 0 ? '' : stage.step === 'pictures'
        ? words.queue.pictures(stage.done, stage.of)
        : stage.step === 'download' ? words.queue.downloaded(stage.done, stage.of) : '';
      return (
        <span className={styles.state} data-state="working">
          <LoaderCircle className={styles.turning} size={16} strokeWidth={1.5} aria-hidden />
          {[words.queue.steps[stage.step], counted].filter((part) => part !== '').join(' · ')}
        </span>
      );
    }
    case 'failed': {
      const { what, todo } = explain(words, stage.failure);
      const cancelled = stage.failure.kind === 'cancelled';
      const Icon = cancelled ? Ban : CircleAlert;
      return (
        <span className={styles.state} data-state={cancelled ? 'cancelled' : 'failed'}>
          <Icon size={16} strokeWidth={1.5} aria-hidden />
          <span className={styles.reason} data-lines={lines} title={joinSentences(what, todo)}>{what}</span>
          <RetryButton row={row} label={words.queue.retryOf(row.title)} text={words.app.retry} />
        </span>
      );
    }
    default:
      return stage satisfies never;
  }
}

function RetryButton({ row, label, text }: { row: Row; label: string; text: string }) {
  return (
    <button
      type="button" className={styles.retry} aria-label={label}
      onClick={(event) => {
        event.stopPropagation();
        void retry([row]);
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <RotateCw size={16} strokeWidth={1.5} aria-hidden />{text}
    </button>
  );
}

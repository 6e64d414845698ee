import type { ReactNode } from 'react';
import type { QueueItem } from '../../shared/contract.ts';
import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import { cancelItems, QueueLine, retryItems } from './QueueLine.tsx';
import { groupItems } from './groups.ts';
import styles from './Queue.module.css';

/** Lines drawn of a group in which nothing can be done but wait; those that failed are all drawn. */
const SHOWN = 100;

type GroupProps = { title: string; count: number; items: QueueItem[]; hint?: string; action?: ReactNode };

function Group({ title, count, items, hint, action }: GroupProps) {
  const words = useWords().queue;
  if (count === 0) return null;
  return (
    <section className={styles['group']}>
      <div className={styles['heading']}>
        <h2>
          {title} <span className={styles['count']}>{count}</span>
        </h2>
        {action}
      </div>
      {hint === undefined ? null : <p className={controls['hint']}>{hint}</p>}
      <ul className={styles['lines']}>
        {items.map((item) => (
          <QueueLine key={item.id} item={item} />
        ))}
      </ul>
      {count > items.length ? <p className={styles['rest']}>{words.more(count - items.length)}</p> : null}
    </section>
  );
}

type Props = {
  items: readonly QueueItem[];
  /** How many wait and were saved in all, where `items` holds only a part. */
  waiting?: number;
  ready?: number;
  /** Whether these are all there is, so that "all" may be asked for at once. */
  whole: boolean;
};

const idsOf = (some: readonly QueueItem[]): string[] => some.map((item) => item.id);

const button = (text: string, onClick: () => void): ReactNode => (
  <button type="button" className={`${controls['button']} ${controls['quiet']}`} onClick={onClick}>
    {text}
  </button>
);

/** Articles of the queue by where they are: being saved, failed by reason, waiting, saved. */
export function QueueGroups({ items, waiting, ready, whole }: Props) {
  const words = useWords();
  const groups = groupItems(items, words);
  const failed = groups.failed.flatMap((group) => group.items);
  const pending = [...groups.working, ...groups.waiting];
  const cancelAll =
    pending.length < 2 ? null : button(words.queue.cancelAll, () => void cancelItems(whole ? 'all' : idsOf(pending)));
  return (
    <div className={styles['groups']}>
      <Group
        title={words.queue.groups.working}
        count={groups.working.length}
        items={groups.working}
        action={cancelAll}
      />
      {groups.failed.length < 2 ? null : (
        <div className={styles['heading']}>
          <h2>{words.queue.failedCount(failed.length)}</h2>
          {button(words.queue.retryAll, () => void retryItems(whole ? 'all' : idsOf(failed)))}
        </div>
      )}
      {groups.failed.map((group) => (
        <Group
          key={group.key}
          title={words.failureGroup[group.kind]}
          count={group.items.length}
          items={group.items}
          hint={group.todo}
          action={
            groups.failed.length > 1 && group.items.length === 1
              ? null
              : button(group.items.length > 1 ? words.queue.retryAll : words.queue.retry, () => void retryItems(idsOf(group.items)))
          }
        />
      ))}
      <Group
        title={words.queue.groups.waiting}
        count={Math.max(waiting ?? 0, groups.waiting.length)}
        items={groups.waiting.slice(0, SHOWN)}
        action={groups.working.length === 0 ? cancelAll : null}
      />
      <Group
        title={words.queue.groups.ready}
        count={Math.max(ready ?? 0, groups.ready.length)}
        items={groups.ready.slice(0, SHOWN)}
      />
    </div>
  );
}

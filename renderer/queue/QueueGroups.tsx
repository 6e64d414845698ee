import type { ReactNode } from 'react';
import type { FailedFor, QueueItem } from '../../shared/contract.ts';
import controls from '../parts/controls.module.css';
import { go } from '../view.ts';
import { useWords } from '../words.ts';
import { cancelItems, QueueLine, retryItems } from './QueueLine.tsx';
import { copyGroup, keepGroup, removeGroup, retryGroup } from './group-acts.ts';
import { groupItems, type FailedGroup } from './groups.ts';
import styles from './Queue.module.css';

/** Lines drawn of a group in which nothing can be done but wait; those that failed are all drawn. */
const SHOWN = 100;

const idsOf = (some: readonly QueueItem[]): string[] => some.map((item) => item.id);

const button = (text: string, onClick: () => void): ReactNode => (
  <button type="button" className={`${controls['button']} ${controls['quiet']}`} onClick={onClick}>
    {text}
  </button>
);

type GroupProps = { title: string; count: number; action?: ReactNode; children?: ReactNode };

function Group({ title, count, action, children }: GroupProps) {
  if (count === 0) return null;
  return (
    <section className={styles['group']}>
      <div className={styles['heading']}>
        <h2>
          {title} <span className={styles['count']}>{count}</span>
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}

/** Lines of one group; `count` says how many there are where not all are drawn. */
function Lines({ items, count = items.length }: { items: readonly QueueItem[]; count?: number }) {
  const words = useWords().queue;
  if (items.length === 0) return null;
  return (
    <>
      <ul className={styles['lines']}>
        {items.map((item) => (
          <QueueLine key={item.id} item={item} />
        ))}
      </ul>
      {count > items.length ? <p className={styles['rest']}>{words.more(count - items.length)}</p> : null}
    </>
  );
}

/** Those that failed for one reason, with what can be done about it said once. */
function Reason({ group, alone }: { group: FailedGroup; alone: boolean }) {
  const words = useWords();
  const several = !alone && group.count > 1;
  return (
    <div className={styles['reason']}>
      <div className={styles['subheading']}>
        <div>
          <h3>
            {group.title} <span className={styles['count']}>{group.count}</span>
          </h3>
          <p className={controls['hint']}>{group.todo}</p>
        </div>
        <div className={styles['acts']}>
          {several ? button(words.queue.retryThese, () => void retryGroup(group, words)) : null}
          {button(words.queue.copyThese(group.count), () => void copyGroup(group, words))}
          {group.items.some(({ url }) => url !== null) ? button(group.count > 1 ? words.bookmarks.keepThese : words.bookmarks.keep, () => void keepGroup(group, words)) : null}
          {button(words.queue.removeThese(group.count), () => void removeGroup(group, words))}
        </div>
      </div>
      <Lines items={group.items} count={group.count} />
    </div>
  );
}

type Props = {
  items: readonly QueueItem[];
  /** How many wait, and all that failed by reason, where `items` holds only a part. */
  waiting?: number;
  failures?: readonly FailedFor[] | undefined;
  /** Whether these are all there is, so that "all" may be asked for at once. */
  whole: boolean;
};

/** Articles of the queue by where they are: being saved, failed by reason, waiting, cancelled, saved. */
export function QueueGroups({ items, waiting = 0, failures = [], whole }: Props) {
  const all = useWords();
  const words = all.queue;
  const groups = groupItems(items, all, failures);
  const failed = groups.failed.flatMap((group) => group.items);
  const { cancelled } = groups;
  const lost = groups.failed.reduce((sum, { count }) => sum + count, 0);
  const pending = [...groups.working, ...groups.waiting];
  const cancelAll = pending.length < 2 ? null : button(words.cancelAll, () => void cancelItems(whole ? 'all' : idsOf(pending)));
  const waits = Math.max(waiting, groups.waiting.length);
  return (
    <div className={styles['groups']}>
      <Group title={words.groups.working} count={groups.working.length} action={cancelAll}>
        <Lines items={groups.working} />
      </Group>
      <Group
        title={words.groups.failed}
        count={lost}
        action={
          <span className={styles['acts']}>
            {whole ? button(words.asList, () => go({ list: 'failed' })) : null}
            {lost < 2 ? null : button(words.retryAll, () => void retryItems(whole ? 'all' : idsOf(failed)))}
          </span>
        }
      >
        {groups.failed.map((group) => (
          <Reason key={group.key} group={group} alone={groups.failed.length === 1} />
        ))}
      </Group>
      <Group title={words.groups.waiting} count={waits} action={groups.working.length === 0 ? cancelAll : null}>
        <Lines items={groups.waiting.slice(0, SHOWN)} count={waits} />
      </Group>
      <Group
        title={words.groups.cancelled}
        count={cancelled.length}
        action={cancelled.length < 2 ? null : button(words.retryThese, () => void retryItems(idsOf(cancelled)))}
      >
        <Lines items={cancelled} />
      </Group>
      <Group title={words.groups.ready} count={groups.ready.length}>
        <Lines items={groups.ready.slice(0, SHOWN)} count={groups.ready.length} />
      </Group>
    </div>
  );
}

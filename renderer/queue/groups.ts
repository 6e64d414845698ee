import type { FailedFor, QueueFacts, QueueItem } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import { remedy } from '../../shared/words/explain.ts';
import type { Words } from '../../shared/words/words.ts';

/** Failed articles with the same remedy; `count` says how many there are where `items` is only a part. */
export type FailedGroup = { key: string; kind: Failure['kind']; title: string; todo: string; count: number; items: QueueItem[] };
export type Groups = { working: QueueItem[]; waiting: QueueItem[]; failed: FailedGroup[]; cancelled: QueueItem[]; ready: QueueItem[] };

/** The group a failure belongs to. */
export const groupOf = (failure: Failure, words: Words): string => `${failure.kind} ${remedy(words, failure)}`;

/** What a group is called: asking too often is another thing than being refused. */
const titleOf = (failure: Failure, words: Words): string => (failure.kind === 'refused' && failure.status === 429 ? words.queue.tooOften : words.failureGroup[failure.kind]);

/** Sorts the queue's articles by where they are; those that failed also by reason and remedy, the largest group first. `counted` are all that failed, where `items` may hold only a part. */
export function groupItems(items: readonly QueueItem[], words: Words, counted: readonly FailedFor[] = []): Groups {
  const groups: Groups = { working: [], waiting: [], failed: [], cancelled: [], ready: [] };
  const failed = new Map<string, FailedGroup>();
  const groupFor = (failure: Failure): FailedGroup => {
    const key = groupOf(failure, words);
    const group = failed.get(key) ?? { key, kind: failure.kind, title: titleOf(failure, words), todo: remedy(words, failure), count: 0, items: [] };
    failed.set(key, group);
    return group;
  };
  for (const { failure, count } of counted) groupFor(failure).count += count;
  for (const item of items) {
    const { stage } = item;
    switch (stage.state) {
      case 'working':
      case 'waiting':
      case 'ready':
        groups[stage.state].push(item);
        break;
      case 'failed': {
        const { kind } = stage.failure;
        if (kind === 'cancelled') {
          groups.cancelled.push(item);
          break;
        }
        groupFor(stage.failure).items.push(item);
        break;
      }
      case 'bookmark':
        // Only its address is wanted: it is in no queue.
        break;
      default:
        stage satisfies never;
    }
  }
  // The counts may have been told a moment before the articles.
  for (const group of failed.values()) group.count = Math.max(group.count, group.items.length);
  groups.failed = [...failed.values()].toSorted((a, b) => b.count - a.count);
  return groups;
}

/** Counts articles as the library counts its whole queue: for the part of it that was just added, without what was cancelled. */
export function countItems(items: readonly QueueItem[], whole: Pick<QueueFacts, 'paused' | 'held' | 'resting'>): QueueFacts {
  const counted = items.filter(({ stage }) => stage.state !== 'failed' || stage.failure.kind !== 'cancelled');
  const count = (state: QueueItem['stage']['state']) => counted.filter((item) => item.stage.state === state).length;
  return {
    total: counted.length,
    waiting: count('waiting'),
    working: count('working'),
    done: count('ready'),
    failed: count('failed'),
    ...whole,
    // What is known is the speed of the whole queue, not when these few have their turn.
    secondsLeft: null,
  };
}

/** True when a line of the queue would look the same for both. */
export function sameItem(a: QueueItem, b: QueueItem): boolean {
  return a.id === b.id && a.title === b.title && a.attempts === b.attempts && JSON.stringify(a.stage) === JSON.stringify(b.stage);
}

/** The host of an address without `www.`, or null. */
export function hostIn(url: string | null): string | null {
  return url === null || !URL.canParse(url) ? null : new URL(url).hostname.replace(/^www\./u, '');
}

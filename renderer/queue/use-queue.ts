import { useEffect, useState } from 'react';
import type { Row } from '../../shared/article.ts';
import type { FailedFor, QueueFacts, QueueItem, Saved } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import { api } from '../api.ts';
import { ask, useAsk } from '../ask.ts';
import { countItems } from './groups.ts';

/** Those at work and more of the waiting ones than are drawn; those just saved are followed by name, up to as many as a list tells at once. */
const QUEUED = 120;
export const LISTED = 500;
/** News of hundreds of articles come close together; they are asked after this often at most, in milliseconds. */
const EVERY = 250;

const asItem = ({ id, url, title, stage }: Row): QueueItem => ({ id, url, title, stage, attempts: 1 });

export type Queue = { facts: QueueFacts; items: QueueItem[]; failures?: FailedFor[] };

/** The whole queue: what waits and is worked on, and every article that failed, with how many those are. */
export function useQueue(): { queue: Queue | undefined; failure: Failure | null } {
  const { value: queue, failure } = useAsk('queue', { count: QUEUED });
  const { value: failed, failure: unlisted } = useAsk('list', { where: { list: 'failed' }, count: LISTED });
  const { value: failures, failure: ungrouped } = useAsk('failures', {});
  if (queue === undefined || failed === undefined || failures === undefined) return { queue: undefined, failure: failure ?? unlisted ?? ungrouped };
  const { items, ...facts } = queue;
  const pending = items.filter((item) => item.stage.state === 'waiting' || item.stage.state === 'working');
  return {
    queue: { facts, items: [...pending, ...failed.rows.map(asItem)], failures },
    failure: failure ?? unlisted,
  };
}

async function look(saved: readonly Saved[]): Promise<Queue | null> {
  const [queue, newest] = await Promise.all([
    ask('queue', { count: saved.length > LISTED ? QUEUED : 1_000 }),
    ask('list', { where: { list: 'all' }, sort: 'newest', count: LISTED }),
  ]);
  if (!queue.ok || !newest.ok) return null;
  const { items, ...facts } = queue.value;
  if (saved.length > LISTED) return { facts, items };
  const rows = new Map(newest.value.rows.map((row) => [row.id, asItem(row)]));
  const live = new Map(items.map((item) => [item.id, item]));
  const followed = saved.map(
    ({ id, url }): QueueItem => live.get(id) ?? rows.get(id) ?? { id, url, title: '', stage: { state: 'waiting' }, attempts: 1 },
  );
  return { facts: countItems(followed, { paused: facts.paused, held: facts.held, resting: facts.resting }), items: followed };
}

/**
 * How the articles just saved are getting on; null until the library has told. Asked anew, never from an earlier
 * answer, which would not know them. With more than 500 of them it is the whole queue.
 */
export function useFollowed(saved: readonly Saved[]): Queue | null {
  const [queue, setQueue] = useState<Queue | null>(null);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const update = async () => {
      const seen = await look(saved);
      if (!over && seen !== null) setQueue(seen);
    };
    const stop = api.onNews((news) => {
      if (timer !== null || (news.about !== 'queue' && news.about !== 'articles')) return;
      timer = setTimeout(() => {
        timer = null;
        void update();
      }, EVERY);
    });
    void update();
    return () => {
      over = true;
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [saved]);
  return queue;
}

import type { ArticleId } from '../../../shared/article.ts';
import type { News } from '../../../shared/contract.ts';

/** Gathers what changed and tells it at most five times a second, however fast the queue works. */
export type QueueNews = {
  articles(ids: Iterable<ArticleId>): void;
  tags(): void;
  /** Something about the queue itself changed. */
  queue(): void;
  /** Tells at once whatever has gathered. */
  flush(): void;
};

const pause = 200;

/** `queueNews` is asked for the queue's state at the moment of telling. */
export function createQueueNews(tell: (news: News) => void, queueNews: () => News): QueueNews {
  const changed = new Set<ArticleId>();
  let tags = false;
  let queue = false;
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const ids = [...changed];
    const told = { tags, queue };
    changed.clear();
    tags = false;
    queue = false;
    if (ids.length > 0) tell({ about: 'articles', ids: ids.length > 500 ? null : ids });
    if (told.tags) tell({ about: 'tags' });
    if (told.queue) tell(queueNews());
  }
  const soon = () => {
    timer ??= setTimeout(flush, pause);
  };

  return {
    articles(ids) {
      for (const id of ids) changed.add(id);
      soon();
    },
    tags() {
      tags = true;
      soon();
    },
    queue() {
      queue = true;
      soon();
    },
    flush,
  };
}

import type { Article, ArticleId, Place } from '../../shared/article.ts';
import type { Reply } from '../../shared/failure.ts';
import { ask } from '../ask.ts';
import { sayFailure } from '../parts/toasts.ts';

/** While scrolling goes on, the place is kept this often; and this long after it has stopped. In milliseconds. */
const atMost = 4_000;
const afterStop = 700;

/** Keeps the place of one article: now and then while it moves, once when it rests, and at once on `flush`. */
export function placeKeeper(id: ArticleId): { keep: (place: Place) => void; flush: () => void } {
  let waiting: Place | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sentAt = 0;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === null) return;
    const place = waiting;
    waiting = null;
    sentAt = performance.now();
    void send(id, place);
  };
  const keep = (place: Place) => {
    waiting = place;
    clearTimeout(timer);
    const due = Math.min(afterStop, Math.max(0, sentAt + atMost - performance.now()));
    timer = setTimeout(flush, sentAt === 0 ? afterStop : due);
  };
  return { keep, flush };
}

async function send(id: ArticleId, place: Place): Promise<void> {
  tell(await ask('place', { id, place }));
}

/** A library that can only be read has said so already, and an article just erased has no place; the rest is told. */
function tell(reply: Reply<unknown>): void {
  if (!reply.ok && reply.failure.kind !== 'read-only' && reply.failure.kind !== 'not-found') sayFailure(reply.failure);
}

const finished = new Set<ArticleId>();

/** Marks an article as read when its end is reached; once for each time the window is open. */
export function keepFinished(article: Pick<Article, 'id' | 'finishedAt' | 'trashedAt'>): void {
  if (article.finishedAt !== null || article.trashedAt !== null || finished.has(article.id)) return;
  finished.add(article.id);
  void ask('finish', { ids: [article.id], on: true }).then(tell);
}

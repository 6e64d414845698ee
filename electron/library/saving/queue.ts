import type { ArticleId, Stage } from '../../../shared/article.ts';
import type { Answers, QueueFacts, QueueItem, Saved } from '../../../shared/contract.ts';
import { type Failure, FailureError } from '../../../shared/failure.ts';
import { hostOf } from '../../../shared/url.ts';
import { captureGiven, fileGiven, type Given, sweepArrival, sweepArrivals, type Taken, takeAddresses, takeGiven, textGiven, webJob } from './arrivals.ts';
import { toFetch, type Waiting, waiting } from '../articles.ts';
import { storeArrival } from '../storage/files.ts';
import { createEstimate } from './estimate.ts';
import { createLater } from './later.ts';
import { createMending } from './mend.ts';
import { type Manners, mannersFor, nextTry } from './manners.ts';
import { createOffline } from './offline.ts';
import { pieces } from './pieces.ts';
import { createQueueNews } from './queue-news.ts';
import { failedIds, standings } from './queue-rows.ts';
import { waitingStage } from '../rows.ts';
import { internal, outcomeOf } from './outcome.ts';
import { makeArticle, type SaveContext } from './save.ts';
import { createSchedule } from './schedule.ts';
import { realTimer, type Timer } from './timer.ts';

/** What the queue answers, and how it is waited for and closed. `idle` resolves when nothing more can be done for now. */
export type Queue = Pick<Answers, 'save' | 'saveText' | 'saveFile' | 'capture' | 'queue' | 'retry' | 'cancel' | 'retryPictures'> & {
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** What the queue works with. `concurrency` is how many articles are worked on at once; `offlinePause` is in seconds. */
export type QueueContext = SaveContext & { concurrency?: number; offlinePause?: number; manners?: Manners; timer?: Timer };

/** `tries` counts the further tries after a failure that passes by itself, `attempts` everything. */
type Item = Waiting & { host: string | null; attempts: number; tries: number };
type Running = { item: Item; stopping: AbortController; done: Promise<void> };

const perHost = 2;
/** Further tries that come within this time are waited for before the queue calls itself idle, in milliseconds. */
const patience = 90_000;

/** Opens the queue and starts on whatever the library has waiting. */
export function openQueue(context: QueueContext): Queue {
  const { store } = context;
  const concurrency = context.concurrency ?? 6;
  const mannersOf = (host: string | null): Manners => context.manners ?? mannersFor(host);
  const timer = context.timer ?? realTimer;
  const schedule = createSchedule<Item>(perHost, (host) => mannersOf(host).hostPause * 1_000, timer.now);
  const later = createLater<Item>(timer, due);
  const estimate = createEstimate(timer.now);
  const running = new Map<ArticleId, Running>();
  const rewanted = new Set<ArticleId>();
  const idlers = new Set<() => void>();
  const counts = { total: 0, done: 0, failed: 0 };
  const closing = new AbortController();
  let arriving = 0;
  let planned: NodeJS.Immediate | null = null;
  let stopRest: (() => void) | null = null;
  const offline = createOffline(pump, context.offlinePause ?? 2);
  const news = createQueueNews(store.tell, () => ({ about: 'queue', facts: facts(), working: [...running.values()].map(({ item }) => toItem(item)) }));
  const mending = createMending(context, news, closing.signal);

  if (!store.readOnly) {
    sweepArrivals(store);
    enqueue(waiting(store).map(({ id }) => id));
  }

  function facts(): QueueFacts {
    const waits = schedule.size + later.size;
    const paused = offline.paused();
    return { ...counts, waiting: waits, working: running.size, paused, secondsLeft: paused ? null : estimate.secondsLeft(waits + running.size, later.last()) };
  }

  function toItem({ id, url, title, attempts }: Item): QueueItem {
    return { id, url, title, attempts, stage: store.working.get(id) ?? waitingStage(store, id) };
  }

  function enqueue(ids: readonly ArticleId[]): void {
    if (ids.length === 0) return;
    if (schedule.size + later.size + running.size === 0) {
      Object.assign(counts, { total: 0, done: 0, failed: 0 });
      estimate.reset();
    }
    for (const id of ids) {
      const under = running.get(id);
      if (under) {
        // Cancelled a moment ago and wanted again before it has come to its end.
        if (under.stopping.signal.aborted) rewanted.add(id);
        continue;
      }
      const work = toFetch(store, id);
      if (withdraw(id) === null) counts.total++;
      schedule.add({ ...work, host: work.job.from === 'web' ? hostOf(work.url) : null, attempts: 0, tries: 0 });
    }
    news.queue();
    pumpSoon();
  }

  /** Takes an article out that waits for its turn or its next try; null when it does not. */
  function withdraw(id: ArticleId): Item | null {
    store.later.delete(id);
    return schedule.remove(id) ?? later.remove(id);
  }

  /** An article's wait for its next try is over. */
  function due(item: Item): void {
    store.later.delete(item.id);
    schedule.add(item);
    news.articles([item.id]);
    news.queue();
    pumpSoon();
  }

  /** Not at once: an asker gets its answer first, and failures that take no time leave the event loop its turns. */
  function pumpSoon(): void {
    planned ??= setImmediate(pump);
  }

  function pump(): void {
    planned = null;
    stopRest?.();
    stopRest = null;
    while (!closing.signal.aborted && running.size < concurrency) {
      const item = schedule.take(offline.mayTry());
      if (item === null) break;
      start(item);
    }
    const rests = running.size < concurrency && !closing.signal.aborted ? schedule.freeAt() : null;
    if (rests !== null) stopRest = timer.at(rests, pump);
    estimate.working(running.size > 0 || rests !== null);
    if (running.size > 0) return;
    if (!closing.signal.aborted && ((schedule.size > 0 && !offline.paused()) || later.dueBy(timer.now() + patience))) return;
    news.flush();
    for (const resolve of idlers) resolve();
    idlers.clear();
  }

  function start(item: Item): void {
    const stopping = new AbortController();
    item.attempts++;
    if (item.job.from === 'web') offline.trying();
    const step = item.job.from === 'web' ? 'download' : 'extract';
    show(item, stopping.signal, { state: 'working', step, done: 0, of: 0 });
    const done = work(item, stopping.signal).finally(() => {
      running.delete(item.id);
      store.working.delete(item.id);
      schedule.release(item);
      if (rewanted.delete(item.id)) enqueue([item.id]);
      offline.tried();
      news.queue();
      pumpSoon();
    });
    running.set(item.id, { item, stopping, done });
    news.articles([item.id]);
  }

  function show(item: Item, signal: AbortSignal, stage: Stage & { state: 'working' }): void {
    if (signal.aborted) return;
    store.working.set(item.id, stage);
    news.queue();
  }

  /** Never rejects: whatever happens to an article is written on it. */
  async function work(item: Item, signal: AbortSignal): Promise<void> {
    try {
      // Erased while it waited.
      if (standings(store.db, [item.id]).length === 0) return;
      const ready = await makeArticle(context, item, signal, (step, done, of) => show(item, signal, { state: 'working', step, done, of }));
      if (signal.aborted) return;
      store.act([ready]);
      if (item.job.from === 'web') offline.worked();
      counts.done++;
      estimate.finished();
      // While bytes are arriving they may be the same ones; then the next start sweeps.
      if (item.job.from === 'file' && arriving === 0) sweepArrival(store, item.job.stored);
      news.articles([item.id]);
    } catch (error) {
      // Stopped by `cancel`, which has written it down, or by closing, after which it waits for the next start.
      if (signal.aborted) return;
      failed(item, error instanceof FailureError ? error.failure : internal(error));
    }
  }

  function failed(item: Item, failure: Failure): void {
    if (failure.kind === 'no-network' && offline.failed(item.attempts)) {
      schedule.add(item, true);
      return;
    }
    if (failure.kind !== 'no-network' && item.job.from === 'web') offline.worked();
    const next = item.job.from === 'web' ? nextTry(failure, item.tries, timer.now(), mannersOf(item.host).retryPauses) : null;
    if (next !== null) {
      item.tries++;
      store.later.set(item.id, { at: new Date(next).toISOString(), failure });
      later.add(item, next);
      news.articles([item.id]);
      return;
    }
    counts.failed++;
    estimate.finished();
    try {
      store.act([outcomeOf(store, item.id, failure)]);
    } catch (error) {
      // The library itself cannot be written: the article keeps waiting there, and the reader is told why.
      store.tell({ about: 'trouble', failure: error instanceof FailureError ? error.failure : internal(error) });
    }
    news.articles([item.id]);
  }

  function taken({ saved, work }: Taken): Saved[] {
    enqueue(work);
    news.flush();
    return saved;
  }

  /** `anew` makes also what is there already, or is being made from something else. */
  async function take(given: Given, tags: readonly string[], anew = false): Promise<Saved> {
    if (store.readOnly) throw new FailureError({ kind: 'read-only', why: store.readOnly });
    arriving++;
    try {
      const stored = await storeArrival(store.root, given.bytes);
      const took = takeGiven(store, given, stored, tags, anew);
      for (const id of took.work) running.get(id)?.stopping.abort();
      const [saved] = taken(took);
      if (saved === undefined) throw new FailureError({ kind: 'internal', detail: 'a save without an outcome' });
      return saved;
    } finally {
      arriving--;
    }
  }

  return {
    async save({ urls, tags, typed }) {
      const wanted = urls.map((url) => ({ url, job: webJob(url, typed) }));
      const saved: Saved[] = [];
      const work: ArticleId[] = [];
      // From the last to the first, since what is saved later stands higher.
      for await (const some of pieces(wanted.toReversed())) {
        const part = takeAddresses(store, some.toReversed(), tags);
        saved.unshift(...part.saved);
        work.unshift(...part.work);
      }
      return taken({ saved, work });
    },
    saveText: async (input) => take(textGiven(input), input.tags),
    saveFile: async (input) => take(fileGiven(input), input.tags),
    capture: async (input) => take(captureGiven(input), input.tags, true),
    queue({ count }) {
      const items = [...running.values()].map(({ item }) => toItem(item));
      for (const waits of [later.things(), schedule.waiting()]) {
        for (const item of waits) {
          if (items.length >= count) break;
          items.push(toItem(item));
        }
      }
      return { ...facts(), items: items.slice(0, count) };
    },
    async retry({ ids }) {
      const early = ids === 'all' ? [] : ids.flatMap((id) => later.remove(id) ?? []);
      for (const item of early) due(item);
      const again = failedIds(store.db, ids);
      for await (const some of pieces(again)) store.act(some.map((id) => ({ act: 'wait', id })));
      enqueue(again);
      news.articles(again);
      news.flush();
      return { count: again.length + early.length };
    },
    async cancel({ ids }) {
      const wanted = ids === 'all' ? [...running.keys(), ...[...schedule.waiting(), ...later.things()].map(({ id }) => id)] : ids;
      const stopped = [...new Set(wanted)].filter((id) => running.get(id)?.stopping.signal.aborted === false || withdraw(id) !== null);
      for (const id of stopped) {
        rewanted.delete(id);
        store.working.delete(id);
        running.get(id)?.stopping.abort();
      }
      for await (const some of pieces(stopped)) store.act(some.map((id) => outcomeOf(store, id, { kind: 'cancelled' })));
      counts.total -= stopped.length;
      news.articles(stopped);
      news.queue();
      pumpSoon();
      return { count: stopped.length };
    },
    retryPictures: mending.retryPictures,
    idle() {
      return new Promise((resolve) => {
        idlers.add(resolve);
        pumpSoon();
      });
    },
    async close() {
      closing.abort();
      offline.close();
      later.close();
      for (const { stopping } of running.values()) stopping.abort();
      await Promise.allSettled([...[...running.values()].map(({ done }) => done), mending.settled()]);
      pump();
    },
  };
}

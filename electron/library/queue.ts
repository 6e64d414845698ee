import type { ArticleId, Stage } from '../../shared/article.ts';
import type { Answers, QueueFacts, QueueItem, Saved } from '../../shared/contract.ts';
import { type Failure, FailureError } from '../../shared/failure.ts';
import { addressKey, fetchAddress, hostOf, normalAddress } from '../../shared/url.ts';
import type { ActBody, Job } from './acts.ts';
import { type Arrival, arrive, broughtUp, fileGiven, type Given, renewed, sweepArrivals, textGiven } from './arrivals.ts';
import { createId } from './clock.ts';
import { storeArrival } from './files.ts';
import { createOffline } from './offline.ts';
import { createQueueNews } from './queue-news.ts';
import { failedWork, knownAddress, sealedOf, waitingWork, workOf } from './queue-rows.ts';
import { makeArticle, makePictures, type SaveContext, type Work } from './save.ts';
import { createSchedule } from './schedule.ts';

/** What the queue answers, and how it is waited for and closed. `idle` resolves when nothing more can be done for now. */
export type Queue = Pick<Answers, 'save' | 'saveText' | 'saveFile' | 'queue' | 'retry' | 'cancel' | 'retryPictures'> & {
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** What the queue works with. `concurrency` is how many articles are worked on at once; `offlinePause` is in seconds. */
export type QueueContext = SaveContext & { concurrency?: number; offlinePause?: number };

type Item = Work & { host: string | null; attempts: number };
type Running = { item: Item; stopping: AbortController; done: Promise<void> };

const perHost = 2;

/** Opens the queue and starts on whatever the library has waiting. */
export function openQueue(context: QueueContext): Queue {
  const { store } = context;
  const concurrency = context.concurrency ?? 6;
  const schedule = createSchedule<Item>(perHost);
  const running = new Map<ArticleId, Running>();
  const mending = new Map<ArticleId, Promise<Awaited<ReturnType<Queue['retryPictures']>>>>();
  const arriving = new Map<string, number>();
  const rewanted = new Set<ArticleId>();
  const idlers = new Set<() => void>();
  const counts = { total: 0, done: 0, failed: 0 };
  const closing = new AbortController();
  const offline = createOffline(pump, context.offlinePause ?? 2);
  const news = createQueueNews(store.tell, () => ({ about: 'queue', facts: facts(), working: [...running.values()].map(({ item }) => toItem(item)) }));

  if (!store.readOnly) {
    sweepArrivals(store);
    enqueue(waitingWork(store.db));
  }

  function facts(): QueueFacts {
    return { ...counts, waiting: schedule.size, working: running.size, paused: offline.paused() };
  }

  function toItem({ id, url, name, attempts }: Item): QueueItem {
    return { id, url, title: name, attempts, stage: store.working.get(id) ?? { state: 'waiting' } };
  }

  function enqueue(works: Work[]): void {
    if (works.length === 0) return;
    if (schedule.size + running.size === 0) Object.assign(counts, { total: 0, done: 0, failed: 0 });
    for (const work of works) {
      const under = running.get(work.id);
      if (under) {
        // Cancelled a moment ago and wanted again before it has come to its end.
        if (under.stopping.signal.aborted) rewanted.add(work.id);
        continue;
      }
      if (schedule.remove(work.id) === null) counts.total++;
      schedule.add({ ...work, host: hostOf(work.url), attempts: 0 });
    }
    news.queue();
    // After the asker has its answer: whoever saves sees the row waiting first.
    setImmediate(pump);
  }

  function pump(): void {
    while (!closing.signal.aborted && running.size < concurrency) {
      const item = schedule.take(offline.mayTry());
      if (item === null) break;
      start(item);
    }
    if (running.size > 0 || (schedule.size > 0 && !offline.paused() && !closing.signal.aborted)) return;
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
      if (rewanted.delete(item.id)) enqueue([item]);
      offline.tried();
      news.queue();
      pump();
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
      if (workOf(store.db, item.id) === null) return;
      const ready = await makeArticle(context, item, signal, (step, done, of) => show(item, signal, { state: 'working', step, done, of }));
      if (signal.aborted) return;
      store.act([ready]);
      if (item.job.from === 'web') offline.worked();
      counts.done++;
      const { job } = item;
      if (job.from === 'file' && !arriving.has(job.stored)) sweepArrivals(store, job.stored);
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
    counts.failed++;
    try {
      store.act([{ act: 'failed', id: item.id, failure }]);
    } catch (error) {
      // The library itself cannot be written: the article keeps waiting there, and the reader is told why.
      store.tell({ about: 'trouble', failure: error instanceof FailureError ? error.failure : internal(error) });
    }
    news.articles([item.id]);
  }

  function commit(arrivals: Arrival[], tags: string[]): void {
    store.act(arrivals.flatMap(({ acts }) => acts));
    enqueue(arrivals.flatMap(({ work: id }) => (id === null ? [] : [workOf(store.db, id)].filter((work) => work !== null))));
    news.articles(arrivals.map(({ saved }) => saved.id));
    if (tags.length > 0) news.tags();
    news.flush();
  }

  async function take(given: Given, tags: string[]): Promise<Saved> {
    if (store.readOnly) throw new FailureError({ kind: 'read-only', why: store.readOnly });
    const stored = await storeArrival(store.root, given.bytes);
    arriving.set(stored, (arriving.get(stored) ?? 0) + 1);
    try {
      const arrival = arrive(store, given, stored, tags);
      commit([arrival], tags);
      return arrival.saved;
    } finally {
      const left = (arriving.get(stored) ?? 1) - 1;
      if (left > 0) arriving.set(stored, left);
      else arriving.delete(stored);
    }
  }

  return {
    save({ urls, tags, typed }) {
      const now = Date.parse(store.now());
      const fresh = new Map<string, Saved>();
      const arrivals: Arrival[] = [];
      const saved = urls.map((text, i) => {
        const url = normalAddress(text);
        const key = addressKey(text);
        if (url === null || key === null) throw new FailureError({ kind: 'bad-address', address: text });
        const before = fresh.get(key);
        if (before) return { ...before, outcome: 'known' } satisfies Saved;
        // One millisecond apart, so that the first of a pasted list stands first.
        const time = now - i;
        const arrival = arrivalOf(url, text, new Date(time).toISOString(), time, tags, typed);
        arrivals.push(arrival);
        fresh.set(key, arrival.saved);
        return arrival.saved;
      });
      commit(arrivals, tags);
      return saved;
    },
    saveText: (input) => take(textGiven(input), input.tags),
    saveFile: (input) => take(fileGiven(input), input.tags),
    queue({ count }) {
      const items = [...running.values()].map(({ item }) => toItem(item));
      for (const item of schedule.waiting()) {
        if (items.length >= count) break;
        items.push(toItem(item));
      }
      return { ...facts(), items: items.slice(0, count) };
    },
    retry({ ids }) {
      const works = failedWork(store.db, ids);
      store.act(works.map(({ id }) => ({ act: 'wait', id })));
      enqueue(works);
      news.articles(works.map(({ id }) => id));
      news.flush();
      return { count: works.length };
    },
    cancel({ ids }) {
      const wanted = ids === 'all' ? [...running.keys(), ...[...schedule.waiting()].map(({ id }) => id)] : ids;
      const stopped = [...new Set(wanted)].filter((id) => running.get(id)?.stopping.signal.aborted === false || schedule.remove(id) !== null);
      store.act(stopped.map((id) => ({ act: 'failed', id, failure: { kind: 'cancelled' } })));
      for (const id of stopped) {
        rewanted.delete(id);
        store.working.delete(id);
        running.get(id)?.stopping.abort();
      }
      counts.failed += stopped.length;
      news.articles(stopped);
      news.queue();
      pump();
      return { count: stopped.length };
    },
    retryPictures({ id }) {
      const under = mending.get(id) ?? mend(id).finally(() => mending.delete(id));
      mending.set(id, under);
      return under;
    },
    idle() {
      return new Promise((resolve) => {
        idlers.add(resolve);
        setImmediate(pump);
      });
    },
    async close() {
      closing.abort();
      offline.close();
      for (const { stopping } of running.values()) stopping.abort();
      await Promise.allSettled([...[...running.values()].map(({ done }) => done), ...mending.values()]);
      pump();
    },
  };

  function arrivalOf(url: string, text: string, at: string, time: number, tags: string[], typed: boolean): Arrival {
    const asked = fetchAddress(text);
    const job: Job = { from: 'web', typed, ...(asked === null || asked === url ? {} : { asked }) };
    const known = knownAddress(store.db, url);
    if (known === null) {
      const id = createId(time);
      const act: ActBody = { act: 'save', id, at, url, name: '', tags, job };
      return { acts: [act], saved: { id, url, outcome: 'new' }, work: id };
    }
    return known.state === 'failed' && known.url !== null ? renewed(known, at, '', tags, job) : broughtUp(known, at, tags);
  }

  async function mend(id: ArticleId): Promise<Awaited<ReturnType<Queue['retryPictures']>>> {
    const work = workOf(store.db, id);
    const sealed = sealedOf(store.db, id);
    if (work === null || sealed === null) throw new FailureError({ kind: 'not-found', what: id });
    const { act, meta } = await makePictures(context, work, sealed, closing.signal);
    if (act !== null) {
      store.act([act]);
      news.articles([id]);
      news.flush();
    }
    return { pictures: meta.pictures };
  }
}

function internal(error: unknown): Failure {
  return { kind: 'internal', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

import type { ArticleId, Stage } from '../../../shared/article.ts';
import type { Answers, QueueFacts, QueueItem } from '../../../shared/contract.ts';
import { type Failure, faultOf } from '../../../shared/failure.ts';
import { type Bookmarking, createBookmarking } from './bookmarks.ts';
import { sweepArrival, sweepArrivals } from './arrivals.ts';
import { toFetch } from '../articles.ts';
import { createEstimate, longestPause } from './estimate.ts';
import { createLater } from './later.ts';
import { createMending } from './mend.ts';
import type { Manners } from './manners.ts';
import { createNetwork } from './network.ts';
import { pieces } from './pieces.ts';
import { createQueueNews } from './queue-news.ts';
import { failedIds, standings, toItem, type Wanted, waitingOnes, wantedOnes } from './queue-rows.ts';
import { outcomeOf } from './outcome.ts';
import type { SaveContext } from './save.ts';
import { createSchedule, type Joining } from './schedule.ts';
import { createTakeIn, type TakeIn } from './take-in.ts';
import { ruleActs } from '../tag-rules.ts';
import { realTimer, type Timer } from './timer.ts';

/** What the queue answers, and how it is waited for and closed. `idle` resolves when nothing more can be done for now. */
export type Queue = TakeIn['answers'] & Pick<Answers, 'queue' | 'retry' | 'cancel' | 'retryPictures'> & Bookmarking & {
  idle(): Promise<void>;
  /** To be called when the reader's preferences have changed: one of them holds the queue. */
  heedSettings(): void;
  close(): Promise<void>;
};

/** What the queue works with. `concurrency` is how many articles are worked on at once; `offlinePause` is in seconds. */
export type QueueContext = SaveContext & { concurrency?: number; offlinePause?: number; manners?: Manners; timer?: Timer };

/** `tries` counts the further tries after a failure that passes by itself, `attempts` everything. */
type Item = Wanted & { attempts: number; tries: number };
type Running = { item: Item; stopping: AbortController; done: Promise<void> };

/** So few are somebody's wish of this moment. */
const fewAtOnce = 5;
/** Further tries that come within this time are waited for before the queue calls itself idle, in milliseconds. */
const patience = 90_000;

/** Opens the queue and starts on whatever the library has waiting. */
export function openQueue(context: QueueContext): Queue {
  const { store } = context;
  const concurrency = context.concurrency ?? 6;
  const timer = context.timer ?? realTimer;
  const network = createNetwork({ manners: context.manners, offlinePause: context.offlinePause, timer, shown: store.resting }, pump);
  const schedule = createSchedule<Item>(network.rules, timer.now);
  const later = createLater<Item>(timer, (item) => due(item));
  const estimate = createEstimate(timer.now);
  const running = new Map<ArticleId, Running>();
  const rewanted = new Set<ArticleId>();
  const idlers = new Set<() => void>();
  const counts = { total: 0, done: 0, failed: 0 };
  const closing = new AbortController();
  let planned: NodeJS.Immediate | null = null;
  let stopRest: (() => void) | null = null;
  const news = createQueueNews(store.tell, () => ({ about: 'queue', facts: facts(), working: workingItems() }));
  const mending = createMending(context, news, closing.signal);
  const taking = createTakeIn(store, news, (ids, urgent) => enqueue(wantedOnes(store.db, ids), urgent), (id) => running.get(id)?.stopping.abort());
  const bookmarking = createBookmarking(store, news, context.icons ?? null, (ids, urgent) => enqueue(wantedOnes(store.db, ids), urgent));
  const workingItems = () => [...running.values()].map(({ item }) => toItem(store, item));
  const held = () => context.settings().savingHeld;

  if (!store.readOnly) {
    sweepArrivals(store);
    enqueue(waitingOnes(store.db), false);
  }

  function facts(): QueueFacts {
    const waits = schedule.size + later.size;
    const paused = network.paused();
    const last = schedule.size === 0 ? later.last() : Math.max(schedule.lastAt(), later.last() ?? 0);
    const secondsLeft = paused || held() ? null : estimate.secondsLeft(waits + running.size, last);
    const resting = network.resting().flatMap((rest) => {
      const waiting = schedule.of(rest.host).length;
      return waiting === 0 ? [] : [{ ...rest, waiting }];
    });
    return { ...counts, waiting: waits, working: running.size, paused, held: held(), resting: resting.slice(0, 20), secondsLeft };
  }

  function enqueue(things: readonly Wanted[], urgent: boolean): void {
    if (things.length === 0) return;
    if (schedule.size + later.size + running.size === 0) {
      Object.assign(counts, { total: 0, done: 0, failed: 0 });
      estimate.reset();
    }
    for (const thing of things) {
      const under = running.get(thing.id);
      if (under) {
        // Cancelled a moment ago and wanted again before it has come to its end.
        if (under.stopping.signal.aborted) rewanted.add(thing.id);
        continue;
      }
      if (withdraw(thing.id) === null) counts.total++;
      schedule.add({ ...thing, attempts: 0, tries: 0 }, urgent ? 'urgent' : 'end');
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
  function due(item: Item, joining: Joining = 'end'): void {
    store.later.delete(item.id);
    schedule.add(item, joining);
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
    const open = !closing.signal.aborted && !held();
    // One more than else for what somebody waits for at this moment.
    const next = () => (running.size > concurrency ? null : schedule.take({ web: network.mayTry(), urgent: running.size === concurrency }));
    for (let item = open ? next() : null; item !== null; item = next()) start(item);
    const free = open && running.size < concurrency ? schedule.freeAt() : null;
    if (free !== null) stopRest = timer.at(free, rested);
    estimate.working(running.size > 0 || (free !== null && free - timer.now() <= longestPause));
    if (running.size > 0) return;
    const soon = timer.now() + patience;
    if (open && ((free !== null && free <= soon && !network.paused()) || later.dueBy(soon))) return;
    news.flush();
    for (const resolve of idlers) resolve();
    idlers.clear();
  }

  function rested(): void {
    news.queue();
    pump();
  }

  function start(item: Item): void {
    const stopping = new AbortController();
    item.attempts++;
    network.trying(item.host);
    show(item, stopping.signal, { state: 'working', step: item.host === null ? 'extract' : 'download', done: 0, of: 0 });
    const done = work(item, stopping.signal).finally(() => {
      running.delete(item.id);
      store.working.delete(item.id);
      schedule.release(item);
      if (rewanted.delete(item.id)) enqueue(wantedOnes(store.db, [item.id]), true);
      network.tried();
      news.queue();
      pumpSoon();
    });
    running.set(item.id, { item, stopping, done });
    news.articles([item.id]);
  }

  function show(item: Item, signal: AbortSignal, stage: Stage & { state: 'working' }): void {
    if (signal.aborted) return;
    if (stage.title !== store.working.get(item.id)?.title) news.articles([item.id]);
    store.working.set(item.id, stage);
    news.queue();
  }

  /** Never rejects: whatever happens to an article is written on it. */
  async function work(item: Item, signal: AbortSignal): Promise<void> {
    try {
      // Erased while it waited.
      if (standings(store.db, [item.id]).length === 0) return;
      const waiting = toFetch(store, item.id);
      const ready = await (await import('./save.ts')).makeArticle(context, waiting, signal, (doing) => show(item, signal, { state: 'working', ...doing }));
      if (signal.aborted) return;
      // Lost in a power cut it would be made once more: nobody was told.
      store.act([...ruleActs(store, ready), ready], 'soon');
      network.worked(item.host);
      counts.done++;
      estimate.finished();
      // While bytes are arriving they may be the same ones; then the next start sweeps.
      if (waiting.job.from === 'file' && !taking.arriving()) sweepArrival(store, waiting.job.stored);
      news.articles([item.id]);
    } catch (error) {
      // Stopped by `cancel`, which has written it down, or by closing, after which it waits for the next start.
      if (signal.aborted) return;
      await failed(item, faultOf(error));
    }
  }

  async function failed(item: Item, failure: Failure): Promise<void> {
    const verdict = network.failed(item, failure);
    // Everything of that host that waits says why from now on.
    if (verdict.rests !== null) news.articles(schedule.of(verdict.rests).map(({ id }) => id));
    switch (verdict.comes) {
      case 'wait':
        schedule.add(item, 'front');
        break;
      case 'later':
        item.tries++;
        store.later.set(item.id, { at: new Date(verdict.at).toISOString(), failure });
        later.add(item, verdict.at);
        news.articles([item.id]);
        break;
      case 'fail': {
        const { givenUp } = verdict;
        const others = givenUp === null ? [] : [...schedule.of(givenUp), ...[...later.things()].filter(({ host }) => host === givenUp)];
        await giveUp([item, ...others], failure);
        break;
      }
      default:
        verdict satisfies never;
    }
  }

  /** Writes down that these could not be had, all for the same reason. */
  async function giveUp(items: readonly Item[], failure: Failure): Promise<void> {
    for (const { id } of items) withdraw(id);
    for await (const some of pieces(items)) {
      counts.failed += some.length;
      for (const _ of some) estimate.finished();
      try {
        store.act(some.map(({ id }) => outcomeOf(store, id, failure)), 'soon');
      } catch (error) {
        // The library itself cannot be written: the articles keep waiting there, and the reader is told why.
        store.tell({ about: 'trouble', failure: faultOf(error) });
      }
      news.articles(some.map(({ id }) => id));
    }
  }

  return {
    ...bookmarking,
    ...taking.answers,
    queue({ count }) {
      const items: QueueItem[] = workingItems();
      for (const waits of [later.things(), schedule.waiting()]) {
        for (const item of waits) {
          if (items.length >= count) break;
          items.push(toItem(store, item));
        }
      }
      return { ...facts(), items: items.slice(0, count) };
    },
    async retry({ ids }) {
      const few = ids !== 'all' && ids.length <= fewAtOnce;
      // Asked for by name: then also of a host that is left alone.
      if (few) for (const { host } of wantedOnes(store.db, ids)) if (host !== null) network.lift(host);
      const early = ids === 'all' ? [] : ids.flatMap((id) => later.remove(id) ?? (few ? schedule.remove(id) : null) ?? []);
      for (const item of early) due(item, few ? 'urgent' : 'end');
      const again = failedIds(store.db, ids);
      for await (const some of pieces(again)) {
        store.act(some.map((id) => ({ act: 'wait', id })), 'soon');
        enqueue(wantedOnes(store.db, some), few);
        news.articles(some);
      }
      news.flush();
      await store.synced();
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
      for await (const some of pieces(stopped)) store.act(some.map((id) => outcomeOf(store, id, { kind: 'cancelled' })), 'soon');
      counts.total -= stopped.length;
      news.articles(stopped);
      news.queue();
      pumpSoon();
      await store.synced();
      return { count: stopped.length };
    },
    retryPictures: mending.retryPictures,
    idle: () => new Promise((resolve) => {
      idlers.add(resolve);
      pumpSoon();
    }),
    heedSettings() {
      context.icons?.heedSettings();
      news.queue();
      pumpSoon();
    },
    async close() {
      closing.abort();
      network.close();
      later.close();
      for (const { stopping } of running.values()) stopping.abort();
      await Promise.allSettled([...[...running.values()].map(({ done }) => done), mending.settled(), taking.close()]);
      pump();
    },
  };
}

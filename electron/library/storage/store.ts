import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ArticleId, HostRest, NextTry, Place, Stage } from '../../../shared/article.ts';
import type { News, Output, Parsed, QuestionName } from '../../../shared/contract.ts';
import { FailureError, faultOf } from '../../../shared/failure.ts';
import type { Act, ActBody } from './acts.ts';
import { applyActs } from './apply.ts';
import { keepCheckpoints } from './checkpoint.ts';
import { createClock } from './clock.ts';
import { openDatabase } from './database.ts';
import { removeDatabase } from './database-files.ts';
import { storageFailure } from './disk.ts';
import { openJournal, type Journal } from './journal.ts';
import { keepIndexing } from './indexing.ts';
import { deviceName, prepareFolder, readLibraryFile } from './layout.ts';
import { lockLibrary } from './lock.ts';
import { keepOthers } from './others.ts';
import { whyReadOnly } from './read-only.ts';
import { catchUp, catchUpSlowly, latestClock, makeIndex, makeReady, openIndex, replaceIndex, setPosition, type Progress } from './rebuild.ts';
import { openCare } from './care.ts';

/** The open storage that the nouns work with. */
export type Store = {
  /** The library's folder, absolute. */
  readonly root: string;
  /** The library's own id, from `lectern.json`. */
  readonly libraryId: string;
  /** The index. Changes when the index is rebuilt, so it is asked for anew each time. */
  readonly db: DatabaseSync;
  readonly readOnly: null | 'newer-library' | 'folder';
  /** What the queue is doing to articles at this moment; laid over the rows that lists and the reader see. */
  readonly working: Map<ArticleId, Stage & { state: 'working' }>;
  /** Which waiting articles wait for their next try; laid over rows the same way. */
  readonly later: Map<ArticleId, NextTry>;
  /** Which hosts are left alone for a while; laid over the rows of what waits for them. */
  readonly resting: Map<string, HostRest>;
  /** Reading places not yet written down; laid over rows the same way. */
  readonly places: Map<ArticleId, { place: Place; at: string }>;
  /**
   * Written to the journal, fsynced and in the index when this returns; all or nothing. Throws FailureError. With
   * `'soon'` the fsync follows by itself: for what nobody was told yet and would be done again after a power cut.
   */
  act(acts: ActBody[], synced?: 'now' | 'soon'): void;
  /** Resolves when every act so far is on the disk: one wait for many acts. Throws FailureError. */
  synced(): Promise<void>;
  tell(news: News): void;
  /** ISO 8601 in UTC. */
  now(): string;
};

/** A question answered from the store alone: without waiting. */
export type Answer<N extends QuestionName> = (input: Parsed<N>) => Output<N>;

/** A store with what only its owner may do. */
export type OpenStore = Store & {
  onNews(listener: (news: News) => void): () => void;
  /** Makes the index anew while the library stays usable, then takes it over. */
  rebuild(progress?: Progress): Promise<void>;
  /** Ends a `rebuild` under way, which then throws `cancelled`; the index stays as it was. */
  stopRebuild(): Promise<void>;
  /** Takes over an index that `make` has written to the path given, from this one or from the journals; the old one is set aside. */
  replaceIndex(make: (path: string) => Promise<unknown>): Promise<void>;
  /** Takes in what other machines have written to their journals; done by itself where the system tells of it. */
  heedOthers(): Promise<void>;
  /** Resolves when the search index has taken in every change so far. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

export type StoreOptions = { path: string; readOnly?: boolean; now?: () => number } & OpenHow;
/** `held` is called once the library is this process's own; `signal` ends an opening that takes long. */
export type OpenHow = { held?: () => void; progress?: Progress; signal?: AbortSignal };

/** How long acts that may wait for their fsync wait for company, in milliseconds. */
const syncPause = 200;

/** Opens a library folder, making it when it is new. Throws FailureError `in-use` when another process owns it. */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const root = options.path;
  const now = options.now ?? Date.now;
  const readOnly = whyReadOnly(root, options.readOnly ?? false);
  const lock = readOnly ? null : lockLibrary(root);
  const care = openCare();
  const end = () => void care.close();
  options.signal?.addEventListener('abort', end);
  const progress: Progress = (done, of) => {
    if (options.signal?.aborted === true) throw new FailureError({ kind: 'cancelled' });
    options.progress?.(done, of);
  };
  options.held?.();
  let journal: Journal | null = null;
  let db: DatabaseSync;
  let libraryId = readLibraryFile(root)?.id ?? '';
  try {
    if (!readOnly) libraryId = prepareFolder(root).id;
    journal = readOnly ? null : openJournal(root, deviceName(libraryId));
    // Without a right to write there is no index to rely on: it is made in memory, from the same journals.
    db = readOnly ? await makeIndex(root, ':memory:', progress) : await openIndex(root, care, progress);
    // Half made, by one that was killed at it.
    if (!readOnly) for (const name of ['index.db.new', 'check.db']) removeDatabase(join(root, name));
  } catch (error) {
    journal?.close();
    lock?.release();
    throw storageFailure(error, root);
  } finally {
    options.signal?.removeEventListener('abort', end);
    // What it holds in memory is of no use until the next long work.
    await care.close();
  }

  const device = deviceName(libraryId);
  const clock = createClock(device, now);
  clock.seen(latestClock(db));
  const startCheckpoints = () => keepCheckpoints(join(root, 'index.db'), () => db.isOpen && !db.isTransaction && db.exec('PRAGMA wal_checkpoint(PASSIVE)'));
  let checkpoints = readOnly ? null : startCheckpoints();
  const listeners = new Set<(news: News) => void>();
  let closed = false;
  let behind = false;
  let rebuilding: Promise<void> | null = null;
  let syncing: NodeJS.Timeout | null = null;

  const store: OpenStore = {
    root,
    libraryId,
    readOnly,
    get db() {
      return db;
    },
    working: new Map(),
    later: new Map(),
    resting: new Map(),
    places: new Map(),
    act(bodies, synced = 'now') {
      if (!journal) throw new FailureError({ kind: 'read-only', why: readOnly ?? 'folder' });
      if (bodies.length === 0) return;
      const acts = bodies.map((body) => ({ ...body, clock: clock.tick() }) as Act);
      try {
        commit(acts, journal, synced === 'now');
      } catch (error) {
        markDamage(error);
        throw storageFailure(error, root);
      }
      checkpoints?.written();
      if (synced === 'soon') syncing ??= setTimeout(() => void syncSoon(), syncPause);
      // A text just saved is taken in a moment later, between two answers.
      indexing.start(bodies.length <= 20 && !bodies.some(({ act }) => act === 'ready'));
    },
    async synced() {
      try {
        await journal?.sync();
      } catch (error) {
        throw storageFailure(error, root);
      }
    },
    tell(news) {
      for (const listener of listeners) listener(news);
    },
    now: () => new Date(now()).toISOString(),
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async settled() {
      indexing.start(false);
      await indexing.under();
    },
    heedOthers: () => others.heed(),
    async rebuild(progress) {
      if (readOnly) throw new FailureError({ kind: 'read-only', why: readOnly });
      rebuilding ??= exchange((path) => care.run({ job: 'make', root, to: path }, progress)).finally(() => (rebuilding = null));
      await rebuilding;
    },
    stopRebuild: () => care.close(),
    async replaceIndex(make) {
      await rebuilding?.catch(() => undefined);
      rebuilding ??= exchange(make).finally(() => (rebuilding = null));
      await rebuilding;
    },
    async close() {
      if (closed) return;
      closed = true;
      if (syncing !== null) clearTimeout(syncing);
      await others.close();
      // An index half made is thrown away when the next one is begun.
      await care.close();
      await Promise.allSettled([indexing.under(), rebuilding]);
      await checkpoints?.close();
      // Each also where another fails, as on a disk that is no more: the library must be free for the next.
      try {
        if (db.isOpen) db.close();
      } finally {
        try {
          journal?.close();
        } finally {
          lock?.release();
        }
      }
    },
  };
  const indexing = keepIndexing({
    root, now, tell: store.tell, trouble, db: () => (readOnly || closed ? null : db), written: () => checkpoints?.written(),
  });
  const others = keepOthers({
    // Where the library is only read, what this machine wrote is another's like any.
    root, own: readOnly ? null : device, db: () => (closed ? null : db), tell: store.tell, trouble,
    seen: (acts) => acts.forEach((act) => clock.seen(act.clock)),
    // A library that is only read has no background to index in.
    after: () => (readOnly ? makeReady(db, root) : indexing.start(false)),
  });
  indexing.start(false);
  return store;


  async function exchange(make: (path: string) => Promise<unknown>): Promise<void> {
    const path = join(root, 'index.db.new');
    let made: DatabaseSync | null = null;
    try {
      await make(path);
      made = openDatabase(path);
      // Most of what came meanwhile: while the rest is taken in, nobody is answered.
      await catchUpSlowly(made, root);
      if (closed) throw new FailureError({ kind: 'cancelled' });
      await takeOver(made);
    } catch (error) {
      if (made?.isOpen === true) made.close();
      removeDatabase(path);
      throw error;
    } finally {
      await care.close();
    }
  }

  async function takeOver(made: DatabaseSync): Promise<void> {
    await indexing.under();
    await checkpoints?.close();
    // From here on nothing else runs: acts of the meantime are in the journal, and no act falls between the two.
    catchUp(made, root);
    db.close();
    db = replaceIndex(root, made);
    checkpoints = startCheckpoints();
    indexing.start(false);
  }

  async function syncSoon(): Promise<void> {
    syncing = null;
    try {
      await store.synced();
    } catch (error) {
      store.tell({ about: 'trouble', failure: faultOf(error) });
    }
  }

  /** Journal and index take the acts together: what one of them refuses, the other gives back. */
  function commit(acts: Act[], into: Journal, synced: boolean): void {
    if (behind) catchUp(db, root);
    behind = false;
    db.exec('BEGIN IMMEDIATE');
    let written = false;
    try {
      applyActs(db, root, acts);
      const end = into.append(acts, synced);
      written = true;
      setPosition(db, device, end, acts);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      if (written) giveBack(into);
      throw error;
    }
  }

  /** Acts that the index refused and the journal cannot give back are in the journal: the index takes them later. */
  function giveBack(into: Journal): void {
    try {
      into.takeBack();
    } catch {
      behind = true;
    }
  }

  /** The acts are safe in the journal; only the index is behind, and what it lacks stays noted in it. */
  function trouble(error: unknown): void {
    markDamage(error);
    const failure = storageFailure(error, join(root, 'index.db'));
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    store.tell({ about: 'trouble', failure: failure instanceof FailureError ? failure.failure : { kind: 'internal', detail } });
  }

  /** A damaged index is made anew at the next start. */
  function markDamage(error: unknown): void {
    const failure = storageFailure(error, root);
    if (failure instanceof FailureError && failure.failure.kind === 'damaged') {
      writeFileSync(join(root, 'index.db.damaged'), '', { mode: 0o600 });
    }
  }
}

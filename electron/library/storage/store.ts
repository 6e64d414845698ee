import { accessSync, constants, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { ArticleId, HostRest, NextTry, Place, Stage } from '../../../shared/article.ts';
import type { News, Output, Parsed, QuestionName } from '../../../shared/contract.ts';
import { FailureError, faultOf } from '../../../shared/failure.ts';
import type { Act, ActBody } from './acts.ts';
import { applyActs } from './apply.ts';
import { keepCheckpoints } from './checkpoint.ts';
import { createClock } from './clock.ts';
import { openDatabase } from './database.ts';
import { storageFailure } from './disk.ts';
import { openJournal, type Journal } from './journal.ts';
import { deviceName, libraryFormat, prepareFolder, readLibraryFile } from './layout.ts';
import { lockLibrary } from './lock.ts';
import { catchUp, latestClock, makeIndex, openIndex, replaceIndex, setPosition, type Progress } from './rebuild.ts';
import { pairSome } from '../duplicates/pairing.ts';
import { indexSome, isBehind } from '../search/search-index.ts';

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
  /** Takes over an index that `make` has written to the path given, from this one or from the journals; the old one is set aside. */
  replaceIndex(make: (path: string) => Promise<unknown>): Promise<void>;
  /** Resolves when the search index has taken in every change so far. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

export type StoreOptions = { path: string; readOnly?: boolean; progress?: Progress; now?: () => number };

/** How long acts that may wait for their fsync wait for company, in milliseconds. */
const syncPause = 200;

/** How often the search index tells how far it is while it takes much in, in milliseconds. */
const progressPause = 1_000;

/** Opens a library folder, making it when it is new. Throws FailureError `in-use` when another process owns it. */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const root = options.path;
  const now = options.now ?? Date.now;
  const readOnly = whyReadOnly(root, options.readOnly ?? false);
  const lock = readOnly ? null : lockLibrary(root);
  let journal: Journal | null = null;
  let db: DatabaseSync;
  let libraryId = readLibraryFile(root)?.id ?? '';
  try {
    if (!readOnly) libraryId = prepareFolder(root).id;
    journal = readOnly ? null : openJournal(root, deviceName(libraryId));
    // Without a right to write there is no index to rely on: it is made in memory, from the same journals.
    db = readOnly ? await makeIndex(root, ':memory:', options.progress) : await openIndex(root, options.progress);
  } catch (error) {
    journal?.close();
    lock?.release();
    throw storageFailure(error, root);
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
  let indexing: Promise<void> | null = null;
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
      // A text just saved may be a book: it is taken in a moment later, between two answers.
      startIndexing(bodies.length <= 20 && !bodies.some(({ act }) => act === 'ready'));
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
      startIndexing(false);
      await indexing;
    },
    async rebuild(progress) {
      if (readOnly) throw new FailureError({ kind: 'read-only', why: readOnly });
      rebuilding ??= remake(progress).finally(() => (rebuilding = null));
      await rebuilding;
    },
    async replaceIndex(make) {
      await rebuilding?.catch(() => undefined);
      rebuilding ??= exchange(make).finally(() => (rebuilding = null));
      await rebuilding;
    },
    async close() {
      if (closed) return;
      closed = true;
      if (syncing !== null) clearTimeout(syncing);
      await Promise.allSettled([indexing, rebuilding]);
      await checkpoints?.close();
      if (db.isOpen) db.close();
      journal?.close();
      lock?.release();
    },
  };
  startIndexing(false);
  return store;

  async function exchange(make: (path: string) => Promise<unknown>): Promise<void> {
    const path = join(root, 'index.db.new');
    await make(path);
    await takeOver(openDatabase(path));
  }

  async function remake(progress?: Progress): Promise<void> {
    await takeOver(await makeIndex(root, join(root, 'index.db.new'), progress));
  }

  async function takeOver(made: DatabaseSync): Promise<void> {
    await indexing;
    await checkpoints?.close();
    // From here on nothing else runs: acts of the meantime are in the journal, and no act falls between the two.
    catchUp(made, root);
    db.close();
    db = replaceIndex(root, made);
    checkpoints = startCheckpoints();
    startIndexing(false);
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

  function startIndexing(atOnce: boolean): void {
    if (readOnly || closed) return;
    try {
      // Also while much is taken in: what was just done by hand is found at once.
      if (atOnce) indexSome(db, 25, root);
    } catch (error) {
      return trouble(error);
    }
    if (indexing || !isBehind(db)) return;
    indexing = indexInTheBackground().finally(() => (indexing = null));
  }

  async function indexInTheBackground(): Promise<void> {
    let told = now();
    try {
      for (;;) {
        await breathe();
        if (closed) return;
        const more = indexSome(db, 8, root) || pairMore();
        checkpoints?.written();
        if (!more || now() - told >= progressPause) {
          told = now();
          store.tell({ about: 'searches' });
        }
        if (!more) return;
      }
    } catch (error) {
      trouble(error);
    }
  }

  /** What is to be found comes before what is alike. */
  function pairMore(): boolean {
    const { more, changed } = pairSome(db, root, 1);
    if (changed.length > 0) store.tell({ about: 'articles', ids: changed });
    return more;
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

function whyReadOnly(root: string, asked: boolean): Store['readOnly'] {
  const file = readLibraryFile(root);
  if (file && file.format > libraryFormat) return 'newer-library';
  if (asked) return 'folder';
  if (!existsSync(root)) return null;
  try {
    // Asked, not tried: opening and closing `lock.db` ourselves would drop the lock this process may hold on it.
    accessSync(root, constants.W_OK);
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['EROFS', 'EACCES', 'EPERM'].includes(String(error.code))) return 'folder';
    throw storageFailure(error, root);
  }
}

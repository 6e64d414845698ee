import { FailureError, faultOf } from '../../shared/failure.ts';
import type { ActBody } from './storage/acts.ts';
import { all, get } from './storage/database.ts';
import { storageFailure } from './storage/disk.ts';
import type { Answer, Store } from './storage/store.ts';
import { sweepArticles } from './storage/sweep.ts';
import { tellOf } from './undo.ts';

const hour = 60 * 60 * 1000;
const keptFor = 30 * 24 * hour;

/** Erases for good what is in the trash: first the act, then the folder and the pictures nobody else uses. */
export const erase =
  (store: Store): Answer<'erase'> =>
  ({ ids }) => {
    const inTrash =
      ids === 'all'
        ? all<{ id: string }>(store.db, 'SELECT id FROM articles WHERE trashed_at IS NOT NULL')
        : ids.filter((id) => get(store.db, 'SELECT 1 FROM articles WHERE id = ? AND trashed_at IS NOT NULL', id)).map((id) => ({ id }));
    return { count: eraseAll(store, inTrash.map(({ id }) => id)) };
  };

/** Erases what has been in the trash for 30 days; answers how many. */
export function purgeTrash(store: Store): number {
  const limit = new Date(Date.parse(store.now()) - keptFor).toISOString();
  const old = all<{ id: string }>(store.db, 'SELECT id FROM articles WHERE trashed_at IS NOT NULL AND trashed_at < ?', limit);
  return eraseAll(store, old.map(({ id }) => id));
}

/** Empties the trash of what has been there long enough, now and every hour from then on; answers the stop. */
export function emptyingTrash(store: Store): () => void {
  const empty = () => {
    try {
      purgeTrash(store);
    } catch (error) {
      store.tell({ about: 'trouble', failure: faultOf(error) });
    }
  };
  empty();
  const timer = setInterval(empty, hour);
  timer.unref();
  return () => clearInterval(timer);
}

function eraseAll(store: Store, ids: string[]): number {
  if (ids.length === 0) return 0;
  const files = ids.flatMap((id) => all<{ file: string }>(store.db, 'SELECT file FROM pictures WHERE article = ?', id));
  const acts = ids.map((id): ActBody => ({ act: 'erase', id }));
  store.act(acts);
  tellOf(store, acts);
  sweepArticles(store, ids, files.map(({ file }) => file)).catch((error: unknown) => {
    // The articles are erased; only their bytes are still there, and the next start tries again.
    const failure = storageFailure(error, store.root);
    store.tell({ about: 'trouble', failure: failure instanceof FailureError ? failure.failure : { kind: 'internal', detail: String(error) } });
  });
  return ids.length;
}

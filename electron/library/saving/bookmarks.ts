import type { ArticleId } from '../../../shared/article.ts';
import type { Answers, Saved } from '../../../shared/contract.ts';
import { keep, type Wanted } from '../articles.ts';
import { joinedNote } from '../bookmarks.ts';
import type { ActBody } from '../storage/acts.ts';
import { all, get } from '../storage/database.ts';
import type { Store } from '../storage/store.ts';
import { tellOf } from '../undo.ts';
import { webJob } from './arrivals.ts';
import type { Icons } from './icons.ts';
import { pieces } from './pieces.ts';
import type { QueueNews } from './queue-news.ts';

/** Keeps addresses alone, and saves their pages later. */
export type Bookmarking = Pick<Answers, 'bookmark' | 'saveBookmarks'>;

/** So few at once are somebody's wish of this moment. */
const fewAtOnce = 5;

/** `enqueue` gets the bookmarks whose pages are to be saved, once that is on the disk. */
export function createBookmarking(store: Store, news: QueueNews, icons: Icons | null, enqueue: (ids: readonly ArticleId[], urgent: boolean) => void): Bookmarking {
  return {
    async bookmark({ pages, tags, typed }) {
      const wanted = pages.map(({ url, title, note }): Wanted & { note: string } => ({ url, name: title.trim(), job: webJob(url, typed), bookmark: true, note }));
      const saved: Saved[] = [];
      // From the last to the first, since what is saved later stands higher.
      for await (const some of pieces(wanted.toReversed())) {
        const part = some.toReversed();
        const kept = keep(store, part, tags, 'soon');
        saved.unshift(...kept);
        noteKnown(store, kept, part);
        icons?.look(kept.filter(({ outcome }) => outcome === 'new').map(({ id }) => id));
      }
      await store.synced();
      news.flush();
      return saved;
    },
    async saveBookmarks({ ids }) {
      const wanted = ids === 'all' ? all<{ id: ArticleId }>(store.db, "SELECT id FROM articles WHERE state = 'bookmark' AND lists & 16 ORDER BY added_at DESC, id DESC").map(({ id }) => id) : [...new Set(ids)];
      const found = wanted.filter((id) => get(store.db, "SELECT 1 FROM articles WHERE id = ? AND saved = 1 AND state = 'bookmark' AND trashed_at IS NULL", id));
      for await (const some of pieces(found)) {
        const acts = some.map((id): ActBody => ({ act: 'wait', id }));
        store.act(acts, 'soon');
        tellOf(store, acts);
        enqueue(some, found.length <= fewAtOnce);
      }
      await store.synced();
      return { count: found.length };
    },
  };
}

/** What was there already takes the note on, beside its own. */
function noteKnown(store: Store, kept: readonly Saved[], wanted: ReadonlyArray<{ note: string }>): void {
  const acts = kept.flatMap(({ id, outcome }, at): ActBody[] => {
    const note = wanted[at]?.note ?? '';
    if (outcome === 'new' || note.trim() === '') return [];
    const before = get<{ note: string | null }>(store.db, 'SELECT note FROM articles WHERE id = ?', id)?.note ?? null;
    const after = joinedNote(before, note);
    return after === before || after === null ? [] : [{ act: 'set', id, field: 'note', value: after }];
  });
  if (acts.length === 0) return;
  store.act(acts, 'soon');
  tellOf(store, acts);
}

import type { ActBody } from './storage/acts.ts';
import { indexRow } from './rows.ts';
import type { Answer, Store } from './storage/store.ts';
import { tellOf } from './undo.ts';

/** Milliseconds a reading place may wait before it is written down: scrolling would otherwise fill the journal. */
const coalesce = 4_000;
/** From here on an article counts as read to its end. */
const end = 0.99;

/** Reading places: answered at once, written down at most every few seconds and on close. */
export function keepPlaces(store: Store): { place: Answer<'place'>; flush(): void } {
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const acts: ActBody[] = [];
    for (const [id, { place, at }] of store.places) acts.push({ act: 'place', id, at, place });
    if (acts.length === 0) return;
    store.act(acts);
    store.places.clear();
    tellOf(store, acts);
  }

  return {
    flush,
    place({ id, place }) {
      const row = indexRow(store.db, id);
      if (store.readOnly) return null;
      const at = store.now();
      store.places.set(id, { place, at });
      if (place.progress >= end && row.finished_at === null) {
        store.act([{ act: 'set', id, field: 'finished', value: at }]);
        flush();
      }
      timer ??= setTimeout(() => {
        timer = null;
        try {
          flush();
        } catch (error) {
          // The places stay in memory and go out with the next one; nobody waits for this answer.
          const detail = error instanceof Error ? error.message : String(error);
          store.tell({ about: 'trouble', failure: { kind: 'storage', path: store.root, reason: detail } });
        }
      }, coalesce);
      return null;
    },
  };
}

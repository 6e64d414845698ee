import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Row } from '../../shared/article.ts';
import type { Input, Where } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import { ask, peek, watch } from '../ask.ts';
import type { Sort } from '../hash.ts';

/** Rows asked for at once. */
export const PAGE = 60;
/** The most that one question may ask for. */
const MOST = 500;

/** A list seen through the pages that are on the screen; all others are asked for when scrolled to. */
export type Pages = {
  /** Null until the first page has come. */
  total(): number | null;
  /** Why there is nothing to show, if that is so. */
  failure(): Failure | null;
  row(index: number): Row | undefined;
  indexOf(id: string): number | null;
  /** Asks for the pages of the rows `[from, to]` and of `also`, and lets go of the others. */
  show(from: number, to: number, also: number): void;
  /** The rows `[from, to]`, asked for where they are not loaded. */
  fetchRange(from: number, to: number): Promise<Row[]>;
};

type Source = Pages & { subscribe(listener: () => void): () => void; version(): number; close(): void };

function openPages(where: Where, sort: Sort): Source {
  const pages = new Map<number, () => void>();
  const listeners = new Set<() => void>();
  let version = 0;
  const asked = (page: number): Input<'list'> => ({ where, sort, from: page * PAGE, count: PAGE });
  const tell = () => {
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    total() {
      for (const page of [0, ...pages.keys()]) {
        const total = peek('list', asked(page)).value?.total;
        if (total !== undefined) return total;
      }
      return null;
    },
    failure() {
      const first = peek('list', asked(0));
      return first.value === undefined ? first.failure : null;
    },
    row: (index) => peek('list', asked(Math.floor(index / PAGE))).value?.rows[index % PAGE],
    indexOf(id) {
      for (const page of new Set([0, ...pages.keys()])) {
        const at = peek('list', asked(page)).value?.rows.findIndex((each) => each.id === id) ?? -1;
        if (at >= 0) return page * PAGE + at;
      }
      return null;
    },
    show(from, to, also) {
      const first = Math.max(0, Math.floor(from / PAGE));
      const last = Math.max(first, Math.floor(to / PAGE));
      for (const [page, stop] of pages) {
        // The first page stays watched: the list's head has its total from it.
        if (page === 0 || page === Math.floor(also / PAGE) || (page >= first - 1 && page <= last + 1)) continue;
        stop();
        pages.delete(page);
      }
      const wanted = Array.from({ length: last - first + 1 }, (_, at) => first + at);
      for (const page of [...wanted, Math.floor(also / PAGE)]) {
        if (!pages.has(page)) pages.set(page, watch('list', asked(page), tell));
      }
    },
    async fetchRange(from, to) {
      const rows: Row[] = [];
      for (let at = from; at <= to; at += MOST) {
        const reply = await ask('list', { where, sort, from: at, count: Math.min(MOST, to - at + 1) });
        if (!reply.ok) break;
        rows.push(...reply.value.rows);
      }
      return rows;
    },
    close() {
      for (const stop of pages.values()) stop();
      pages.clear();
    },
  };
}

/** The pages of one list in one order. */
export function usePages(where: Where, sort: Sort): Pages {
  const source = useMemo(() => openPages(where, sort), [where, sort]);
  useSyncExternalStore(source.subscribe, source.version);
  useEffect(() => {
    source.show(0, 0, 0);
    return () => source.close();
  }, [source]);
  return source;
}

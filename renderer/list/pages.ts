import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Row } from '../../shared/article.ts';
import type { Input, Where } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import { ask, peek, watch } from '../ask.ts';
import type { Sort } from '../hash.ts';

/** Rows asked for at once. */
export const PAGE = 60;

/** A list seen through the pages that are on the screen; all others are asked for when scrolled to. */
export type Pages = {
  /** Null until the first page has come. */
  total: number | null;
  failure: Failure | null;
  row(index: number): Row | undefined;
  indexOf(id: string): number | null;
  /** Asks for the pages of these rows and lets go of the others. */
  show(from: number, to: number): void;
  /** The rows `[from, to]`, asked for where they are not loaded. */
  fetchRange(from: number, to: number): Promise<Row[]>;
};

type Window = { pages: Map<number, () => void>; version: number; listeners: Set<() => void> };

/** The pages of one list in one order. */
export function usePages(where: Where, sort: Sort): Pages {
  const held = useRef<Window>({ pages: new Map(), version: 0, listeners: new Set() });
  const asked = useCallback((page: number): Input<'list'> => ({ where, sort, from: page * PAGE, count: PAGE }), [where, sort]);
  useSyncExternalStore(
    useCallback((listener: () => void) => {
      const window = held.current;
      window.listeners.add(listener);
      return () => window.listeners.delete(listener);
    }, []),
    () => held.current.version,
  );

  const show = useCallback((from: number, to: number) => {
    const window = held.current;
    const tell = () => {
      window.version += 1;
      for (const listener of window.listeners) listener();
    };
    const first = Math.max(0, Math.floor(from / PAGE));
    const last = Math.max(first, Math.floor(to / PAGE));
    for (const [page, stop] of window.pages) {
      // The first page stays watched: it is the one that tells the total when news comes.
      if (page !== 0 && (page < first - 1 || page > last + 1)) {
        stop();
        window.pages.delete(page);
      }
    }
    for (let page = first; page <= last; page += 1) {
      if (!window.pages.has(page)) window.pages.set(page, watch('list', asked(page), tell));
    }
  }, [asked]);

  useEffect(() => {
    const window = held.current;
    show(0, 0);
    return () => {
      for (const stop of window.pages.values()) stop();
      window.pages.clear();
    };
  }, [show]);

  const row = (index: number): Row | undefined =>
    peek('list', asked(Math.floor(index / PAGE))).value?.rows[index % PAGE];
  const first = peek('list', asked(0));
  const total = [...held.current.pages.keys()]
    .map((page) => peek('list', asked(page)).value?.total)
    .find((known) => known !== undefined) ?? first.value?.total ?? null;

  return {
    total,
    failure: first.value === undefined ? first.failure : null,
    row,
    indexOf(id) {
      for (const page of held.current.pages.keys()) {
        const at = peek('list', asked(page)).value?.rows.findIndex((each) => each.id === id) ?? -1;
        if (at >= 0) return page * PAGE + at;
      }
      return null;
    },
    show,
    async fetchRange(from, to) {
      const rows: Row[] = [];
      for (let at = from; at <= to; at += 500) {
        const reply = await ask('list', { where, sort, from: at, count: Math.min(500, to - at + 1) });
        if (!reply.ok) break;
        rows.push(...reply.value.rows);
      }
      return rows;
    },
  };
}

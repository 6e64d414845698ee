import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ArticleId, Row } from '../../shared/article.ts';
import type { Input, Where } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Group, Within } from '../../shared/listing.ts';
import { ask, peek, watch } from '../ask.ts';
import type { Grouping, Sort } from '../hash.ts';

/** Rows asked for at once. */
export const PAGE = 60;
/** The most that one question may ask for. */
const MOST = 500;

/** A list seen through the pages that are on the screen; all others are asked for when scrolled to. */
export type Pages = {
  /** Null until the first page (and the groups, where there are any) have come. */
  total(): number | null;
  /** How many minutes the whole list takes. */
  minutes(): number | null;
  /** The groups in order; null where the list is one run of rows. */
  groups(): readonly Group[] | null;
  /** Why there is nothing to show, if that is so. */
  failure(): Failure | null;
  row(index: number): Row | undefined;
  indexOf(id: string): number | null;
  /** Asks for the pages of the rows `[from, to]` and of `also`, and lets go of the others. */
  show(from: number, to: number, also: number): void;
  /** The rows `[from, to]`, asked for where they are not loaded. */
  fetchRange(from: number, to: number): Promise<Row[]>;
  /** Every article of the list in order, by id alone. */
  fetchIds(): Promise<ArticleId[]>;
};

type Source = Pages & { subscribe(listener: () => void): () => void; version(): number; close(): void };
/** A page and where its first row lies. */
type Sheet = { input: Input<'list'>; base: number };

function openPages(where: Where, sort: Sort, by: Grouping | null): Source {
  const open = new Map<string, { sheet: Sheet; stop: () => void }>();
  const listeners = new Set<() => void>();
  let version = 0;
  let starts: { of: readonly Group[]; at: number[] } | null = null;
  const tell = () => {
    version += 1;
    for (const listener of listeners) listener();
  };
  const first: Input<'list'> = { where, sort, from: 0, count: PAGE };
  const grouping: Input<'groups'> | null = by === null ? null : { where, by, sort };
  const groups = () => (grouping === null ? null : (peek('groups', grouping).value ?? null));
  /** Where each group's rows begin, reckoned once for each answer. */
  const startsOf = (of: readonly Group[]): number[] => {
    if (starts?.of === of) return starts.at;
    let sum = 0;
    const at = of.map(({ count }) => (sum += count) - count);
    starts = { of, at };
    return at;
  };
  /** Days lie in the list's own order: its pages run through them. Sites and tags have pages of their own. */
  const groupAt = (index: number): { within: Within; start: number; count: number } | null => {
    const all = by === null || by === 'day' ? null : groups();
    if (all === null || by === null) return null;
    const at = startsOf(all);
    let [low, high] = [0, at.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const group = all[low - 1];
    return group === undefined ? null : { within: { by, key: group.key }, start: at[low - 1] ?? 0, count: group.count };
  };
  const inOrder: Sort = by === 'day' && sort !== 'oldest' ? 'newest' : sort;
  const sheetOf = (index: number): Sheet => {
    const group = groupAt(index);
    const start = group?.start ?? 0;
    const from = Math.floor((index - start) / PAGE) * PAGE;
    const input = { where, sort: inOrder, ...(group === null ? {} : { within: group.within }), from, count: PAGE };
    return { input, base: start + from };
  };
  const keyOf = ({ input }: Sheet) => `${input.within?.key ?? ''} ${input.from ?? 0}`;
  const firstStop = () => watch('list', first, tell);
  let stops: Array<() => void> = [];
  const source: Source = {
    subscribe(listener) {
      listeners.add(listener);
      if (stops.length === 0) stops = [firstStop(), ...(grouping === null ? [] : [watch('groups', grouping, tell)])];
      return () => {
        listeners.delete(listener);
      };
    },
    version: () => version,
    total() {
      const all = groups();
      if (by !== null) return all === null ? null : (startsOf(all).at(-1) ?? 0) + (all.at(-1)?.count ?? 0);
      return peek('list', first).value?.total ?? null;
    },
    minutes: () => peek('list', first).value?.minutes ?? null,
    groups,
    failure() {
      const answers = [peek('list', first), ...(grouping === null ? [] : [peek('groups', grouping)])];
      return answers.find((answer) => answer.value === undefined && answer.failure !== null)?.failure ?? null;
    },
    row(index) {
      const { input, base } = sheetOf(index);
      return peek('list', input).value?.rows[index - base];
    },
    indexOf(id) {
      const seen = new Set<string>();
      for (const sheet of [sheetOf(0), ...[...open.values()].map(({ sheet: each }) => sheetOf(each.base))]) {
        if (seen.has(keyOf(sheet))) continue;
        seen.add(keyOf(sheet));
        const at = peek('list', sheet.input).value?.rows.findIndex((each) => each.id === id) ?? -1;
        if (at >= 0) return sheet.base + at;
      }
      return null;
    },
    show(from, to, also) {
      const wanted = new Map<string, Sheet>();
      const want = (index: number) => {
        const sheet = sheetOf(index);
        wanted.set(keyOf(sheet), sheet);
        return sheet;
      };
      want(also);
      for (let index = Math.max(0, from); index <= to; ) {
        const sheet = want(index);
        const group = groupAt(index);
        const end = group === null ? Infinity : group.start + group.count;
        index = Math.min(sheet.base + PAGE, end);
      }
      // One page more on each side is kept, should the reader turn back.
      for (const near of [from - PAGE, to + PAGE]) {
        const sheet = sheetOf(Math.max(0, near));
        if (open.has(keyOf(sheet))) wanted.set(keyOf(sheet), sheet);
      }
      for (const [key, { stop }] of open) {
        if (wanted.has(key)) continue;
        stop();
        open.delete(key);
      }
      for (const [key, sheet] of wanted) {
        const known = open.get(key);
        if (known === undefined) open.set(key, { sheet, stop: watch('list', sheet.input, tell) });
        else known.sheet = sheet;
      }
    },
    async fetchRange(from, to) {
      const rows: Row[] = [];
      for (let at = from; at <= to; ) {
        const group = groupAt(at);
        const start = group?.start ?? 0;
        const end = Math.min(to, group === null ? to : start + group.count - 1, at + MOST - 1);
        const reply = await ask('list', { where, sort: inOrder, ...(group === null ? {} : { within: group.within }), from: at - start, count: end - at + 1 });
        if (!reply.ok || reply.value.rows.length === 0) break;
        rows.push(...reply.value.rows);
        at = end + 1;
      }
      return rows;
    },
    async fetchIds() {
      const reply = await ask('listed', { where, sort: inOrder });
      return reply.ok ? reply.value.ids : [];
    },
    close() {
      for (const stop of [...stops, ...[...open.values()].map(({ stop: each }) => each)]) stop();
      stops = [];
      open.clear();
    },
  };
  return source;
}

/** The pages of one list in one order, in groups or not. */
export function usePages(where: Where, sort: Sort, by: Grouping | null): Pages {
  const source = useMemo(() => openPages(where, sort, by), [where, sort, by]);
  useSyncExternalStore(source.subscribe, source.version);
  useEffect(() => () => source.close(), [source]);
  return source;
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Row } from '../../shared/article.ts';
import type { Where } from '../../shared/contract.ts';
import { prefetch } from '../ask.ts';
import { placePath, type Sort } from '../hash.ts';
import { explain } from '../../shared/words/explain.ts';
import { openArticle, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { becomeCurrent } from './current.ts';
import { keptScroll, keepScroll } from './kept-scroll.ts';
import { Blank, ListRow } from './ListRow.tsx';
import { usePages } from './pages.ts';
import { placeTitle } from './place-title.ts';
import styles from './Rows.module.css';
import { resetSelection, selectRows, setCursor, toggleSelected, useSelection } from './selection.ts';
import { useAnchor } from './anchor.ts';

/** Kept equal to `--row` in tokens.css, so that nothing is measured and nothing jumps. */
export const ROW_HEIGHT = 124;

/** The rows of one list in one order. Mounted anew for each. */
export function Rows({ where, sort }: { where: Where; sort: Sort }) {
  const words = useWords();
  const pages = usePages(where, sort);
  const box = useRef<HTMLDivElement>(null);
  const article = useView((view) => view.article);
  const { cursor, selected } = useSelection();
  const key = `${placePath(where)} ${sort}`;
  const known = pages.total();
  const total = known ?? 0;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled by the React compiler
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    initialOffset: () => keptScroll(key),
  });
  const items = virtual.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;
  useEffect(() => pages.show(from, to));
  useEffect(() => {
    resetSelection();
    const { article } = useView.getState();
    if (article !== null) setCursor(article);
  }, []);
  useEffect(() => {
    if (article !== null) setCursor(article);
  }, [article]);
  useAnchor(box, pages, ROW_HEIGHT);
  const restored = useRef(false);
  useLayoutEffect(() => {
    // The place is given back once there are rows to scroll over.
    if (restored.current || total === 0 || box.current === null) return;
    restored.current = true;
    box.current.scrollTop = keptScroll(key);
  }, [key, total]);

  const cursorAt = cursor === null ? null : pages.indexOf(cursor);
  const lastAt = useRef(0);
  if (cursorAt !== null) lastAt.current = cursorAt;

  const focusRow = (index: number) => {
    virtual.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 1}"]`)?.focus({ preventScroll: true }));
  };
  const stepTo = (index: number, extend: boolean) => {
    const at = Math.min(total - 1, Math.max(0, index));
    const row = pages.row(at);
    if (row === undefined) {
      virtual.scrollToIndex(at);
      return;
    }
    if (extend) void extendTo(at);
    else setCursor(row.id);
    if (useView.getState().article !== null && !extend && !useView.getState().narrow) openArticle(row.id, { replace: true });
    focusRow(at);
    const next = pages.row(at + 1);
    if (next?.stage.state === 'ready') prefetch('article', { id: next.id });
  };
  const extendTo = async (index: number) => {
    const { anchor } = useSelection.getState();
    const start = (anchor === null ? null : pages.indexOf(anchor)) ?? lastAt.current;
    const [low, high] = start < index ? [start, index] : [index, start];
    const rows = await pages.fetchRange(low, high);
    const target = pages.row(index);
    if (target !== undefined) selectRows(rows, target.id);
  };
  const step = (by: number, extend = false) => {
    // With no cursor yet the first step lands on the first row; where the row has gone, on what took its place.
    if (cursor === null) stepTo(0, extend);
    else if (cursorAt === null) stepTo(by > 0 ? lastAt.current : lastAt.current + by, extend);
    else stepTo(cursorAt + by, extend);
  };
  const atCursor = (): Row | undefined => (cursorAt === null ? undefined : pages.row(cursorAt));
  const open = () => {
    const row = atCursor() ?? pages.row(lastAt.current);
    if (row !== undefined) openArticle(row.id);
  };
  const toggle = () => {
    const row = atCursor() ?? pages.row(lastAt.current);
    if (row !== undefined) toggleSelected(row);
  };
  const acts = useRef({ step, open, toggle, row: (_id: string): Row | undefined => undefined });
  acts.current = {
    step, open, toggle,
    row: (id) => {
      const at = pages.indexOf(id);
      return at === null ? undefined : pages.row(at);
    },
  };
  useEffect(() => becomeCurrent({
    step: (by) => acts.current.step(by),
    open: () => acts.current.open(),
    toggle: () => acts.current.toggle(),
    row: (id) => acts.current.row(id),
  }), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.target !== (event.target as HTMLElement).closest('[role=row]')) return;
    const whole = event.ctrlKey || event.metaKey;
    const keys: Record<string, () => void> = {
      ArrowDown: () => step(1, event.shiftKey),
      ArrowUp: () => step(-1, event.shiftKey),
      Home: () => stepTo(0, event.shiftKey),
      End: () => stepTo(total - 1, event.shiftKey),
      PageDown: () => step(8, event.shiftKey),
      PageUp: () => step(-8, event.shiftKey),
      Enter: open,
      ' ': toggle,
    };
    const run = whole
      ? { a: () => void pages.fetchRange(0, total - 1).then((rows) => selectRows(rows, rows[0]?.id ?? cursor ?? '')) }[event.key]
      : keys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  const onRowClick = (event: MouseEvent, row: Row, index: number) => {
    if (event.shiftKey) void extendTo(index);
    else if (event.ctrlKey || event.metaKey) toggleSelected(row);
    else {
      if (selected.size > 0) useSelection.setState({ selected: new Map() });
      setCursor(row.id);
      openArticle(row.id, { replace: useView.getState().article !== null });
    }
  };

  const failure = pages.failure();
  if (failure !== null) {
    const { what, todo } = explain(words, failure);
    return <p className={styles.note} role="alert">{what} {todo}</p>;
  }
  if (known === 0) return <p className={styles.note}>{words.list.empty[where.list]}</p>;
  const active = cursorAt ?? from;
  return (
    <div
      ref={box} className={styles.box} tabIndex={-1}
      onScroll={(event) => keepScroll(key, event.currentTarget.scrollTop)}
    >
      <div
        role="grid" aria-label={placeTitle(words, where)} aria-rowcount={known ?? -1} aria-multiselectable
        aria-busy={known === null} tabIndex={-1}
        className={styles.grid} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}
      >
        {items.map(({ index, start }) => {
          const row = pages.row(index);
          const top = { transform: `translateY(${start}px)` };
          return row === undefined ? (
            <Blank key={index} index={index} style={top} />
          ) : (
            <ListRow
              key={row.id} row={row} index={index} style={top}
              tabbable={index === active} open={row.id === article}
              cursor={row.id === cursor} selected={selected.has(row.id)} selecting={selected.size > 0}
              onClick={(event) => onRowClick(event, row, index)} onToggle={() => toggleSelected(row)}
            />
          );
        })}
      </div>
    </div>
  );
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Row } from '../../shared/article.ts';
import type { Where } from '../../shared/contract.ts';
import type { Sort } from '../hash.ts';
import { explain, joinSentences } from '../../shared/words/explain.ts';
import { openArticle, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { takeLeft } from '../left-article.ts';
import { becomeCurrent } from './current.ts';
import { keepScroll, keptScroll, scrollKey } from './kept-scroll.ts';
import { Blank, ListRow } from './ListRow.tsx';
import { useManualOrder } from './manual-order.tsx';
import { usePages } from './pages.ts';
import { placeTitle } from './place-title.ts';
import styles from './Rows.module.css';
import { resetSelection, setCursor, toggleSelected, useSelection } from './selection.ts';
import { steppingIn } from './stepping.ts';
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
  const key = scrollKey(where, sort);
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
    const kept = keptScroll(key);
    box.current.scrollTop = kept;
    const opened = useView.getState().article;
    const at = opened === null ? null : pages.indexOf(opened);
    if (kept === 0 && at !== null) virtual.scrollToIndex(at, { align: 'auto' });
  }, [key, total, pages, virtual]);

  const reveal = useCallback((index: number) => {
    virtual.scrollToIndex(index, { align: 'auto' });
    // Who reads goes on scrolling the text with the keyboard: the focus then stays where it is.
    const { activeElement } = document;
    if (activeElement?.tagName === 'IFRAME' || (activeElement?.closest('main') ?? null) !== null) return;
    const row = () => box.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 1}"]`);
    // At once where it can be: the next key, pressed quickly, is meant for this row.
    const shown = row();
    if (shown) shown.focus({ preventScroll: true });
    else requestAnimationFrame(() => row()?.focus({ preventScroll: true }));
  }, [virtual]);
  const stepping = useMemo(() => steppingIn(pages, reveal), [pages, reveal]);
  useEffect(() => becomeCurrent(stepping), [stepping]);
  useEffect(() => {
    if (article !== null || total === 0) return;
    const left = takeLeft();
    const at = left === null ? null : pages.indexOf(left);
    if (at === null) return;
    setCursor(left);
    reveal(at);
  }, [article, total, pages, reveal]);
  useEffect(() => {
    // The page under the cursor stays, however far away the list is scrolled: the next step starts from it.
    pages.show(from, to, stepping.at());
  });

  const manual = useManualOrder(where, sort, pages, ROW_HEIGHT, reveal);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== (event.target as HTMLElement).closest('[role=row]')) return;
    if (manual?.onKeyDown(event, Number((event.target as HTMLElement).ariaRowIndex ?? 1) - 1) === true) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (event.altKey) return;
    const whole = event.ctrlKey || event.metaKey;
    const move = event.shiftKey ? stepping.extend : stepping.step;
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      PageDown: () => move(8),
      PageUp: () => move(-8),
      Home: () => void stepping.stepTo(0, event.shiftKey),
      End: () => void stepping.stepTo(total - 1, event.shiftKey),
      Enter: stepping.open,
      ' ': stepping.toggle,
    };
    const run = whole ? { a: () => void stepping.selectAll() }[event.key] : keys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  const onRowClick = (event: MouseEvent, row: Row, index: number) => {
    if (event.shiftKey) void stepping.extendTo(index);
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
    return <p className={styles.note} role="alert">{joinSentences(what, todo)}</p>;
  }
  if (known === 0) return <p className={styles.note}>{words.list.empty[where.list]}</p>;
  const cursorAt = cursor === null ? null : pages.indexOf(cursor);
  // Scrolled away from the cursor, Tab comes to what is on the screen.
  const active = cursorAt !== null && cursorAt >= from && cursorAt <= to ? cursorAt : from;
  return (
    <div
      ref={box} className={styles.box} tabIndex={-1}
      onScroll={(event) => keepScroll(key, event.currentTarget.scrollTop)}
    >
      <div
        role="grid" aria-label={placeTitle(words, where)} aria-rowcount={known ?? -1} aria-multiselectable
        aria-busy={known === null} tabIndex={-1}
        className={styles.grid} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown} {...manual?.drop}
      >
        {manual?.line}
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
              onClick={(event) => onRowClick(event, row, index)} onToggle={() => toggleSelected(row)} grip={manual?.grip(row)}
            />
          );
        })}
      </div>
      {manual?.said}
    </div>
  );
}

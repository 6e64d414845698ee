import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Row } from '../../shared/article.ts';
import type { Where } from '../../shared/contract.ts';
import type { Grouping, Sort } from '../hash.ts';
import { explain, joinSentences } from '../../shared/words/explain.ts';
import { openArticle, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { takeLeft } from '../left-article.ts';
import { becomeCurrent } from './current.ts';
import { dragRow } from './drag.ts';
import { layOut, type Flow, type Span } from './flow.ts';
import { GroupSpan } from './GroupSpan.tsx';
import { keepScroll, keptScroll, scrollKey } from './kept-scroll.ts';
import { Blank, ListRow } from './ListRow.tsx';
import { useManualOrder } from './manual-order.tsx';
import { usePages } from './pages.ts';
import { placeTitle } from './place-title.ts';
import styles from './Rows.module.css';
import { scrollToRow, useScreenful } from './screenful.ts';
import { clearSelection, resetSelection, setCursor, toggleSelected, useSelection } from './selection.ts';
import { steppingIn } from './stepping.ts';
import { useAnchor } from './anchor.ts';

/** Kept equal to `--row`, `--row-compact` and `--group` in tokens.css, so that nothing is measured and nothing jumps. */
export const sizes = { comfortable: { row: 124, heading: 32 }, compact: { row: 56, heading: 32 } } as const;

type Props = { where: Where; sort: Sort; group: Grouping | null; density: 'comfortable' | 'compact'; thumbs: boolean };

/** The rows of one list in one order. Mounted anew for each. */
export function Rows({ where, sort, group, density, thumbs }: Props) {
  const words = useWords();
  const pages = usePages(where, sort, group);
  const box = useRef<HTMLElement>(null);
  const article = useView((view) => view.article);
  const { cursor, selected } = useSelection();
  const key = scrollKey(where, sort, group);
  const known = pages.total();
  const total = known ?? 0;
  const groups = pages.groups();
  const flow = useMemo(() => layOut(total, groups, sizes[density]), [total, groups, density]);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const take = useCallback((made: HTMLElement | null) => {
    box.current = made;
    setElement(made);
  }, []);
  const { from, to } = useScreenful(element, flow, keptScroll(key));
  useEffect(() => {
    resetSelection();
    const { article } = useView.getState();
    if (article !== null) setCursor(article);
  }, []);
  useEffect(() => {
    if (article !== null) setCursor(article);
  }, [article]);
  useAnchor(box, pages, flow);
  const laid = useRef(flow);
  useLayoutEffect(() => {
    laid.current = flow;
  }, [flow]);
  const restored = useRef(false);
  useLayoutEffect(() => {
    // The place is given back once there are rows to scroll over.
    if (restored.current || total === 0 || box.current === null) return;
    restored.current = true;
    const kept = keptScroll(key);
    box.current.scrollTop = kept;
    const opened = useView.getState().article;
    const at = opened === null ? null : pages.indexOf(opened);
    if (kept === 0 && at !== null) scrollToRow(box.current, laid.current, at);
  }, [key, total, pages]);

  const reveal = useCallback((index: number) => {
    if (box.current !== null) scrollToRow(box.current, laid.current, index);
    // Who reads goes on scrolling the text with the keyboard: the focus then stays where it is.
    const { activeElement } = document;
    if (activeElement?.tagName === 'IFRAME' || (activeElement?.closest('main') ?? null) !== null) return;
    const row = () => box.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 1}"]`);
    // At once where it can be: the next key, pressed quickly, is meant for this row.
    const shown = row();
    if (shown) shown.focus({ preventScroll: true });
    else requestAnimationFrame(() => row()?.focus({ preventScroll: true }));
  }, []);
  // oxlint-disable-next-line react/refs -- it is scrolled to when a key is pressed, not now
  const stepping = useMemo(() => steppingIn(where, pages, reveal), [where, pages, reveal]);
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

  const manual = useManualOrder(where, group === null ? sort : 'newest', pages, flow.sizes.row, reveal);

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
  const onRowClick = useCallback((event: MouseEvent, row: Row, index: number) => {
    if (event.shiftKey) void stepping.extendTo(index);
    else if (event.ctrlKey || event.metaKey) toggleSelected(row);
    else {
      clearSelection();
      setCursor(row.id);
      openArticle(row.id, { replace: useView.getState().article !== null });
    }
  }, [stepping]);

  const failure = pages.failure();
  if (failure !== null) {
    const { what, todo } = explain(words, failure);
    return <p className={styles.note} role="alert">{joinSentences(what, todo)}</p>;
  }
  if (known === 0) return <p className={styles.note}>{words.list.empty[where.list]}</p>;
  const cursorAt = cursor === null ? null : pages.indexOf(cursor);
  // Scrolled away from the cursor, Tab comes to what is on the screen.
  const active = cursorAt !== null && cursorAt >= from && cursorAt <= to ? cursorAt : from;
  const draw = (index: number, above: number) => {
    const row = pages.row(index);
    const top = flow.topOf(index) - above;
    return row === undefined ? (
      <Blank key={index} index={index} top={top} />
    ) : (
      <ListRow
        key={row.id} row={row} index={index} top={top} sort={sort} compact={density === 'compact'} thumbs={thumbs}
        tabbable={index === active} open={row.id === article}
        cursor={row.id === cursor} selected={selected.has(row.id)} selecting={selected.size > 0}
        onClick={onRowClick} onDrag={dragRow} grip={manual?.grip(row)}
      />
    );
  };
  return (
    <div
      ref={take} className={styles.box} tabIndex={-1}
      onScroll={(event) => keepScroll(key, event.currentTarget.scrollTop)}
    >
      <div
        role="grid" aria-label={placeTitle(words, where)} aria-rowcount={known ?? -1} aria-multiselectable
        aria-busy={known === null} tabIndex={-1} data-compact={density === 'compact'}
        className={styles.grid} style={{ height: flow.height }} onKeyDown={onKeyDown} {...manual?.drop}
      >
        {manual?.line}
        {flow.spans === null ? between(from, to).map((index) => draw(index, 0)) : spansIn(flow, from, to).map((span) => (
          <GroupSpan key={span.key} span={span} by={group ?? 'day'}>
            {between(Math.max(from, span.first), Math.min(to, span.first + span.count - 1)).map((index) => draw(index, span.top))}
          </GroupSpan>
        ))}
      </div>
      {manual?.said}
    </div>
  );
}

const between = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

function spansIn(flow: Flow, from: number, to: number): Span[] {
  const spans: Span[] = [];
  for (let index = from; index <= to; ) {
    const span = flow.spanOf(index);
    if (span === null) break;
    spans.push(span);
    index = span.first + Math.max(1, span.count);
  }
  return spans;
}

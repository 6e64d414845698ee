import type { ReactNode } from 'react';
import type { Mark } from '../../shared/marks.ts';

/** A text with the stretches that matched marked; stretches may come unsorted, touch or overlap. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of joined(marks, text.length)) {
    if (from > at) parts.push(text.slice(at, from));
    parts.push(<mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}

/** Sorted, inside the text, and those that touch made one: 人工智能 is one mark, not four. */
export function joined(marks: readonly Mark[], length: number): Mark[] {
  const inside = marks
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(length, to) }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from);
  const result: Mark[] = [];
  for (const mark of inside) {
    const last = result.at(-1);
    if (last !== undefined && mark.from <= last.to) last.to = Math.max(last.to, mark.to);
    else result.push({ ...mark });
  }
  return result;
}

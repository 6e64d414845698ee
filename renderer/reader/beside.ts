import { isVertical } from './flow.ts';
import type { FrameParts } from './frame-document.ts';

/** Kept free at the window's edges, and above, where the toolbar is, in CSS pixels. */
const [edge, above] = [8, 56];

/**
 * Puts what floats over the text beside a stretch of it, within the window: under its last line or over its first, by
 * preference; where lines stand upright, left of the last or right of the first. It moves on with the text.
 */
export function putBeside({ doc, view }: FrameParts, element: HTMLElement, stretch: { getClientRects(): DOMRectList }, prefer: 'over' | 'under'): void {
  const [wide, high] = [doc.documentElement.clientWidth, view.innerHeight];
  const all = [...stretch.getClientRects()];
  const lines = all.filter((box) => box.right > 0 && box.left < wide && box.bottom > 0 && box.top < high);
  const [first, last] = [lines[0] ?? all[0], lines.at(-1) ?? all.at(-1)];
  if (first === undefined || last === undefined) return;
  const { offsetWidth: width, offsetHeight: height } = element;
  const within = (at: number, least: number, most: number): number => Math.max(least, Math.min(at, most));
  let [left, top] = [0, 0];
  if (isVertical(doc)) {
    left = last.left - width - edge >= edge ? last.left - width - edge : first.right + edge;
    top = last.top + last.height / 2 - height / 2;
  } else {
    const [over, under] = [first.top - height - edge, last.bottom + edge];
    const down = prefer === 'under' ? under + height + edge <= high || over < above : over < above;
    top = down ? under : over;
    const line = down ? last : first;
    left = line.left + line.width / 2 - width / 2;
  }
  element.style.top = `${within(top, above, high - height - edge) + view.scrollY}px`;
  element.style.left = `${within(left, edge, wide - width - edge) + view.scrollX}px`;
}

import type { FrameParts } from './frame-document.ts';

/*
 * How a text goes on: down the page, leftwards in columns of vertical text, or page by page. Whoever moves the text asks
 * here how far it has come and says how far it shall go, and need not know which.
 */

/** Where list marks and hanging punctuation have room beside a column that is turned, in CSS pixels. */
const hang = 40;
/** Above a page, for the toolbar; below it, for its number. In CSS pixels. */
const [above, below] = [60, 52];
/** Lines shorter than this, in em, are not worth a second page beside the first. */
const leastBeside = 25;

/** How a text in pages is laid out: `columns` beside each other, one `step` from column to column, `turns` to its end. */
type Pages = { columns: number; step: number; side: number; turns: number };
const laid = new WeakMap<Document, Pages>();

export const isPaged = (doc: Document): boolean => doc.documentElement.hasAttribute('data-pages');
export const isVertical = (doc: Document): boolean => doc.documentElement.hasAttribute('data-vertical');
const isRtl = (doc: Document): boolean => doc.getElementById('body')?.dir === 'rtl';

function way(doc: Document): { axis: 'x' | 'y'; sign: 1 | -1 } {
  const [paged, vertical] = [isPaged(doc), isVertical(doc)];
  // The columns of vertical text follow each other downwards.
  if (paged === vertical) return { axis: 'y', sign: 1 };
  return { axis: 'x', sign: vertical || isRtl(doc) ? -1 : 1 };
}

/** The key that points to where the text goes on. */
export const onwardKey = (doc: Document): 'ArrowLeft' | 'ArrowRight' => (isVertical(doc) || isRtl(doc) ? 'ArrowLeft' : 'ArrowRight');

/** How far the text has come, in CSS pixels from its beginning. */
export function travelled({ doc, view }: FrameParts): number {
  const { axis, sign } = way(doc);
  return axis === 'y' ? view.scrollY : sign * view.scrollX;
}

/** How far it can go. */
export function farthest({ doc, view }: FrameParts): number {
  const pages = isPaged(doc) ? laid.get(doc) : undefined;
  if (pages !== undefined) return (pages.turns - 1) * pages.columns * pages.step;
  const root = doc.documentElement;
  return Math.max(0, way(doc).axis === 'y' ? root.scrollHeight - view.innerHeight : root.scrollWidth - view.innerWidth);
}

/** Moves the text there. */
export function travelTo({ doc, view }: FrameParts, to: number, behavior: ScrollBehavior = 'instant'): void {
  const { axis, sign } = way(doc);
  view.scrollTo({ [axis === 'y' ? 'top' : 'left']: sign * to, behavior });
}

/** How far one turn goes in pages, and most of a window elsewhere. */
export function pageful({ doc, view }: FrameParts): number {
  const pages = isPaged(doc) ? laid.get(doc) : undefined;
  if (pages !== undefined) return pages.columns * pages.step;
  return 0.9 * (way(doc).axis === 'y' ? view.innerHeight : view.innerWidth);
}

/** Which turn is shown, from 0, and how many there are; null where the text is scrolled. */
export function turnNow(parts: FrameParts): { turn: number; turns: number; columns: number } | null {
  const pages = isPaged(parts.doc) ? laid.get(parts.doc) : undefined;
  if (pages === undefined) return null;
  const turn = Math.round(travelled(parts) / (pages.columns * pages.step));
  return { turn: Math.min(pages.turns - 1, Math.max(0, turn)), turns: pages.turns, columns: pages.columns };
}

/** On which turn something stands, by its box in the window now. */
export function turnOf({ doc }: FrameParts, box: DOMRect): number {
  const pages = laid.get(doc);
  const page = doc.getElementById('page')?.getBoundingClientRect();
  if (pages === undefined || page === undefined) return 0;
  const from = isVertical(doc) ? box.top - page.top - above : isRtl(doc) ? page.right - pages.side - box.right : box.left - page.left - pages.side;
  return Math.max(0, Math.floor(Math.floor((from + hang / 2) / pages.step) / pages.columns));
}

/**
 * Lays the text out in pages that fit the window, one or two beside each other, and counts them; where it is scrolled,
 * takes that away. To be called whenever the window, the look or the text has changed.
 */
export function layPages(parts: FrameParts): void {
  const { doc, view } = parts;
  const root = doc.documentElement;
  const set = (name: string, value: number | null): void => {
    const text = value === null ? '' : `${value}px`;
    // Also setting what is set already would lay everything out again.
    if (root.style.getPropertyValue(name) !== text) root.style.setProperty(name, text);
  };
  const paged = isPaged(doc);
  root.dir = paged && isRtl(doc) ? 'rtl' : '';
  if (!paged) {
    laid.delete(doc);
    for (const name of ['--page-column', '--page-gap', '--page-side', '--page-spread', '--page-height', '--page-extent']) set(name, null);
    return;
  }
  const [width, height] = [view.innerWidth, view.innerHeight];
  const em = Number.parseFloat(root.style.getPropertyValue('--text-size'));
  const measure = Number.parseFloat(root.style.getPropertyValue('--measure-text')) * em;
  const least = Math.round(Math.min(56, Math.max(20, width * 0.06)));
  const room = Math.max(120, height - above - below);
  const vertical = isVertical(doc);
  const beside = (columns: number): number => Math.floor((width - (columns + 1) * least - (columns - 1) * hang) / columns);
  const columns = !vertical && beside(2) >= leastBeside * em ? 2 : 1;
  const column = vertical ? room : Math.min(Math.round(measure), beside(columns));
  const side = vertical ? least : Math.floor((width - columns * column - (columns - 1) * hang) / (columns + 1));
  const gap = vertical ? height - room : side + hang;
  set('--page-column', column);
  set('--page-gap', gap);
  set('--page-side', side);
  set('--page-spread', vertical ? width - 2 * side : columns * column + (columns - 1) * gap);
  set('--page-height', room);
  for (const box of parts.body.querySelectorAll<HTMLElement>('.table')) {
    box.toggleAttribute('data-fits', (box.firstElementChild as HTMLElement).offsetWidth <= column);
  }
  const step = column + gap;
  laid.set(doc, { columns, step, side, turns: 1 });
  const last = [...parts.end.getClientRects()].at(-1) ?? parts.body.getBoundingClientRect();
  const turns = turnOf(parts, last) + 1;
  laid.set(doc, { columns, step, side, turns });
  // The last turn can be shown whole, however little stands on it.
  set('--page-extent', (turns - 1) * columns * step + (vertical ? height : width));
}

import { afterEach, expect, test } from 'vitest';
import { farthest, layPages, onwardKey, pageful, travelled, turnNow } from '../../renderer/reader/flow.ts';
import type { FrameParts } from '../../renderer/reader/frame-document.ts';

/** A window of this size with an article whose end stands so many columns on. */
function partsOf(width: number, height: number, { column, dir = 'ltr' }: { column: (step: number) => number; dir?: string }): FrameParts {
  document.body.innerHTML = `<main id="page"><header id="head"></header><article id="body" dir="${dir}"></article><footer id="end"></footer></main>`;
  const [page, head, body, end] = ['page', 'head', 'body', 'end'].map((id) => document.getElementById(id) as HTMLElement) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  const px = (name: string) => Number.parseFloat(document.documentElement.style.getPropertyValue(name));
  page.getBoundingClientRect = () => new DOMRect(0, 0, width, height);
  end.getClientRects = () => {
    const step = px('--page-column') + px('--page-gap');
    const from = px('--page-side') + column(step);
    return [new DOMRect(dir === 'rtl' ? width - from - px('--page-column') : from, 60, px('--page-column'), 100)] as unknown as DOMRectList;
  };
  const view = { innerWidth: width, innerHeight: height, scrollX: 0, scrollY: 0 } as unknown as Window;
  document.documentElement.style.setProperty('--text-size', '19px');
  document.documentElement.style.setProperty('--measure-text', '34em');
  return { doc: document, view, head, body, end };
}

afterEach(() => {
  for (const name of ['data-pages', 'data-vertical', 'dir', 'style']) document.documentElement.removeAttribute(name);
});

test.each([[320, 256, 1], [700, 800, 1], [1100, 800, 1], [1360, 860, 2], [2400, 1200, 2]])(
  'a window of %i × %i shows %i pages; they fill it exactly and nothing of the next one shows', (width, height, columns) => {
    document.documentElement.setAttribute('data-pages', '');
    const parts = partsOf(width, height, { column: (step) => 7 * step });
    layPages(parts);
    const px = (name: string) => Number.parseFloat(document.documentElement.style.getPropertyValue(name));
    expect(turnNow(parts)).toEqual({ turn: 0, turns: Math.ceil(8 / columns), columns });
    expect(px('--page-spread') + 2 * px('--page-side')).toBeLessThanOrEqual(width);
    // The next page begins beyond the window, with room for a list mark before it.
    expect(px('--page-side') + columns * (px('--page-column') + px('--page-gap'))).toBeGreaterThanOrEqual(width + 39);
    expect(farthest(parts)).toBe((Math.ceil(8 / columns) - 1) * pageful(parts));
    expect(px('--page-extent')).toBe(farthest(parts) + width);
    expect(px('--page-column')).toBeLessThanOrEqual(34 * 19);
  },
);

test('a text from right to left is turned to the left and counted from the right', () => {
  document.documentElement.setAttribute('data-pages', '');
  const parts = partsOf(700, 800, { column: (step) => 3 * step, dir: 'rtl' });
  layPages(parts);
  expect(document.documentElement.dir).toBe('rtl');
  expect(turnNow(parts)?.turns).toBe(4);
  expect(onwardKey(document)).toBe('ArrowLeft');
  Object.assign(parts.view, { scrollX: -pageful(parts) });
  expect(travelled(parts)).toBe(pageful(parts));
  expect(turnNow(parts)?.turn).toBe(1);
});

test('a scrolled text keeps nothing of its pages', () => {
  document.documentElement.setAttribute('data-pages', '');
  const parts = partsOf(700, 800, { column: (step) => step });
  layPages(parts);
  document.documentElement.removeAttribute('data-pages');
  layPages(parts);
  expect(turnNow(parts)).toBeNull();
  expect(document.documentElement.getAttribute('style')).not.toContain('--page-');
});

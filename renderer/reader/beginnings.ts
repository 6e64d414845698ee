import { useEffect } from 'react';
import type { Body } from './body.ts';
import type { FrameParts } from './frame-document.ts';
import { textsIn } from './position.ts';

/** Whole words of letters that are written with spaces between. */
const word = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}]{2,}/gu;
/** Not prose: its letters are looked at one by one. */
const apart = 'pre, code, kbd, samp, math, h1, h2, h3, h4, h5, h6';

/** How many letters of a word are its beginning. */
export function beginningOf(length: number): number {
  return length <= 3 ? 1 : Math.ceil(length * 0.4);
}

/**
 * Makes the beginnings of words darker, by ranges: nothing of the text is changed. Only what is near the window is
 * painted, so that a book costs no more than a page.
 */
export function useBeginnings({ doc, view, body: root }: FrameParts, body: Body | null, on: boolean): void {
  useEffect(() => {
    const frame = view as Window & { CSS?: typeof CSS; Highlight?: typeof globalThis.Highlight };
    const registry = frame.CSS?.highlights;
    if (!on || body === null || registry === undefined) return undefined;
    const painted = new (frame.Highlight ?? globalThis.Highlight)();
    // Under whatever else is painted: a search match, a sentence being read aloud.
    painted.priority = -1;
    registry.set('beginnings', painted);
    const shown = new Map<Element, Range[]>();
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) {
          for (const range of shown.get(target) ?? []) painted.delete(range);
          shown.delete(target);
        } else if (!shown.has(target)) {
          const ranges = beginningsIn(doc, target);
          shown.set(target, ranges);
          for (const range of ranges) painted.add(range);
        }
      }
    }, { root: doc, rootMargin: '50% 50%' });
    for (const section of root.children) watch.observe(section);
    return () => {
      watch.disconnect();
      registry.delete('beginnings');
    };
  }, [doc, view, root, body, on]);
}

function beginningsIn(doc: Document, section: Element): Range[] {
  const ranges: Range[] = [];
  for (const text of textsIn(section)) {
    if (text.parentElement?.closest(apart) !== null) continue;
    for (const { index, 0: letters } of text.data.matchAll(word)) {
      const range = doc.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + beginningOf(letters.length));
      ranges.push(range);
    }
  }
  return ranges;
}

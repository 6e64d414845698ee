import { useEffect } from 'react';
import type { Body } from '../reader/body.ts';
import { isVertical } from '../reader/flow.ts';
import type { FrameParts } from '../reader/frame-document.ts';
import { bringIntoView, rangeAt, spotNow } from '../reader/position.ts';

/** What keys do while text is selected by them. */
export type SelectKeys = { mark(colour: number | null): void; note(): void; copy(): void; leave(): void };

type Sentence = { block: number; from: number; to: number };

/** The sentences of a block, blanks at their ends left out. */
export function sentencesOf(text: string, lang: string, block: number): Sentence[] {
  const found: Sentence[] = [];
  for (const { segment, index } of new Intl.Segmenter(lang === '' ? undefined : lang, { granularity: 'sentence' }).segment(text)) {
    const start = index + (segment.length - segment.trimStart().length);
    const end = index + segment.trimEnd().length;
    if (end > start) found.push({ block, from: start, to: end });
  }
  return found;
}

/**
 * Selecting without a mouse, while `active`: arrows along the line go from sentence to sentence, across it from paragraph to paragraph; with Shift
 * they take more or less. Digits choose a colour, Enter or `h` marks, `n` notes, `c` copies, Escape leaves.
 */
export function useSelectKeys(parts: FrameParts, body: Body | null, lang: string, active: boolean, keys: SelectKeys): void {
  useEffect(() => {
    if (!active || body === null) return undefined;
    const { doc } = parts;
    const sentences = (block: number): Sentence[] => sentencesOf(body.texts[block] ?? '', lang, block);
    /** The nearest sentence from a block on, or back from it. */
    const search = (block: number, step: 1 | -1): Sentence | null => {
      for (let at = block; at >= 0 && at < body.blocks.length; at += step) {
        const found = sentences(at);
        if (found.length > 0) return (step === 1 ? found[0] : found.at(-1)) ?? null;
      }
      return null;
    };
    const beside = (sentence: Sentence, step: 1 | -1): Sentence | null => {
      const own = sentences(sentence.block);
      const at = own.findIndex(({ from }) => from === sentence.from);
      return own[at + step] ?? search(sentence.block + step, step);
    };
    const spot = spotNow(parts, body);
    let first = sentences(spot.block).find(({ to }) => to > spot.offset) ?? search(spot.block, 1) ?? search(spot.block, -1);
    let last = first;
    const show = () => {
      if (first === null || last === null) return;
      const [from, to] = [first, last].toSorted((a, b) => a.block - b.block || a.from - b.from);
      const [head, tail] = [body.blocks[from?.block ?? 0], body.blocks[to?.block ?? 0]];
      const start = head === undefined || from === undefined ? null : rangeAt(doc, head, from.from, 1);
      const end = tail === undefined || to === undefined ? null : rangeAt(doc, tail, to.to - 1, 1);
      if (start === null || end === null) return;
      doc.getSelection()?.setBaseAndExtent(start.startContainer, start.startOffset, end.endContainer, end.endOffset);
      const edge = last === to ? last.to - 1 : last.from;
      bringIntoView(parts, body, { block: last.block, from: edge, to: edge + 1 });
    };
    const go = (move: (from: Sentence) => Sentence | null, extend: boolean) => {
      const next = last === null ? null : move(last);
      if (next === null) return;
      last = next;
      if (!extend) first = next;
      show();
    };
    const rtl = parts.body.dir === 'rtl';
    // On along the line, back, to the next line's paragraph, and back.
    const [on, back, next, before] = isVertical(doc) ? ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight']
      : rtl ? ['ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowUp'] : ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'];
    const moves: Record<string, (from: Sentence) => Sentence | null> = {
      [on]: (from) => beside(from, 1),
      [back]: (from) => beside(from, -1),
      [next]: (from) => search(from.block + 1, 1),
      [before]: (from) => {
        const above = search(from.block - 1, -1);
        return above === null ? null : (sentences(above.block)[0] ?? null);
      },
    };
    const key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if ((event.target as Element).closest('.marking, .card, dialog, textarea, input') !== null) return;
      const move = moves[event.key];
      const digit = /^[1-5]$/.test(event.key) ? Number(event.key) - 1 : null;
      if (move !== undefined) go(move, event.shiftKey);
      else if (event.key === 'Escape') keys.leave();
      else if (digit !== null) keys.mark(digit);
      else if (event.key === 'Enter' || event.key === 'h') keys.mark(null);
      else if (event.key === 'n') keys.note();
      else if (event.key === 'c') keys.copy();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    show();
    const stop = new AbortController();
    for (const target of [window, doc]) target.addEventListener('keydown', key as EventListener, { signal: stop.signal, capture: true });
    // A press elsewhere is another way of selecting.
    doc.addEventListener('pointerdown', (event) => {
      if ((event.target as Element).closest('.marking') === null) keys.leave();
    }, { signal: stop.signal });
    return () => stop.abort();
  }, [parts, body, lang, active, keys]);
}

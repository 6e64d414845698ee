import type { Body } from './body.ts';
import type { FrameParts } from './frame-document.ts';
import type { Spot } from './place.ts';
import { rangeAt } from './position.ts';

const folded = (text: string): string => text.toLowerCase();

/** The first place in the text of `wanted`, or of the longest of its words when it does not occur as a whole. */
export function findText(wanted: string, texts: readonly string[]): (Spot & { length: number }) | null {
  const words = wanted.split(/\s+/).toSorted((a, b) => b.length - a.length);
  for (const needle of [wanted.trim(), ...words].map(folded)) {
    if (needle === '') continue;
    for (const [block, text] of texts.entries()) {
      // Lower case may be longer than what was written (İ); then the offsets would not fit.
      const low = folded(text);
      const offset = low.length === text.length ? low.indexOf(needle) : text.indexOf(needle);
      if (offset >= 0) return { block, offset, length: needle.length };
    }
  }
  return null;
}

/** Paints every occurrence of a found text in the article; null takes the paint away. */
export function paintFound({ doc, view }: FrameParts, body: Body, found: (Spot & { length: number }) | null): void {
  const registry = (view as Window & { CSS?: typeof CSS }).CSS?.highlights;
  if (registry === undefined) return;
  registry.delete('found');
  if (found === null) return;
  const needle = folded((body.texts[found.block] ?? '').slice(found.offset, found.offset + found.length));
  const ranges: Range[] = [];
  for (const [at, text] of body.texts.entries()) {
    const low = folded(text);
    if (low.length !== text.length) continue;
    for (let from = low.indexOf(needle); from >= 0 && ranges.length < 500; from = low.indexOf(needle, from + needle.length)) {
      const block = body.blocks[at];
      const range = block === undefined ? null : rangeAt(doc, block, from, needle.length);
      if (range !== null) ranges.push(range);
    }
  }
  const Highlight = (view as Window & { Highlight?: typeof globalThis.Highlight }).Highlight ?? globalThis.Highlight;
  registry.set('found', new Highlight(...ranges));
}

/** One heading of an article. `depth` counts from 0 at the highest level in use; `block` is its top-level block. */
export type Heading = { text: string; depth: number; block: number };

/** The headings of an article in order, from its top-level blocks; levels no heading uses are closed up. */
export function outlineOf(blocks: readonly Element[]): Heading[] {
  const found = blocks.flatMap((element, block) => {
    const level = /^H([1-6])$/i.exec(element.tagName)?.[1];
    // Only headings are read: a long text has few of them.
    const text = level === undefined ? '' : (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    return text === '' ? [] : [{ text, level: Number(level), block }];
  });
  const levels = [...new Set(found.map((heading) => heading.level))].toSorted((a, b) => a - b);
  return found.map(({ text, level, block }) => ({ text, block, depth: levels.indexOf(level) }));
}

/** Which share of the whole text is still to be read from `block` to the end of the section it is in. */
export function leftIn(outline: readonly Heading[], texts: readonly string[], block: number): number {
  const length = (from: number, to?: number) => texts.slice(from, to).reduce((sum, text) => sum + text.length, 0);
  return length(block, outline[currentHeading(outline, block) + 1]?.block) / Math.max(1, length(0));
}

/** The index of the heading that the reader is under at `block`; -1 before the first. */
export function currentHeading(outline: readonly Heading[], block: number): number {
  return outline.findLastIndex((heading) => heading.block <= block);
}

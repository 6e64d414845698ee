/** A stretch `[from, to)` of a block's text that is read in one; `apart`: on a new line from what goes before. */
export type Piece = { from: number; to: number; apart: boolean };

const lines = 'br, li, p, div, dt, dd, tr, td, th, caption, figure, figcaption, blockquote, h1, h2, h3, h4, h5, h6, summary, pre, ul, ol, dl, table, section';
/** The small print over Han characters, and what stands around it where it cannot be shown there: the word under it goes on. */
const small = 'rt, rp';
/** What the reader itself puts into a text. */
const ours = '.missing, .copy';

/** How a block's text is read: parted where it is shown on a new line, and without what is printed small over its words. */
export function piecesOf(block: Element | undefined, text: string): readonly Piece[] {
  if (block === undefined || block.querySelector(`${lines}, ${small}`) === null) return [{ from: 0, to: text.length, apart: false }];
  const pieces: Piece[] = [];
  let [at, apart] = [0, false];
  const read = (node: Node): void => {
    if (node.nodeType === 3) {
      const { length } = (node as Text).data;
      const last = pieces.at(-1);
      if (last !== undefined && last.to === at && !apart) last.to += length;
      else if (length > 0) pieces.push({ from: at, to: at + length, apart: apart && pieces.length > 0 });
      if (length > 0) apart = false;
      at += length;
      return;
    }
    if (node.nodeType !== 1) return;
    const element = node as Element;
    if (element.matches(ours)) return;
    if (element.matches(small)) {
      at += element.textContent?.length ?? 0;
      return;
    }
    const line = element !== block && element.matches(lines);
    if (line) apart = true;
    for (const child of element.childNodes) read(child);
    if (line) apart = true;
  };
  read(block);
  return pieces;
}

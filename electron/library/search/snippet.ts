import { marksIn, type Mark, type Sought } from '../../../shared/marks.ts';

export { marksIn } from '../../../shared/marks.ts';

const longest = 400_000;
const before = 40;
const length = 180;
/** How much of a text is looked through at first, and at most at a time, and how much of the piece before goes with it. */
const firstPiece = 600;
const largestPiece = 8_000;
const overlap = 200;

/** A stretch of plain text around the first match, with the marks inside it; '' when nothing matches. */
export function snippetOf(text: string, terms: readonly Sought[]): { snippet: string; marks: Mark[] } {
  const first = firstMark(text, terms);
  if (!first) return { snippet: '', marks: [] };
  const from = wordStart(text, Math.max(0, first.from - before), first.from);
  const to = wordEnd(text, Math.min(text.length, from + length), first.to);
  const stretch = text.slice(from, to).replace(/\s/g, ' ');
  const head = from > 0 ? '…' : '';
  const snippet = `${head}${stretch}${to < text.length ? '…' : ''}`;
  const marks = marksIn(stretch, terms).map((mark) => ({ from: mark.from + head.length, to: mark.to + head.length }));
  return { snippet, marks };
}

/** Piece by piece: the words sought mostly stand near the beginning, and folding a whole text takes longer than finding it did. */
function firstMark(text: string, terms: readonly Sought[]): Mark | null {
  if (terms.length === 0) return null;
  const end = Math.min(text.length, longest);
  let piece = firstPiece;
  for (let from = 0; from < end; from += piece - overlap, piece = Math.min(largestPiece, piece * 2)) {
    const start = wordStart(text, from, Math.min(end, from + overlap));
    const found = marksIn(text.slice(start, wordEnd(text, Math.min(end, from + piece), 0)), terms, 1)[0];
    if (found) return { from: found.from + start, to: found.to + start };
  }
  return null;
}

function wordStart(text: string, at: number, limit: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, limit).search(/[\s。！？；，、]/u);
  return keepPair(text, space === -1 ? at : at + space + 1);
}

function wordEnd(text: string, at: number, least: number): number {
  if (at >= text.length) return text.length;
  const cut = text.slice(Math.max(0, at - 40), at).search(/[\s。！？；，、][^\s。！？；，、]*$/u);
  return keepPair(text, Math.max(cut >= 0 ? Math.max(0, at - 40) + cut + 1 : at, least));
}

/** Never between the halves of a surrogate pair. */
function keepPair(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}

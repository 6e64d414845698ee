import { foldText, foldWithPlaces, isSign, wordLetter, wordPart, wordsOf, type Folded } from './fold.ts';

/** A stretch `[from, to)` of a string, in UTF-16 units. */
export type Mark = { from: number; to: number };

/** What is to be marked: words, whole ones except that the last may be open at its end (`prefix`). */
export type Sought = { text: string; prefix: boolean };

const patterns = new Map<string, RegExp | null>();

/** Where the terms stand in a text, in order, overlaps joined; at most `limit` of each. Matches the way the search index does. */
export function marksIn(text: string, sought: readonly Sought[], limit = Number.POSITIVE_INFINITY): Mark[] {
  if (sought.length === 0) return [];
  const folded = foldWithPlaces(text);
  return joined(sought.flatMap((term) => matches(folded, term, limit)));
}

/** A term's words in a row with anything but words between them; whole, the last one open when still typed. Null for no words. */
function patternOf({ text, prefix }: Sought): RegExp | null {
  const key = `${prefix ? '*' : ''}${text}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const words = wordsOf(foldText(text));
  const parts = words.map((word, index) => {
    if (isSign(word)) return word;
    const open = prefix && index === words.length - 1;
    return `(?<!${wordLetter})${word}${open ? `${wordLetter}*` : `(?!${wordLetter})`}`;
  });
  const made = parts.length === 0 ? null : new RegExp(parts.join(`[^${wordPart.slice(1)}*`), 'gv');
  if (patterns.size > 500) patterns.clear();
  patterns.set(key, made);
  return made;
}

function matches({ text, from, to }: Folded, term: Sought, limit: number): Mark[] {
  const pattern = patternOf(term);
  const marks: Mark[] = [];
  if (!pattern) return marks;
  for (const found of text.matchAll(pattern)) {
    marks.push({ from: from[found.index] ?? 0, to: to[found.index + found[0].length - 1] ?? 0 });
    if (marks.length >= limit) break;
  }
  return marks;
}

function joined(marks: Mark[]): Mark[] {
  const result: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    // What only touches stays apart: each is a find of its own, and is counted and gone to.
    if (last && mark.from < last.to) last.to = Math.max(last.to, mark.to);
    else result.push({ ...mark });
  }
  return result;
}

import type { Mark } from '../../../shared/contract.ts';
import { isCjk, searchable, type Term } from '../../../shared/query.ts';

const longest = 400_000;
const before = 40;
const length = 180;

/** Where the terms stand in a text, in order, overlaps joined. Matches the way the search index does. */
export function marksIn(text: string, terms: readonly Term[]): Mark[] {
  const folded = fold(text);
  const marks = terms.flatMap((term) => matches(folded, term, Number.POSITIVE_INFINITY));
  return joined(marks);
}

/** A stretch of plain text around the first match, with the marks inside it; '' when nothing matches. */
export function snippetOf(text: string, terms: readonly Term[]): { snippet: string; marks: Mark[] } {
  if (terms.length === 0 || text === '') return { snippet: '', marks: [] };
  const folded = fold(text.slice(0, longest));
  const first = terms
    .flatMap((term) => matches(folded, term, 1))
    .reduce<Mark | null>((earliest, mark) => (earliest && earliest.from <= mark.from ? earliest : mark), null);
  if (!first) return { snippet: '', marks: [] };
  const from = wordStart(text, Math.max(0, first.from - before), first.from);
  const to = wordEnd(text, Math.min(text.length, from + length), first.to);
  const stretch = text.slice(from, to).replace(/\s/g, ' ');
  const head = from > 0 ? '…' : '';
  const snippet = `${head}${stretch}${to < text.length ? '…' : ''}`;
  const marks = marksIn(stretch, terms).map((mark) => ({ from: mark.from + head.length, to: mark.to + head.length }));
  return { snippet, marks };
}

type Folded = { text: string; map: Uint32Array };

const foldedCharacters = new Map<string, string>();

/** NFKC, lower case, no accents; `map[i]` is where the folded text's unit i comes from, its last entry the text's length. */
function fold(text: string): Folded {
  let folded = '';
  const map = new Uint32Array(text.length * 4 + 1);
  let at = 0;
  for (const character of text) {
    let to = foldedCharacters.get(character);
    if (to === undefined) {
      to = foldTerm(character).slice(0, 2 * 4);
      foldedCharacters.set(character, to);
    }
    if (folded.length + to.length > text.length * 4) break;
    map.fill(at, folded.length, folded.length + to.length);
    folded += to;
    at += character.length;
  }
  map[folded.length] = at;
  return { text: folded, map };
}

function foldTerm(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  return /^[\u3040-\u30ff\uac00-\ud7af]+$/.test(plain) ? plain : plain.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}

const patterns = new Map<string, RegExp | null>();

/** A term's words in a row with anything but words between them; Latin words whole, the last one open when still typed. */
function patternOf(term: Term): RegExp | null {
  const key = `${term.prefix ? '*' : ''}${term.text}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const words = searchable(term.text.normalize('NFKC'))
    .split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)
    .filter((word) => word !== '')
    .map((word) => foldTerm(/^u[0-9a-f]{4,6}u$/.test(word) && !term.text.includes(word) ? String.fromCodePoint(Number.parseInt(word.slice(1, -1), 16)) : word));
  const parts = words.map((word, index) => {
    if (isCjk(word)) return word;
    const letter = '[[\\p{L}\\p{N}]--[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー]]';
    const open = term.prefix && index === words.length - 1;
    return `(?<!${letter})${word}${open ? `${letter}*` : `(?!${letter})`}`;
  });
  const made = parts.length === 0 ? null : new RegExp(parts.join('[^\\p{L}\\p{N}]*'), 'gv');
  if (patterns.size > 500) patterns.clear();
  patterns.set(key, made);
  return made;
}

function matches({ text, map }: Folded, term: Term, limit: number): Mark[] {
  const pattern = patternOf(term);
  const marks: Mark[] = [];
  if (!pattern) return marks;
  for (const found of text.matchAll(pattern)) {
    const from = map[found.index] ?? 0;
    marks.push({ from, to: Math.max(map[found.index + found[0].length] ?? from, from + 1) });
    if (marks.length >= limit) break;
  }
  return marks;
}

function joined(marks: Mark[]): Mark[] {
  const result: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && mark.from <= last.to) last.to = Math.max(last.to, mark.to);
    else result.push({ ...mark });
  }
  return result;
}

function wordStart(text: string, at: number, limit: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, limit).search(/[\s。！？；，、]/u);
  return keepPair(text, space === -1 ? at : at + space + 1);
}

function wordEnd(text: string, at: number, least: number): number {
  if (at >= text.length) return text.length;
  const cut = text.slice(0, at).search(/[\s。！？；，、][^\s。！？；，、]*$/u);
  return keepPair(text, Math.max(cut > at - 40 ? cut + 1 : at, least));
}

/** Never between the halves of a surrogate pair. */
function keepPair(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}

import { foldHan } from './han.ts';

/*
 * Text as search, marks and near-duplicates compare it: NFKC (so full and half width are one), lower case, without
 * accents, traditional characters as simplified ones. The same on the way into the index, in queries and in what is marked.
 */

/** A folded text; its unit `i` comes from `[from[i], to[i])` of the text it was made from. */
export type Folded = { text: string; from: Uint32Array; to: Uint32Array };

/** Letters that no decomposition takes apart. */
const apart: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th', ς: 'σ' };
/** Accents, points and variation selectors: what a reader leaves out when typing. Vowel signs of other scripts are letters. */
const accents =
  /[\u0300-\u036f]|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]|\u0640|[\u064b-\u065f]|\u0670|[\u20d0-\u20ff]|[\u00ad\u200b\u2060\ufeff]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|\u200c|\u200d/gu;
/** One character with what combines with it: marks, half-width voicing, the parts of a Hangul syllable; only so many, or a text of nothing else would take for ever. */
const cluster = /(?:[\u1100-\u115f\ua960-\ua97c]{1,3}[\u1160-\u11a7\ud7b0-\ud7c6]{0,3}[\u11a8-\u11ff\ud7cb-\ud7fb]{0,3}|.)(?:[\p{M}\uff9e\uff9f\u00ad\u200b\u2060\ufeff]|\u200c|\u200d){0,24}/suy;
const most = 10_000;
const known = new Map<string, string>();

/** Folds a text whole. */
export function foldText(text: string): string {
  let folded = '';
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < 0x80 && isAlone(text.charCodeAt(at + 1))) {
      folded += code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : text.charAt(at);
      at += 1;
      continue;
    }
    const whole = clusterAt(text, at);
    folded += foldCluster(whole);
    at += whole.length;
  }
  return folded;
}

/** Folds a text and keeps where every unit comes from. */
export function foldWithPlaces(text: string): Folded {
  let folded = '';
  let from = new Uint32Array(text.length + 16);
  let to = new Uint32Array(text.length + 16);
  for (let at = 0; at < text.length; ) {
    const whole = clusterAt(text, at);
    const piece = foldCluster(whole);
    if (folded.length + piece.length > from.length) [from, to] = [grown(from, piece.length), grown(to, piece.length)];
    from.fill(at, folded.length, folded.length + piece.length);
    to.fill(at + whole.length, folded.length, folded.length + piece.length);
    folded += piece;
    at += whole.length;
  }
  return { text: folded, from, to };
}

function grown(array: Uint32Array<ArrayBuffer>, by: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2 + by);
  larger.set(array);
  return larger;
}

/** True where what follows an ASCII character surely does not combine with it. */
function isAlone(next: number): boolean {
  return Number.isNaN(next) || next < 0xad || (next >= 0x3400 && next < 0xa000) || (next >= 0xff01 && next < 0xff61);
}

function clusterAt(text: string, at: number): string {
  const code = text.charCodeAt(at);
  if ((code < 0x80 || (code >= 0x3400 && code < 0xa000)) && isAlone(text.charCodeAt(at + 1))) return text.charAt(at);
  cluster.lastIndex = at;
  return cluster.exec(text)?.[0] ?? text.charAt(at);
}

function foldCluster(whole: string): string {
  const before = known.get(whole);
  if (before !== undefined) return before;
  const plain = whole.normalize('NFKC').toLowerCase();
  // Taken apart, the voiced kana and the syllables of Hangul would lose what tells them from others.
  const bare = /^[\u3040-\u30ff\uac00-\ud7af]+$/u.test(plain) ? plain : plain.normalize('NFD').replace(accents, '').normalize('NFC');
  const folded = foldHan(bare.replace(/[ßæœøđðłıþς]/gu, (letter) => apart[letter] ?? letter));
  if (known.size > most) known.clear();
  known.set(whole, folded);
  return folded;
}

/** Scripts without spaces between words: every character is a word of its own, so that any stretch of them is found. */
const signs = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー';
const letters = '\\p{L}\\p{N}\\p{M}\\p{Co}';
const word = new RegExp(`[[${signs}]&&[${letters}]]|[[${letters}]--[${signs}]]+`, 'gv');
const sign = new RegExp(`^[${signs}]$`, 'v');

/** What a pattern calls one letter of a word that is not a sign of its own. */
export const wordLetter = `[[${letters}]--[${signs}]]`;
/** What a pattern calls anything that belongs to a word. */
export const wordPart = `[${letters}]`;

/** The words of a folded text, in order; of a script without spaces, every character is one. */
export function wordsOf(folded: string): string[] {
  return folded.match(word) ?? [];
}

/** True for a character that is a word of its own. */
export function isSign(character: string): boolean {
  return sign.test(character);
}

/** Text as the search index takes it in: its words, folded, with a blank between them. */
export function searchable(text: string): string {
  return wordsOf(foldText(text)).join(' ');
}

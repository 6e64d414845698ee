import { foldHan, hanChanges } from './han.ts';

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

/** What most texts are made of: ASCII, quotes and dashes, 。「」, kana, characters, and the full width of ASCII. */
const usual: ReadonlyArray<readonly [from: number, to: number]> = [
  [0x00, 0x7f], [0x2013, 0x2014], [0x2018, 0x201d], [0x3001, 0x3002], [0x3008, 0x3011], [0x3041, 0x3094], [0x30a1, 0x30fe], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xff01, 0xff5e],
];
let singles: Uint16Array | null = null;

/** What each usual character alone folds to, one for one; 0 for every other. */
function singlesOf(): Uint16Array {
  if (singles !== null) return singles;
  singles = new Uint16Array(0x10000);
  for (const [from, to] of usual) for (let code = from; code <= to; code++) singles[code] = code;
  for (let code = 0xff01; code <= 0xff5e; code++) singles[code] = code - 0xfee0;
  for (let code = 65; code <= 90; code++) singles[code] = singles[code + 0xfee0] = code + 32;
  for (const [from, to] of hanChanges()) singles[from.charCodeAt(0)] = to.charCodeAt(0);
  return singles;
}

/** Where a stretch of usual characters ends: one that may combine with what follows is no longer in it. */
function usualEnd(text: string, from: number): number {
  const to = singlesOf();
  let end = from;
  while (end < text.length && to[text.charCodeAt(end)] !== 0) end += 1;
  return end < text.length && end > from && !isAlone(text.charCodeAt(end)) ? end - 1 : end;
}

/** Folds a stretch of usual characters. */
function foldUsual(text: string, from: number, end: number): string {
  const to = singlesOf();
  let folded = '';
  let same = from;
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const becomes = to[code] ?? code;
    if (becomes === code) continue;
    folded += text.slice(same, at) + String.fromCharCode(becomes);
    same = at + 1;
  }
  return folded + text.slice(same, end);
}

/** Folds a text whole. */
export function foldText(text: string): string {
  let folded = '';
  for (let at = 0; at < text.length; ) {
    const end = usualEnd(text, at);
    if (end > at) {
      folded += foldUsual(text, at, end);
      at = end;
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
    const end = usualEnd(text, at);
    if (end > at) {
      const usualPiece = foldUsual(text, at, end);
      if (folded.length + usualPiece.length > from.length) [from, to] = [grown(from, usualPiece.length), grown(to, usualPiece.length)];
      for (let unit = folded.length; at < end; at += 1, unit += 1) {
        from[unit] = at;
        to[unit] = at + 1;
      }
      folded += usualPiece;
      continue;
    }
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
const sign = new RegExp(`^[${signs}]$`, 'v');
const letter = new RegExp(`^[${letters}]$`, 'v');

/** What a pattern calls one letter of a word that is not a sign of its own. */
export const wordLetter = `[[${letters}]--[${signs}]]`;
/** What a pattern calls anything that belongs to a word. */
export const wordPart = `[${letters}]`;

/** Between words, a letter of one, or a word of its own; asked of every character once, since patterns are slow at it. */
const [between, ofWord, alone] = [1, 2, 3];
const kinds = new Uint8Array(0x10000);

function kindOf(character: string): number {
  return !letter.test(character) ? between : sign.test(character) ? alone : ofWord;
}

/** The words of a folded text, in order; of a script without spaces, every character is one. */
export function wordsOf(folded: string): string[] {
  const words: string[] = [];
  let from = -1;
  for (let at = 0; at < folded.length; ) {
    const code = folded.charCodeAt(at);
    const character = code >= 0xd800 && code < 0xdc00 ? String.fromCodePoint(folded.codePointAt(at) ?? code) : '';
    const size = Math.max(1, character.length);
    const kind = size > 1 ? kindOf(character) : (kinds[code] ||= kindOf(folded.charAt(at)));
    if (kind !== ofWord && from >= 0) {
      words.push(folded.slice(from, at));
      from = -1;
    }
    if (kind === ofWord && from < 0) from = at;
    if (kind === alone) words.push(folded.slice(at, at + size));
    at += size;
  }
  if (from >= 0) words.push(folded.slice(from));
  return words;
}

/** True for a character that is a word of its own. */
export function isSign(character: string): boolean {
  return sign.test(character);
}

/** Text as the search index takes it in: its words, folded, with a blank between them. */
export function searchable(text: string): string {
  return wordsOf(foldText(text)).join(' ');
}

import { lstatSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { DictionaryProblem } from '../../../shared/dictionary.ts';
import { toPlainText } from '../extract/plain-text.ts';
import { parsePart } from '../extract/tree.ts';
import { openDictzip, openPlain, type Bytes } from './dictzip.ts';

/** What a dictionary's `.ifo` says; sizes in bytes. */
export type DictionaryFacts = { title: string; words: number; types: string; offsetBytes: 4 | 8 };
export type Dictionary = {
  facts: DictionaryFacts;
  /** Throws DictionaryError where the entry itself cannot be read. */
  find(word: string): Array<{ word: string; text: string }>;
  close(): void;
};

/** Why a dictionary cannot be opened. */
export class DictionaryError extends Error {
  readonly problem: DictionaryProblem;
  constructor(problem: DictionaryProblem) {
    super(problem);
    this.problem = problem;
  }
}

const mostIndexBytes = 200_000_000;
/** Longer than this an entry is cut: it is looked at in a small card. */
const mostEntryBytes = 200_000;
const mostEntries = 12;

/** Reads a StarDict `.ifo` (format 2.4.2 and 3.0.0, stardict-3 `StarDictFileFormat`). Throws DictionaryError. */
export function readFacts(path: string): DictionaryFacts {
  if (statSync(path).size > 100_000) throw new DictionaryError('unreadable');
  const [first = '', ...lines] = readFileSync(path, 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!first.startsWith("StarDict's dict ifo file")) throw new DictionaryError('unreadable');
  const values = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]));
  const words = Number(values.get('wordcount'));
  if (!Number.isInteger(words) || words < 0) throw new DictionaryError('unreadable');
  return { title: (values.get('bookname') ?? '').slice(0, 200), words, types: values.get('sametypesequence') ?? '', offsetBytes: values.get('idxoffsetbits') === '64' ? 8 : 4 };
}

/** Opens the dictionary whose files are named `stem` with `.ifo`, `.idx` or `.idx.gz`, `.dict` or `.dict.dz`. Throws DictionaryError. */
export function openDictionary(stem: string): Dictionary {
  const facts = readFacts(`${stem}.ifo`);
  const index = readIndex(stem);
  const text = openText(stem);
  try {
    return { facts, find: finder(index, facts, text), close: text.close };
  } catch {
    text.close();
    throw new DictionaryError('unreadable');
  }
}

/** A file and nothing else: a link may lead anywhere, and what is no file may never end. */
const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

function readIndex(stem: string): Buffer {
  const path = [`${stem}.idx`, `${stem}.idx.gz`].find(isFile);
  if (path === undefined) throw new DictionaryError('missing-part');
  if (statSync(path).size > mostIndexBytes) throw new DictionaryError('too-large');
  const bytes = readFileSync(path);
  if (!path.endsWith('.gz')) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostIndexBytes });
  } catch (error) {
    throw new DictionaryError((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'unreadable');
  }
}

function openText(stem: string): Bytes {
  try {
    if (isFile(`${stem}.dict.dz`)) return openDictzip(`${stem}.dict.dz`);
    if (isFile(`${stem}.dict`)) return openPlain(`${stem}.dict`);
  } catch {
    throw new DictionaryError('unreadable');
  }
  throw new DictionaryError('missing-part');
}

/** How a word is compared: without regard to case, width and accents typed in two ways. */
const folded = (word: string): string => word.normalize('NFKC').toLowerCase();

/**
 * Finds words by the hash of their folded spelling: dictionaries in the wild are sorted in more than one way, and a
 * table of four hundred thousand numbers is small where as many strings would not be.
 */
function finder(index: Buffer, { offsetBytes, types }: DictionaryFacts, text: Bytes): Dictionary['find'] {
  const hashes: number[] = [];
  const places: number[] = [];
  for (let at = 0; at < index.length; ) {
    const end = index.indexOf(0, at);
    if (end < 0 || end + 1 + offsetBytes + 4 > index.length) throw new Error('cut short');
    hashes.push(hashOf(folded(index.toString('utf8', at, end))));
    places.push(at);
    at = end + 1 + offsetBytes + 4;
  }
  const order = Uint32Array.from(hashes.keys()).toSorted((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0));
  const sortedHashes = Uint32Array.from(order, (at) => hashes[at] ?? 0);
  const sortedPlaces = Uint32Array.from(order, (at) => places[at] ?? 0);

  const look = (word: string): Array<{ word: string; text: string }> => {
    const wanted = folded(word);
    const hash = hashOf(wanted);
    const found: Array<{ word: string; text: string }> = [];
    for (let at = firstAtLeast(sortedHashes, hash); sortedHashes[at] === hash && found.length < mostEntries; at += 1) {
      const from = sortedPlaces[at] ?? 0;
      const end = index.indexOf(0, from);
      const spelt = index.toString('utf8', from, end);
      if (folded(spelt) !== wanted) continue;
      const offset = offsetBytes === 8 ? Number(index.readBigUInt64BE(end + 1)) : index.readUInt32BE(end + 1);
      const size = Math.min(mostEntryBytes, index.readUInt32BE(end + 1 + offsetBytes));
      found.push({ word: spelt, text: textOf(text.read(offset, size), types) });
    }
    return found;
  };
  return (word) => {
    try {
      return look(word);
    } catch {
      // The index may be sound and lead to what cannot be unpacked, or to no place there can be.
      throw new DictionaryError('unreadable');
    }
  };
}

function firstAtLeast(sorted: Uint32Array, wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** An entry's parts as plain text; sounds and pictures are left out. */
function textOf(bytes: Buffer, types: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let number = 0; at < bytes.length; number += 1) {
    const given = types === '' ? String.fromCharCode(bytes[at++] ?? 0) : types.charAt(number);
    if (given === '') break;
    const last = types !== '' && number === types.length - 1;
    // Small letters end with a zero byte, capitals begin with their length; the last of a fixed sequence does neither.
    const capital = /[A-Z]/.test(given);
    let size = bytes.length - at;
    if (!last && capital) {
      if (at + 4 > bytes.length) break;
      size = bytes.readUInt32BE(at);
      at += 4;
    } else if (!last) {
      const zero = bytes.indexOf(0, at);
      size = (zero < 0 ? bytes.length : zero) - at;
    }
    const part = bytes.subarray(at, at + size);
    at += size + (last || capital ? 0 : 1);
    if (!capital && given !== 'r') parts.push(plain(given, part.toString('utf8')));
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '').join('\n\n');
}

/** `h` is HTML, `g` Pango's and `x` XDXF's markup, all of them near enough to HTML to be read as it; the others are text. */
function plain(type: string, text: string): string {
  if (type === 't' || type === 'y') return `[${text}]`;
  return 'hgx'.includes(type) ? toPlainText(parsePart(text.replaceAll('\n', type === 'h' ? ' ' : '<br>')).childNodes) : text;
}

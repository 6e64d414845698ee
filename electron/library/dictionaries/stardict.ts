import { lstatSync, readFileSync, statSync } from 'node:fs';
import type { DictionaryProblem } from '../../../shared/dictionary.ts';
import { toPlainText } from '../extract/plain-text.ts';
import { parsePart } from '../extract/tree.ts';
import { openDictzip, openPlain, type Bytes } from './dictzip.ts';
import { openWordIndex, TooLarge, type WordIndex } from './word-index.ts';

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

/**
 * Opens the dictionary whose files are named `stem` with `.ifo`, `.idx` or `.idx.gz`, `.dict` or `.dict.dz`; others are answered while a
 * large index is read. Throws DictionaryError, or what `signal` was aborted with.
 */
export async function openDictionary(stem: string, signal: AbortSignal): Promise<Dictionary> {
  const facts = readFacts(`${stem}.ifo`);
  const index = await readIndex(stem, facts, signal);
  try {
    const text = openText(stem);
    return {
      facts,
      find: (word) => find(word, index, facts, text),
      close() {
        index.close();
        text.close();
      },
    };
  } catch (error) {
    index.close();
    throw error;
  }
}

/** A file and nothing else: a link may lead anywhere, and what is no file may never end. */
const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

async function readIndex(stem: string, { offsetBytes }: DictionaryFacts, signal: AbortSignal): Promise<WordIndex> {
  const path = [`${stem}.idx`, `${stem}.idx.gz`].find(isFile);
  if (path === undefined) throw new DictionaryError('missing-part');
  try {
    return await openWordIndex(path, offsetBytes, mostIndexBytes, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new DictionaryError(error instanceof TooLarge ? 'too-large' : 'unreadable');
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

function find(word: string, index: WordIndex, { types }: DictionaryFacts, text: Bytes): Array<{ word: string; text: string }> {
  try {
    const found: Array<{ word: string; text: string }> = [];
    for (const entry of index.find(word)) {
      found.push({ word: entry.word, text: textOf(text.read(entry.offset, Math.min(mostEntryBytes, entry.size)), types) });
      if (found.length === mostEntries) break;
    }
    return found;
  } catch {
    // The index may be sound and lead to what cannot be unpacked, or to no place there can be.
    throw new DictionaryError('unreadable');
  }
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

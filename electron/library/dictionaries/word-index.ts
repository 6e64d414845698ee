import { close, closeSync, createReadStream, createWriteStream, mkdtempSync, openSync, read, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { readAt } from './dictzip.ts';

/*
 * The words of a StarDict `.idx`, which may be of 200 MB: it stays on the disk, read once in pieces for a table of where the
 * words stand, of six bytes a word. Dictionaries in the wild are sorted in more than one way, so that the table goes by the
 * hash of a word's folded spelling and not by the order of the file.
 */

/** Where a word's text lies in the dictionary's other file. */
export type Entry = { word: string; offset: number; size: number };
export type WordIndex = {
  /** Every entry spelt so, without regard to case, width and accents typed in two ways; throws where the file is no index there. */
  find(word: string): Generator<Entry>;
  close(): void;
};

/** The index is larger than the limit. */
export class TooLarge extends Error {}

/** Bytes read at once while the table is made, and words put into it at once: others are answered in between. */
const piece = 256 * 1024;
const fewWords = 200_000;
/** No word of any dictionary is longer, in bytes. */
const longest = 64 * 1024;
const short = 512;
const readFile = promisify(read);

/** How a word is compared: without regard to case, width and accents typed in two ways. */
export const folded = (word: string): string => word.normalize('NFKC').toLowerCase();

/** Reads an index of at most `limit` bytes; one ending in `.gz` is unpacked beside. Throws where it is none. */
export async function openWordIndex(path: string, offsetBytes: 4 | 8, limit: number, signal: AbortSignal): Promise<WordIndex> {
  if (!path.endsWith('.gz')) return openFile(path, offsetBytes, limit, signal, () => undefined);
  const beside = mkdtempSync(join(tmpdir(), 'lectern-words-'));
  const remove = (): void => rmSync(beside, { recursive: true, force: true });
  try {
    const plain = join(beside, 'idx');
    await unpack(path, plain, limit, signal);
    return await openFile(plain, offsetBytes, limit, signal, remove);
  } catch (error) {
    remove();
    throw error;
  }
}

async function unpack(path: string, to: string, limit: number, signal: AbortSignal): Promise<void> {
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > limit ? new TooLarge() : null, chunk);
    },
  });
  await pipeline(createReadStream(path), createGunzip(), count, createWriteStream(to, { mode: 0o600 }), { signal });
}

async function openFile(path: string, offsetBytes: 4 | 8, limit: number, signal: AbortSignal, after: () => void): Promise<WordIndex> {
  if (statSync(path).size > limit) throw new TooLarge();
  const file = openSync(path, 'r');
  try {
    // On Unix an open file needs no name: nothing is left of it, however this process ends.
    if (process.platform !== 'win32') after();
    const table = await tableOf(file, offsetBytes, signal);
    return { find: (word) => entriesOf(file, offsetBytes, table, word), close: () => close(file, after) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Where the words of each bucket (the upper half of the hash) begin and stand, and the lower halves of their hashes. */
type Table = { begins: Uint32Array; places: Uint32Array; lows: Uint16Array };

async function tableOf(file: number, offsetBytes: number, signal: AbortSignal): Promise<Table> {
  const hashes = growing();
  const places = growing();
  const begins = new Uint32Array(65_537);
  let left = Buffer.alloc(0);
  for (let from = 0; ; ) {
    signal.throwIfAborted();
    const buffer = Buffer.allocUnsafe(piece);
    const { bytesRead } = await readFile(file, buffer, 0, piece, from + left.length);
    if (bytesRead === 0) break;
    const bytes = Buffer.concat([left, buffer.subarray(0, bytesRead)]);
    let at = 0;
    for (let end = bytes.indexOf(0, at); end >= 0 && end + 1 + offsetBytes + 4 <= bytes.length; end = bytes.indexOf(0, at)) {
      const hash = hashIn(bytes, at, end);
      hashes.add(hash);
      places.add(from + at);
      const bucket = (hash >>> 16) + 1;
      begins[bucket] = (begins[bucket] ?? 0) + 1;
      at = end + 1 + offsetBytes + 4;
    }
    left = bytes.subarray(at);
    from += at;
    if (left.length > longest) throw new Error('no index');
  }
  if (left.length > 0) throw new Error('cut short');
  for (let bucket = 1; bucket < begins.length; bucket += 1) begins[bucket] = (begins[bucket] ?? 0) + (begins[bucket - 1] ?? 0);
  const [all, found] = [hashes.all(), places.all()];
  const next = begins.slice();
  const table = { begins, places: new Uint32Array(all.length), lows: new Uint16Array(all.length) };
  for (let at = 0; at < all.length; at += 1) {
    if (at % fewWords === 0) await setImmediate();
    const hash = all[at] ?? 0;
    const to = next[hash >>> 16] ?? 0;
    next[hash >>> 16] = to + 1;
    table.places[to] = found[at] ?? 0;
    table.lows[to] = hash & 0xffff;
  }
  return table;
}

function* entriesOf(file: number, offsetBytes: 4 | 8, { begins, places, lows }: Table, word: string): Generator<Entry> {
  const wanted = folded(word);
  const hash = hashOf(wanted);
  const low = hash & 0xffff;
  for (let at = begins[hash >>> 16] ?? 0; at < (begins[(hash >>> 16) + 1] ?? 0); at += 1) {
    if (lows[at] !== low) continue;
    const place = places[at] ?? 0;
    let bytes = readAt(file, place, short);
    if (bytes.indexOf(0) < 0 || bytes.indexOf(0) + 1 + offsetBytes + 4 > bytes.length) bytes = readAt(file, place, longest + short);
    const end = bytes.indexOf(0);
    const spelt = bytes.toString('utf8', 0, end);
    if (folded(spelt) !== wanted) continue;
    const offset = offsetBytes === 8 ? Number(bytes.readBigUInt64BE(end + 1)) : bytes.readUInt32BE(end + 1);
    yield { word: spelt, offset, size: bytes.readUInt32BE(end + 1 + offsetBytes) };
  }
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The hash of the folded spelling; of plain Latin letters, which most words are of, without making a text of them. */
function hashIn(bytes: Buffer, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) return hashOf(folded(bytes.toString('utf8', from, to)));
    hash = Math.imul(hash ^ (byte >= 65 && byte <= 90 ? byte + 32 : byte), 0x01000193);
  }
  return hash >>> 0;
}

/** A list of numbers that takes four bytes for each. */
function growing(): { add(value: number): void; all(): Uint32Array } {
  let values = new Uint32Array(4_096);
  let length = 0;
  return {
    add(value) {
      if (length === values.length) {
        const larger = new Uint32Array(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    all: () => values.subarray(0, length),
  };
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants, inflateRawSync } from 'node:zlib';

/** A dictionary's text, read at any place. Bytes past its end are not there. */
export type Bytes = { read(offset: number, size: number): Buffer; close(): void };

/** Opens a plain file. */
export function openPlain(path: string): Bytes {
  const file = openSync(path, 'r');
  return { read: (offset, size) => readAt(file, offset, size), close: () => closeSync(file) };
}

/**
 * Opens a dictzip file: gzip whose extra field `RA` gives the compressed size of each chunk (RFC 1952, and dictzip(1)),
 * so that a few kilobytes are unpacked for a word and never the whole. Throws for plain gzip.
 */
export function openDictzip(path: string): Bytes {
  const file = openSync(path, 'r');
  try {
    const { chunkSize, offsets } = readHeader(file);
    let [last, text]: [number, Buffer] = [-1, Buffer.alloc(0)];
    const chunk = (at: number): Buffer => {
      if (at === last) return text;
      const [from, to] = [offsets[at] ?? 0, offsets[at + 1] ?? 0];
      text = inflateRawSync(readAt(file, from, to - from), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: chunkSize });
      last = at;
      return text;
    };
    return {
      read(offset, size) {
        const parts: Buffer[] = [];
        for (let at = offset; at < offset + size && Math.floor(at / chunkSize) < offsets.length - 1; ) {
          const from = at % chunkSize;
          const part = chunk(Math.floor(at / chunkSize)).subarray(from, from + offset + size - at);
          if (part.length === 0) break;
          parts.push(part);
          at += part.length;
        }
        return Buffer.concat(parts);
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

const [extra, name, comment, check] = [4, 8, 16, 2];
/** Of smaller chunks than anybody makes, an entry would be put together from a hundred thousand. */
const leastChunk = 512;

function readHeader(file: number): { chunkSize: number; offsets: number[] } {
  const head = readAt(file, 0, 12);
  if (head.length < 12 || head.readUInt16BE(0) !== 0x1f8b || ((head[3] ?? 0) & extra) === 0) throw new Error('no dictzip');
  const flags = head[3] ?? 0;
  const fields = readAt(file, 12, head.readUInt16LE(10));
  let at = 12 + fields.length;
  if (flags & name) at = endOfText(file, at);
  if (flags & comment) at = endOfText(file, at);
  if (flags & check) at += 2;
  for (let field = 0; field + 4 <= fields.length; field += 4 + fields.readUInt16LE(field + 2)) {
    if (fields.toString('latin1', field, field + 2) !== 'RA') continue;
    const chunkSize = fields.readUInt16LE(field + 6);
    const count = fields.readUInt16LE(field + 8);
    if (chunkSize < leastChunk || field + 10 + 2 * count > fields.length) throw new Error('no dictzip');
    const offsets = [at];
    for (let chunk = 0; chunk < count; chunk += 1) offsets.push((offsets[chunk] ?? 0) + fields.readUInt16LE(field + 10 + 2 * chunk));
    if ((offsets.at(-1) ?? 0) > fstatSync(file).size) throw new Error('cut short');
    return { chunkSize, offsets };
  }
  throw new Error('no dictzip');
}

function endOfText(file: number, from: number): number {
  const end = readAt(file, from, 4_096).indexOf(0);
  if (end < 0) throw new Error('no dictzip');
  return from + end + 1;
}

/** So many bytes at a place of an open file, or as many as there are. */
export function readAt(file: number, offset: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  return bytes.subarray(0, readSync(file, bytes, 0, size, offset));
}

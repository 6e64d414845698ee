import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';

type Options = { types?: string; zip?: boolean; zipIndex?: boolean; wide?: boolean; unsorted?: boolean; title?: string };

/** Writes a StarDict dictionary; `words` are spelling and entry, the entry as bytes when it has more than one part. */
export function writeDictionary(folder: string, name: string, words: ReadonlyArray<[string, string | Buffer]>, options: Options = {}): void {
  mkdirSync(folder, { recursive: true });
  const stem = join(folder, name);
  const sorted = options.unsorted === true ? [...words] : words.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a.toLowerCase()), Buffer.from(b.toLowerCase())));
  const index: Buffer[] = [];
  const texts: Buffer[] = [];
  let offset = 0;
  for (const [word, entry] of sorted) {
    const bytes = Buffer.from(entry as string);
    const place = Buffer.alloc(options.wide === true ? 12 : 8);
    if (options.wide === true) place.writeBigUInt64BE(BigInt(offset), 0);
    else place.writeUInt32BE(offset, 0);
    place.writeUInt32BE(bytes.length, place.length - 4);
    index.push(Buffer.from(`${word}\0`), place);
    texts.push(bytes);
    offset += bytes.length;
  }
  const whole = Buffer.concat(index);
  const text = Buffer.concat(texts);
  const types = options.types ?? 'm';
  writeFileSync(`${stem}.ifo`, `StarDict's dict ifo file\nversion=3.0.0\nwordcount=${words.length}\nidxfilesize=${whole.length}\nbookname=${options.title ?? name}\n${types === '' ? '' : `sametypesequence=${types}\n`}${options.wide === true ? 'idxoffsetbits=64\n' : ''}`);
  if (options.zipIndex === true) writeFileSync(`${stem}.idx.gz`, gzipSync(whole));
  else writeFileSync(`${stem}.idx`, whole);
  if (options.zip === true) writeFileSync(`${stem}.dict.dz`, dictzip(text));
  else writeFileSync(`${stem}.dict`, text);
}

/** Gzip in chunks of 1,000 bytes that can each be unpacked alone, with a file's name in its header. */
function dictzip(text: Buffer): Buffer {
  const size = 1_000;
  const chunks: Buffer[] = [];
  for (let at = 0; at < text.length; at += size) chunks.push(deflateRawSync(text.subarray(at, at + size), { finishFlush: constants.Z_FULL_FLUSH }));
  const field = Buffer.alloc(10 + 2 * chunks.length);
  field.write('RA', 0, 'latin1');
  field.writeUInt16LE(field.length - 4, 2);
  field.writeUInt16LE(1, 4);
  field.writeUInt16LE(size, 6);
  field.writeUInt16LE(chunks.length, 8);
  for (const [at, chunk] of chunks.entries()) field.writeUInt16LE(chunk.length, 10 + 2 * at);
  const head = Buffer.from([0x1f, 0x8b, 8, 4 | 8, 0, 0, 0, 0, 0, 3, 0, 0]);
  head.writeUInt16LE(field.length, 10);
  return Buffer.concat([head, field, Buffer.from('name.dict\0'), ...chunks, Buffer.from([3, 0]), Buffer.alloc(8)]);
}

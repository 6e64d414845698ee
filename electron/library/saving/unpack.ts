import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { FailureError } from '../../../shared/failure.ts';

/** `bytes` and `ratio` bound what an answer may become; the ratio counts from `ratioFrom` decoded bytes on. */
export type UnpackLimits = { bytes: number; ratio: number; ratioFrom: number };

/**
 * The decoded bytes of an answer's body, piece by piece, never more than the limits. `encodings` is the header
 * Content-Encoding. Throws `too-large` at a limit; a broken or cut-off stream rejects with the system's own error.
 */
export async function unpack(
  body: AsyncIterable<Uint8Array>,
  encodings: string,
  limits: UnpackLimits,
  onBytes: (wire: number) => void,
): Promise<Uint8Array> {
  const names = encodings.toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
  if (names.length > 2) throw new FailureError({ kind: 'not-a-page', type: encodings.slice(0, 100) });
  let wire = 0;
  let source: AsyncIterable<Uint8Array> = counted(body, (length) => {
    wire += length;
    if (wire > limits.bytes) throw new FailureError({ kind: 'too-large', limit: limits.bytes });
    onBytes(wire);
  });
  for (const name of names.toReversed()) source = unpacked(source, name);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    const bomb = names.length > 0 && length > limits.ratioFrom && length > wire * limits.ratio;
    if (length > limits.bytes || bomb) throw new FailureError({ kind: 'too-large', limit: limits.bytes });
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}

async function* counted(body: AsyncIterable<Uint8Array>, count: (length: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    count(piece.length);
    yield piece;
  }
}

/** Servers say gzip and send plain text often enough that the first bytes decide, not the header. */
async function* unpacked(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const rest = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  let ended = false;
  while (head.length < 4 && !ended) {
    const next = await rest.next();
    if (next.done === true) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  const whole = (async function* (): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    if (ended) return;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  })();
  const transform = head.length === 0 ? null : decoder(name, head);
  if (transform === null) {
    yield* whole;
    return;
  }
  // The callback only keeps the error from being thrown a second time: reading the transform rejects with it too.
  pipeline(whole, transform, () => undefined);
  yield* transform as AsyncIterable<Uint8Array>;
}

function decoder(name: string, head: Uint8Array): Transform | null {
  const [a = 0, b = 0, c = 0, d = 0] = head;
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return a === 0x1f && b === 0x8b ? createGunzip() : null;
    case 'deflate':
      return (a & 0x0f) === 8 && ((a << 8) | b) % 31 === 0 ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd ? createZstdDecompress() : null;
    default:
      throw new FailureError({ kind: 'not-a-page', type: `content-encoding: ${name.slice(0, 60)}` });
  }
}

import type { PictureExt } from './picture-kind.ts';

/**
 * Whether a picture's bytes break off before its end, by the marks of its own format. Formats without an end of their
 * own (BMP, ICO, SVG) are taken as they are.
 */
export function isCut(bytes: Uint8Array, kind: PictureExt): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (kind) {
    case 'png': return isPngCut(data);
    case 'jpg': return isJpegCut(data);
    case 'gif': return isGifCut(data);
    case 'webp': return data.length < 12 || data.readUInt32LE(4) + 8 > data.length + 1;
    case 'avif': return isBoxesCut(data);
    case 'bmp':
    case 'ico':
    case 'svg': return false;
    default: return kind satisfies never;
  }
}

/** Chunk by chunk to `IEND`. */
function isPngCut(data: Buffer): boolean {
  for (let at = 8; at + 8 <= data.length; at += 12 + data.readUInt32BE(at)) {
    if (data.toString('latin1', at + 4, at + 8) === 'IEND') return false;
  }
  return true;
}

/** Past the segments, which may hold a small picture with an end of its own, to the image's data; after it, the end mark. */
function isJpegCut(data: Buffer): boolean {
  let at = 2;
  while (at + 4 <= data.length && data[at] === 0xff) {
    const mark = data[at + 1] ?? 0;
    if (mark === 0xff) at++;
    else if (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8)) at += 2;
    else if (mark === 0xd9) return false;
    else if (mark === 0xda) return data.indexOf('\xff\xd9', at, 'latin1') < 0;
    else at += 2 + data.readUInt16BE(at + 2);
  }
  // Not laid out as the standard has it: whether it ends is then all that can be asked.
  return data.lastIndexOf('\xff\xd9', undefined, 'latin1') < 0;
}

/** Block by block; the trailer itself is left out by many programs, and every browser forgives it. */
function isGifCut(data: Buffer): boolean {
  const flags = data[10] ?? 0;
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let images = 0;
  const blocks = (): void => {
    for (let size = data[at] ?? 0; size > 0 && at < data.length; size = data[at] ?? 0) at += 1 + size;
    at++;
  };
  while (at < data.length) {
    const mark = data[at];
    if (mark === 0x21) {
      at += 2;
      blocks();
    } else if (mark === 0x2c) {
      const local = data[at + 9] ?? 0;
      at += 11 + (local & 0x80 ? 3 << ((local & 7) + 1) : 0);
      blocks();
      if (at <= data.length) images++;
    } else break;
  }
  return images === 0 || at > data.length;
}

/** The file's boxes, one after the other, each with its length; a length of 0 reaches to the end. */
function isBoxesCut(data: Buffer): boolean {
  let at = 0;
  while (at + 8 <= data.length) {
    const size = data.readUInt32BE(at);
    if (size === 0) return false;
    const long = size === 1 && at + 16 <= data.length ? Number(data.readBigUInt64BE(at + 8)) : size;
    if (long < 8) return true;
    at += long;
  }
  return at > data.length;
}

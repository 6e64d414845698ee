import { disableTypes, imageSize } from 'image-size';

/** The picture formats kept, by the ending of their stored file. */
export type PictureExt = 'png' | 'jpg' | 'gif' | 'webp' | 'avif' | 'svg' | 'bmp' | 'ico';

// Only formats we accept are ever measured; the others' readers would be more surface for hostile bytes.
disableTypes(['cur', 'dds', 'icns', 'j2c', 'jp2', 'jxl', 'jxl-stream', 'ktx', 'pnm', 'psd', 'svg', 'tga', 'tiff']);

/** What picture these bytes are, by their own first bytes and never by a name or header; null when none. */
export function pictureKind(bytes: Uint8Array): PictureExt | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4_096));
  const at = (from: number, to: number) => head.toString('latin1', from, to);
  if (at(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (at(0, 3) === '\xff\xd8\xff') return 'jpg';
  if (at(0, 6) === 'GIF87a' || at(0, 6) === 'GIF89a') return 'gif';
  if (at(0, 4) === 'RIFF' && at(8, 12) === 'WEBP') return 'webp';
  if (at(4, 8) === 'ftyp' && /avif|avis/.test(at(8, 40))) return 'avif';
  if (at(0, 2) === 'BM' && bytes.byteLength > 26) return 'bmp';
  if (at(0, 4) === '\x00\x00\x01\x00' && bytes.byteLength > 22) return 'ico';
  return isDrawing(head.toString('utf8').replace(/^\ufeff/, '')) ? 'svg' : null;
}

/** The media type of bytes that are no picture kept: a page, a picture no browser shows, or whatever. */
export function foreignType(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024)).toString('latin1');
  if (head.startsWith('\xff\x0a') || head.startsWith('\x00\x00\x00\x0cJXL ')) return 'image/jxl';
  if (/^.{4}ftyp(?:hei[cfsx]|hev[cx]|mif1|msf1)/s.test(head)) return 'image/heic';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'image/tiff';
  if (head.startsWith('%PDF-')) return 'application/pdf';
  if (/^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|title|script|h1|p|div)\b/is.test(head)) return 'text/html';
  return /^\s*[{[]/.test(head) ? 'application/json' : 'application/octet-stream';
}

/** Past what may stand before it, step by step: one pattern for all of it would try every way to part a row of comments. */
function isDrawing(text: string): boolean {
  let rest = text.trimStart();
  for (;;) {
    const [opening] = /^(?:<\?xml|<!--|<!doctype\s+svg)/i.exec(rest) ?? [''];
    if (opening === '') return /^<(?:svg:)?svg[\s>]/i.test(rest);
    const doctype = rest.slice(0, Math.max(0, rest.indexOf('>'))).includes('[') ? ']>' : '>';
    const end = opening === '<!--' ? '-->' : opening.startsWith('<?') ? '?>' : doctype;
    const at = rest.indexOf(end, opening.length);
    if (at < 0) return false;
    rest = rest.slice(at + end.length).trimStart();
  }
}

/** Width and height in pixels as shown (a turned photograph already turned), or null when the bytes do not tell. */
export function pictureSize(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    const { width, height, orientation } = imageSize(bytes);
    if (!(width > 0 && height > 0)) return null;
    const turned = orientation !== undefined && orientation >= 5 && orientation <= 8;
    return turned ? { width: height, height: width } : { width: Math.round(width), height: Math.round(height) };
  } catch {
    // A picture that cannot be measured is still shown by a browser, which is more lenient.
    return null;
  }
}

/** The bytes of a `data:` address, or null when it is none or broken. */
export function dataBytes(url: string): Uint8Array | null {
  const found = /^data:([^,]*),([\s\S]*)$/i.exec(url);
  if (!found) return null;
  const [, type = '', body = ''] = found;
  if (/;\s*base64\s*$/i.test(type)) return Buffer.from(percentDecoded(body).toString('latin1'), 'base64');
  return percentDecoded(body);
}

/** Byte by byte, since a `data:` address may hold any bytes and `decodeURIComponent` throws at most of them. */
function percentDecoded(text: string): Buffer {
  const raw = Buffer.from(text, 'utf8');
  const out = Buffer.alloc(raw.length);
  let length = 0;
  for (let i = 0; i < raw.length; i++) {
    const code = raw[i] === 0x25 ? raw.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(code)) {
      out[length++] = Number.parseInt(code, 16);
      i += 2;
    } else out[length++] = raw[i] ?? 0;
  }
  return out.subarray(0, length);
}

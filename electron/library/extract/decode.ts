import { getBOMEncoding, normalizeEncoding, TextDecoder } from '@exodus/bytes/encoding.js';
import chardet from 'chardet';
import sniffHtmlEncoding from 'html-encoding-sniffer';
import { FailureError } from '../../../shared/failure.ts';
import { undoubled } from './doubled.ts';

export type Decoded = {
  text: string;
  /** WHATWG name in lower case, such as `utf-8` or `gb18030`. */
  encoding: string;
  by: 'chosen' | 'bom' | 'header' | 'meta' | 'utf-8' | 'statistics' | 'default';
};

/** How far `<meta charset>` may stand from the start; pages with long scripts before it exist. */
const prescan = 16_384;

/**
 * Bytes to text by the ladder chosen → BOM → header → meta → UTF-8 if valid → statistics → windows-1252. A declaration
 * that the bytes contradict (it decodes to many replacement characters, or the bytes are UTF-8 beyond chance) is passed
 * over for the next rung. `contentType` is the HTTP header's value. Throws FailureError bad-input for an unknown `chosen`.
 */
export function decode(bytes: Uint8Array, contentType: string | null, chosen?: string): Decoded {
  const decoded = decodeOnce(bytes, contentType, chosen);
  return decoded.encoding === 'utf-8' ? { ...decoded, text: undoubled(decoded.text) } : decoded;
}

function decodeOnce(bytes: Uint8Array, contentType: string | null, chosen?: string): Decoded {
  if (chosen !== undefined) {
    const encoding = known(chosen);
    if (encoding === null) throw new FailureError({ kind: 'bad-input', problem: `unknown encoding ${chosen}` });
    return { text: read(bytes, encoding), encoding, by: 'chosen' };
  }
  const bom = getBOMEncoding(bytes);
  if (bom !== null) return { text: read(bytes, bom), encoding: bom, by: 'bom' };

  const utf8 = validUtf8(bytes);
  const header = known(/charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType ?? '')?.[1] ?? '');
  const meta = declaredInPage(bytes);
  for (const [encoding, by] of [[header, 'header'], [meta, 'meta']] as const) {
    if (encoding === null) continue;
    if (utf8.valid) {
      // Two declarations in three that contradict valid multi-byte UTF-8 are left over from a template.
      if (encoding === 'utf-8' || utf8.multibyte === 0 || encoding.startsWith('utf-16')) {
        if (!encoding.startsWith('utf-16') || looksUtf16(bytes)) return { text: read(bytes, encoding), encoding, by };
        continue;
      }
      return { text: read(bytes, 'utf-8'), encoding: 'utf-8', by: 'utf-8' };
    }
    const text = read(bytes, encoding);
    if (garbled(text) < 0.005) return { text, encoding, by };
  }
  if (utf8.valid) return { text: read(bytes, 'utf-8'), encoding: 'utf-8', by: 'utf-8' };

  const guess = byStatistics(bytes);
  if (guess !== null) return { text: read(bytes, guess), encoding: guess, by: 'statistics' };
  // Nothing decodes cleanly: the declaration is still the best word there is.
  const declared = header ?? meta;
  if (declared !== null) return { text: read(bytes, declared), encoding: declared, by: header === null ? 'meta' : 'header' };
  return { text: read(bytes, 'windows-1252'), encoding: 'windows-1252', by: 'default' };
}

function read(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** A label's encoding; gb2312 and gbk become gb18030, which they are parts of and which pages really use. */
function known(label: string): string | null {
  const name = normalizeEncoding(label.trim());
  if (name === null || name === 'replacement' || name === 'x-user-defined') return null;
  return name === 'gbk' ? 'gb18030' : name;
}

function declaredInPage(bytes: Uint8Array): string | null {
  const marker = 'x-user-defined';
  const found = sniffHtmlEncoding(bytes, { defaultEncoding: marker, maxPrescanBytes: prescan });
  return found === null || found === marker ? null : known(found);
}

function looksUtf16(bytes: Uint8Array): boolean {
  let zeros = 0;
  const end = Math.min(bytes.length, 2_000);
  for (let i = 0; i < end; i++) if (bytes[i] === 0) zeros++;
  return zeros > end / 4;
}

/** Share of characters that show a wrong decoding: U+FFFD, C1 controls and private use. */
function garbled(text: string): number {
  let bad = 0;
  let wide = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    wide++;
    if (code === 0xfffd || code < 0xa0 || (code >= 0xe000 && code < 0xf900)) bad++;
  }
  // A handful of broken characters in a short page is a broken page, not a wrong encoding.
  return wide === 0 ? 0 : bad / wide;
}

/** Whether the bytes are UTF-8, allowing the last character to be cut off, and how many characters took several bytes. */
function validUtf8(bytes: Uint8Array): { valid: boolean; multibyte: number } {
  let multibyte = 0;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) { i++; continue; }
    const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (length === 0) return { valid: false, multibyte };
    if (i + length > bytes.length) return { valid: true, multibyte };
    for (let k = 1; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return { valid: false, multibyte };
    multibyte++;
    i += length;
  }
  return { valid: true, multibyte };
}

const sampleSize = 65_536;

/** Asks the detector about the stretches that hold non-ASCII bytes, then checks that its answer decodes cleanly. */
function byStatistics(bytes: Uint8Array): string | null {
  const sample = highBytes(bytes);
  if (sample.length === 0) return null;
  const guesses = chardet.analyse(sample).map((match) => ({ name: known(match.name), sure: match.confidence }));
  let best: { name: string; points: number } | null = null;
  for (const { name, sure } of [...guesses, { name: 'utf-8', sure: 0 }, { name: 'gb18030', sure: 0 }]) {
    if (name === null || name.startsWith('utf-16') || name.startsWith('utf-32')) continue;
    const bad = garbled(read(sample, name));
    const points = sure - bad * 1_000;
    if (bad < 0.02 && (best === null || points > best.points)) best = { name, points };
  }
  return best?.name ?? null;
}

/** Up to 64 kB of the page's non-ASCII runs, with their neighbours: markup would drown the evidence. */
function highBytes(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(sampleSize);
  let length = 0;
  for (let i = 0; i < bytes.length && length < sampleSize - 4; i++) {
    const high = (bytes[i] ?? 0) >= 0x80;
    const near = high || (bytes[i - 1] ?? 0) >= 0x80 || (bytes[i + 1] ?? 0) >= 0x80 || (bytes[i - 2] ?? 0) >= 0x80;
    if (near) out[length++] = bytes[i] ?? 0;
    else if (length > 0 && out[length - 1] !== 0x20) out[length++] = 0x20;
  }
  return out.subarray(0, length);
}

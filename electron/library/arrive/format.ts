import { FailureError } from '../../../shared/failure.ts';

/** Signatures of files people drop by mistake; the media type tells them what it was. */
const signatures: Array<[string, string]> = [
  ['%PDF-', 'application/pdf'], ['PK\x03\x04', 'application/zip'], ['\x89PNG', 'image/png'], ['\xff\xd8\xff', 'image/jpeg'], ['GIF8', 'image/gif'],
  ['RIFF', 'image/webp'], ['\x1f\x8b', 'application/gzip'], ['\x28\xb5\x2f\xfd', 'application/zstd'], ['7z\xbc\xaf', 'application/x-7z-compressed'], ['Rar!', 'application/vnd.rar'],
  ['\x7fELF', 'application/x-executable'], ['MZ', 'application/x-msdownload'], ['\xd0\xcf\x11\xe0', 'application/msword'], ['ID3', 'audio/mpeg'], ['OggS', 'application/ogg'],
  ['wOFF', 'font/woff'], ['SQLite format 3', 'application/vnd.sqlite3'],
];

/** What a file is, by its bytes first and its name second. Throws FailureError not-a-page for anything that is not text. */
export function formatOf(name: string, bytes: Uint8Array): 'page' | 'text' | 'markdown' {
  const start = latin1(bytes.subarray(0, 4_096));
  for (const [mark, type] of signatures) if (start.startsWith(mark)) throw new FailureError({ kind: 'not-a-page', type });
  const wide = /^(?:\xff\xfe|\xfe\xff)/.test(start);
  if (!wide && isBinary(bytes)) throw new FailureError({ kind: 'not-a-page', type: 'application/octet-stream' });
  const narrow = wide ? start.replace(/\0/g, '').slice(2) : start.replace(/^\xef\xbb\xbf/, '');
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (/^(?:md|markdown|mdown|mkd)$/.test(extension)) return 'markdown';
  if (looksLikePage(narrow)) return 'page';
  if (/^(?:html?|xhtml|shtml|mhtml)$/.test(extension) && /<[a-z!]/i.test(narrow)) return 'page';
  return 'text';
}

function looksLikePage(start: string): boolean {
  const text = start.replace(/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?(?:-->|$)\s*)*/, '');
  return /^<(?:!doctype\s+html|html|head|body|meta|title|script|link|style|div|article|main|section|table|p|h[1-6])\b/i.test(text) || /<(?:html|body)\b[^>]*>/i.test(start);
}

/** Null bytes here and there are a broken page; many control bytes are no text. */
function isBinary(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, 8_192);
  let odd = 0;
  for (let i = 0; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) odd++;
  }
  return odd > end * 0.1 + 4;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** Where a saved page came from, by its own word: SingleFile's or the browser's comment, else its canonical link or og:url. */
export function sourceAddress(html: string): string | null {
  const start = html.slice(0, 200_000);
  // Tag by tag: a pattern over the whole page begins again at every unclosed `<link`.
  const tags = (start.match(/<(?:link|meta)\b[^<>]*>/gi) ?? []).filter((tag) => tag.length < 10_000);
  const inTag = (mark: RegExp, value: RegExp) => tags.map((tag) => (mark.test(tag) ? value.exec(tag)?.[1] : undefined)).find((found) => found !== undefined);
  const ways = [
    () => /<!--\s*(?:Page saved with SingleFile)[^>]{0,2000}?url:\s*(\S+)/i.exec(start)?.[1],
    () => /<!--\s*saved from url=\(\d{1,9}\)(\S{1,8000})\s*-->/i.exec(start)?.[1],
    () => inTag(/\brel\s*=\s*["']?canonical\b/i, /\bhref\s*=\s*["']?([^"'\s>]+)/i),
    () => inTag(/\bproperty\s*=\s*["']?og:url\b/i, /\bcontent\s*=\s*["']?([^"'\s>]+)/i),
  ];
  for (const way of ways) {
    const found = way()?.replace(/&amp;/g, '&');
    const url = found === undefined ? null : URL.parse(found);
    if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  }
  return null;
}

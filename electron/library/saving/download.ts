import { FailureError } from '../../../shared/failure.ts';
import { formatOf } from '../arrive/format.ts';
import { type Fetched, type FetchOptions, fetchPublic } from './fetch-public.ts';

/** A page as it came. `url` is where it was found in the end; `contentType` is the header as sent. */
export type Download = {
  url: string;
  bytes: Uint8Array;
  contentType: string | null;
  headers: Record<string, string>;
  format: 'page' | 'text' | 'markdown';
};

const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,text/markdown;q=0.8,*/*;q=0.5';
/** Pages that do nothing but send the reader on are followed like redirects. */
const refreshHops = 3;

/** Gets a page and says what it is. Throws FailureError: those of `fetchPublic`, and `not-a-page`. */
export async function download(address: string, options: Omit<FetchOptions, 'accept'>): Promise<Download> {
  let url = address;
  for (let hop = 0; ; hop++) {
    const fetched = await fetchPublic(url, { ...options, accept });
    const contentType = fetched.headers['content-type'] ?? null;
    const next = hop < refreshHops ? refreshTarget(fetched) : null;
    if (next === null) {
      const format = formatOfPage(contentType, fetched);
      return { url: fetched.url, bytes: fetched.bytes, contentType, headers: withoutOurs(fetched.headers), format };
    }
    url = next;
  }
}

/** Headers of these names are what we write down beside a kept page: no server may write them. */
const ours = new Set(['x-name', 'x-part', 'x-asked', 'x-rendered']);
const withoutOurs = (headers: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(headers).filter(([name]) => !ours.has(name)));

/** Bytes decide before the declared type, which is wrong often enough; what is neither page nor text is refused. */
export function formatOfPage(contentType: string | null, { bytes, url }: Pick<Fetched, 'bytes' | 'url'>): Download['format'] {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (bytes.byteLength === 0) throw new FailureError({ kind: 'no-article' });
  if (formatOf('', bytes) === 'page') return 'page';
  if (type === '' || type === 'text/html' || type === 'application/xhtml+xml') return 'page';
  if (type === 'text/markdown' || type === 'text/x-markdown') return 'markdown';
  if (type === 'text/plain' || type === 'application/octet-stream') return formatOf(new URL(url).pathname, bytes);
  throw new FailureError({ kind: 'not-a-page', type });
}

/** Where a small page with `<meta http-equiv="refresh">` and next to no wait sends its visitor; null for any other page. */
function refreshTarget({ bytes, url }: Fetched): string | null {
  if (bytes.byteLength > 8_000) return null;
  const text = Buffer.from(bytes).toString('utf8').replace(/<!--[\s\S]*?-->|<noscript[\s\S]*?<\/noscript>/gi, '');
  const tag = text.match(/<meta\b[^<>]*>/gi)?.find((each) => /http-equiv\s*=\s*["']?refresh\b/i.test(each)) ?? '';
  const content = /content\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
  const found = /^\s*(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(content?.[1] ?? content?.[2] ?? '');
  if (!found || Number(found[1]) > 3) return null;
  const target = URL.parse((found[2] ?? '').trim().replaceAll('&amp;', '&'), url);
  return target !== null && /^https?:$/.test(target.protocol) && target.href !== url ? target.href : null;
}

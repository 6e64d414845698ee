import type { Parsed } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { normalAddress } from '../../../shared/url.ts';
import { formatOf, sourceAddress } from '../arrive/format.ts';
import { decode } from '../extract/decode.ts';
import type { GivenFormat } from '../storage/acts.ts';

/** What was handed in; `url` is the address it says it came from. */
export type Given = { bytes: Uint8Array; name: string; format: GivenFormat; url: string | null };
/** A `saveText` as bytes. Throws `bad-address` when the address given is none. */
export function textGiven({ text, format, name, url }: Parsed<'saveText'>): Given {
  const bytes = Buffer.from(text, 'utf8');
  if (format !== 'html') return { bytes, name, format, url: addressOf(bytes, format, url) };
  // A byte order mark settles the encoding before any declaration inside the text could say otherwise.
  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
  return { bytes: marked, name, format: 'page', url: addressOf(marked, 'page', url) };
}

/** A `capture` as bytes. Throws `bad-address` for what is no page of the web. */
export function captureGiven({ url, title, html, part }: Parsed<'capture'>): Given {
  return { ...textGiven({ text: html, format: 'html', name: title, url, tags: [] }), name: title.replaceAll(/[\\/]/g, '-'), format: part };
}

/** A `saveFile` as bytes. Throws `bad-input` for broken base64, `not-a-page` for what is no text, `bad-address`. */
export function fileGiven({ name, base64, url }: Parsed<'saveFile'>): Given {
  if (!/^[A-Za-z0-9+/\s]*={0,2}$/.test(base64.trimEnd())) throw new FailureError({ kind: 'bad-input', problem: 'base64' });
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0) throw new FailureError({ kind: 'not-a-page', type: 'empty' });
  const format = formatOf(name, bytes);
  return { bytes, name, format, url: addressOf(bytes, format, url) };
}

function addressOf(bytes: Uint8Array, format: Given['format'], url: string | null): string | null {
  if (url !== null && url.trim() !== '') {
    const address = normalAddress(url);
    if (address === null) throw new FailureError({ kind: 'bad-address', address: url });
    return address;
  }
  if (format !== 'page') return null;
  const source = sourceAddress(decode(bytes.subarray(0, 400_000), null).text);
  return source === null ? null : normalAddress(source);
}

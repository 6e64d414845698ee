import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ArticleId } from '../../shared/article.ts';
import type { Parsed, Saved } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { normalAddress } from '../../shared/url.ts';
import type { ActBody, Job } from './acts.ts';
import { formatOf, sourceAddress } from './arrive/format.ts';
import { createId } from './clock.ts';
import { decode } from './decode.ts';
import { type Known, knownAddress, knownBytes, neededArrivals } from './queue-rows.ts';
import type { Store } from './store.ts';

/** A text or file on its way in: what to write down, what to answer, and whether it is to be worked on. */
export type Arrival = { acts: ActBody[]; saved: Saved; work: ArticleId | null };

/** What was handed in; `url` is the address it says it came from. */
export type Given = { bytes: Uint8Array; name: string; format: 'page' | 'text' | 'markdown'; url: string | null };

/** A `saveText` as bytes. Throws `bad-address` when the address given is none. */
export function textGiven({ text, format, name, url }: Parsed<'saveText'>): Given {
  const bytes = Buffer.from(text, 'utf8');
  if (format !== 'html') return { bytes, name, format, url: addressOf(bytes, format, url) };
  // A byte order mark settles the encoding before any declaration inside the text could say otherwise.
  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
  return { bytes: marked, name, format: 'page', url: addressOf(marked, 'page', url) };
}

/** A `saveFile` as bytes. Throws `bad-input` for broken base64, `not-a-page` for what is no text, `bad-address`. */
export function fileGiven({ name, base64, url }: Parsed<'saveFile'>): Given {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) throw new FailureError({ kind: 'bad-input', problem: 'base64' });
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0) throw new FailureError({ kind: 'not-a-page', type: 'empty' });
  const format = formatOf(name, bytes);
  return { bytes, name, format, url: addressOf(bytes, format, url) };
}

/**
 * Says which acts keep bytes that are in safety under `stored`. The same address, or the same bytes without one, are
 * known. Without a pause inside, so that two saves of one thing cannot both find it new.
 */
export function arrive(store: Store, given: Given, stored: string, tags: string[]): Arrival {
  const job: Job = { from: 'file', stored, name: given.name, format: given.format };
  const known = given.url === null ? knownBytes(store.db, stored) : knownAddress(store.db, given.url);
  const at = store.now();
  if (known !== null) {
    const settled = known.state === 'ready' || store.working.has(known.id);
    return settled ? broughtUp(known, at, tags) : renewed(known, at, given.name, tags, job);
  }
  const id = createId(Date.parse(at));
  const act: ActBody = { act: 'save', id, at, url: given.url, name: plainName(given.name), tags, job };
  return { acts: [act], saved: { id, url: given.url, outcome: 'new' }, work: id };
}

/** What is there already comes to the top, out of the trash, with the tags added. */
export function broughtUp(known: Known, at: string, tags: string[]): Arrival {
  const { id } = known;
  const acts: ActBody[] = [{ act: 'bump', id, at }, ...tags.map((tag): ActBody => ({ act: 'tag', id, tag, on: true }))];
  if (known.trashed) acts.push({ act: 'set', id, field: 'trashed', value: null });
  return { acts, saved: { id, url: known.url, outcome: 'known' }, work: null };
}

/** What was never fetched is tried again in the new way: a file given for an address that refused us, say. */
export function renewed(known: Known, at: string, name: string, tags: string[], job: Job): Arrival {
  const { id } = known;
  const acts: ActBody[] = [{ act: 'save', id, at, url: known.url, name: plainName(name), tags, job }];
  if (known.trashed) acts.push({ act: 'set', id, field: 'trashed', value: null });
  return { acts, saved: { id, url: known.url, outcome: 'known' }, work: id };
}

/** Removes bytes that waited for an article which has been made, or was given up. */
export function sweepArrivals(store: Store, only?: string): void {
  if (store.readOnly) return;
  const needed = neededArrivals(store.db);
  const folder = join(store.root, 'arrivals');
  for (const name of only === undefined ? readdirSync(folder) : [only]) {
    if (!needed.has(name)) rmSync(join(folder, name), { force: true });
  }
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

/** A file's name as a title: without its folder and its ending. */
function plainName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:html?|xhtml|txt|text|md|markdown)$/i, '').slice(0, 500);
}

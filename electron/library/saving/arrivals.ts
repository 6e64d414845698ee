import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ArticleId } from '../../../shared/article.ts';
import type { Saved } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { fetchAddress, normalAddress } from '../../../shared/url.ts';
import type { ActBody, Job } from '../storage/acts.ts';
import { keep, type Wanted } from '../articles.ts';
import { arrivalPath } from '../storage/files.ts';
import type { Given } from './given.ts';
import { madeFrom, standings, purposeOf } from './queue-rows.ts';
import type { Store } from '../storage/store.ts';
import { tellOf } from '../undo.ts';

/** What a save came to, and which articles are to be worked on because of it. */
export type Taken = { saved: Saved[]; work: ArticleId[] };

/** Keeps addresses as waiting rows, on the disk after `store.synced()`; those that failed before, or wait for their next try, have their turn again. Throws `bad-address`. */
export function takeAddresses(store: Store, wanted: readonly Wanted[], tags: readonly string[]): Taken {
  const saved = keep(store, wanted, tags, 'soon');
  const jobs = new Map(saved.map(({ id }, i) => [id, wanted[i]?.job]));
  const known = [...new Set(saved.filter(({ outcome }) => outcome === 'known').map(({ id }) => id))];
  const before = standings(store.db, known);
  const again = before.filter(({ id, state, url }) => (state === 'failed' || store.later.has(id)) && url !== null);
  renew(store, again.flatMap(({ id, url }) => [jobs.get(id)].flatMap((job) => (job ? [{ id, url, name: '', job }] : []))), 'soon');
  // A bookmark keeps the name it has.
  const bookmarks = before.filter(({ state }) => state === 'bookmark').map(({ id }): ActBody => ({ act: 'wait', id }));
  store.act(bookmarks, 'soon');
  if (bookmarks.length > 0) tellOf(store, bookmarks);
  const fresh = saved.filter(({ outcome }) => outcome === 'new').map(({ id }) => id);
  return { saved, work: [...fresh, ...[...again, ...before.filter(({ state }) => state === 'bookmark')].map(({ id }) => id)] };
}

/**
 * Keeps bytes that are in safety under `stored`. The same address, or the same bytes without one, are known; where that
 * article was never made (its site refused us, say), it is made from these bytes; with `anew` also where it was. Without a pause inside, so that two
 * saves of one thing cannot both find it new.
 */
export function takeGiven(store: Store, { url, name, format }: Given, stored: string, tags: readonly string[], anew = false): Taken {
  const job: Job = { from: 'file', stored, name, format };
  const wanted = { url, name: plainName(name), job };
  const twin = url === null ? madeFrom(store.db, stored) : null;
  const saved = twin === null ? keep(store, [wanted], tags) : [broughtUp(store, twin, tags)];
  const before = standings(store.db, saved.filter(({ outcome }) => outcome === 'known').map(({ id }) => id));
  const again = before.filter(({ id, state }) => anew || (state !== 'ready' && !store.working.has(id)));
  renew(store, again.map((standing) => ({ ...wanted, ...standing })));
  return { saved, work: [...saved.filter(({ outcome }) => outcome === 'new'), ...again].map(({ id }) => id) };
}

function broughtUp(store: Store, id: ArticleId, tags: readonly string[]): Saved {
  const acts: ActBody[] = [{ act: 'bump', id, at: store.now() }, { act: 'set', id, field: 'trashed', value: null }];
  for (const tag of tags) acts.push({ act: 'tag', id, tag, on: true });
  store.act(acts);
  tellOf(store, acts);
  return { id, url: null, outcome: 'known' };
}

function renew(store: Store, again: ReadonlyArray<{ id: ArticleId; url: string | null; name: string; job: Job }>, synced: 'now' | 'soon' = 'now'): void {
  if (again.length === 0) return;
  const at = store.now();
  const acts = again.map(({ id, url, name, job }): ActBody => ({ act: 'save', id, at, url, name, tags: [], job }));
  store.act(acts, synced);
  tellOf(store, acts);
}

/** Removes the bytes under one name when the article they waited for has been made. */
export function sweepArrival(store: Store, stored: string): void {
  if (purposeOf(store.db, stored) !== 'needed') rmSync(arrivalPath(store.root, stored), { force: true });
}

const month = 30 * 86_400_000;

/**
 * Removes what an earlier run left: half-written bytes, and those of articles that have been made. Bytes no article is
 * known for stay a month: should a journal have been lost, they are all that is left of what the reader handed in.
 */
export function sweepArrivals(store: Store): void {
  const folder = join(store.root, 'arrivals');
  for (const name of filesOfOurs(folder)) {
    const path = join(folder, name);
    const use = name.startsWith('.') ? 'made' : purposeOf(store.db, name);
    if (use === 'made' || (use === 'unknown' && statSync(path).mtimeMs < Date.now() - month)) rmSync(path, { force: true });
  }
}

/** What `storeArrival` makes there, whole or begun; anything else someone put there is not ours to remove. */
function filesOfOurs(folder: string): string[] {
  const ours = /^(?:[0-9a-f]{64}|\.[0-9a-f]{8}-[0-9a-f]{16}\.tmp)$/;
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() && ours.test(entry.name) ? [entry.name] : []));
}

/** A file's name as a title: without its folder and its ending. */
function plainName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:html?|xhtml|txt|text|md|markdown)$/i, '').slice(0, 500);
}

/** The address as it was given goes along where dropping trackers has changed it: some server may want them. Throws `bad-address`. */
export function webJob(text: string, typed: boolean): Job {
  const asked = fetchAddress(text);
  if (asked === null) throw new FailureError({ kind: 'bad-address', address: text });
  return { from: 'web', typed, ...(asked === normalAddress(text) ? {} : { asked }) };
}

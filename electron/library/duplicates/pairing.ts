import { setImmediate as breathe } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { SameBy } from '../../../shared/duplicate.ts';
import { FailureError } from '../../../shared/failure.ts';
import { addressKey } from '../../../shared/url.ts';
import { sealedOf } from '../rows.ts';
import { textOf } from '../search/search-index.ts';
import { all, get, run, transaction } from '../storage/database.ts';
import { readSealedMeta } from '../storage/parts.ts';
import { addressBucket, bucketsOf, isSeries, likeness, looksAlike, partsOf, partsSteps, sketchOf, type Parts } from './fingerprint.ts';
import { changedPairs, insertPair, removePairs } from './pairs.ts';

/*
 * Which articles are taken for the same, kept in the index as pairs. Two are a pair when they stand in one bucket that
 * is not crowded and their addresses or texts say so: that depends on nothing but the two and the bucket, so in whatever
 * order articles come, the same pairs are found. What fills a bucket beyond `crowded` is a page that says it must be
 * opened in the app, or a site whose every page names its front page: no duplicates, and no work.
 */

const crowded = 32;
/** From this size on, as it is kept, a text is taken apart in pieces. */
const large = 20_000;

type Row = { id: string; key: string | null; canonical: string | null; page_title: string | null; folder: string | null; sums: string | null };
type Print = { number: number; article: string; buckets: Uint8Array; sketch: Uint8Array | null };

/**
 * Compares at most `count` articles that are new or changed with those like them, in one transaction. `more` says
 * whether others are left, `changed` which ones have other pairs now.
 */
export function pairSome(db: DatabaseSync, root: string, count: number, texts = new Map<string, Parts>()): { more: boolean; changed: string[] } {
  const ids = all<{ article: string }>(db, 'SELECT article FROM unpaired LIMIT ?', count).map(({ article }) => article);
  if (ids.length === 0) return { more: false, changed: [] };
  const before = new Map(ids.map((id) => [id, pairsOf(db, id)]));
  transaction(db, () => {
    for (const id of ids) {
      pairArticle(db, root, id, texts);
      run(db, 'DELETE FROM unpaired WHERE article = ?', id);
    }
  });
  const touched = ids.filter((id) => pairsOf(db, id) !== before.get(id));
  // What it is or was taken for the same as shows it as well.
  const changed = [...new Set(touched.flatMap((id) => [id, ...`${before.get(id)} ${pairsOf(db, id)}`.match(/[0-9a-hjkmnp-tv-z]{20}/g) ?? []]))];
  if (changed.length > 0) changedPairs(db);
  return { more: get(db, 'SELECT 1 FROM unpaired LIMIT 1') !== undefined, changed };
}

/** Compares the next article, others being answered while its text is taken apart. */
export async function pairNext(db: DatabaseSync, root: string): Promise<{ more: boolean; changed: string[] }> {
  return pairSome(db, root, 1, await partsAhead(db));
}

/** The next article's text taken apart, in pieces; of a short one it is done when it is wanted. */
async function partsAhead(db: DatabaseSync): Promise<Map<string, Parts>> {
  const text = 'SELECT u.article, length(t.text) AS size FROM unpaired AS u JOIN texts AS t ON t.article = u.article WHERE u.article = (SELECT article FROM unpaired LIMIT 1)';
  const next = get<{ article: string; size: number }>(db, text);
  if (next === undefined || next.size < large) return new Map();
  const plain = textOf(db, next.article);
  const steps = partsSteps(plain);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) await breathe();
  // Meanwhile it may have been made anew.
  return textOf(db, next.article) === plain ? new Map([[next.article, step.value]]) : new Map();
}

const pairsOf = (db: DatabaseSync, id: string): string => JSON.stringify(all(db, 'SELECT one, other, why, open FROM pairs WHERE one = ?1 OR other = ?1 ORDER BY one, other', id));

/** Notes that an article's address or text is another now. */
export function toBePaired(db: DatabaseSync, id: string): void {
  run(db, 'INSERT OR IGNORE INTO unpaired VALUES (?)', id);
}

/** Forgets what an erased article was like. */
export function forgetPrint(db: DatabaseSync, id: string): void {
  removePairs(db, id);
  run(db, 'DELETE FROM unpaired WHERE article = ?', id);
  const print = printOf(db, id);
  if (print === undefined) return;
  leave(db, print);
  run(db, 'DELETE FROM prints WHERE number = ?', print.number);
}

function pairArticle(db: DatabaseSync, root: string, id: string, texts: Map<string, Parts>): void {
  const row = get<Row>(db, 'SELECT id, key, canonical, page_title, folder, sums FROM articles WHERE id = ? AND saved = 1', id);
  if (!row) return forgetPrint(db, id);
  const canonical = row.canonical ?? readCanonical(db, root, row);
  const parts = row.folder === null ? null : partsIn(db, id, texts);
  const sketch = parts && sketchOf(parts);
  const keys = new Set([row.key, canonical].filter((key) => key !== null && key !== ''));
  const buckets = [...[...keys].map((key) => addressBucket(key ?? '')), ...(parts === null ? [] : bucketsOf(parts, sketch))];
  const print = enter(db, id, buckets, sketch);
  removePairs(db, id);
  const others = new Set<number>();
  for (const bucket of buckets) {
    const inside = membersOf(db, bucket);
    if (inside.length <= crowded) for (const other of inside) others.add(other);
  }
  others.delete(print);
  for (const other of others) {
    const found = get<Row & { sketch: Uint8Array | null }>(db, `SELECT a.id, key, canonical, page_title, folder, sums, p.sketch FROM prints AS p JOIN articles AS a ON a.id = p.article WHERE p.number = ? AND a.saved = 1`, other);
    if (found === undefined) continue;
    const why = sameBy({ ...row, canonical }, found, parts, sketch, () => partsIn(db, found.id, texts));
    if (why !== null) insertPair(db, id, found.id, why);
  }
}

/** Why two articles are taken for the same, the surest reason first; null when they are not. */
function sameBy(one: Row, other: Row & { sketch: Uint8Array | null }, parts: Parts | null, sketch: Uint32Array | null, partsOfOther: () => Parts): SameBy | null {
  if (one.key !== null && one.key === other.key) return { why: 'address', share: null };
  const named = (row: Row) => [row.key, row.canonical].filter((key) => key !== null && key !== '');
  if (named(one).some((key) => named(other).includes(key))) return { why: 'canonical', share: null };
  if (parts === null || other.folder === null) return null;
  const theirs = other.sketch === null ? null : numbersIn(other.sketch);
  if ((sketch === null) !== (theirs === null) || (sketch !== null && theirs !== null && !looksAlike(sketch, theirs))) return null;
  const share = likeness(parts, partsOfOther());
  if (share === null) return null;
  if (share === 1) return { why: 'text', share };
  return isSeries(one.page_title ?? '', other.page_title ?? '') ? null : { why: 'near', share };
}

function partsIn(db: DatabaseSync, id: string, texts: Map<string, Parts>): Parts {
  const known = texts.get(id);
  if (known !== undefined) return known;
  const parts = partsOf(textOf(db, id));
  if (texts.size >= 200) texts.clear();
  texts.set(id, parts);
  return parts;
}

/** An index from before did not keep the address a page names for itself. */
function readCanonical(db: DatabaseSync, root: string, row: Row): string {
  let key = '';
  try {
    const sealed = sealedOf(row);
    if (sealed !== null) key = canonicalKey(readSealedMeta(root, sealed).canonical);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
  }
  run(db, 'UPDATE articles SET canonical = ? WHERE id = ?', key, row.id);
  return key;
}

/** The key of the address a page names for itself; '' for none. A whole site's front page is nobody's own. */
export function canonicalKey(address: string | null): string {
  const url = address === null ? null : URL.parse(address);
  return url === null || (url.pathname === '/' && url.search === '') ? '' : (addressKey(url.href) ?? '');
}

/** Puts an article into its buckets, out of those it was in; answers its number. */
function enter(db: DatabaseSync, id: string, buckets: readonly number[], sketch: Uint32Array | null): number {
  const packed = new Uint8Array(Float64Array.from(buckets).buffer);
  const drawn = sketch === null ? null : new Uint8Array(sketch.buffer);
  const before = printOf(db, id);
  if (before !== undefined && Buffer.from(before.buckets).equals(packed)) return before.number;
  if (before !== undefined) {
    leave(db, before);
    run(db, 'UPDATE prints SET buckets = ?, sketch = ? WHERE number = ?', packed, drawn, before.number);
  } else run(db, 'INSERT INTO prints (article, buckets, sketch) VALUES (?, ?, ?)', id, packed, drawn);
  const number = before?.number ?? printOf(db, id)?.number ?? 0;
  for (const bucket of buckets) {
    const inside = membersOf(db, bucket);
    if (run(db, 'INSERT OR IGNORE INTO buckets VALUES (?, ?)', bucket, number) > 0 && inside.length === crowded) again(db, inside);
  }
  return number;
}

function leave(db: DatabaseSync, { number, buckets }: Print): void {
  for (const bucket of new Float64Array(Uint8Array.from(buckets).buffer)) {
    if (run(db, 'DELETE FROM buckets WHERE hash = ? AND print = ?', bucket, number) === 0) continue;
    const inside = membersOf(db, bucket);
    if (inside.length === crowded) again(db, inside);
  }
}

/** A bucket has become crowded, or no longer is: what stands in it is compared once more. */
function again(db: DatabaseSync, numbers: readonly number[]): void {
  for (const number of numbers) run(db, 'INSERT OR IGNORE INTO unpaired SELECT article FROM prints WHERE number = ?', number);
}

const membersOf = (db: DatabaseSync, bucket: number): number[] =>
  all<{ print: number }>(db, 'SELECT print FROM buckets WHERE hash = ? LIMIT ?', bucket, crowded + 1).map(({ print }) => print);

const printOf = (db: DatabaseSync, id: string): Print | undefined => get<Print>(db, 'SELECT number, article, buckets, sketch FROM prints WHERE article = ?', id);

const numbersIn = (bytes: Uint8Array): Uint32Array => new Uint32Array(Uint8Array.from(bytes).buffer);

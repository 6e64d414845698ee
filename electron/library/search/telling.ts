import { setImmediate as breathe } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import { foldText, isSign, wordsOf } from '../../../shared/fold.ts';
import { get } from '../storage/database.ts';

/*
 * Which terms tell what a text is about: those that are frequent in it and rare elsewhere. A term is a word, or two
 * neighbouring signs of a script without spaces between words; both are phrases of the search index.
 */

/** So much of a text is looked at, in characters: what it is about stands there too. */
const longest = 20_000;

/** How often each term occurs in a text. Short words and bare numbers tell nothing. */
export function termsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  let before: string | null = null;
  for (const word of wordsOf(foldText(text.slice(0, longest)))) {
    const alone = isSign(word);
    const term = !alone ? word : before === null ? null : `${before} ${word}`;
    before = alone ? word : null;
    if (term !== null && (alone || (term.length > 2 && !/^\d+$/.test(term)))) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

/** In how many of a sample of texts terms occur, by a hash of them: exact enough, and of one size for every library. */
export type Commonness = { texts: number; counts: Uint16Array };

const buckets = 1 << 17;
/** So many texts, spread over the library, stand for all of them. */
const sampled = 300;

/** Looks how common terms are in a library, letting other work run in between. */
export async function sampleCommonness(db: DatabaseSync): Promise<Commonness> {
  const counts = new Uint16Array(buckets);
  const last = get<{ last: number | null }>(db, 'SELECT max(rowid) AS last FROM texts')?.last ?? 0;
  let texts = 0;
  let at = 0;
  for (let n = 0; n < sampled && db.isOpen; n++) {
    const from = Math.max(at + 1, Math.floor((n * last) / sampled));
    const row = get<{ at: number; text: Uint8Array }>(db, 'SELECT rowid AS at, text FROM texts WHERE rowid >= ? ORDER BY rowid LIMIT 1', from);
    if (row === undefined) break;
    at = row.at;
    texts += 1;
    const seen = new Set<number>();
    for (const term of termsOf(inflateRawSync(row.text).toString('utf8')).keys()) seen.add(bucketOf(term));
    for (const bucket of seen) counts[bucket] = (counts[bucket] ?? 0) + 1;
    if (n % 4 === 3) await breathe();
  }
  return { texts, counts };
}

function bucketOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & (buckets - 1);
}

/** How much each term tells: its frequency, damped, by its rarity. */
export function weigh(terms: ReadonlyMap<string, number>, { texts, counts }: Commonness): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [term, count] of terms) {
    const rarity = Math.log((texts + 1) / ((counts[bucketOf(term)] ?? 0) + 0.5));
    if (rarity > 0) weights.set(term, (1 + Math.log(count)) * rarity);
  }
  return weights;
}

/** How alike two texts are by what their terms tell: 0 nothing in common, 1 the same terms as often. */
export function alike(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let common = 0;
  for (const [term, weight] of one) common += weight * (other.get(term) ?? 0);
  const size = (weights: ReadonlyMap<string, number>) => Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0));
  return common === 0 ? 0 : common / (size(one) * size(other));
}

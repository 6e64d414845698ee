import type { DatabaseSync } from 'node:sqlite';
import type { Act } from './acts.ts';
import { run } from './database.ts';

/*
 * The manual order of a tag's list, the greatest spot first. An article that was never moved stands at the spot its time of
 * saving and its id make, so that nothing need be written until something is moved, and what comes new comes on top. A
 * moved one gets a text between those of its two neighbours: one act, whatever the list's length.
 */

/** What a spot looks like in a journal: printable, and not ending in the lowest character, below which nothing fits. */
export const spotPattern = /^[ -~]{0,199}[!-~]$/;

/** Longer spots are seldom made: the articles around are then spread anew. */
export const longestSpot = 180;

/** The length of a time of saving. Kept apart from the rest, spots sort together with `added_at, article` of `tag_rows`. */
const timeLength = 24;

/** Takes over an article's spot in a tag's list where it is the latest told. */
export function keepSpot(db: DatabaseSync, { id, tag, spot, clock }: Act & { act: 'spot' }): void {
  const text = `INSERT INTO spots (tag, article, first, rest, clock) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET first = excluded.first, rest = excluded.rest, clock = excluded.clock WHERE excluded.clock > clock`;
  const [first, rest] = spot === null ? [null, null] : halvesOf(spot);
  run(db, text, tag, id, first, rest, clock);
}

/**
 * A tag's list in manual order, as a query to be ended by LIMIT: two lists in order, merged. ?1 is the tag's number, ?2 its
 * name; `bounded`, only what follows the spot that ?3 and ?4 are.
 */
export function manualRows(bounded: boolean): string {
  const [unmoved, moved] = bounded ? ['AND (r.added_at, r.article) < (?3, ?4)', 'AND (s.first, s.rest) < (?3, ?4)'] : ['', ''];
  return `
    SELECT r.added_at AS first, r.article AS rest, r.article AS id FROM tag_rows AS r
      WHERE r.tag = ?1 ${unmoved} AND NOT EXISTS (SELECT 1 FROM spots AS s WHERE s.tag = ?2 AND s.article = r.article AND s.first IS NOT NULL)
    UNION ALL
    SELECT s.first, s.rest, s.article AS id FROM spots AS s JOIN articles AS a ON a.id = s.article
      JOIN tag_rows AS r ON r.tag = ?1 AND r.added_at = a.added_at AND r.article = a.id
      WHERE s.tag = ?2 AND s.first IS NOT NULL ${moved}
    ORDER BY 1 DESC, 2 DESC, 3 DESC`;
}

/** A spot as it is kept: sorted together with the time of saving and the id of what was never moved. */
export function halvesOf(spot: string): [first: string, rest: string] {
  return [spot.slice(0, timeLength), spot.slice(timeLength)];
}

const lowest = 0x20;
const above = 0x7f;

/** A text that sorts between two others, the lower being '' for none and the higher null. */
export function between(low: string, high: string | null): string {
  if (high === null) return after(low);
  // Two devices may have moved into the same gap: then there is nothing between, and above both is as near as can be.
  if (low >= high) return after(low);
  let made = '';
  let bound: string | null = high;
  for (let at = 0; ; at++) {
    const from = at < low.length ? low.charCodeAt(at) : lowest;
    const to = bound === null ? above : at < bound.length ? bound.charCodeAt(at) : lowest;
    if (to - from > 1) return made + String.fromCharCode((from + to) >> 1);
    if (to > from) bound = null;
    made += String.fromCharCode(from);
  }
}

/** Just above a text: below every later time of saving, so that what comes new still comes on top. */
function after(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  if (text.length > timeLength && last < above - 1) return text.slice(0, -1) + String.fromCharCode(last + 1);
  return `${text}P`;
}

/** As many texts between two others, the highest first. */
export function spread(low: string, high: string | null, count: number): string[] {
  if (count <= 0) return [];
  const middle = between(low, high);
  const upper = Math.floor((count - 1) / 2);
  return [...spread(middle, high, upper), middle, ...spread(low, middle, count - 1 - upper)];
}

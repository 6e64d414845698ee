import { crc32 } from 'node:zlib';
import type { ArticleId, Place } from '../../../shared/article.ts';
import type { LookField, LookValue } from '../../../shared/look.ts';
import { type Failure, FailureError } from '../../../shared/failure.ts';
import type { TagRule, TagRuleId } from '../../../shared/tag-rule.ts';
import type { Anchor, HighlightColour, HighlightId } from '../../../shared/highlight.ts';
import type { Sort } from '../../../shared/listing.ts';
import { readAct } from './act-shape.ts';

/** What the bytes handed in are; a `selection` is a page whose body is the article, whole. */
export type GivenFormat = 'page' | 'selection' | 'text' | 'markdown';

/**
 * How a waiting article is to be fetched, kept as the queue needs it to start again after a crash.
 * `asked` is the address as it was given, where trackers were dropped from the one kept; `stored` names a file under `arrivals/` that holds the bytes given with a text or file.
 */
export type Job =
  | { from: 'web'; typed: boolean; asked?: string }
  | { from: 'file'; stored: string; name: string; format: GivenFormat | null };

/**
 * Every change to a library as plain data. All times inside are ISO 8601 in UTC.
 * For each field the last writer by clock wins; `erase` wins over everything, for good.
 */
export type ActBody =
  /** A row that waits to be fetched, or with `bookmark` is kept as it is; `name` is the title until a better one is known. */
  | { act: 'save'; id: ArticleId; at: string; url: string | null; name: string; tags: string[]; job: Job; bookmark?: true }
  /** Brought to the top: the same address was saved again. */
  | { act: 'bump'; id: ArticleId; at: string }
  /** To be fetched (again). */
  | { act: 'wait'; id: ArticleId }
  /** The folder under `articles/` that holds the article, and the SHA-256 of each of its parts. */
  | { act: 'ready'; id: ArticleId; folder: string; sums: Record<string, string> }
  | { act: 'failed'; id: ArticleId; failure: Failure }
  /** Only the address is to be kept. */
  | { act: 'bookmark'; id: ArticleId }
  /** What a look at a bookmark's page told of it; nulls where it told nothing. */
  | { act: 'glance'; id: ArticleId; title: string | null; excerpt: string | null }
  /** `at` only where an undo gives an earlier time back: else the clock tells it. */
  | { act: 'set'; id: ArticleId; field: 'favourite' | 'archived'; value: boolean; at?: string }
  /** When it was finished or trashed; null takes that back. */
  | { act: 'set'; id: ArticleId; field: 'finished' | 'trashed'; value: string | null }
  /** The reader's own title and note; null gives the page's title back, and takes the note away. */
  | { act: 'set'; id: ArticleId; field: 'title' | 'note'; value: string | null }
  /** What one article's own look has in one respect; null makes it like all others there. */
  | { act: 'look'; id: ArticleId; field: LookField; value: LookValue | null }
  | { act: 'tag'; id: ArticleId; tag: string; on: boolean }
  /** Where the reader stopped; `carried` over from a duplicate, which begins no reading of this one. */
  | { act: 'place'; id: ArticleId; at: string; place: Place | null; carried?: true }
  /** How long an article was read on one day on this device, all in all: the most counts. */
  | { act: 'read'; id: ArticleId; day: string; seconds: number }
  /** A stretch of an article's text marked by the reader. */
  | { act: 'highlight'; id: ArticleId; highlight: HighlightId; at: string; anchor: Anchor; colour: HighlightColour; note: string }
  | { act: 'setHighlight'; id: ArticleId; highlight: HighlightId; field: 'colour'; value: HighlightColour }
  | { act: 'setHighlight'; id: ArticleId; highlight: HighlightId; field: 'note'; value: string }
  | { act: 'setHighlight'; id: ArticleId; highlight: HighlightId; field: 'anchor'; value: Anchor }
  | { act: 'setHighlight'; id: ArticleId; highlight: HighlightId; field: 'removed'; value: boolean }
  | { act: 'erase'; id: ArticleId }
  /** A site's icon, a stored picture; null where a look found none. */
  | { act: 'icon'; host: string; file: string | null; at: string }
  /** The reader's tag rules have been applied to it, as the acts beside this one: they are not again. */
  | { act: 'ruled'; id: ArticleId }
  /** A tag rule as it now is; null when it is gone. */
  | { act: 'rule'; rule: TagRuleId; value: TagRule | null }
  /** The reader says that two articles are not the same, or takes that back; `one` is the smaller id. */
  | { act: 'apart'; one: ArticleId; other: ArticleId; on: boolean }
  /** The reader says that two tags that are alike do not mean the same, or takes that back; `one` is the smaller name. */
  | { act: 'tagsApart'; one: string; other: string; on: boolean }
  /** A search kept in the sidebar, as a whole: last writer wins; null keeps it no longer. `place` orders them. */
  | { act: 'search'; search: string; value: SearchValue | null }
  /** Home's shelves, whole and in order; null gives the automatic choice back. */
  | { act: 'shelves'; tags: string[] | null }
  /** What is kept about a tag itself; null gives back what it is without. `colour` is a colour's name. */
  | { act: 'about'; tag: string; field: 'description' | 'colour' | 'order'; value: string | null }
  /** How many titles its shelf shows, and whether it is folded. */
  | { act: 'about'; tag: string; field: 'titles'; value: number | null }
  | { act: 'about'; tag: string; field: 'folded'; value: boolean | null }
  /** Where an article stands in a tag's manual order (`spots.ts`); null puts it back where its time of saving has it. */
  | { act: 'spot'; id: ArticleId; tag: string; spot: string | null };

/** What is kept of a search. */
export type SearchValue = { name: string; query: string; sort: Sort; place: number };

/** An act with the clock that orders it among all acts of all devices. */
export type Act = ActBody & { clock: string };

/** One journal line, with its line feed; `sum` is the CRC-32 of the line without it. What would not read back is refused. */
export function encodeAct(act: Act): string {
  if (readAct(act) === null) throw new FailureError({ kind: 'internal', detail: `An act of no known shape: ${act.act}` });
  const text = JSON.stringify(act);
  return `${text.slice(0, -1)},"sum":"${sumOf(text)}"}\n`;
}

/** A journal line without its line feed, or null when it is not what was once written, or nothing we would write. */
export function decodeAct(line: string): Act | null {
  const end = /,"sum":"([0-9a-f]{8})"\}$/.exec(line);
  if (!end) return null;
  const text = `${line.slice(0, end.index)}}`;
  if (sumOf(text) !== end[1]) return null;
  try {
    return readAct(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function sumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

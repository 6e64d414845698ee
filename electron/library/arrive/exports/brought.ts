import type { ImportFormat } from '../../../../shared/import-format.ts';
import { FailureError } from '../../../../shared/failure.ts';
import { joinedNoteLimit, noteLimit } from '../../../../shared/note.ts';
import type { Refusal, Refused } from '../../../../shared/recognise.ts';
import { longestAddress } from '../../../../shared/recognise.ts';
import { TagName } from '../../../../shared/tag.ts';
import { addressKey, normalAddress } from '../../../../shared/url.ts';

/** A passage marked elsewhere; `at` in ISO 8601, null where nothing tells. */
export type BroughtHighlight = { quote: string; note: string; at: string | null };

/**
 * One entry of another service's export. `title` is '' where none is known; times are ISO 8601 in UTC. `folder` is the path it
 * lies in, outermost first. `text` gives the article that came along, as HTML, when it is asked for; null where only the address came.
 */
export type Brought = {
  url: string;
  title: string;
  at: string | null;
  tags: string[];
  folder: string[];
  archived: boolean;
  favourite: boolean;
  finished: boolean;
  note: string;
  highlights: BroughtHighlight[];
  byline: string;
  publishedAt: string;
  text: (() => Promise<string>) | null;
};

/** Everything a file held, each page once. */
export type BroughtAll = { format: ImportFormat; entries: Brought[]; repeated: number; left: number; refused: Refused[] };

/** What a reader of one format makes of an entry: only what is known. */
export type Found = Partial<Omit<Brought, 'url'>> & { url: string };

const mostRefused = 100;
/** More than any reader has saved: a file that says more is told so, before it fills the memory. */
const mostEntries = 500_000;
/** What one page may have of each, however many lines name it; a journal line takes no more than 1,000 tags. */
const mostTags = 300;
const mostHighlights = 2_000;
/** Folders nested deeper than a tag has room for. */
export const deepest = 50;

/** A folder's path with another folder in it; beyond any depth a tag can show it is the same. */
export const within = (folder: readonly string[], name: string): string[] => (folder.length >= deepest ? [...folder] : [...folder, name]);

/** Gathers entries: each page once, with everything that any of its lines says. */
export function gather(format: ImportFormat, found: Iterable<Found>): BroughtAll {
  const byKey = new Map<string, Brought>();
  const refused: Refused[] = [];
  let [repeated, left, line] = [0, 0, 0];
  for (const one of found) {
    line += 1;
    const url = one.url.trim();
    const why = refusalOf(url);
    if (why !== null) {
      left += 1;
      if (refused.length < mostRefused) refused.push({ line, text: (url || one.title || '').slice(0, 200), why });
      continue;
    }
    const entry = toBrought(url, one);
    const key = addressKey(url) ?? url;
    const before = byKey.get(key);
    if (before === undefined && byKey.size >= mostEntries) throw new FailureError({ kind: 'too-many-entries', limit: mostEntries });
    if (before === undefined) byKey.set(key, entry);
    else {
      repeated += 1;
      join(before, entry);
    }
  }
  return { format, entries: [...byKey.values()], repeated, left, refused };
}

function refusalOf(url: string): Refusal | null {
  if (url.length > longestAddress) return 'too-long';
  if (/^https?:\/\//i.test(url)) return normalAddress(url) === null ? 'no-address' : null;
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? 'not-web' : 'no-address';
}

function toBrought(url: string, found: Found): Brought {
  const title = (found.title ?? '').replace(/\s+/g, ' ').trim();
  return {
    url, title: title === url || title === 'Problem loading page' ? '' : cut(title, 500),
    at: found.at ?? null, tags: cleanTags(found.tags ?? []), folder: (found.folder ?? []).slice(0, deepest).map((name) => name.trim()).filter((name) => name !== ''),
    archived: found.archived ?? false, favourite: found.favourite ?? false, finished: found.finished ?? false,
    note: (found.note ?? '').replace(/\r\n?/g, '\n').trim().slice(0, noteLimit), highlights: (found.highlights ?? []).slice(0, mostHighlights), byline: found.byline ?? '', publishedAt: found.publishedAt ?? '',
    text: found.text ?? null,
  };
}

/** The same page once more: nothing either says is lost, and the earlier time counts. */
function join(one: Brought, other: Brought): void {
  one.title ||= other.title;
  // Asked first, so that a page named a hundred thousand times is not gone through anew for each.
  if (one.tags.length < mostTags) one.tags = [...new Set([...one.tags, ...other.tags, ...(one.folder.length > 0 && other.folder.length > 0 ? cleanTags([folderTag(other.folder)]) : [])])].slice(0, mostTags);
  if (one.folder.length === 0) one.folder = other.folder;
  if (one.at === null || (other.at !== null && other.at < one.at)) one.at = other.at ?? one.at;
  // Unread anywhere is unread.
  one.archived &&= other.archived;
  one.finished &&= other.finished;
  one.favourite ||= other.favourite;
  if (other.note !== '' && one.note.length + 2 + other.note.length <= joinedNoteLimit && !one.note.includes(other.note)) one.note = one.note === '' ? other.note : `${one.note}\n\n${other.note}`;
  mark(one, other.highlights);
  one.text ??= other.text;
}

/** Adds passages to a page's, each once. */
export function mark(entry: Brought, highlights: readonly BroughtHighlight[]): void {
  if (highlights.length === 0 || entry.highlights.length >= mostHighlights) return;
  const quotes = new Set(entry.highlights.map(({ quote }) => quote));
  entry.highlights = [...entry.highlights, ...highlights.filter(({ quote }) => !quotes.has(quote))].slice(0, mostHighlights);
}

/** Cut between two signs, never within one; what was cut so elsewhere is mended: half a sign reads back as another. */
const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '').toWellFormed();

/** A folder's path as a nested tag. A stroke inside a folder's name would nest where nothing does. */
export const folderTag = (folder: readonly string[]): string => folder.map((name) => name.replaceAll('/', '／')).join('/');

/** Tags as this library writes them: commas, which divide tags, are written full-width; what is too long is cut. */
export function cleanTags(tags: readonly string[]): string[] {
  const clean = tags.map((tag) => TagName.safeParse(cut(tag.slice(0, 1_000).replaceAll(',', '，').replace(/\p{Cc}+/gu, ' ').trim().replace(/^#(?=.)/u, ''), 100)).data ?? '');
  return [...new Set(clean)].filter((tag) => tag !== '').slice(0, 100);
}

/** A number as a time: seconds, milli- or microseconds since 1970, or as Chrome counts since 1601, told apart by their size. Null for what is no time of this web. */
export function timeOf(number: number): string | null {
  if (!Number.isFinite(number) || number <= 0) return null;
  const milliseconds = number > 1e16 ? number / 1_000 - 11_644_473_600_000 : number > 1e14 ? number / 1_000 : number > 1e11 ? number : number * 1_000;
  return ofThisWeb(milliseconds);
}

/** A time as text: a number of any of those kinds, or a date with or without a zone (then UTC). */
export function dateOf(text: string): string | null {
  const plain = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(plain)) return timeOf(Number(plain));
  if (!/^\d{4}-\d{2}-\d{2}/.test(plain)) return null;
  const iso = plain.replace(' ', 'T').replace(/ (?=[+-]\d)/, '');
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(iso) ? iso : iso.length === 10 ? `${iso}T00:00:00Z` : `${iso}Z`;
  return ofThisWeb(Date.parse(zoned));
}

/** Saved before there was a web, or tomorrow, is a mistake. */
function ofThisWeb(milliseconds: number): string | null {
  if (!Number.isFinite(milliseconds) || milliseconds < Date.UTC(1990, 0) || milliseconds > Date.now() + 86_400_000) return null;
  return new Date(milliseconds).toISOString();
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The signs behind XML's five names and behind numbers. */
export const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|quot|apos|amp));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });

/** A text that came along counts as the article where it is more than a teaser. */
export function hasText(html: string | null | undefined): html is string {
  if (typeof html !== 'string' || html.length < 200) return false;
  const text = html.replace(/<[^<>]*>/g, ' ').replace(/\s+/g, ' ').trim();
  if (/^wallabag can't retrieve contents for this article/i.test(text)) return false;
  const han = text.match(/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/gu)?.length ?? 0;
  return text.length + han * 2 > 500;
}

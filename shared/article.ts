import { z } from 'zod';
import type { Copy } from './duplicate.ts';
import type { Failure } from './failure.ts';
import type { Look } from './look.ts';

/** Sortable by time of saving: 10 base-32 digits of milliseconds, then 10 random ones. */
export const ArticleId = z.string().regex(/^[0-9a-hjkmnp-tv-z]{20}$/);
export type ArticleId = z.infer<typeof ArticleId>;

/**
 * A time as a page gives it. `local` is `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or `YYYY-MM-DDTHH:MM:SS`, as precise as
 * the page was; `offset` is `Z` or `±HH:MM`, null where nothing is known; `assumed` says that the offset is our guess.
 */
export type Moment = { local: string; offset: string | null; assumed: boolean };

/** Where an article is on its way from an address to the shelf. */
export type Stage =
  | { state: 'waiting'; retry?: NextTry; rest?: HostRest }
  /** `title` once the page has been read, while its pictures are still on their way. */
  | { state: 'working'; step: Step; done: number; of: number; title?: string }
  | { state: 'ready' }
  | { state: 'failed'; failure: Failure }
  /** Only the address is kept. */
  | { state: 'bookmark' };

/** An article that could not be had waits for its next try: when, in ISO 8601, and what went wrong so far. */
export type NextTry = { at: string; failure: Failure };

/** A host that is left alone until then, in ISO 8601: because it asked for that, or because it gave no good answer several times. */
export type HostRest = { host: string; until: string; why: 'asked' | 'trouble' };

/** The steps a reader sees in the queue, in order; `render` only for pages made by script. `done`/`of` count bytes for `download`, pictures for `pictures`. */
export type Step = 'download' | 'extract' | 'render' | 'pictures' | 'store';

/**
 * Where the reader stopped. `block` counts the body's top-level blocks from 0; `quote` is the start of that block's
 * text (at most 60 characters), so that the place is found again when blocks shift; `offset` is in characters into the block.
 */
export const Place = z.strictObject({
  block: z.int().min(0).max(1_000_000),
  quote: z.string().max(60),
  offset: z.int().min(0).max(10_000_000),
  /** How far through the article, 0 to 1. */
  progress: z.number().min(0).max(1),
});
export type Place = z.infer<typeof Place>;

/** One entry of a list found on the page, its address absolute; null where the list came as plain text, titles alone. */
export type ResourceLink = { text: string; url: string | null };
/**
 * A link list found on the page; `title` is its heading as printed, `more` the address behind 更多>> / "More". `inText` marks
 * links of the article's own text: a round-up that the text is made of, or links in passing within its sentences.
 */
export type ResourceList = { title: string; more: string | null; links: ResourceLink[]; inText?: 'round-up' | 'passing' };

/** One picture the article refers to: either stored (`file` is `<sha256>.<ext>`; `cut` when the site's own file breaks off before its end) or missing, with the reason. */
export type Picture =
  | { url: string; state: 'stored'; file: string; bytes: number; width: number | null; height: number | null; cut?: true }
  | { url: string; state: 'missing'; failure: Failure };

/**
 * From how many pages an article was joined, and the page after them that is not here: `failure` says why, null where it
 * has not been asked for.
 */
export type Pages = { joined: number; missing: { url: string; failure: Failure | null } | null };

/** The promise that an article opens offline, counted rather than hoped. `bytes` is text and pictures together. */
export type Certificate = { pictures: number; stored: number; bytes: number; at: string };

/** What a list shows of an article: never its text. Times are ISO 8601 in UTC unless they are a `Moment`. */
export type Row = {
  id: ArticleId;
  /** The page's address; null for a text or file without one. */
  url: string | null;
  title: string;
  /** Host without `www.`, or null. */
  host: string | null;
  site: string | null;
  byline: string | null;
  excerpt: string;
  /** `<sha256>.<ext>` of a stored picture. */
  leadPicture: string | null;
  /** The site's icon, named the same way. */
  icon: string | null;
  /** What the reader wrote about it; in a list only how it begins. */
  note: string | null;
  /** Whether there is a small picture made of it. */
  thumb: boolean;
  publishedAt: Moment | null;
  addedAt: string;
  lang: string | null;
  dir: 'ltr' | 'rtl';
  minutes: number;
  /** How many links a list page has; null for an article. */
  links: number | null;
  /** 0 to 1. */
  progress: number;
  tags: string[];
  /** When it was begun to be read, and last read. */
  startedAt: string | null;
  readAt: string | null;
  favourite: boolean;
  favouritedAt: string | null;
  archived: boolean;
  archivedAt: string | null;
  /** When it was read to its end, or marked so. */
  finishedAt: string | null;
  trashedAt: string | null;
  stage: Stage;
};

/** A whole article for the reader. */
export type Article = Row & {
  /** Sanitised body; pictures as `/files/<2 hex>/<sha256>.<ext>`; a missing one is `<img data-missing="n">`, n into `pictures`. */
  html: string;
  words: number;
  /** 来源: who the page says it took the text from. `doubtful` marks a value that cannot be a name, such as a bare number. */
  source: { text: string; doubtful: boolean } | null;
  modifiedAt: Moment | null;
  breadcrumb: string[];
  /** Tags offered from the breadcrumb and the page's own keywords, without those the article has already. */
  offeredTags: string[];
  resources: ResourceList[];
  pictures: Picture[];
  certificate: Certificate | null;
  /** Null for an article of one page. */
  pages: Pages | null;
  place: Place | null;
  /** How it alone looks, where that differs from all others. */
  look: Look;
  /** What else the library has of the same; empty for most. */
  copies: Copy[];
  /** Parts whose stored bytes no longer match their hash; empty when all is well. */
  damaged: string[];
};

import { z } from 'zod';
import { ArticleId } from './article.ts';

/** Colours a highlight may have, in the order they are offered; each also has an underline of its own, so that none is told by colour alone. */
export const highlightColours = ['yellow', 'green', 'blue', 'pink', 'purple'] as const;
export const HighlightColour = z.enum(highlightColours);
export type HighlightColour = z.infer<typeof HighlightColour>;

/** Sortable by time of making, like an article's. */
export const HighlightId = ArticleId;
export type HighlightId = z.infer<typeof HighlightId>;

/** How long a marked text may be, in UTF-16 units; how much of what stands around it is kept; how long a note may be. */
export const longestQuote = 10_000;
export const surroundings = 64;
export const longestNote = 20_000;

/**
 * Where a highlight is, as a W3C text quote with a text position: `quote` with what stands before and after it, white space
 * folded to single blanks; `start` and `end` count the article's folded signs (`anchor-text.ts`), in which blanks do not count.
 * `twins` is in how many other places the article had the very same text when it was marked.
 */
export const Anchor = z.strictObject({
  quote: z.string().min(1).max(longestQuote).refine((text) => text.trim() !== ''),
  prefix: z.string().max(surroundings),
  suffix: z.string().max(surroundings),
  start: z.int().min(0).max(100_000_000),
  end: z.int().min(0).max(100_000_000),
  twins: z.int().min(0).max(100_000),
});
export type Anchor = z.infer<typeof Anchor>;

/** A place in an article's folded text, `[start, end)`. */
export type Located = { start: number; end: number };

/**
 * A stretch of an article the reader marked. `note` is '' for none. `located` is where its text is now, null where it is no
 * longer found (an orphan) or the article has no text at the moment (`orphan` is false then). Times are ISO 8601 in UTC.
 */
export type Highlight = {
  id: HighlightId;
  article: ArticleId;
  colour: HighlightColour;
  note: string;
  anchor: Anchor;
  madeAt: string;
  located: Located | null;
  orphan: boolean;
};

/** A highlight as the list of all shows it, with what it takes to name its article. */
export type ListedHighlight = Highlight & { title: string; host: string | null; site: string | null; lang: string | null; dir: 'ltr' | 'rtl' };

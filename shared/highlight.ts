import type { ArticleId } from './article.ts';

/** Colours a highlight may have, in the order they are offered; each also has an underline of its own, so that none is told by colour alone. */
export const highlightColours = ['yellow', 'green', 'blue', 'pink', 'purple'] as const;
export type HighlightColour = (typeof highlightColours)[number];

/** Sortable by time of making, like an article's. */
export type HighlightId = ArticleId;

/** How long a marked text may be, in UTF-16 units; how much of what stands around it is kept; how long a note may be. */
export const longestQuote = 10_000;
export const surroundings = 64;
export const longestNote = 20_000;

/**
 * Where a highlight is, as a W3C text quote with a text position: `quote` with what stands before and after it, white space
 * folded to single blanks; `start` and `end` count the article's folded signs (`anchor-text.ts`), in which blanks do not count.
 * `twins` is in how many other places the article had the very same text when it was marked.
 */
export type Anchor = { quote: string; prefix: string; suffix: string; start: number; end: number; twins: number };

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

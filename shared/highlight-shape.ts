import { z } from 'zod';
import { ArticleId } from './article.ts';
import { highlightColours, longestQuote, surroundings, type Anchor as Place } from './highlight.ts';

/** The shapes of what the reader highlights, for the door and the journal. */
export const HighlightColour = z.enum(highlightColours);
export const HighlightId = ArticleId;
export const Anchor: z.ZodType<Place, Place> = z.strictObject({
  quote: z.string().min(1).max(longestQuote).refine((text) => text.trim() !== ''),
  prefix: z.string().max(surroundings),
  suffix: z.string().max(surroundings),
  start: z.int().min(0).max(100_000_000),
  end: z.int().min(0).max(100_000_000),
  twins: z.int().min(0).max(100_000),
});

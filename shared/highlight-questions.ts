import { z } from 'zod';
import { ArticleId } from './article.ts';
import type { Undo } from './contract.ts';
import { longestNote, type Highlight, type ListedHighlight } from './highlight.ts';
import { Anchor, HighlightColour, HighlightId } from './highlight-shape.ts';
import { question } from './question.ts';
import { TagName } from './tag.ts';

/** What may be asked about highlights; part of the contract. */
export const highlightQuestions = {
  /** An article's highlights in the order of its text, then those whose text is no longer found. */
  highlights: question(z.strictObject({ id: ArticleId })).as<Highlight[]>(),
  /** Marks a stretch of an article. */
  highlight: question(z.strictObject({ id: ArticleId, anchor: Anchor, colour: HighlightColour, note: z.string().max(longestNote).default('') })).as<Undo & { highlight: Highlight['id'] }>(),
  /** Changes what is given of a highlight; `anchor` puts it somewhere else, such as an orphan where it belongs. */
  changeHighlight: question(
    z.strictObject({
      id: ArticleId,
      highlight: HighlightId,
      colour: HighlightColour.optional(),
      note: z.string().max(longestNote).optional(),
      anchor: Anchor.optional(),
    }),
  ).as<Undo>(),
  removeHighlights: question(z.strictObject({ id: ArticleId, highlights: z.array(HighlightId).min(1).max(10_000) })).as<Undo>(),
  /**
   * Highlights of every article outside the trash, newest first, narrowed by words of quote or note, a colour, a tag of the
   * article with its children. `after` is the last one of the page before; `more` says that there is another.
   */
  allHighlights: question(
    z.strictObject({
      find: z.string().max(500).default(''),
      colour: HighlightColour.nullable().default(null),
      tag: TagName.nullable().default(null),
      notes: z.boolean().default(false),
      after: z.strictObject({ madeAt: z.string().max(40), id: HighlightId }).nullable().default(null),
      count: z.int().min(1).max(200).default(50),
    }),
  ).as<{ highlights: ListedHighlight[]; more: boolean }>(),
  /** An article's highlights with their notes as Markdown that leads back to where they are; of all articles for null. */
  exportHighlights: question(z.strictObject({ id: ArticleId.nullable() })).as<{ text: string; count: number }>(),
};

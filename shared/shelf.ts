import { z } from 'zod';
import { ArticleId, type Row } from './article.ts';
import type { Sort, Undo } from './contract.ts';
import { question } from './question.ts';
import { descriptionLimit, mostTitles } from './limits.ts';
import { tagColours } from './tag-colour.ts';
import { TagName } from './tag.ts';

/** A tag's resource list on Home. A folded one has no rows. */
export type Shelf = { tag: string; count: number; unread: number; order: Sort; titles: number; folded: boolean; rows: Row[] };

/** What a tag's page shows beside its list. `sites` are the most frequent ones, `children` the tags nested just below it. */
export type TagPage = {
  tag: string;
  description: string | null;
  count: number;
  unread: number;
  /** Reading time of the whole list. */
  minutes: number;
  order: Sort;
  sites: Array<{ host: string; count: number }>;
  children: Array<{ tag: string; count: number }>;
  /** Whether it has a shelf on Home. */
  shelved: boolean;
};

/** What may be asked about shelves and tags' pages; part of the contract. `sorts` are the orders a list may have. */
export const shelfQuestions = <S extends z.ZodType<Sort>>(sorts: S) => ({
  /** Home's shelves, whole and in order. */
  shelves: question(z.strictObject({ tags: z.array(TagName).max(100) })).as<Undo>(),
  tagPage: question(z.strictObject({ tag: TagName })).as<TagPage>(),
  /** What is kept about a tag; null gives back what it is without. What is left out stays. */
  setTag: question(
    z.strictObject({
      tag: TagName,
      description: z.string().trim().max(descriptionLimit).transform((text) => (text === '' ? null : text)).nullable().optional(),
      colour: z.enum(tagColours).nullable().optional(),
      order: sorts.nullable().optional(),
      titles: z.int().min(1).max(mostTitles).nullable().optional(),
      folded: z.boolean().nullable().optional(),
    }),
  ).as<Undo>(),
  /** Puts articles, in this order, just below another in a tag's manual order; null is the top. */
  arrange: question(
    z.strictObject({ tag: TagName, ids: z.array(ArticleId).min(1).max(1_000), below: ArticleId.nullable() }),
  ).as<Undo>(),
});

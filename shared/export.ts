import { z } from 'zod';
import { ArticleId } from './article.ts';
import type { Sort, Where } from './contract.ts';
import { question } from './question.ts';

/** What a list can leave as; the formats of `electron/library/leave/`. */
export const listFormats = ['html', 'markdown', 'opml', 'bookmarks'] as const;
export type ListFormat = (typeof listFormats)[number];

/** What may be asked to hand a list out; part of the contract. */
export const exportQuestions = <W extends z.ZodType<Where>, S extends z.ZodType<Sort>>(where: W, sort: S) => ({
  /**
   * Begins to hand a list (as it stands now) or chosen articles out as one file; its parts are fetched by `exportPart`, so
   * that a file of any size passes. `texts` takes the articles' own texts along, where the format has room for them.
   */
  exportList: question(
    z.strictObject({
      what: z.union([z.strictObject({ where, sort }), z.strictObject({ ids: z.array(ArticleId).min(1).max(100_000) })]),
      as: z.enum(listFormats),
      texts: z.boolean().default(false),
      /** What the list is called, in the file and as its name. */
      title: z.string().max(300),
    }),
  ).as<{ token: string; name: string; total: number }>(),
  /** The next part of the file; with `last` it is whole and the token spent. */
  exportPart: question(z.strictObject({ token: z.string().max(100) })).as<{ text: string; done: number; last: boolean }>(),
});

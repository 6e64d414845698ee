import { z } from 'zod';
import { ArticleId } from './article.ts';
import type { Saved, Undo } from './contract.ts';
import { joinedNoteLimit, noteLimit } from './note.ts';
import { question } from './question.ts';
import { TagName } from './tag.ts';

const Ids = z.array(ArticleId).min(1).max(100_000);

/** What may be asked about bookmarks and notes; part of the contract. */
export const bookmarkQuestions = {
  /**
   * Keeps addresses alone, on disk before this answers; their pages are only looked at for a title and the site's icon.
   * What the library has already stays what it is, and takes tags and notes on.
   */
  bookmark: question(
    z.strictObject({
      pages: z
        .array(z.strictObject({ url: z.string().min(1).max(8_000), title: z.string().max(1_000).default(''), note: z.string().max(noteLimit).default('') }))
        .min(1)
        .max(10_000),
      tags: z.array(TagName).max(100).default([]),
      typed: z.boolean().default(true),
    }),
  ).as<Saved[]>(),
  /** Saves the pages of these bookmarks, as if their addresses had been saved; `'all'` is every one outside the trash. */
  saveBookmarks: question(z.strictObject({ ids: z.union([Ids, z.literal('all')]) })).as<{ count: number }>(),
  /** Of what could not be saved only the address is kept. */
  toBookmarks: question(z.strictObject({ ids: Ids })).as<Undo>(),
  /** What the reader writes about an article or a bookmark; empty takes it away. */
  note: question(z.strictObject({ id: ArticleId, text: z.string().max(joinedNoteLimit) })).as<Undo>(),
};

import { z } from 'zod';
import { ArticleId, type Row } from './article.ts';
import type { Undo } from './contract.ts';
import { question } from './question.ts';
import type { BlockChange } from './trial.ts';

/**
 * Why two articles are taken for the same: one address, one address that the page names for itself, one text, or nearly
 * one text, of which `share` is the same (0 to 1).
 */
export type SameBy = { why: 'address' | 'canonical'; share: null } | { why: 'text' | 'near'; share: number };

/** Another article that the library has of the same. */
export type Copy = { row: Row } & SameBy;

/** Articles taken for the same; `pairs` says of which two why. */
export type DuplicateGroup = { rows: Row[]; pairs: Array<{ one: ArticleId; other: ArticleId } & SameBy> };

/** One of two articles beside the other. */
export type Side = { row: Row; words: number; pictures: { stored: number; of: number }; note: string | null; highlights: number };

/** Two articles compared: what each is, and how the text of the second differs from the first's. */
export type Comparison = {
  sides: [Side, Side];
  same: SameBy | null;
  kept: number;
  added: number;
  removed: number;
  changes: BlockChange[];
  unshown: number;
};

/** What may be asked about duplicates; part of the contract. */
export const duplicateQuestions = {
  /** Groups of articles that are taken for the same, the newest first. */
  duplicates: question(z.strictObject({ from: z.int().min(0).max(1_000_000).default(0), count: z.int().min(1).max(200).default(50) })).as<{ total: number; groups: DuplicateGroup[] }>(),
  compare: question(z.strictObject({ one: ArticleId, other: ArticleId })).as<Comparison>(),
  /**
   * One article takes over the tags, notes, highlights, the earliest date, the favourite and the further place of others, which
   * go to the trash; the undo gives back everything as it was.
   */
  merge: question(z.strictObject({ id: ArticleId, others: z.array(ArticleId).min(1).max(100) })).as<Undo>(),
  /** The reader says that one is not the same as the others; that is remembered. */
  keepApart: question(z.strictObject({ id: ArticleId, others: z.array(ArticleId).min(1).max(100) })).as<Undo>(),
};

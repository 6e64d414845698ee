import { z } from 'zod';
import { ArticleId, type Row } from './article.ts';
import type { Undo } from './contract.ts';
import { question } from './question.ts';
import { TagRule, TagRuleId, type KeptRule } from './tag-rule.ts';
import { TagName, type Tag } from './tag.ts';

/** What may be asked about tags as a whole and about the reader's tag rules; part of the contract. */
export const tagQuestions = {
  /**
   * Gives tags another name everywhere, with all that is nested in them. A name that is there already takes them in: so
   * one is renamed or merged, many are merged. Null takes them off everything; the articles stay. `count` is of articles.
   * With `most` it ends after about so many of them: `left` are to be done, by asking again `after` the last, with the undo as `joins`.
   */
  retag: question(
    z.strictObject({
      tags: z.array(z.string().min(1).max(200)).min(1).max(1_000), to: TagName.nullable(),
      most: z.int().min(1).max(10_000).optional(), after: ArticleId.optional(), joins: z.string().max(100).optional(),
    }),
  ).as<Undo & { count: number; left?: number; after?: ArticleId }>(),
  /** Tags that seem to mean the same, spelt differently: each group with the fullest first. */
  alikeTags: question(z.strictObject({})).as<Tag[][]>(),
  /** Remembers that tags which look alike do not mean the same, so that they are pointed out no more; or, `on` false, forgets it. */
  keepTagsApart: question(z.strictObject({ tags: z.array(TagName).min(2).max(50), on: z.boolean().default(true) })).as<Undo>(),
  /** The pairs of tags in use that are kept apart although they look alike. */
  tagsApart: question(z.strictObject({})).as<Array<[string, string]>>(),
  /** The reader's tag rules, in the order in which they were made. */
  tagRules: question(z.strictObject({})).as<KeptRule[]>(),
  /** Keeps a rule: a new one where `rule` is null; a `value` of null takes it away. What it did stays done. */
  keepTagRule: question(z.strictObject({ rule: TagRuleId.nullable().default(null), value: TagRule.nullable() })).as<Undo & { id: TagRuleId }>(),
  /** How many of the articles here a rule would change, and the newest of them; changes nothing. */
  tryTagRule: question(z.strictObject({ rule: TagRule, count: z.int().min(1).max(100).default(5) })).as<{ total: number; rows: Row[] }>(),
  /** Applies a rule to everything it would change. */
  applyTagRule: question(z.strictObject({ rule: TagRule })).as<Undo & { count: number }>(),
};

import { z } from 'zod';
import { ArticleId } from './article.ts';
import { TagName } from './tag.ts';

/*
 * The reader's own tag rules: what holds for an article, and what is then done with it once, when it has become ready.
 * (A site rule is something else: it says where a site has its article.)
 */

const text = z.string().trim().min(1).max(200);

/** One condition. `tag` also holds for the tags nested in it; minutes are reading time, and the limit itself is neither. */
export const Condition = z.discriminatedUnion('by', [
  z.strictObject({ by: z.enum(['site', 'title', 'author', 'address']), value: text }),
  z.strictObject({ by: z.literal('language'), value: z.string().trim().regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i) }),
  z.strictObject({ by: z.enum(['longer', 'shorter']), minutes: z.int().min(1).max(10_000) }),
  z.strictObject({ by: z.literal('tag'), value: TagName }),
]);
export type Condition = z.infer<typeof Condition>;

/** A rule without a name: it is told by what it says. One that does nothing is none. */
export const TagRule = z
  .strictObject({
    /** Whether all of the conditions must hold, or any. */
    match: z.enum(['all', 'any']),
    when: z.array(Condition).min(1).max(20),
    add: z.array(TagName).max(20),
    favourite: z.boolean(),
    archive: z.boolean(),
    on: z.boolean(),
  })
  .refine((rule) => rule.add.length > 0 || rule.favourite || rule.archive);
export type TagRule = z.infer<typeof TagRule>;

/** A rule's own id, made like an article's: rules stand in the order in which they were made. */
export const TagRuleId = ArticleId;
export type TagRuleId = z.infer<typeof TagRuleId>;
/** A rule that is kept. */
export type KeptRule = { id: TagRuleId; rule: TagRule };

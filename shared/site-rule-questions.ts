import { z } from 'zod';
import { ArticleId } from './article.ts';
import { question } from './question.ts';
import type { RuleFile, RuleProblem, RuleTrial } from './site-rule.ts';

const RuleName = z.string().min(5).max(200).regex(/^[a-z0-9.-]+\.txt$/);
const RuleText = z.string().max(200_000);

/** What may be asked about site rules; part of the contract. */
export const siteRuleQuestions = {
  /** The rule files in the library's `rules/` folder whose name has `find` in it, by host; `path` is that folder. */
  rules: question(z.strictObject({ find: z.string().max(253).default(''), count: z.int().min(1).max(5_000).default(200) })).as<{
    path: string;
    total: number;
    files: RuleFile[];
  }>(),
  rule: question(z.strictObject({ name: RuleName })).as<{ name: string; text: string }>(),
  /** What a rule's text would make of a page kept with an article, or of the page at an address; changes nothing. */
  tryRule: question(
    z.strictObject({
      name: z.union([RuleName, z.literal('')]).default(''),
      text: RuleText,
      page: z.union([z.strictObject({ id: ArticleId }), z.strictObject({ url: z.string().min(1).max(8_000) })]),
    }),
  ).as<RuleTrial>(),
  /** Writes a rule file; it counts for what is saved or extracted again from then on. */
  saveRule: question(z.strictObject({ name: RuleName, text: RuleText })).as<{ name: string; problems: RuleProblem[] }>(),
};

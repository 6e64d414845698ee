import type { Condition, TagRule } from '../../shared/tag-rule.ts';
import { normalName } from '../parts/tag-name.ts';

export const conditionKinds = ['site', 'title', 'author', 'address', 'language', 'longer', 'shorter', 'tag'] as const satisfies ReadonlyArray<Condition['by']>;
export type ConditionKind = (typeof conditionKinds)[number];

/** A condition as it is being written; `key` tells the lines apart. */
export type DraftCondition = { key: number; by: ConditionKind; value: string };
/** A rule as it is being written. */
export type RuleDraft = Omit<TagRule, 'when'> & { when: DraftCondition[] };

/** The languages offered; any other that a rule names is offered too. */
export const languagesOffered = ['zh', 'en', 'ja', 'ko', 'fr', 'de', 'es', 'ru', 'pt', 'it', 'ar'];

export function draftOf(rule: TagRule | null): RuleDraft {
  if (rule === null) return { match: 'all', when: [{ key: 0, by: 'site', value: '' }], add: [], favourite: false, archive: false, on: true };
  return { ...rule, when: rule.when.map((condition, key) => ({ key, by: condition.by, value: 'minutes' in condition ? String(condition.minutes) : condition.value })) };
}

/** A line as a condition; null while it says nothing, or nothing that could hold. */
export function conditionOf({ by, value }: DraftCondition): Condition | null {
  const text = value.trim();
  switch (by) {
    case 'longer':
    case 'shorter':
      return /^[1-9]\d{0,3}$/.test(text) ? { by, minutes: Number(text) } : null;
    case 'tag': {
      const name = normalName(text);
      return name === null ? null : { by, value: name };
    }
    case 'site':
    case 'title':
    case 'author':
    case 'address':
    case 'language':
      return text === '' || text.length > 200 ? null : { by, value: text };
    default:
      return by satisfies never;
  }
}

/** The rule that a draft says; null while it has no condition or does nothing. Lines left empty are left out. */
export function ruleOf(draft: RuleDraft): TagRule | null {
  const when = draft.when.flatMap((each) => conditionOf(each) ?? []);
  if (when.length === 0 || (draft.add.length === 0 && !draft.favourite && !draft.archive)) return null;
  return { ...draft, when };
}

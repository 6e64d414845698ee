import type { TagRule } from './tag-rule.ts';
import type { Language, Words } from './words/words.ts';

/** A language's name in the language of the interface. */
export function languageName(code: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }).of(code) ?? code;
}

/** A rule in two parts, as a person would say it: what must hold, and what is then done. */
export function ruleText({ tagRules: words }: Words, language: Language, rule: TagRule): { when: string; deeds: string } {
  const conditions = rule.when.map((condition) => {
    if ('minutes' in condition) return words.says[condition.by](condition.minutes);
    return words.says[condition.by](condition.by === 'language' ? languageName(condition.value, language) : condition.value);
  });
  const deeds = [...rule.add.map((tag) => `#${tag}`), ...(rule.favourite ? [words.favourite] : []), ...(rule.archive ? [words.archive] : [])];
  return { when: words.joined[rule.match](conditions), deeds: words.joined.deeds(deeds) };
}

import { foldText } from '../../shared/fold.ts';
import type { Condition, TagRule } from '../../shared/tag-rule.ts';

/** What tag rules look at in an article. */
export type Subject = {
  url: string | null; host: string | null; site: string | null; title: string; byline: string | null; lang: string | null;
  minutes: number; tags: readonly string[]; favourite: boolean; archived: boolean;
};
/** What a rule would change: tags not there yet, and whether it becomes a favourite or goes to the archive. */
export type Effect = { add: string[]; favourite: boolean; archive: boolean };

/** What a rule would change about an article; null where it does not hold, or all is so already. */
export function effectOf(rule: TagRule, subject: Subject): Effect | null {
  const holds = (condition: Condition) => holdsFor(condition, subject);
  if (!(rule.match === 'all' ? rule.when.every(holds) : rule.when.some(holds))) return null;
  const add = [...new Set(rule.add)].filter((tag) => !subject.tags.includes(tag));
  const favourite = rule.favourite && !subject.favourite;
  const archive = rule.archive && !subject.archived;
  return add.length > 0 || favourite || archive ? { add, favourite, archive } : null;
}

/** What all of the rules together change, whatever their order: a tag that one adds may be what another waits for. */
export function effectOfAll(rules: readonly TagRule[], subject: Subject): Effect {
  const sum = { add: [] as string[], favourite: false, archive: false };
  const left = new Set(rules.filter((rule) => rule.on));
  for (let found = true; found; ) {
    found = false;
    for (const rule of left) {
      const now = { ...subject, tags: [...subject.tags, ...sum.add], favourite: subject.favourite || sum.favourite, archived: subject.archived || sum.archive };
      const effect = effectOf(rule, now);
      if (effect === null) continue;
      sum.add.push(...effect.add);
      sum.favourite ||= effect.favourite;
      sum.archive ||= effect.archive;
      left.delete(rule);
      found = true;
    }
  }
  return sum;
}

function holdsFor(condition: Condition, subject: Subject): boolean {
  switch (condition.by) {
    case 'site':
      return isSite(condition.value, subject);
    case 'title':
      return has(subject.title, condition.value);
    case 'author':
      return has(subject.byline, condition.value);
    case 'address':
      return has(subject.url, condition.value);
    case 'language':
      return isWithin(subject.lang?.toLowerCase() ?? '', condition.value.toLowerCase(), '-');
    case 'longer':
      return subject.minutes > condition.minutes;
    case 'shorter':
      return subject.minutes < condition.minutes;
    case 'tag':
      return subject.tags.some((tag) => isWithin(tag, condition.value, '/'));
    default:
      return condition satisfies never;
  }
}

/** The host itself or one below it, written in any way; or the site's own name. */
function isSite(value: string, { host, site }: Subject): boolean {
  const wanted = folded(value).replace(/^https?:\/\//, '').replace(/^www\./, '').replace(/[/?#].*$/, '');
  if (wanted !== '' && host !== null && (host === wanted || host.endsWith(`.${wanted}`))) return true;
  return site !== null && folded(site) === folded(value);
}

function isWithin(value: string, whole: string, mark: string): boolean {
  return value === whole || value.startsWith(whole + mark);
}

function has(text: string | null, part: string): boolean {
  return text !== null && folded(text).includes(folded(part));
}

function folded(text: string): string {
  return foldText(text).trim();
}

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

/**
 * What all of the rules together change, whatever their order: a tag that one adds may be what another waits for. Each
 * rule's own conditions are looked at once and tags then only looked up, so that a thousand rules cost no article a pause.
 */
export function effectOfAll(rules: readonly TagRule[], subject: Subject): Effect {
  const sum: Effect = { add: [], favourite: false, archive: false };
  const tags = new Set(subject.tags);
  const levels = new Set<string>();
  for (const tag of tags) addLevels(levels, tag);
  let waiting = rules.flatMap((rule) => (rule.on ? waitOf(rule, subject) : []));
  for (let found = true; found; ) {
    found = false;
    waiting = waiting.filter(({ rule, tags: wanted, all }) => {
      if (!(all ? wanted.every((tag) => levels.has(tag)) : wanted.some((tag) => levels.has(tag)))) return true;
      for (const tag of rule.add) {
        if (tags.has(tag)) continue;
        tags.add(tag);
        addLevels(levels, tag);
        sum.add.push(tag);
      }
      sum.favourite ||= rule.favourite && !subject.favourite;
      sum.archive ||= rule.archive && !subject.archived;
      found = true;
      return false;
    });
  }
  return sum;
}

/** The tags that a rule still waits for, all of them or any; nothing where it can never hold for this article. */
function waitOf(rule: TagRule, subject: Subject): Array<{ rule: TagRule; tags: string[]; all: boolean }> {
  const tags = rule.when.flatMap((condition) => (condition.by === 'tag' ? [condition.value] : []));
  const others = rule.when.filter(({ by }) => by !== 'tag');
  const holds = (condition: Condition) => holdsFor(condition, subject);
  if (rule.match === 'all') return others.every(holds) ? [{ rule, tags, all: true }] : [];
  return others.some(holds) ? [{ rule, tags: [], all: true }] : [{ rule, tags, all: false }];
}

/** A tag and the tags it is nested in. */
function addLevels(levels: Set<string>, tag: string): void {
  levels.add(tag);
  for (let at = tag.indexOf('/'); at >= 0; at = tag.indexOf('/', at + 1)) levels.add(tag.slice(0, at));
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

/** What was folded lately: a thousand rules look at the same title. */
const known = new Map<string, string>();
const most = 2_000;

function folded(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const made = foldText(text).trim();
  if (known.size >= most) known.clear();
  known.set(text, made);
  return made;
}

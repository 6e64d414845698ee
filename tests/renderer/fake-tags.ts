import type { ArticleId, Row } from '../../shared/article.ts';
import type { Answers, News } from '../../shared/contract.ts';
import { groupAlike } from '../../shared/tag-likeness.ts';
import type { KeptRule, TagRule } from '../../shared/tag-rule.ts';
import type { Tag } from '../../shared/tag.ts';

type Change = (ids: ArticleId[], to: (row: Row) => Partial<Row>) => { undo: string | null };

/** Tags as a whole and tag rules of a library in memory: as the real one's, but rules look at titles alone. */
export function fakeTags(
  library: { rows: Row[] }, change: Change, tell: (news: News) => void, tags: () => Tag[],
): Pick<Answers, 'retag' | 'alikeTags' | 'keepTagsApart' | 'tagsApart' | 'tagRules' | 'keepTagRule' | 'tryTagRule' | 'applyTagRule'> {
  let rules: KeptRule[] = [];
  let apart: Array<[string, string]> = [];
  const touched = (rule: TagRule) => library.rows.filter((row) =>
    rule.when.every((condition) => condition.by === 'title' && row.title.includes(condition.value)) && !rule.add.every((tag) => row.tags.includes(tag)));
  return {
    alikeTags: () => groupAlike(tags(), apart),
    tagsApart: () => apart,
    keepTagsApart: ({ tags: names, on }) => {
      const [one = '', other = ''] = names.toSorted();
      apart = on ? [...apart, [one, other]] : [];
      tell({ about: 'tags' });
      return { undo: 'undo-apart' };
    },
    retag: ({ tags: names, to }) => {
      const within = (tag: string) => names.find((name) => tag === name || tag.startsWith(`${name}/`));
      const ids = library.rows.filter((row) => row.tags.some((tag) => within(tag) !== undefined)).map((row) => row.id);
      const next = (tag: string) => {
        const from = within(tag);
        return from === undefined ? [tag] : to === null ? [] : [to + tag.slice(from.length)];
      };
      return { ...change(ids, (row) => ({ tags: [...new Set(row.tags.flatMap(next))] })), count: ids.length };
    },
    tagRules: () => rules,
    keepTagRule: ({ rule, value }) => {
      const id = rule ?? `${rules.length}`.padStart(20, '0');
      rules = [...rules.filter((each) => each.id !== id), ...(value === null ? [] : [{ id, rule: value }])];
      tell({ about: 'tags' });
      return { id, undo: 'undo-rule' };
    },
    tryTagRule: ({ rule, count }) => ({ total: touched(rule).length, rows: touched(rule).slice(0, count) }),
    applyTagRule: ({ rule }) => {
      const ids = touched(rule).map((row) => row.id);
      return { ...change(ids, (row) => ({ tags: [...new Set([...row.tags, ...rule.add])] })), count: ids.length };
    },
  };
}

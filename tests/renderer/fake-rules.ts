import type { ArticleId, Row } from '../../shared/article.ts';
import type { Answers, News } from '../../shared/contract.ts';
import type { KeptRule, TagRule } from '../../shared/tag-rule.ts';

type Change = (ids: ArticleId[], to: (row: Row) => Partial<Row>) => { undo: string | null };

/** The tag rules of a library in memory: as the real one's, but they look at titles alone. */
export function fakeRules(library: { rows: Row[] }, change: Change, tell: (news: News) => void): Pick<Answers, 'tagRules' | 'keepTagRule' | 'tryTagRule' | 'applyTagRule'> {
  let rules: KeptRule[] = [];
  const touched = (rule: TagRule) => library.rows.filter((row) =>
    rule.when.every((condition) => condition.by === 'title' && row.title.includes(condition.value)) && !rule.add.every((tag) => row.tags.includes(tag)));
  return {
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

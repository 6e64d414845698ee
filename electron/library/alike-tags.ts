import type { Answers } from '../../shared/contract.ts';
import { groupAlike, inOrder, likenessOf } from '../../shared/tag-likeness.ts';
import type { ActBody } from './storage/acts.ts';
import { all } from './storage/database.ts';
import type { Store } from './storage/store.ts';
import { allTags } from './tags.ts';
import { changeWithUndo } from './undo.ts';

/** The pairs of tags that the reader keeps apart, by their names: whatever else such a name is given to later, it stays. */
function pairsApart(store: Store): Array<[string, string]> {
  const text = "SELECT substr(name, 12) AS pair FROM facts WHERE name > 'tags-apart ' AND name < 'tags-apart!' AND value = 'true' ORDER BY name";
  return all<{ pair: string }>(store.db, text).map(({ pair }) => JSON.parse(pair) as [string, string]);
}

/** Tags that seem to mean the same, spelt differently: pointed out, or kept apart for good. */
export function answerAlikeTags(store: Store): Pick<Answers, 'alikeTags' | 'keepTagsApart' | 'tagsApart'> {
  return {
    alikeTags: () => groupAlike(allTags(store), pairsApart(store)),
    keepTagsApart({ tags, on }) {
      const known = new Set(pairsApart(store).map((pair) => JSON.stringify(pair)));
      const names = [...new Set(tags)];
      const pairs = names.flatMap((a, at) => names.slice(at + 1).map((b) => inOrder(a, b)));
      const changed = pairs.filter((pair) => known.has(JSON.stringify(pair)) !== on);
      const set = (value: boolean) => changed.map(([one, other]): ActBody => ({ act: 'tagsApart', one, other, on: value }));
      return changeWithUndo(store, set(on), set(!on));
    },
    tagsApart() {
      const used = new Set(allTags(store).map(({ name }) => name));
      return pairsApart(store).filter(([one, other]) => used.has(one) && used.has(other) && likenessOf(one) === likenessOf(other));
    },
  };
}

import { setImmediate as breathe } from 'node:timers/promises';
import type { ArticleId } from '../../shared/article.ts';
import type { Answers } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import type { TagRule } from '../../shared/tag-rule.ts';
import { longestTag } from '../../shared/tag-spelling.ts';
import { rowsOf } from './rows.ts';
import { searchesRenamed } from './search/renamed.ts';
import type { ActBody } from './storage/acts.ts';
import { all } from './storage/database.ts';
import { chosenShelves, moveTagFacts } from './storage/tag-facts.ts';
import type { Store } from './storage/store.ts';
import { keptRules } from './tag-rules.ts';
import { changeWithUndo } from './undo.ts';

/** What a tag is called from now on: null where it goes, the same where it stays. */
type Naming = (tag: string) => string | null;
type Change = { acts: ActBody[]; back: ActBody[] };

/** So many articles, or acts that need no looking up, are changed in one go: what else is asked meanwhile waits for no more. */
const piece = 20;

/**
 * Gives tags another name everywhere, with all that is nested in them: on articles (those in the trash too), shelves,
 * rules, kept searches, and what is kept about them. A name that is there already takes them in; null takes them away. Article by
 * article whole, and what is kept about them last: cut off in between, the same is simply asked again.
 */
export const retag =
  (store: Store): Answers['retag'] =>
  async ({ tags, to, most = Infinity, after, joins }) => {
    const wanted = namingOf(tags, to);
    const moves = movesOf(store, tags, wanted);
    // Looked at once, before anything has changed: a tag that goes into itself is nested in its new name from then on.
    const tooLong = after !== undefined ? undefined : [...moves.values()].find((name) => name !== null && name.length > longestTag);
    if (tooLong !== undefined && tooLong !== null) throw new FailureError({ kind: 'bad-input', problem: `A tag of more than ${longestTag} characters: ${tooLong}` });
    // What only a rule or a search names, and would grow too long, stays as it is: it names nothing that is here.
    const naming: Naming = (tag) => ((wanted(tag) ?? '').length > longestTag ? tag : wanted(tag));
    let undo: string | null = joins ?? null;
    let count = 0;
    const change = ({ acts, back }: Change) => {
      undo = changeWithUndo(store, acts, back, undo).undo ?? undo;
    };
    const ids = taggedWith(store, tags).filter((id) => after === undefined || id > after);
    for (let from = 0; from < ids.length; from += piece) {
      const last = ids[from - 1];
      if (from >= most && last !== undefined) return { undo, count, left: ids.length - from, after: last };
      const changes = rowsOf(store, ids.slice(from, from + piece)).map((row) => renamed(row.id, row.tags, naming));
      count += changes.filter(({ acts }) => acts.length > 0).length;
      change({ acts: changes.flatMap(({ acts }) => acts), back: changes.flatMap(({ back }) => back) });
      await breathe();
    }
    for (const { acts, back } of [moveTagFacts(store.db, moves), ruleChanges(store, naming), searchesRenamed(store, naming)]) {
      for (let from = 0; from < acts.length; from += piece) {
        change({ acts: acts.slice(from, from + piece), back: back.slice(from, from + piece) });
        await breathe();
      }
    }
    return { undo, count };
  };

/** Of tags nested in one another the inner one decides. */
function namingOf(tags: readonly string[], to: string | null): Naming {
  const inner = tags.toSorted((a, b) => b.length - a.length);
  return (tag) => {
    const from = inner.find((each) => tag === each || tag.startsWith(`${each}/`));
    if (from === undefined) return tag;
    return to === null ? null : to + tag.slice(from.length);
  };
}

/** Every tag that gets another name, wherever it is known: in use, with something kept about it, on a shelf. */
function movesOf(store: Store, tags: readonly string[], naming: Naming): Map<string, string | null> {
  const known = new Set([...tags, ...(chosenShelves(store.db) ?? [])]);
  // What is nested in a tag lies between `tag/` and `tag0`, the next character.
  for (const tag of tags) {
    for (const { name } of all<{ name: string }>(store.db, 'SELECT name FROM tags WHERE name > ? AND name < ?', `${tag}/`, `${tag}0`)) known.add(name);
    for (const table of ['tag_facts', 'spots']) {
      for (const { name } of all<{ name: string }>(store.db, `SELECT DISTINCT tag AS name FROM ${table} WHERE tag > ? AND tag < ?`, `${tag}/`, `${tag}0`)) known.add(name);
    }
  }
  return new Map([...known].map((tag): [string, string | null] => [tag, naming(tag)]).filter(([tag, name]) => tag !== name));
}

/** The articles that have one of the tags or one nested in it, in the trash too, in the order of their ids. */
function taggedWith(store: Store, tags: readonly string[]): ArticleId[] {
  const ids = new Set<ArticleId>();
  for (const tag of tags) {
    const text = 'SELECT r.article AS id FROM tag_rows AS r JOIN tags AS t ON t.id = r.tag WHERE t.name = ?';
    for (const { id } of all<{ id: ArticleId }>(store.db, text, tag)) ids.add(id);
  }
  const trashed = all<{ id: ArticleId; tags: string }>(store.db, "SELECT id, tags FROM articles WHERE trashed_at IS NOT NULL AND tags <> '[]'");
  for (const { id, tags: has } of trashed) {
    const own = JSON.parse(has) as string[];
    if (own.some((name) => tags.some((tag) => name === tag || name.startsWith(`${tag}/`)))) ids.add(id);
  }
  return [...ids].toSorted();
}

function renamed(id: ArticleId, has: readonly string[], naming: Naming): Change {
  const wanted = new Set(has.map(naming));
  const off = has.filter((tag) => !wanted.has(tag));
  const on = [...wanted].filter((tag) => tag !== null && !has.includes(tag)) as string[];
  const acts = (value: boolean): ActBody[] => [
    ...off.map((tag): ActBody => ({ act: 'tag', id, tag, on: !value })),
    ...on.map((tag): ActBody => ({ act: 'tag', id, tag, on: value })),
  ];
  return { acts: acts(true), back: acts(false) };
}

/** The tag rules under the new names; one that had nothing to do but add tags that are gone goes with them. */
function ruleChanges(store: Store, naming: Naming): Change {
  const acts: ActBody[] = [];
  const back: ActBody[] = [];
  for (const { id, rule } of keptRules(store)) {
    const add = [...new Set(rule.add.map(naming))].filter((tag) => tag !== null);
    const when = rule.when.map((condition) => (condition.by === 'tag' ? { ...condition, value: naming(condition.value) ?? condition.value } : condition));
    const next: TagRule | null = add.length > 0 || rule.favourite || rule.archive ? { ...rule, when, add } : null;
    if (JSON.stringify(next) === JSON.stringify(rule)) continue;
    acts.push({ act: 'rule', rule: id, value: next });
    back.push({ act: 'rule', rule: id, value: rule });
  }
  return { acts, back };
}

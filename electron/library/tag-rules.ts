import { setImmediate as breathe } from 'node:timers/promises';
import type { ArticleId } from '../../shared/article.ts';
import type { Answers } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import type { KeptRule, TagRule } from '../../shared/tag-rule.ts';
import { hostOf } from '../../shared/url.ts';
import { effectOf, effectOfAll, type Effect, type Subject } from './rule-matching.ts';
import type { IndexRow } from './rows.ts';
import { rowsOf } from './rows.ts';
import type { ActBody } from './storage/acts.ts';
import { createId } from './storage/clock.ts';
import { all, get } from './storage/database.ts';
import { listBits } from './storage/membership.ts';
import { readSealedMeta } from './storage/parts.ts';
import type { Answer, Store } from './storage/store.ts';
import { changeWithUndo } from './undo.ts';

/** The reader's tag rules, in the order in which they were made. */
export function keptRules(store: Store): KeptRule[] {
  const text = "SELECT substr(name, 10) AS id, value FROM facts WHERE name > 'tag-rule ' AND name < 'tag-rule!' AND value <> 'null' ORDER BY name";
  return all<{ id: string; value: string }>(store.db, text).map(({ id, value }) => ({ id, rule: JSON.parse(value) as TagRule }));
}

/**
 * What the tag rules do with an article that becomes ready for the first time, as acts to go before the one that makes it
 * so: cut off between the two, it is made again and finds itself done. What the reader has decided about it stays.
 */
export function ruleActs(store: Store, ready: ActBody & { act: 'ready' }): ActBody[] {
  const { id, folder, sums } = ready;
  const rules = keptRules(store).filter(({ rule }) => rule.on);
  const row = get<IndexRow>(store.db, 'SELECT * FROM articles WHERE id = ?', id);
  if (rules.length === 0 || row === undefined || row.folder !== null || isDecided(store, id, 'ruled')) return [];
  const meta = readSealedMeta(store.root, { folder, sums });
  const url = row.url ?? meta.url;
  const subject = {
    ...subjectOf(row), url, host: hostOf(url), site: meta.site, title: row.own_title ?? meta.title, byline: meta.byline,
    lang: meta.lang, minutes: meta.minutes,
  };
  const effect = effectOfAll(rules.map(({ rule }) => rule), subject);
  const removed = new Set(all<{ tag: string }>(store.db, 'SELECT tag FROM tagged WHERE article = ? AND present = 0', id).map(({ tag }) => tag));
  const free = {
    add: effect.add.filter((tag) => !removed.has(tag)),
    favourite: effect.favourite && !isDecided(store, id, 'favourite'),
    archive: effect.archive && !isDecided(store, id, 'archived'),
  };
  const acts = actsFor(id, free, true);
  return acts.length === 0 ? [] : [...acts, { act: 'ruled', id }];
}

function isDecided(store: Store, id: ArticleId, field: string): boolean {
  return get(store.db, 'SELECT 1 FROM clocks WHERE article = ? AND field = ?', id, field) !== undefined;
}

function actsFor(id: ArticleId, { add, favourite, archive }: Effect, on: boolean): ActBody[] {
  return [
    ...add.map((tag): ActBody => ({ act: 'tag', id, tag, on })),
    ...(favourite ? [{ act: 'set', id, field: 'favourite', value: on } satisfies ActBody] : []),
    ...(archive ? [{ act: 'set', id, field: 'archived', value: on } satisfies ActBody] : []),
  ];
}

type Looked = Pick<IndexRow, 'seat' | 'id' | 'url' | 'host' | 'site' | 'title' | 'byline' | 'lang' | 'minutes' | 'tags' | 'favourite' | 'archived'>;

function subjectOf(row: Looked): Subject {
  return { ...row, tags: JSON.parse(row.tags) as string[], favourite: row.favourite === 1, archived: row.archived === 1 };
}

/** How many articles are looked at in one go; far fewer are changed in one go, as each costs a hundred times as much. */
const [looked, changed] = [1_000, 100];

/** Every article that a rule would change now, the newest first, a piece at a time: looking through all of them holds nobody up. */
async function* touchedBy(store: Store, rule: TagRule, piece: number): AsyncGenerator<Array<{ id: ArticleId; effect: Effect }>> {
  const text = `SELECT seat, id, url, host, site, title, byline, lang, minutes, tags, favourite, archived FROM articles
    WHERE seat < ? AND lists & ${listBits.all} AND state = 'ready' ORDER BY seat DESC LIMIT ?`;
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = all<Looked>(store.db, text, below, piece);
    yield rows.flatMap((row) => {
      const effect = effectOf(rule, subjectOf(row));
      return effect === null ? [] : [{ id: row.id, effect }];
    });
    below = rows.at(-1)?.seat ?? 0;
    if (rows.length < piece) return;
    await breathe();
  }
}

/** What may be asked about tag rules. */
export function answerTagRules(store: Store): Pick<Answers, 'tagRules' | 'keepTagRule' | 'tryTagRule' | 'applyTagRule'> {
  const tagRules: Answer<'tagRules'> = () => keptRules(store);
  const keepTagRule: Answer<'keepTagRule'> = ({ rule, value }) => {
    const before = rule === null ? null : (keptRules(store).find(({ id }) => id === rule)?.rule ?? null);
    if (rule !== null && before === null) throw new FailureError({ kind: 'not-found', what: rule });
    const id = rule ?? createId(Date.parse(store.now()));
    const change = changeWithUndo(store, [{ act: 'rule', rule: id, value }], [{ act: 'rule', rule: id, value: before }]);
    return { ...change, id };
  };
  return {
    tagRules,
    keepTagRule,
    async tryTagRule({ rule, count }) {
      const first: ArticleId[] = [];
      let total = 0;
      for await (const some of touchedBy(store, rule, looked)) {
        total += some.length;
        if (first.length < count) first.push(...some.slice(0, count - first.length).map(({ id }) => id));
      }
      return { total, rows: rowsOf(store, first) };
    },
    async applyTagRule({ rule }) {
      let undo: string | null = null;
      let count = 0;
      for await (const some of touchedBy(store, rule, changed)) {
        const acts = some.flatMap(({ id, effect }) => actsFor(id, effect, true));
        const back = some.flatMap(({ id, effect }) => actsFor(id, effect, false));
        undo = changeWithUndo(store, acts, back, undo).undo ?? undo;
        count += some.length;
      }
      return { undo, count };
    },
  };
}

import type { DatabaseSync } from 'node:sqlite';
import type { Act, ActBody } from './acts.ts';
import { all, get, run } from './database.ts';

/*
 * What is kept about tags themselves, by name: description, colour, the order of the list, how the shelf looks. A tag
 * that is renamed, merged or deleted takes all of it along by `moveTagFacts`.
 */

type About = ActBody & { act: 'about' };
/** Every fact there can be, each null where nothing is kept. */
export type TagFacts = { description: string | null; colour: string | null; order: string | null; titles: number | null; folded: boolean | null };

const none: TagFacts = { description: null, colour: null, order: null, titles: null, folded: null };

/** Takes over a fact where it is the latest told. */
export function keepTagFact(db: DatabaseSync, { tag, field, value, clock }: Act & { act: 'about' }): void {
  const text = `INSERT INTO tag_facts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, clock = excluded.clock
    WHERE excluded.clock > clock`;
  run(db, text, tag, field, value === null ? null : JSON.stringify(value), clock);
}

/** What is kept about one tag. */
export function tagFacts(db: DatabaseSync, tag: string): TagFacts {
  const rows = all<{ field: string; value: string }>(db, 'SELECT field, value FROM tag_facts WHERE tag = ? AND value IS NOT NULL', tag);
  return Object.assign({ ...none }, Object.fromEntries(rows.map(({ field, value }) => [field, JSON.parse(value)]))) as TagFacts;
}

/** What is kept about every tag that something is kept about. */
export function allTagFacts(db: DatabaseSync): Map<string, TagFacts> {
  const found = new Map<string, TagFacts>();
  for (const { tag, field, value } of all<{ tag: string; field: string; value: string }>(db, 'SELECT tag, field, value FROM tag_facts WHERE value IS NOT NULL')) {
    found.set(tag, { ...(found.get(tag) ?? none), [field]: JSON.parse(value) });
  }
  return found;
}

/** The tags chosen for Home, in order; null when the reader never chose. */
export function chosenShelves(db: DatabaseSync): string[] | null {
  const fact = get<{ value: string }>(db, "SELECT value FROM facts WHERE name = 'shelves'");
  return fact ? (JSON.parse(fact.value) as string[] | null) : null;
}

/** The act for one fact; a record, so that a field and its value belong together. */
export function aboutTag<F extends keyof TagFacts>(tag: string, field: F, value: TagFacts[F]): ActBody {
  return { act: 'about', tag, field, value } as About;
}

/** The acts that make a tag's facts what `facts` says, from what they are: only what differs. */
export function actsAbout(db: DatabaseSync, tag: string, facts: Partial<TagFacts>): { acts: ActBody[]; back: ActBody[] } {
  const now = tagFacts(db, tag);
  const fields = (Object.keys(facts) as Array<keyof TagFacts>).filter((field) => facts[field] !== undefined && facts[field] !== now[field]);
  return {
    acts: fields.map((field) => aboutTag(tag, field, facts[field] ?? null)),
    back: fields.map((field) => aboutTag(tag, field, now[field])),
  };
}

/**
 * The acts that carry everything kept about tags to their new names, and their inverse: facts, places among Home's
 * shelves, and the manual order of each list. What the new name has already stays; `null` lets it all go. `moves` names
 * every tag that changes its name, those nested in it too. For every rename, merge and deletion.
 */
export function moveTagFacts(db: DatabaseSync, moves: ReadonlyMap<string, string | null>): { acts: ActBody[]; back: ActBody[] } {
  const acts: ActBody[] = [];
  const back: ActBody[] = [];
  const changes = [...moves].filter(([from, to]) => from !== to);
  // Every tag as it will be: first all that moves away is gone, so that `a` may become `a/b` while `a/b` becomes `a/b/b`.
  const facts = new Map(changes.map(([from]) => [from, { ...none }]));
  const spots = new Map<string, Map<string, string>>(changes.map(([from]) => [from, new Map()]));
  for (const [from, to] of changes) {
    if (to === null) continue;
    const there = facts.get(to) ?? tagFacts(db, to);
    facts.set(to, Object.assign({}, tagFacts(db, from), Object.fromEntries(Object.entries(there).filter(([, value]) => value !== null))));
    spots.set(to, new Map([...spotsOf(db, from), ...(spots.get(to) ?? spotsOf(db, to))]));
  }
  for (const [tag, wanted] of facts) {
    const change = actsAbout(db, tag, wanted);
    acts.push(...change.acts);
    back.push(...change.back);
  }
  for (const [tag, wanted] of spots) {
    const now = spotsOf(db, tag);
    for (const id of new Set([...now.keys(), ...wanted.keys()])) {
      const [before, after] = [now.get(id) ?? null, wanted.get(id) ?? null];
      if (before === after) continue;
      acts.push({ act: 'spot', id, tag, spot: after });
      back.push({ act: 'spot', id, tag, spot: before });
    }
  }
  const shelves = chosenShelves(db);
  if (shelves?.some((tag) => moves.has(tag))) {
    const next = shelves.map((tag) => (moves.has(tag) ? (moves.get(tag) ?? null) : tag)).filter((tag) => tag !== null);
    acts.push({ act: 'shelves', tags: [...new Set(next)] });
    back.push({ act: 'shelves', tags: shelves });
  }
  return { acts, back };
}

/** Where articles were moved to in a tag's manual order. */
function spotsOf(db: DatabaseSync, tag: string): Map<string, string> {
  const text = 'SELECT article AS id, first || rest AS spot FROM spots WHERE tag = ? AND first IS NOT NULL';
  return new Map(all<{ id: string; spot: string }>(db, text, tag).map(({ id, spot }) => [id, spot]));
}

import type { Tagging } from '../view.ts';
import { likenessOf } from '../../shared/tag-likeness.ts';
import type { SoundsLike } from './pinyin.ts';
import { normalName } from './tag-name.ts';

/** Whether all, some or none of the articles have a tag. */
export type TagState = 'all' | 'some' | 'none';
/** One line of the tag editor; `fresh` makes a new tag, `bad` says that the typed text cannot be one. */
export type TagOption = { name: string; fresh: boolean; bad: boolean };

type Changes = ReadonlyMap<string, boolean>;

export function stateOf(name: string, { tags }: Tagging, changes: Changes): TagState {
  const changed = changes.get(name);
  if (changed !== undefined) return changed ? 'all' : 'none';
  const having = tags.filter((each) => each.includes(name)).length;
  return having === 0 ? 'none' : having === tags.length ? 'all' : 'some';
}

/** What is to be added to and removed from all of the articles: only what would change something. */
export function differences({ tags, partly }: Tagging, changes: Changes): { add: string[]; remove: string[] } {
  const add: string[] = [];
  const remove: string[] = [];
  for (const [name, on] of changes) {
    if (on && !tags.every((each) => each.includes(name))) add.push(name);
    if (!on && (partly === true || tags.some((each) => each.includes(name)))) remove.push(name);
  }
  return { add, remove };
}

/** How well a tag fits what is typed, the best 0; null where it does not. A name that only looks or sounds so fits too. */
export function fitOf(name: string, typed: string, sounds: SoundsLike): number | null {
  const [lower, wanted] = [name.toLocaleLowerCase(), typed.trim().toLocaleLowerCase()];
  if (lower === wanted) return 0;
  if (likenessOf(name) === likenessOf(wanted)) return 1;
  if (lower.startsWith(wanted)) return 2;
  if (lower.split(/[/\s]/u).some((part) => part.startsWith(wanted))) return 3;
  if (lower.includes(wanted)) return 4;
  return sounds(name, wanted) ? 5 : null;
}

/** The tags that fit what is typed, the best first, else in the order given. */
export function fitting(names: readonly string[], typed: string, sounds: SoundsLike): string[] {
  const fits = new Map(names.flatMap((name) => {
    const fit = fitOf(name, typed, sounds);
    return fit === null ? [] : [[name, fit] as const];
  }));
  return [...fits.keys()].toSorted((a, b) => (fits.get(a) ?? 0) - (fits.get(b) ?? 0));
}

/** The tags to choose from for what is typed: those on the articles first, then the best match, a new one last. */
export function optionsFor(query: string, known: readonly string[], tagging: Tagging, changes: Changes, sounds: SoundsLike): TagOption[] {
  const all = [...new Set([...tagging.tags.flat(), ...changes.keys(), ...known])];
  if (query.trim() === '') {
    const on = (name: string) => Number(stateOf(name, tagging, changes) === 'none');
    return all.toSorted((a, b) => on(a) - on(b)).map((name) => ({ name, fresh: false, bad: false }));
  }
  const found: TagOption[] = fitting(all, query, sounds).map((name) => ({ name, fresh: false, bad: false }));
  const name = normalName(query);
  if (name === null) return found.length > 0 ? found : [{ name: query, fresh: false, bad: true }];
  if (!all.includes(name)) found.push({ name, fresh: true, bad: false });
  return found;
}

import { foldText, isSign, wordsOf } from './fold.ts';
import { normalTag } from './tag-spelling.ts';

/*
 * The search box understood. A query is words and "exact phrases", all of which must be found, each left out with a
 * leading `-`; and `tag:`, `site:`, `is:` which narrow the list. Anything else is plain text: no input is an error.
 */

export const states = ['unread', 'reading', 'finished', 'favourite', 'archived', 'trashed', 'waiting', 'failed'] as const;
export type State = (typeof states)[number];

/** `prefix` is true for the word still being typed. */
export type Term = { text: string; not: boolean; prefix: boolean };
export type Narrowing = { by: 'tag' | 'site'; value: string; not: boolean } | { by: 'is'; value: State; not: boolean };
export type Query = { terms: Term[]; narrowings: Narrowing[] };

const token = /(-?)(?:(tag|site|is|标签|站点|状态)[:：])?(?:"([^"]*)(?:"|$)|“([^”]*)(?:”|$)|([^\s"“]+))/giu;
const fields: Record<string, Narrowing['by']> = { tag: 'tag', site: 'site', is: 'is', 标签: 'tag', 站点: 'site', 状态: 'is' };

/** Takes a search box's text apart. */
export function parseQuery(input: string): Query {
  const query: Query = { terms: [], narrowings: [] };
  for (const found of input.matchAll(token)) {
    const [whole, minus = '', field, straight, curly, bare] = found;
    const value = straight ?? curly ?? bare ?? '';
    const not = minus === '-';
    const narrowing = field === undefined ? null : narrowingOf(fields[field.toLowerCase()], value, not);
    if (narrowing) query.narrowings.push(narrowing);
    else if (field !== undefined && value !== '') query.terms.push({ text: whole.slice(minus.length), not, prefix: false });
    else if (hasWords(value)) {
      const prefix = bare !== undefined && !not && found.index + whole.length === input.length && endsInPrefix(value);
      query.terms.push({ text: value, not, prefix });
    }
  }
  query.terms = query.terms.filter((term) => hasWords(term.text));
  return query;
}

function narrowingOf(by: Narrowing['by'] | undefined, value: string, not: boolean): Narrowing | null {
  if (value.trim() === '' || by === undefined) return null;
  if (by === 'tag') return normalTag(value) === '' ? null : { by, value: normalTag(value), not };
  if (by === 'site') return { by, value: value.toLowerCase().replace(/^www\./, ''), not };
  const state = states.find((name) => name === value.toLowerCase());
  return state ? { by, value: state, not } : null;
}

/** The last word is still being typed when it ends in two letters that are no CJK characters. */
function endsInPrefix(text: string): boolean {
  const end = [...text.normalize('NFKC')].slice(-2);
  return end.length === 2 && end.every((letter) => /[\p{L}\p{N}]/u.test(letter) && !isSign(letter));
}

function hasWords(text: string): boolean {
  return wordsOf(foldText(text)).length > 0;
}

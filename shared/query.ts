import { foldText, isSign, wordsOf } from './fold.ts';
import type { Sought } from './marks.ts';
import { narrowingOf, operatorAt, type BadValue, type Narrowing } from './query-operators.ts';

/*
 * The search box understood. Words and "exact phrases" must all occur; `OR` between two makes either enough, `-` before one
 * leaves it out, parentheses hold some together, and operators such as `tag:` narrow the list. Anything else is plain text:
 * no input is an error, but what looks meant otherwise than it is understood is pointed at.
 */

export type { Having, Narrowing, Operator, State } from './query-operators.ts';

/** A query as a tree. A text's last word may be open at its end: it is still being typed. */
export type QueryNode =
  | ({ kind: 'text' } & Sought)
  | { kind: 'narrow'; narrowing: Narrowing }
  | { kind: 'not'; of: QueryNode }
  | { kind: 'and' | 'or'; of: QueryNode[] };

/** What may be meant otherwise, at `[from, to)` of the input. `value` is what stands there. */
export type QueryProblem = { kind: Exclude<BadValue, 'no-words'> | 'dangling-or' | 'unclosed-quote' | 'unclosed-group' | 'unknown-tag'; from: number; to: number; value: string };

/** `root` is null when nothing is asked; `terms` is what is to be marked in what is found; `tags` are those asked for. */
export type Query = { root: QueryNode | null; terms: Sought[]; tags: Array<{ name: string; from: number; to: number }>; problems: QueryProblem[] };

const blank = /\s/u;
const closing: Record<string, RegExp> = { '"': /"/gu, '“': /[”"]/gu, '＂': /＂/gu };
const deepest = 20;

/** Takes a search box's text apart. `now` is what relative dates count from. */
export function parseQuery(input: string, now: Date = new Date()): Query {
  const problems: QueryProblem[] = [];
  const tags: Query['tags'] = [];
  let at = 0;

  const skip = () => {
    while (at < input.length && blank.test(input.charAt(at))) at += 1;
  };
  const note = (kind: QueryProblem['kind'], from: number, to: number) => problems.push({ kind, from, to, value: input.slice(from, to) });

  /** Up to a parenthesis that closes this depth, or the end. */
  function all(depth: number): QueryNode | null {
    const found: QueryNode[] = [];
    /** Where an OR stands that waits for its right side. */
    let or: number | null = null;
    for (;;) {
      skip();
      if (at >= input.length || (depth > 0 && isClose(input.charAt(at)))) break;
      const connective = connectiveAt();
      if (connective !== null && (connective === 'AND' ? found.length > 0 && more(3) : found.length > 0 || depth > 0 || more(2))) {
        if (connective === 'OR') {
          if (or !== null || found.length === 0) note('dangling-or', at, at + connective.length);
          else or = at;
        }
        at += connective.length;
        continue;
      }
      const next = unit(depth);
      if (next === null) continue;
      const left = or === null ? undefined : found.pop();
      if (left === undefined) found.push(next);
      else found.push(left.kind === 'or' ? { kind: 'or', of: [...left.of, next] } : { kind: 'or', of: [left, next] });
      or = null;
    }
    if (or !== null) note('dangling-or', or, or + 2);
    return found.length < 2 ? (found[0] ?? null) : { kind: 'and', of: found };
  }

  function connectiveAt(): 'OR' | 'AND' | null {
    const found = /(?:OR|AND)(?=[\s)）]|$)/uy;
    found.lastIndex = at;
    const word = found.exec(input)?.[0];
    return word === 'OR' || word === 'AND' ? word : null;
  }

  const more = (by: number) => input.slice(at + by).trim() !== '';

  /** One word, phrase, group or operator; null for what asks nothing. */
  function unit(depth: number): QueryNode | null {
    const sign = input.charAt(at);
    const next = input.charAt(at + 1);
    if (sign === '-' && next !== '' && !blank.test(next)) {
      at += 1;
      const of = input.charAt(at) === '-' ? word(depth) : unit(depth);
      return of === null ? null : of.kind === 'text' ? { kind: 'not', of: { ...of, prefix: false } } : { kind: 'not', of };
    }
    if (isOpen(sign)) return group(depth);
    if (sign in closing) return phrase();
    const found = operatorAt(input, at);
    if (found === null) return word(depth);
    const from = at;
    at += found.length;
    const start = at;
    const isQuoted = input.charAt(at) in closing;
    const value = isQuoted ? quoted() : bare(depth);
    if (value.trim() === '') {
      // Still being typed it asks nothing yet; further in, it is only a word with a colon.
      return at >= input.length ? null : textOf(input.slice(from, start), false);
    }
    const narrowing = narrowingOf(found.operator, value, now);
    if ('bad' in narrowing) {
      if (narrowing.bad !== 'no-words') note(narrowing.bad, from, at);
      return null;
    }
    if (narrowing.by === 'tag') tags.push({ name: narrowing.value, from, to: at });
    if (narrowing.by !== 'byline' && narrowing.by !== 'site') return { kind: 'narrow', narrowing };
    if (wordsOf(foldText(narrowing.value)).length === 0) return null;
    return { kind: 'narrow', narrowing: { ...narrowing, prefix: !isQuoted && at >= input.length && endsInPrefix(value) } };
  }

  function group(depth: number): QueryNode | null {
    const from = at;
    at += 1;
    if (depth >= deepest) return null;
    const inside = all(depth + 1);
    if (isClose(input.charAt(at))) at += 1;
    else if (inside !== null) note('unclosed-group', from, from + 1);
    return inside;
  }

  function quoted(): string {
    const from = at;
    const close = closing[input.charAt(at)] ?? /"/gu;
    close.lastIndex = at + 1;
    const end = close.exec(input)?.index ?? input.length;
    at = Math.min(input.length, end + 1);
    if (end === input.length && input.slice(from + 1).trim() !== '') note('unclosed-quote', from, from + 1);
    return input.slice(from + 1, end);
  }

  function phrase(): QueryNode | null {
    return textOf(quoted(), false);
  }

  function bare(depth: number): string {
    const from = at;
    let open = 0;
    for (; at < input.length && !blank.test(input.charAt(at)); at += 1) {
      const sign = input.charAt(at);
      if (isOpen(sign)) open += 1;
      else if (isClose(sign) && open === 0 && depth > 0) break;
      else if (isClose(sign)) open -= 1;
    }
    return input.slice(from, at);
  }

  function word(depth: number): QueryNode | null {
    const text = bare(depth);
    return textOf(text, at >= input.length && endsInPrefix(text));
  }

  const root = withoutBeginning(all(0), input);
  return { root, terms: positive(root), tags, problems };
}

const isOpen = (sign: string): boolean => sign === '(' || sign === '（';
const isClose = (sign: string): boolean => sign === ')' || sign === '）';

function textOf(text: string, prefix: boolean): QueryNode | null {
  return wordsOf(foldText(text)).length === 0 ? null : { kind: 'text', text, prefix };
}

/** The last word is still being typed when it ends in two letters that are no CJK characters. */
function endsInPrefix(text: string): boolean {
  const end = [...foldText(text)].slice(-2);
  return end.length === 2 && end.every((letter) => /[\p{L}\p{N}]/u.test(letter) && !isSign(letter));
}

/** One letter beside other words begins nearly every text: until there is a second one it asks nothing. */
function withoutBeginning(root: QueryNode | null, input: string): QueryNode | null {
  if (root?.kind !== 'and') return root;
  const last = root.of.at(-1);
  if (last?.kind !== 'text' || !/(?:^|\s)\p{L}$/u.test(input) || last.text.length > 2 || isSign(last.text)) return root;
  const rest = root.of.slice(0, -1);
  return rest.length === 1 ? (rest[0] ?? null) : { kind: 'and', of: rest };
}

function positive(node: QueryNode | null): Sought[] {
  switch (node?.kind) {
    case undefined:
    case 'narrow':
    case 'not':
      return [];
    case 'text':
      return [{ text: node.text, prefix: node.prefix }];
    case 'and':
    case 'or':
      return node.of.flatMap(positive);
    default:
      return node satisfies never;
  }
}

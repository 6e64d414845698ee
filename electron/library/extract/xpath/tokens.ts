import { XPathError } from './failure.ts';

/** One piece of an expression. `at` is where it begins, for telling where it is broken. */
export type Token = { kind: 'sign' | 'name' | 'text' | 'number' | 'operator' | 'end'; value: string; at: number };

/** Longer expressions are refused unread. */
const longest = 4_000;
const pattern = /\s+|(::|\/\/|\.\.|!=|<=|>=|[()[\].@,/|+\-=<>*$])|"([^"]*)"|'([^']*)'|(\d+(?:\.\d*)?|\.\d+)|([\p{L}_][\p{L}\p{N}_.-]*(?::(?!:)(?:[\p{L}_][\p{L}\p{N}_.-]*|\*))?)/uy;
const words = new Set(['and', 'or', 'div', 'mod']);
const signs = new Set(['/', '//', '|', '+', '-', '=', '!=', '<', '<=', '>', '>=']);
const opening = new Set(['@', '::', '(', '[', ',']);

/** The pieces of an XPath 1.0 expression; the last one is `end`. Throws XPathError. */
export function tokensOf(expression: string): Token[] {
  if (expression.length > longest) throw new XPathError({ kind: 'too-long' });
  const tokens: Token[] = [];
  // A name or a star after something that can be an operand is an operator: the one rule of XPath's grammar that needs memory.
  const operates = (): boolean => {
    const last = tokens.at(-1);
    return last !== undefined && last.kind !== 'operator' && !(last.kind === 'sign' && opening.has(last.value));
  };
  let at = 0;
  while (at < expression.length) {
    // A decimal that begins with its point is told from the step `.` by the digit after it.
    pattern.lastIndex = at;
    const decimal = /^\.\d+/.exec(expression.slice(at, at + 40));
    const match = decimal === null ? pattern.exec(expression) : null;
    const length = decimal?.[0].length ?? match?.[0].length ?? 0;
    if (length === 0) throw new XPathError({ kind: 'syntax', at, found: expression.slice(at, at + 12) });
    if (decimal !== null) tokens.push({ kind: 'number', value: decimal[0], at });
    else if (match !== null) {
      const [, sign, double, single, number, name] = match;
      if (sign !== undefined) tokens.push({ kind: signs.has(sign) || (sign === '*' && operates()) ? 'operator' : 'sign', value: sign, at });
      else if (number !== undefined) tokens.push({ kind: 'number', value: number, at });
      else if (name !== undefined) tokens.push({ kind: words.has(name) && operates() ? 'operator' : 'name', value: name, at });
      else if (double !== undefined || single !== undefined) tokens.push({ kind: 'text', value: double ?? single ?? '', at });
    }
    at += length;
  }
  tokens.push({ kind: 'end', value: '', at });
  return tokens;
}

import { XPathError } from './failure.ts';
import { functionArity } from './functions.ts';
import { tokensOf, type Token } from './tokens.ts';

export const axes = [
  'ancestor', 'ancestor-or-self', 'attribute', 'child', 'descendant', 'descendant-or-self', 'following', 'following-sibling', 'parent', 'preceding', 'preceding-sibling', 'self',
] as const;
export type Axis = (typeof axes)[number];

/** What a step looks for: a name (lower case), any element or attribute, or a kind of node. */
export type Test = { kind: 'name'; name: string } | { kind: 'any' | 'node' | 'text' | 'nothing' };
export type Step = { axis: Axis; test: Test; predicates: Expression[] };
export type Expression =
  | { kind: 'or' | 'and'; left: Expression; right: Expression }
  | { kind: 'compare'; sign: '=' | '!=' | '<' | '<=' | '>' | '>='; left: Expression; right: Expression }
  | { kind: 'calculate'; sign: '+' | '-' | '*' | 'div' | 'mod'; left: Expression; right: Expression }
  | { kind: 'negate'; of: Expression }
  | { kind: 'union'; parts: Expression[] }
  | { kind: 'path'; from: 'root' | 'here' | Expression; steps: Step[] }
  | { kind: 'filter'; of: Expression; predicates: Expression[] }
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'call'; name: string; args: Expression[] };

const deepest = 60;
const everything: Step = { axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] };
const isAxis = (name: string): name is Axis => (axes as readonly string[]).includes(name);
const nodeKinds: Record<string, Test> = { node: { kind: 'node' }, text: { kind: 'text' }, comment: { kind: 'nothing' }, 'processing-instruction': { kind: 'nothing' } };

/** An XPath 1.0 expression, ready to be evaluated; without variables and namespaces. Throws XPathError. */
export function parseXPath(text: string): Expression {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;

  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)] as Token;
  const is = (value: string, ahead = 0): boolean => (peek(ahead).kind === 'sign' || peek(ahead).kind === 'operator') && peek(ahead).value === value;
  const broken = (token = peek()): XPathError => new XPathError({ kind: 'syntax', at: token.at, found: token.value.slice(0, 20) });
  const take = (value: string): boolean => is(value) && ++at > 0;
  const must = (value: string): void => {
    if (!take(value)) throw broken();
  };

  function chain(next: () => Expression, signs: readonly string[], make: (sign: string, left: Expression, right: Expression) => Expression): Expression {
    let left = next();
    while (peek().kind === 'operator' && signs.includes(peek().value)) {
      const { value } = peek();
      at++;
      left = make(value, left, next());
    }
    return left;
  }

  function expression(): Expression {
    if (++depth > deepest) throw new XPathError({ kind: 'too-long' });
    const made = chain(both, ['or'], (_, left, right) => ({ kind: 'or', left, right }));
    depth--;
    return made;
  }
  const both = (): Expression => chain(equality, ['and'], (_, left, right) => ({ kind: 'and', left, right }));
  const equality = (): Expression => chain(relation, ['=', '!='], compare);
  const relation = (): Expression => chain(sum, ['<', '<=', '>', '>='], compare);
  const sum = (): Expression => chain(product, ['+', '-'], calculate);
  const product = (): Expression => chain(negation, ['*', 'div', 'mod'], calculate);
  const compare = (sign: string, left: Expression, right: Expression): Expression => ({ kind: 'compare', sign: sign as '=', left, right });
  const calculate = (sign: string, left: Expression, right: Expression): Expression => ({ kind: 'calculate', sign: sign as '+', left, right });

  function negation(): Expression {
    let minus = 0;
    while (take('-')) minus++;
    const of = union();
    return minus % 2 === 1 ? { kind: 'negate', of } : of;
  }

  function union(): Expression {
    const parts = [path()];
    while (take('|')) parts.push(path());
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'union', parts };
  }

  function path(): Expression {
    const token = peek();
    if (token.kind === 'text' || token.kind === 'number' || is('(') || isCall()) {
      const of = primary();
      const predicates = predicatesHere();
      const filtered: Expression = predicates.length === 0 ? of : { kind: 'filter', of, predicates };
      return is('/') || is('//') ? { kind: 'path', from: filtered, steps: steps([]) } : filtered;
    }
    if (is('/') && !startsStep(1)) {
      at++;
      return { kind: 'path', from: 'root', steps: [] };
    }
    if (is('/') || is('//')) return { kind: 'path', from: 'root', steps: steps([]) };
    return { kind: 'path', from: 'here', steps: steps([step()]) };
  }

  /** The steps after those made, each behind its `/` or `//`. */
  function steps(made: Step[]): Step[] {
    for (;;) {
      if (take('//')) made.push(everything, step());
      else if (take('/')) made.push(step());
      else return made;
    }
  }

  const startsStep = (ahead: number): boolean => peek(ahead).kind === 'name' || ['*', '.', '..', '@'].some((sign) => is(sign, ahead));
  const isCall = (): boolean => peek().kind === 'name' && is('(', 1) && !Object.hasOwn(nodeKinds, peek().value);

  function step(): Step {
    if (take('.')) return { axis: 'self', test: { kind: 'node' }, predicates: predicatesHere() };
    if (take('..')) return { axis: 'parent', test: { kind: 'node' }, predicates: predicatesHere() };
    let axis: Axis = 'child';
    if (take('@')) axis = 'attribute';
    else if (peek().kind === 'name' && is('::', 1)) {
      const { value } = peek();
      if (!isAxis(value)) throw new XPathError({ kind: 'unknown-axis', name: value });
      axis = value;
      at += 2;
    }
    return { axis, test: test(), predicates: predicatesHere() };
  }

  function test(): Test {
    if (take('*')) return { kind: 'any' };
    const token = peek();
    if (token.kind !== 'name') throw broken();
    at++;
    const kind = nodeKinds[token.value];
    if (kind !== undefined && is('(')) {
      at++;
      if (peek().kind === 'text') at++;
      must(')');
      return kind;
    }
    // Pages are read without namespaces: `svg:path` is a path.
    const name = token.value.toLowerCase().replace(/^.*:/, '');
    return name === '*' ? { kind: 'any' } : { kind: 'name', name };
  }

  function predicatesHere(): Expression[] {
    const found: Expression[] = [];
    while (take('[')) {
      found.push(expression());
      must(']');
    }
    return found;
  }

  function primary(): Expression {
    const token = peek();
    if (take('(')) {
      const inner = expression();
      must(')');
      return inner;
    }
    at++;
    if (token.kind === 'text') return { kind: 'text', value: token.value };
    if (token.kind === 'number') return { kind: 'number', value: Number(token.value) };
    return call(token);
  }

  function call({ value: name }: Token): Expression {
    const arity = functionArity(name);
    if (arity === null) throw new XPathError({ kind: 'unknown-function', name });
    must('(');
    const args: Expression[] = [];
    if (!is(')')) do args.push(expression()); while (take(','));
    must(')');
    if (args.length < arity[0] || args.length > arity[1]) throw new XPathError({ kind: 'wrong-arguments', name });
    return { kind: 'call', name, args };
  }

  const made = expression();
  if (peek().kind !== 'end') throw broken();
  return made;
}

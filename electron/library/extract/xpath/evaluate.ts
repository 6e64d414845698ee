import { isElement, isText, type Element, type Text, type Tree } from '../tree.ts';
import { XPathError } from './failure.ts';
import { callFunction, type Here } from './functions.ts';
import type { Expression, Step, Test } from './parse.ts';
import { attributesOf, childrenOf, isAttribute, parentOf, type Spend, stringOf, toNumber, toText, toTruth, type Value, type XNode } from './values.ts';

/** How many nodes an expression may look at: some hundred times a large page, within a second or two. */
const mostWork = 6_000_000;

/** What an expression comes to on a page; nodes in document order. `work.left` goes down with it. Throws XPathError `too-much`. */
export function evaluateXPath(expression: Expression, root: Tree, work: { left: number } = { left: mostWork }): Value {
  const spend: Spend = (amount = 1) => {
    work.left -= amount;
    if (work.left < 0) throw new XPathError({ kind: 'too-much' });
  };
  let places: Map<XNode, number> | null = null;

  /** Document order, found out only where an expression needs it. */
  function ordered(found: Set<XNode>): XNode[] {
    const list = [...found];
    if (list.length < 2) return list;
    if (places === null) {
      const order = (places = new Map<XNode, number>());
      const walk = (node: XNode): void => {
        spend();
        order.set(node, order.size);
        if ('tagName' in node) for (const attribute of attributesOf(node)) order.set(attribute, order.size);
        for (const child of childrenOf(node)) walk(child);
      };
      walk(root);
    }
    const order = places;
    return list.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }

  function value(of: Expression, here: Here): Value {
    spend();
    switch (of.kind) {
      case 'text': case 'number': return of.value;
      case 'or': return toTruth(value(of.left, here)) || toTruth(value(of.right, here));
      case 'and': return toTruth(value(of.left, here)) && toTruth(value(of.right, here));
      case 'compare': return compare(of.sign, value(of.left, here), value(of.right, here), spend);
      case 'calculate': return calculate(of.sign, toNumber(value(of.left, here), spend), toNumber(value(of.right, here), spend));
      case 'negate': return -toNumber(value(of.of, here), spend);
      case 'union': return ordered(new Set(of.parts.flatMap((part) => nodesOf(value(part, here)))));
      case 'call': return callFunction(of.name, of.args.map((arg) => value(arg, here)), here);
      case 'filter': return of.predicates.reduce<XNode[]>((list, predicate) => filter(list, predicate), nodesOf(value(of.of, here)));
      case 'path': {
        const from = of.from === 'root' ? [root] : of.from === 'here' ? [here.node] : nodesOf(value(of.from, here));
        return of.steps.reduce<XNode[]>(walkStep, from);
      }
      default: return of satisfies never;
    }
  }

  function walkStep(from: XNode[], step: Step): XNode[] {
    const found = new Set<XNode>();
    for (const node of from) {
      const along = axis(node, step).filter((one) => passes(one, step.test, step.axis === 'attribute'));
      for (const one of step.predicates.reduce(filter, along)) found.add(one);
    }
    // Forward from one node the axis has the order already.
    return from.length === 1 && !/^(?:ancestor|preceding)/.test(step.axis) ? [...found] : ordered(found);
  }

  function filter(list: XNode[], predicate: Expression): XNode[] {
    return list.filter((node, i) => {
      const said = value(predicate, { node, position: i + 1, size: list.length, root, spend });
      return typeof said === 'number' ? said === i + 1 : toTruth(said);
    });
  }

  /** Nearest first, as positions count along an axis. */
  function axis(node: XNode, step: Step): XNode[] {
    spend();
    switch (step.axis) {
      case 'self': return [node];
      case 'child': return spent(childrenOf(node));
      case 'attribute': return 'tagName' in node ? attributesOf(node) : [];
      case 'parent': return ancestors(node).slice(0, 1);
      case 'ancestor': return ancestors(node);
      case 'ancestor-or-self': return [node, ...ancestors(node)];
      case 'descendant': return below(node, []);
      case 'descendant-or-self': return below(node, [node]);
      case 'following-sibling': return siblings(node).after;
      case 'preceding-sibling': return siblings(node).before;
      case 'following': return [node, ...ancestors(node)].flatMap((one) => siblings(one).after).flatMap((one) => below(one, [one]));
      case 'preceding': return [node, ...ancestors(node)].flatMap((one) => siblings(one).before).flatMap((one) => below(one, [one]).toReversed());
      default: return step.axis satisfies never;
    }
  }

  function spent<T>(list: T[]): T[] {
    for (let i = 0; i < list.length; i++) spend();
    return list;
  }

  function below(node: XNode, into: XNode[]): XNode[] {
    for (const child of childrenOf(node)) {
      spend();
      into.push(child);
      below(child, into);
    }
    return into;
  }

  function ancestors(node: XNode): XNode[] {
    const list: XNode[] = [];
    for (let at = parentOf(node); at !== null; at = parentOf(at)) list.push(at);
    return spent(list);
  }

  function siblings(node: XNode): { before: XNode[]; after: XNode[] } {
    const parent = isAttribute(node) ? null : parentOf(node);
    if (parent === null) return { before: [], after: [] };
    const all: XNode[] = spent(childrenOf(parent));
    const at = all.indexOf(node);
    return { before: all.slice(0, at).toReversed(), after: all.slice(at + 1) };
  }

  return value(expression, { node: root, position: 1, size: 1, root, spend });
}

const nodesOf = (value: Value): XNode[] => (Array.isArray(value) ? value : []);

function passes(node: XNode, test: Test, isAxisOfAttributes: boolean): boolean {
  switch (test.kind) {
    case 'node': return true;
    case 'nothing': return false;
    case 'text': return isText(node as Text);
    case 'any': return isAxisOfAttributes || isElement(node as Element);
    case 'name': return isAttribute(node) ? node.name.toLowerCase() === test.name : 'tagName' in node && node.tagName.toLowerCase() === test.name;
    default: return test satisfies never;
  }
}

type Sign = (Expression & { kind: 'compare' })['sign'];

/** With nodes on a side, true where it is so for any of them. */
function compare(sign: Sign, left: Value, right: Value, spend: Spend): boolean {
  if (Array.isArray(left) && typeof right !== 'boolean') return left.some((node) => compare(sign, alike(stringOf(node, spend), right, spend), right, spend));
  if (Array.isArray(right) && typeof left !== 'boolean') return right.some((node) => compare(sign, left, alike(stringOf(node, spend), left, spend), spend));
  if (sign === '=' || sign === '!=') {
    const same =
      typeof left === 'boolean' || typeof right === 'boolean' ? toTruth(left) === toTruth(right)
      : typeof left === 'number' || typeof right === 'number' ? toNumber(left, spend) === toNumber(right, spend)
      : toText(left, spend) === toText(right, spend);
    return same === (sign === '=');
  }
  const [a, b] = [left, right].map((value) => toNumber(Array.isArray(value) ? toTruth(value) : value, spend)) as [number, number];
  return sign === '<' ? a < b : sign === '<=' ? a <= b : sign === '>' ? a > b : a >= b;
}

const alike = (text: string, other: Value, spend: Spend): Value => (typeof other === 'number' ? toNumber(text, spend) : text);

function calculate(sign: (Expression & { kind: 'calculate' })['sign'], a: number, b: number): number {
  switch (sign) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case 'div': return a / b;
    case 'mod': return a % b;
    default: return sign satisfies never;
  }
}

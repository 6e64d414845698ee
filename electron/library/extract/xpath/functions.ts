import { attr, isElement } from '../nodes.ts';
import { isAttribute, parentOf, stringOf, type Spend, toNumber, toText, toTruth, type Value, type XNode } from './values.ts';

/** Where a function is called: the node, its place among the others (from 1) and their number; `spend` bounds the work. */
export type Here = { node: XNode; position: number; size: number; root: XNode; spend: Spend };

type Call = (args: Value[], here: Here) => Value;

const text = (args: Value[], at: number, here: Here): string => toText(args[at] ?? [here.node], here.spend);
const number = (args: Value[], at: number, here: Here): number => toNumber(args[at] ?? [here.node], here.spend);
const nodes = (value: Value | undefined): XNode[] => (Array.isArray(value) ? value : []);
const nameOf = (args: Value[], here: Here): string => {
  const node = args.length === 0 ? here.node : nodes(args[0])[0];
  if (node === undefined) return '';
  return isAttribute(node) ? node.name : 'tagName' in node ? node.tagName : '';
};

/** Rounds as XPath does: halves upwards. */
const round = (value: number): number => (Number.isFinite(value) ? Math.floor(value + 0.5) : value);

function substring(args: Value[], here: Here): string {
  const signs = [...text(args, 0, here)];
  const from = round(number(args, 1, here));
  const to = args.length < 3 ? Infinity : from + round(number(args, 2, here));
  return signs.filter((_, i) => i + 1 >= from && i + 1 < to).join('');
}

function translate(args: Value[], here: Here): string {
  const [from, to] = [[...text(args, 1, here)], [...text(args, 2, here)]];
  return [...text(args, 0, here)].map((sign) => (from.includes(sign) ? (to[from.indexOf(sign)] ?? '') : sign)).join('');
}

function speaks(args: Value[], here: Here): boolean {
  const wanted = text(args, 0, here).toLowerCase();
  for (let node: XNode | null = here.node; node !== null; node = parentOf(node)) {
    const lang = 'tagName' in node && isElement(node) ? attr(node, 'lang') : null;
    if (lang !== null) return lang.toLowerCase() === wanted || lang.toLowerCase().startsWith(`${wanted}-`);
  }
  return false;
}

function byId(args: Value[], here: Here): XNode[] {
  const [given] = args;
  const ids = new Set((Array.isArray(given) ? given.map((node) => stringOf(node, here.spend)) : [text(args, 0, here)]).flatMap((value) => value.split(/\s+/)));
  const found: XNode[] = [];
  const walk = (node: XNode): void => {
    here.spend();
    if ('tagName' in node && ids.has(attr(node, 'id') ?? '')) found.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) if (isElement(child)) walk(child);
  };
  walk(here.root);
  return found;
}

/** Every function of XPath 1.0 and two that people write all the same, with the fewest and most arguments. */
const table: Record<string, [fewest: number, most: number, call: Call]> = {
  last: [0, 0, (_, here) => here.size],
  position: [0, 0, (_, here) => here.position],
  count: [1, 1, ([given]) => nodes(given).length],
  id: [1, 1, byId],
  'local-name': [0, 1, nameOf],
  name: [0, 1, nameOf],
  'namespace-uri': [0, 1, () => ''],
  string: [0, 1, (args, here) => text(args, 0, here)],
  concat: [2, 100, (args, here) => args.map((_, i) => text(args, i, here)).join('')],
  'starts-with': [2, 2, (args, here) => text(args, 0, here).startsWith(text(args, 1, here))],
  'ends-with': [2, 2, (args, here) => text(args, 0, here).endsWith(text(args, 1, here))],
  contains: [2, 2, (args, here) => text(args, 0, here).includes(text(args, 1, here))],
  'substring-before': [2, 2, (args, here) => before(text(args, 0, here), text(args, 1, here))],
  'substring-after': [2, 2, (args, here) => after(text(args, 0, here), text(args, 1, here))],
  substring: [2, 3, substring],
  'string-length': [0, 1, (args, here) => [...text(args, 0, here)].length],
  'normalize-space': [0, 1, (args, here) => text(args, 0, here).replace(/[ \t\r\n]+/g, ' ').trim()],
  translate: [3, 3, translate],
  'lower-case': [1, 1, (args, here) => text(args, 0, here).toLowerCase()],
  boolean: [1, 1, ([given]) => toTruth(given ?? [])],
  not: [1, 1, ([given]) => !toTruth(given ?? [])],
  true: [0, 0, () => true],
  false: [0, 0, () => false],
  lang: [1, 1, speaks],
  number: [0, 1, (args, here) => number(args, 0, here)],
  sum: [1, 1, ([given], here) => nodes(given).reduce((total, node) => total + toNumber(stringOf(node, here.spend), here.spend), 0)],
  floor: [1, 1, (args, here) => Math.floor(number(args, 0, here))],
  ceiling: [1, 1, (args, here) => Math.ceil(number(args, 0, here))],
  round: [1, 1, (args, here) => round(number(args, 0, here))],
};

const before = (whole: string, part: string): string => whole.slice(0, Math.max(0, whole.indexOf(part)));
const after = (whole: string, part: string): string => (whole.includes(part) ? whole.slice(whole.indexOf(part) + part.length) : '');

/** The fewest and most arguments of a function; null for one there is not. */
export function functionArity(name: string): [number, number] | null {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  return found === undefined ? null : [found[0], found[1]];
}

export function callFunction(name: string, args: Value[], here: Here): Value {
  return table[name]?.[2](args, here) ?? '';
}

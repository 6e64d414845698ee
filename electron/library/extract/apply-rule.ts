import type { RuleLine, RuleProblem } from '../../../shared/site-rule.ts';
import type { RulePath, SiteRule } from './site-rule.ts';
import { allElements, attr, createElement, detach, dropAttr, find, fold, isElement, isText, replace, setAttr, textOf, type Element, type Node, type Tree } from './tree.ts';
import { XPathError } from './xpath/failure.ts';
import { evaluateXPath } from './xpath/evaluate.ts';
import { isAttribute, stringOf, toTruth, type Value, type XNode } from './xpath/values.ts';

/**
 * What a rule found on a page. `body` are the elements of its first body line that found any, outermost ones. Links are
 * as written on the page; `nextPage` is undefined where the rule says nothing of one.
 */
export type Ruled = {
  title: string | null;
  authors: string[];
  date: string | null;
  body: Element[];
  nextPage: string | null | undefined;
  singlePage: string | null;
  lines: RuleLine[];
  problems: RuleProblem[];
};

/** The page's source with the rule's replacements made, one after the other. */
export function replaceStrings({ replacements }: SiteRule, html: string, lines: RuleLine[]): string {
  let out = html;
  for (const { name, line, find, replace: by } of replacements) {
    const parts = out.split(find);
    lines.push({ name, line, directive: 'replace_string', matched: parts.length - 1 });
    // A page must not grow without end by one sign replaced with a thousand.
    if (parts.length > 1 && out.length + (parts.length - 1) * (by.length - find.length) < 40_000_000) out = parts.join(by);
  }
  return out;
}

/** How many nodes all of a rule's expressions together may look at on one page. */
const mostWork = 12_000_000;

/**
 * Applies a rule to a page's tree: reads what it names, then takes out what it strips. Never throws for what the rule says:
 * an expression that asks for too much is named in `problems`, and counts as one that found nothing.
 */
export function applyRule(rule: SiteRule, tree: Tree): Ruled {
  const work = { left: mostWork };
  const found: Ruled = { title: null, authors: [], date: null, body: [], nextPage: undefined, singlePage: null, lines: [], problems: [] };
  const value = ({ name, line, directive, expression }: RulePath): Value => {
    let got: Value = [];
    try {
      got = evaluateXPath(expression, tree, work);
    } catch (error) {
      if (!(error instanceof XPathError)) throw error;
      found.problems.push({ line, kind: 'broken-xpath', directive, problem: error.problem });
    }
    found.lines.push({ name, line, directive, matched: Array.isArray(got) ? got.length : got === '' || got === false ? 0 : 1 });
    return got;
  };
  const nodes = (path: RulePath): XNode[] => {
    const got = value(path);
    return Array.isArray(got) ? got : [];
  };
  const { paths, words, flags, wraps } = rule;

  if (paths.next_page_link.length > 0) found.nextPage = firstOf(paths.next_page_link.map((path) => linkIn(path, value, tree)));
  found.singlePage = firstOf(paths.single_page_link.map((path) => linkIn(path, value, tree)));
  for (const path of paths.native_ad_clue) value(path);
  found.title = firstOf(paths.title.map((path) => textsIn(value(path))[0] ?? null));
  const authors = paths.author.map(value);
  found.authors = [...new Set(authors.map(textsIn).find((texts) => texts.length > 0) ?? [])];
  const dates = paths.date.map(value);
  found.date = firstOf(dates.map((one) => textsIn(one)[0] ?? null));
  // They are facts now, and no part of the text.
  for (const one of [...authors, ...dates]) for (const node of Array.isArray(one) ? one : []) if (isElementNode(node) && isInBody(node) && textOf(node).length <= 200) detachFact(node);

  for (const path of paths.dissolve) for (const node of nodes(path)) if (isElementNode(node) && isInBody(node)) replace(node, [...node.childNodes]);
  for (const path of paths.wrap_in) for (const node of nodes(path)) if (isElementNode(node) && isInBody(node)) wrap(node, wraps.get(path) ?? 'div');
  for (const path of [...paths.strip, ...paths.strip_attr]) for (const node of nodes(path)) strip(node);
  for (const { name, line, directive, word } of words.strip_id_or_class) {
    const hits = allElements(tree).filter((element) => isInBody(element) && `${attr(element, 'id') ?? ''}\n${attr(element, 'class') ?? ''}`.includes(word));
    hits.forEach(detach);
    found.lines.push({ name, line, directive, matched: hits.length });
  }
  for (const { name, line, directive, word } of words.strip_image_src) {
    const hits = allElements(tree).filter((element) => element.tagName === 'img' && (attr(element, 'src') ?? '').includes(word));
    hits.forEach(detach);
    found.lines.push({ name, line, directive, matched: hits.length });
  }
  for (const { name, line, directive, word } of words.src_lazy_load_attr) {
    const hits = allElements(tree).filter((element) => element.tagName === 'img' && (attr(element, word.toLowerCase()) ?? '') !== '');
    for (const img of hits) setAttr(img, 'src', attr(img, word.toLowerCase()) ?? '');
    found.lines.push({ name, line, directive, matched: hits.length });
  }
  if (flags.skip_json_ld === true) for (const element of allElements(tree)) if (element.tagName === 'script' && /ld\+json/i.test(attr(element, 'type') ?? '')) detach(element);

  const bodies = paths.body.map((path) => nodes(path).filter(isElementNode));
  found.body = outermost(bodies.find((one) => one.length > 0) ?? []);
  return found;
}

const firstOf = (values: Array<string | null>): string | null => values.find((one) => one !== null) ?? null;
const isElementNode = (node: XNode): node is Element => !isAttribute(node) && isElement(node as Node);

function textsIn(value: Value): string[] {
  const texts = Array.isArray(value) ? value.map((node) => stringOf(node, () => undefined)) : [String(value)];
  return texts.map(fold).filter((text) => text !== '' && text.length <= 2_000);
}

function linkIn(path: RulePath, value: (path: RulePath) => Value, tree: Tree): string | null {
  const got = value(path);
  const links = Array.isArray(got) ? got.map((node) => (isElementNode(node) ? (attr(node, 'href') ?? '') : stringOf(node, () => undefined))) : [String(got)];
  const link = links.map((one) => one.trim()).find((one) => one !== '') ?? null;
  if (link === null || path.only === undefined) return link;
  try {
    return toTruth(evaluateXPath(path.only, tree)) ? link : null;
  } catch (error) {
    if (error instanceof XPathError) return null;
    throw error;
  }
}

/** Below `body`: the page itself is never taken away, whatever a rule says. */
function isInBody(node: Node): boolean {
  for (let at = node.parentNode; at !== null; at = isElement(at) ? at.parentNode : null) if (isElement(at) && at.tagName === 'body') return true;
  return false;
}

/** A name or date with the few words around it that are nothing without it: "By … and …". */
function detachFact(node: Element): void {
  const parent = node.parentNode;
  detach(node);
  if (isElement(parent) && /^(?:p|div|span|li|address|small|footer|header)$/.test(parent.tagName) && isInBody(parent) && textOf(parent).length <= 24 && find(parent, ({ tagName }) => tagName === 'img') === null) detach(parent);
}

function strip(node: XNode): void {
  if (isAttribute(node)) return dropAttr(node.parentNode, node.name);
  const one = node as Node;
  if (isText(one) || (isElement(one) && !/^(?:html|head|body)$/.test(one.tagName))) detach(one);
}

function wrap(node: Element, tag: string): void {
  const box = createElement(tag);
  replace(node, [box]);
  box.childNodes.push(node);
  node.parentNode = box;
}

function outermost(elements: Element[]): Element[] {
  const all = new Set<Node | Tree>(elements);
  return elements.filter((element) => {
    for (let at = element.parentNode; at !== null; at = isElement(at) ? at.parentNode : null) if (all.has(at as Element)) return false;
    return true;
  });
}

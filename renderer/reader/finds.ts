import { useEffect, useMemo, useState } from 'react';
import { marksIn, type Sought } from '../../shared/marks.ts';
import { parseQuery } from '../../shared/query.ts';
import type { Body } from './body.ts';
import type { FrameParts } from './frame-document.ts';
import type { Spot } from './place.ts';
import { rangeAt } from './position.ts';

/** One place in an article's text that fits what is looked for: a stretch `[from, to)` of a block's text. */
export type Find = { block: number; from: number; to: number };

/** More than this many are neither marked nor counted one by one. */
export const mostFinds = 2_000;

/**
 * Every place in the blocks' texts that fits, in the order of reading; at most `mostFinds`. Where there are more, the words
 * that stand everywhere are not looked for, so that the rarer ones are all found.
 */
export function findsIn(texts: readonly string[], sought: readonly Sought[]): Find[] {
  const found = sought.map((word) => findsOf(texts, [word])).toSorted((a, b) => a.length - b.length);
  let finds = (found[0] ?? []).slice(0, mostFinds);
  for (const more of found.slice(1)) {
    if (finds.length + more.length > mostFinds) break;
    finds = [...finds, ...more];
  }
  if (found.length < 2) return finds;
  const ordered = finds.toSorted((a, b) => a.block - b.block || a.from - b.from || b.to - a.to);
  // Two words may stand in one: 217 in 217th.
  return ordered.filter((find, at) => {
    const before = ordered[at - 1];
    return before === undefined || before.block !== find.block || before.to <= find.from;
  });
}

function findsOf(texts: readonly string[], sought: readonly Sought[]): Find[] {
  const finds: Find[] = [];
  for (const [block, text] of texts.entries()) {
    for (const { from, to } of marksIn(text, sought, mostFinds)) finds.push({ block, from, to });
    if (finds.length > mostFinds) break;
  }
  return finds;
}

/**
 * The find to begin with: the first in the block that has most of the words looked for. Who looked for “in the last week”
 * does not want the first “in”.
 */
export function bestFind(finds: readonly Find[], texts: readonly string[], sought: readonly Sought[]): number {
  if (sought.length < 2) return 0;
  let best = { at: 0, words: 0 };
  let last = -1;
  for (const [at, { block }] of finds.entries()) {
    if (block === last) continue;
    last = block;
    const words = sought.filter((word) => marksIn(texts[block] ?? '', [word], 1).length > 0).length;
    if (words > best.words) best = { at, words };
    if (words === sought.length) break;
  }
  return best.at;
}

/** Paints the finds in the article, the current one more strongly; none takes the paint away. The text is not touched. */
export function paintFinds({ doc, view }: FrameParts, body: Body, finds: readonly Find[], current: number): void {
  const registry = (view as Window & { CSS?: typeof CSS }).CSS?.highlights;
  if (registry === undefined) return;
  const Highlight = (view as Window & { Highlight?: typeof globalThis.Highlight }).Highlight ?? globalThis.Highlight;
  const rangeOf = ({ block, from, to }: Find): Range[] => {
    const element = body.blocks[block];
    const range = element === undefined ? null : rangeAt(doc, element, from, to - from);
    return range === null ? [] : [range];
  };
  const now = finds[current];
  for (const name of ['found', 'found-now']) registry.delete(name);
  if (now === undefined) return;
  registry.set('found', new Highlight(...finds.filter((find) => find !== now).flatMap(rangeOf)));
  const strong = new Highlight(...rangeOf(now));
  strong.priority = 1;
  registry.set('found-now', strong);
}

/** What a search asks to be looked for in a text: its words and phrases. */
export function soughtIn(query: string): Sought[] {
  return parseQuery(query).terms;
}

export type Finds = { finds: readonly Find[]; at: number; begin: Spot | null; step: (by: number) => void };

/** The places in a shown article that a search has led to, marked there, and the way from one to the next, round and round. */
export function useFinds(parts: FrameParts, body: Body | null, query: string | null): Omit<Finds, 'step'> & { goTo: (at: number) => Find | null } {
  const sought = useMemo(() => (query === null ? [] : soughtIn(query)), [query]);
  const finds = useMemo(() => (body === null ? [] : findsIn(body.texts, sought)), [sought, body]);
  const best = useMemo(() => (body === null ? 0 : bestFind(finds, body.texts, sought)), [finds, body, sought]);
  const [shown, setShown] = useState<{ finds: readonly Find[]; at: number }>({ finds, at: best });
  const at = shown.finds === finds ? shown.at : best;
  useEffect(() => {
    if (body !== null) paintFinds(parts, body, finds, at);
  }, [parts, body, finds, at]);
  const begin = useMemo(() => {
    const first = finds[best];
    return first === undefined ? null : { block: first.block, offset: first.from };
  }, [finds, best]);
  const goTo = (wanted: number): Find | null => {
    if (finds.length === 0) return null;
    const next = (wanted + finds.length) % finds.length;
    setShown({ finds, at: next });
    return finds[next] ?? null;
  };
  return { finds, at, begin, goTo };
}

import { bodyOf, cutBlocks, type Blocks } from './blocks.ts';
import { blockTokens, coverage, hold, linesOf } from './coverage.ts';
import type { Facts } from './facts.ts';
import { findCore, measure, type Signals } from './features.ts';
import { runReadability } from './readability.ts';
import type { Title } from './title.ts';
import { createElement, isElement, type Parent, type Tree } from './tree.ts';

/** The page cut into blocks, ready for the candidates. */
export function cutPage(tree: Tree): Blocks {
  return cutBlocks(bodyOf(tree) ?? createElement('body'));
}

/** Beyond this many elements Readability alone would take longer than a page may; our own candidate answers for it. */
const mostElements = 25_000;
const mostText = 2_000_000;

/** What the candidates say of each block: Readability's choice and the JSON-LD body as shares, then the numbers made of all that is known. */
export function gatherCandidates(tree: Tree, page: Blocks, facts: Facts, title: Title, isThread: boolean): { signals: Signals; rows: Float32Array } {
  const tokens = blockTokens(page.blocks);
  const isHuge = page.root.size > mostText || countElements(tree, 0) > mostElements;
  const readable = page.root.size > 0 && !isHuge ? runReadability(tree) : null;
  const stated = facts.stated.body !== null && facts.stated.body.length > 200 ? hold([facts.stated.body.replace(/<[^>]{1,500}>/g, ' ')]) : null;
  const signals: Signals = {
    readability: isHuge ? insideCore(page) : coverage(tokens, hold(readable === null ? [] : linesOf(readable))),
    stated: stated === null ? null : coverage(tokens, stated),
    titleAt: title.block?.index ?? -1,
    title: title.text,
    isThread,
  };
  return { signals, rows: measure(page, signals) };
}

function insideCore(page: Blocks): Float64Array {
  const { box } = findCore(page.blocks, page.root);
  return Float64Array.from(page.blocks, ({ index }) => (index >= box.first && index < box.last ? 1 : 0));
}

function countElements(parent: Parent, counted: number): number {
  let count = counted;
  for (const child of parent.childNodes) {
    if (!isElement(child)) continue;
    if (++count > mostElements) return count;
    count = countElements(child, count);
  }
  return count;
}

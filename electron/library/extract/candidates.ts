import { bodyOf, cutBlocks, type Blocks } from './blocks.ts';
import { blockTokens, coverage, hold, linesOf } from './coverage.ts';
import type { Facts } from './facts.ts';
import { measure, type Signals } from './features.ts';
import { runReadability } from './readability.ts';
import type { Title } from './title.ts';
import { createElement, type Tree } from './tree.ts';

/** The page cut into blocks, ready for the candidates. */
export function cutPage(tree: Tree): Blocks {
  return cutBlocks(bodyOf(tree) ?? createElement('body'));
}

/** What the candidates say of each block: Readability's choice and the JSON-LD body as shares, then the numbers made of all that is known. */
export function gatherCandidates(tree: Tree, page: Blocks, facts: Facts, title: Title): { signals: Signals; rows: Float32Array[] } {
  const tokens = blockTokens(page.blocks);
  const readable = page.root.size > 0 ? runReadability(tree) : null;
  const stated = facts.stated.body !== null && facts.stated.body.length > 200 ? hold([facts.stated.body.replace(/<[^>]{1,500}>/g, ' ')]) : null;
  const signals: Signals = {
    readability: coverage(tokens, hold(readable === null ? [] : linesOf(readable))),
    stated: stated === null ? null : coverage(tokens, stated),
    titleAt: title.block?.index ?? -1,
    title: title.text,
  };
  return { signals, rows: measure(page, signals) };
}

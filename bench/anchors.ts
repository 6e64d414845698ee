import { performance } from 'node:perf_hooks';
import { signsOf, foldedLength } from '../shared/anchor-text.ts';
import { locate } from '../shared/anchor.ts';
import { article, edits, mark, random, tally } from '../tests/anchor-fuzz.ts';

/*
 * Highlights found again: `node bench/anchors.ts [articles]`. First the shares, of marks that have a place left, for each kind of
 * edit; then the time for 500 highlights in an article of 2 MB, unchanged and after edits, beside searching each quote with `indexOf`.
 */

const articles = Number(process.argv[2] ?? 200);
const share = (some: number, all: number): string => `${((100 * some) / all).toFixed(2).padStart(6)} %`;
console.log(`${articles} articles, 25 marks each; ${'right'.padStart(10)} ${'part'.padStart(8)} ${'wrong'.padStart(8)} ${'orphaned'.padStart(9)}`);
for (const kind of edits) {
  const { right, part, wrong, orphaned } = tally(kind, articles, 25, 7);
  const all = right + part + wrong + orphaned;
  console.log(`${kind.padEnd(34)}${share(right, all)} ${share(part, all)} ${share(wrong, all)} ${share(orphaned, all)}`);
}

const pick = random(99);
const long = article(pick, false, 6_000);
const marks = Array.from({ length: 500 }, () => mark(long.slice(0, 200), pick)).map(({ anchor }, n) => {
  // Spread over the whole text: marked in a part of it, moved to where that part is.
  const from = (n % 29) * 200;
  const shift = foldedLength(long.slice(0, from).join('\n'));
  const made = mark(long.slice(from, from + 200), pick).anchor;
  return { ...made, start: made.start + shift, end: made.end + shift, twins: anchor.twins };
});
const text = long.join('\n');
const changed = long.map((paragraph, n) => (n % 3 === 0 ? paragraph.replace(' the ', ' that old ') : paragraph)).toSpliced(0, 0, ...article(pick, false, 20)).join('\n');
const timed = (work: () => unknown): number => {
  const since = performance.now();
  work();
  return performance.now() - since;
};
const folded = signsOf(text);
const base = Math.min(...[0, 1, 2].map(() => timed(() => marks.map(({ quote }) => folded.indexOf(signsOf(quote))))));
const asIs = Math.min(...[0, 1, 2].map(() => timed(() => marks.map((anchor) => locate(folded, anchor)))));
const other = signsOf(changed);
const after = Math.min(...[0, 1, 2].map(() => timed(() => marks.map((anchor) => locate(other, anchor)))));
const folding = Math.min(...[0, 1, 2].map(() => timed(() => signsOf(text))));
console.log(`\n${(text.length / 1e6).toFixed(1)} MB, 500 highlights: indexOf 1, unchanged ${(asIs / base).toFixed(2)}, changed ${(after / base).toFixed(1)} (${after.toFixed(0)} ms), folding the text ${folding.toFixed(0)} ms`);

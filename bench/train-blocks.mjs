#!/usr/bin/env node
// Trains the block chooser and writes it as a table of numbers.
// node bench/train-blocks.mjs SAMPLES_FOLDER [OUT_FILE] [--folds]     (samples: bench/block-samples.mjs)
// With --folds it first trains four times without a quarter of the sites each, prints how well that judges the sites left
// out (each block weighed by its share of its page's truth), and writes those tables beside OUT_FILE too (weights-0.ts …),
// with folds.json naming the pages each was trained without.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chances as judgeRows } from '../electron/library/extract/forest.ts';

const [folder, outFile] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const settings = { trees: Number(process.env.TREES ?? 150), leaves: 24, rate: 0.1, rows: 0.7, columns: 0.4, lambda: 1.5, least: 0.6, bins: 64 };
const pages = JSON.parse(readFileSync(join(folder, 'pages.json'), 'utf8'));
const width = pages[0].width;
const floats = (name) => {
  const buffer = readFileSync(join(folder, name));
  return new Float32Array(buffer.buffer, buffer.byteOffset, buffer.byteLength / 4);
};
const samples = floats('samples.f32');
const labels = floats('labels.f32');
let start = 0;
for (const page of pages) {
  page.start = start;
  start += page.rows;
  page.fold = [...page.site].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7) % 4;
}
const setWeight = { aeb: 1.5, wcxb: 1, magichtml: 1.3, gne: 1.5, trafilatura: 1 };

let seed = 42;
const random = () => ((seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296);

/** Gradient boosting on logistic loss over the chosen pages. Returns { starts, nodes }. */
function train(chosen) {
  // Menu entries by the thousand teach little: of the smallest wrong blocks one in five is looked at, for all five.
  const small = (i) => labels[i * 2] < 0.1 && labels[i * 2 + 1] < 0.006;
  const index = chosen.flatMap((page) => Array.from({ length: page.rows }, (_, i) => page.start + i)).filter((i) => labels[i * 2 + 1] > 0 && (!small(i) || random() < 0.2));
  const setOf = new Map(chosen.map((page) => [page, setWeight[page.set]]));
  const weight = new Float64Array(index.length);
  const target = new Float64Array(index.length);
  const pageOf = new Map();
  for (const page of chosen) for (let i = 0; i < page.rows; i++) pageOf.set(page.start + i, page);
  let total = 0;
  index.forEach((row, n) => {
    weight[n] = (labels[row * 2 + 1] + 0.002) * setOf.get(pageOf.get(row)) * (small(row) ? 5 : 1);
    target[n] = labels[row * 2];
    total += weight[n];
  });
  for (let n = 0; n < weight.length; n++) weight[n] *= (chosen.length * 40) / total;
  if (process.argv.includes('--verbose')) console.error(index.length, 'samples');
  const { binned, edges } = bin(index);
  const score = new Float64Array(index.length);
  const gradient = new Float64Array(index.length);
  const hessian = new Float64Array(index.length);
  const forest = { starts: [], nodes: [] };
  for (let round = 0; round < settings.trees; round++) {
    for (let n = 0; n < index.length; n++) {
      const p = 1 / (1 + Math.exp(-score[n]));
      gradient[n] = weight[n] * (p - target[n]);
      hessian[n] = weight[n] * Math.max(p * (1 - p), 1e-6);
    }
    const tree = grow(binned, edges, gradient, hessian, index.length);
    forest.starts.push(forest.nodes.length / 4);
    for (const node of tree) {
      if (node.feature < 0) forest.nodes.push(-1, round4(node.value), 0, 0);
      else forest.nodes.push(node.feature, round4(edges[node.feature][node.bin]), node.left, node.right);
    }
    for (let n = 0; n < index.length; n++) {
      let at = 0;
      while (tree[at].feature >= 0) at = binned[tree[at].feature][n] <= tree[at].bin ? tree[at].left : tree[at].right;
      score[n] += tree[at].value;
    }
  }
  return forest;
}
const round4 = (value) => Number(value.toPrecision(5));

function bin(index) {
  const binned = [];
  const edges = [];
  const column = new Float32Array(index.length);
  for (let f = 0; f < width; f++) {
    for (let n = 0; n < index.length; n++) column[n] = samples[index[n] * width + f];
    const sorted = Float32Array.from(column).toSorted();
    const cuts = [];
    for (let b = 1; b < settings.bins; b++) {
      const value = round4(sorted[Math.floor((b * sorted.length) / settings.bins)]);
      if (cuts.length === 0 || value > cuts.at(-1)) cuts.push(value);
    }
    edges.push(cuts);
    const bins = new Uint8Array(index.length);
    for (let n = 0; n < index.length; n++) {
      let low = 0;
      let high = cuts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (column[n] <= cuts[middle]) high = middle;
        else low = middle + 1;
      }
      bins[n] = low;
    }
    binned.push(bins);
  }
  return { binned, edges };
}

/** One tree, best leaf first. */
function grow(binned, edges, gradient, hessian, count) {
  const all = [];
  for (let n = 0; n < count; n++) if (random() < settings.rows) all.push(n);
  const features = [];
  for (let f = 0; f < width; f++) if (edges[f].length > 0 && random() < settings.columns) features.push(f);
  const tree = [];
  const leaf = (rows) => {
    let g = 0;
    let h = 0;
    for (const n of rows) { g += gradient[n]; h += hessian[n]; }
    const node = { feature: -1, value: (-settings.rate * g) / (h + settings.lambda), rows, g, h };
    node.split = best(node);
    tree.push(node);
    return tree.length - 1;
  };
  const best = (node) => {
    if (node.h < settings.least * 2 || node.rows.length < 20) return null;
    let found = null;
    const whole = (node.g * node.g) / (node.h + settings.lambda);
    const G = new Float64Array(settings.bins + 1);
    const H = new Float64Array(settings.bins + 1);
    for (const f of features) {
      G.fill(0); H.fill(0);
      const bins = binned[f];
      for (const n of node.rows) { const b = bins[n]; G[b] += gradient[n]; H[b] += hessian[n]; }
      let g = 0;
      let h = 0;
      for (let b = 0; b < edges[f].length; b++) {
        g += G[b]; h += H[b];
        const rest = node.h - h;
        if (h < settings.least || rest < settings.least) continue;
        const gain = (g * g) / (h + settings.lambda) + ((node.g - g) ** 2) / (rest + settings.lambda) - whole;
        if (gain > 1e-3 && (found === null || gain > found.gain)) found = { gain, f, b };
      }
    }
    return found;
  };
  leaf(Int32Array.from(all));
  for (let leaves = 1; leaves < settings.leaves; leaves++) {
    let pick = null;
    for (const node of tree) if (node.feature < 0 && node.split && (pick === null || node.split.gain > pick.split.gain)) pick = node;
    if (pick === null) break;
    const { f, b } = pick.split;
    const left = pick.rows.filter((n) => binned[f][n] <= b);
    const right = pick.rows.filter((n) => binned[f][n] > b);
    pick.rows = null;
    pick.split = null;
    pick.feature = f;
    pick.bin = b;
    pick.left = leaf(left);
    pick.right = leaf(right);
  }
  return tree;
}

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const written = (forest) => `// Made by bench/train-blocks.mjs; not to be edited.\nimport type { Forest } from './forest.ts';\n\n/** The block chooser's trees; the features are \`featureNames\` in features.ts. */\nexport const weights: Forest = {\n  starts: [${forest.starts.join(', ')}],\n  nodes: [${forest.nodes.join(',')}],\n};\n`;

if (process.argv.includes('--folds')) {
  const tally = {};
  for (const fold of [0, 1, 2, 3]) {
    const forest = train(pages.filter((page) => page.fold !== fold));
    if (outFile) writeFileSync(outFile.replace(/\.ts$/, `-${fold}.ts`), written(forest));
    for (const page of pages.filter((one) => one.fold === fold)) {
      const chances = judgeRows(forest, samples.subarray(page.start * width, (page.start + page.rows) * width), page.rows);
      for (const at of [0.35, 0.4, 0.45, 0.5, 0.55]) judge((tally[`${page.set} at ${at}`] ??= { P: [], R: [] }), page, chances, at);
    }
  }
  for (const [name, { P, R }] of Object.entries(tally).toSorted()) console.log(name.padEnd(24), 'P', mean(P).toFixed(3), 'R', mean(R).toFixed(3), 'F', ((2 * mean(P) * mean(R)) / (mean(P) + mean(R))).toFixed(3));
  if (outFile) writeFileSync(join(dirname(outFile), 'folds.json'), JSON.stringify(Object.fromEntries(pages.map((page) => [page.id, page.fold]))));
}
if (outFile) writeFileSync(outFile, written(train(pages)));

function judge(into, page, chances, at) {
  let hit = 0; let wrong = 0; let missed = 0;
  for (let i = 0; i < page.rows; i++) {
    const y = labels[(page.start + i) * 2];
    const w = labels[(page.start + i) * 2 + 1];
    if (chances[i] >= at) { hit += w * y; wrong += w * (1 - y); } else missed += w * y;
  }
  if (hit + wrong > 0) into.P.push(hit / (hit + wrong));
  if (hit + missed > 0) into.R.push(hit / (hit + missed));
}

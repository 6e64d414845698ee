#!/usr/bin/env node
// Turns pages with known truth into training samples for the block chooser.
// node bench/block-samples.mjs PAGES_FOLDER OUT_FOLDER [set …]     (PAGES_FOLDER/<set>/truth.jsonl.gz and <id>.html.gz)
// Writes OUT_FOLDER/samples.f32 (features), labels.f32 (label, weight) and pages.json (set, site and number of rows of every page).
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from '../electron/library/extract/decode.ts';
import { preparePage } from '../electron/library/extract/prepare.ts';
import { gatherCandidates } from '../electron/library/extract/candidates.ts';
import { isThread } from '../electron/library/extract/thread.ts';
import { featureCount } from '../electron/library/extract/features.ts';
import { blockTokens, coverage, hold } from '../electron/library/extract/coverage.ts';

const [folder, out, ...sets] = process.argv.slice(2);
if (!folder || !out) throw new Error('usage: node bench/block-samples.mjs PAGES_FOLDER OUT_FOLDER [set …]');
mkdirSync(out, { recursive: true });
const rowsFile = openSync(join(out, 'samples.f32'), 'w');
const labelsFile = openSync(join(out, 'labels.f32'), 'w');
const pages = [];
const squash = (text) => text.replace(/\s+/g, ' ').trim();

for (const set of sets.length ? sets : ['aeb', 'wcxb', 'magichtml', 'gne', 'trafilatura']) {
  const truths = gunzipSync(readFileSync(join(folder, set, 'truth.jsonl.gz'))).toString('utf8').trim().split('\n').map((line) => JSON.parse(line));
  for (const { id, url, charset, truth } of truths) {
    if (!truth.text && !truth.with) continue;
    const bytes = gunzipSync(readFileSync(join(folder, set, `${id.split('/')[1]}.html.gz`)));
    const html = decode(bytes, charset ? `text/html; charset=${charset}` : null).text;
    const prepared = preparePage(html, { url: url || null, name: '' }, null);
    const { blocks } = prepared.page;
    const { rows } = gatherCandidates(prepared.tree, prepared.page, prepared.facts, prepared.title, isThread(prepared.facts, url || null));
    const labels = truth.text ? byText(blocks, truth.text) : bySnippets(blocks, truth);
    writeSync(rowsFile, new Uint8Array(rows.buffer));
    writeSync(labelsFile, new Uint8Array(new Float32Array(labels.flat()).buffer));
    pages.push({ set, id, site: (URL.parse(url ?? '')?.host ?? id).split('.').slice(-2).join('.'), rows: blocks.length, width: featureCount });
  }
  console.log(set, pages.length);
}
closeSync(rowsFile);
closeSync(labelsFile);
writeFileSync(join(out, 'pages.json'), JSON.stringify(pages));

// Label: the share of the block that the truth has; weight: its share of the page's truth.
function byText(blocks, text) {
  const tokens = blockTokens(blocks);
  const lines = text.split('\n');
  const held = hold(lines);
  const share = coverage(tokens, held);
  const used = new Map();
  return blocks.map((block, i) => {
    // A text repeated on the page is true only as often as in the truth.
    const seen = used.get(block.text) ?? 0;
    used.set(block.text, seen + 1);
    const short = tokens[i].length < 3;
    const weight = tokens[i].length / (held.tokens + 60);
    return [share[i] ?? 0, Math.min(1, short ? weight * 0.7 : weight)];
  });
}

function bySnippets(blocks, truth) {
  const wanted = (truth.with ?? []).map(squash);
  const unwanted = (truth.without ?? []).map(squash);
  return blocks.map((block) => {
    const text = squash(block.text);
    const good = wanted.filter((one) => text.includes(one)).length;
    const bad = unwanted.filter((one) => text.includes(one)).length;
    if (good === 0 && bad === 0) return [0, 0];
    return [good >= bad ? 1 : 0, 0.08];
  });
}

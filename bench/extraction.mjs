#!/usr/bin/env node
// How well and how fast articles are found, beside Readability and Defuddle on the same pages in the same run.
// npm run bench:extraction -- PAGES_FOLDER [set …] [--every N] [--worst N] [--jsdom N]
// PAGES_FOLDER/<set>/truth.jsonl.gz has a line a page: {"id":"<set>/<name>","url","charset","type","zh","truth":{"text" or "with"+"without", "title", …}},
// PAGES_FOLDER/<set>/<name>.html.gz its bytes. --every N takes each Nth page, --jsdom N times Readability on jsdom on each Nth (15). Times are CPU, each as a multiple of Readability's alone.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Readability } from '@mozilla/readability';
import { Defuddle } from 'defuddle/node';
import { JSDOM } from 'jsdom';
import { parseHTML } from 'linkedom';
import { parse, parseFragment, serialize } from 'parse5';
import { decode } from '../electron/library/extract/decode.ts';
import { runJob } from '../electron/library/extract/job.ts';
import { linesOf } from '../electron/library/extract/coverage.ts';
import { runReadability } from '../electron/library/extract/readability.ts';
import { isBlock, isSilent, parsePage } from '../electron/library/extract/tree.ts';
import { compareTexts, pageScore, sameFact, summarise, summariseSnippets } from './scores.mjs';

const args = process.argv.slice(2);
const option = (name, usual) => (args.includes(name) ? Number(args.splice(args.indexOf(name), 2)[1]) : usual);
const [every, worst, withJsdom] = [option('--every', 1), option('--worst', 0), option('--jsdom', 15)];
const [folder, ...sets] = args;
if (!folder || !existsSync(folder)) {
  console.error('usage: npm run bench:extraction -- PAGES_FOLDER [set …] [--every N] [--worst N] [--jsdom N]');
  process.exit(2);
}

/** A body's text, a line a block; captions are not text. */
function textOf(html) {
  let out = '';
  const walk = (node) => {
    if (node.nodeName === '#text') out += node.value.replace(/\s+/g, ' ');
    if (node.nodeName === 'figcaption' || isSilent(node.nodeName)) return;
    const block = node.nodeName === 'br' || isBlock(node.nodeName);
    if (block) out += '\n';
    for (const child of node.childNodes ?? []) walk(child);
    if (block) out += '\n';
  };
  walk(parseFragment(html));
  return out;
}

const conforming = (html) => parseHTML(serialize(parse(html))).document;
/** Each voice answers a body and facts. All read a standard-conforming parse in a light DOM. */
const voices = {
  lectern({ bytes, contentType, url }) {
    const { html, title, byline, publishedAt, source } = runJob({ bytes, contentType, url, name: '', format: 'page' });
    return { body: html, title, byline, publishedAt: publishedAt?.local, source: source?.text };
  },
  readability({ html }) {
    const found = new Readability(conforming(html)).parse();
    return { body: found?.content ?? '', title: found?.title, byline: found?.byline, publishedAt: found?.publishedTime };
  },
  async defuddle({ html, url }) {
    const found = await Defuddle(conforming(html), url ?? undefined);
    return { body: found.content, title: found.title, byline: found.author, publishedAt: found.published };
  },
};
/** The yardsticks of time alone. */
const yardsticks = {
  'Readability on our DOM': ({ bytes, contentType }) => linesOf(runReadability(parsePage(decode(bytes, contentType).text).tree) ?? { nodeType: 11, nodeValue: null, childNodes: [], textContent: null }),
  'gzip -6': ({ bytes }) => gzipSync(bytes, { level: 6 }),
};

// Some voices complain of pages at length.
console.error = console.warn = () => {};

const cpu = () => Object.values(process.cpuUsage()).reduce((sum, one) => sum + one, 0) / 1_000;
const spent = new Map();
async function timed(name, work, page) {
  const before = cpu();
  try {
    return await work(page);
  } catch {
    // Who fails on a page has found nothing on it: it is counted among the pages without any text.
    return { body: '' };
  } finally {
    const list = spent.get(name) ?? [];
    spent.set(name, list);
    list.push(cpu() - before);
  }
}

const results = [];
const chosen = sets.length > 0 ? sets : readdirSync(folder).filter((name) => existsSync(join(folder, name, 'truth.jsonl.gz')));
let seen = 0;
for (const set of chosen) {
  const truths = gunzipSync(readFileSync(join(folder, set, 'truth.jsonl.gz'))).toString('utf8').trim().split('\n').map((line) => JSON.parse(line)).filter((_, at) => at % every === 0);
  for (const { id, url, charset, type, zh, truth } of truths) {
    const bytes = gunzipSync(readFileSync(join(folder, set, `${id.split('/')[1]}.html.gz`)));
    const contentType = charset ? `text/html; charset=${charset}` : null;
    const page = { bytes, contentType, url: url || null, html: decode(bytes, contentType).text };
    // The first pages warm the engine up and are not counted.
    if (seen++ === 0) for (let n = 0; n < 20; n++) { for (const voice of Object.values(voices)) await timed('warming up', voice, page); for (const one of Object.values(yardsticks)) await timed('warming up', one, page); }
    const found = {};
    // Each page begins with another one: what one leaves behind to be cleared away falls on the next.
    const runs = [...Object.entries(voices), ...Object.entries(yardsticks)];
    for (let n = 0; n < runs.length; n++) {
      const [name, work] = runs[(n + seen) % runs.length];
      const made = await timed(name, work, page);
      if (!Object.hasOwn(voices, name)) continue;
      const { body, ...facts } = made;
      found[name] = { text: textOf(body), ...facts };
    }
    if (seen % withJsdom === 0) {
      await timed('(these pages) Readability on our DOM', yardsticks['Readability on our DOM'], page);
      await timed('(these pages) Readability on jsdom', ({ html }) => new Readability(new JSDOM(html).window.document).parse(), page);
      await timed('(these pages) lectern', voices.lectern, page);
    }
    results.push({ set, id, type, zh, truth, found });
  }
}

const three = (value) => (Number.isFinite(value) ? value.toFixed(3) : '  –  ');
const names = Object.keys(voices);
console.log(`${'body text, F1 (P / R), pages under 0.5, pages without any'.padEnd(62)}`);
const groups = new Map();
for (const one of results) for (const group of [one.set, ...(one.type ? [`${one.set} ${one.type}`] : []), ...(one.zh ? [`${one.set} ${one.type ?? ''} zh`] : [])]) groups.set(group, [...(groups.get(group) ?? []), one]);
for (const [group, list] of groups) {
  console.log(`\n${group} (${list.length})`);
  for (const name of names) {
    const texted = list.filter(({ truth }) => truth.text);
    const sum = texted.length > 0
      ? summarise(texted.map(({ truth, found }) => compareTexts(truth.text, found[name].text)))
      : summariseSnippets(list.map(({ truth, found }) => ({ text: found[name].text, wanted: truth.with ?? [], unwanted: truth.without ?? [] })));
    const facts = Object.entries(sameFact).flatMap(([fact, same]) => {
      const known = list.filter(({ truth }) => truth[fact]);
      return known.length < 6 ? [] : [`${fact} ${three(known.filter(({ truth, found }) => same(truth[fact], found[name][fact])).length / known.length)}`];
    });
    console.log(`  ${name.padEnd(12)} ${three(sum.f1)} (${three(sum.precision)} / ${three(sum.recall)})  ${String(sum.wrong).padStart(3)} ${String(list.filter(({ found }) => found[name].text.trim() === '').length).padStart(3)}  ${facts.join(', ')}`);
  }
}
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const total = (list) => list.reduce((sum, one) => sum + one, 0);
const line = (name, base) => console.log(`  ${name.replace('(these pages) ', '').padEnd(26)} ${median(spent.get(name)).toFixed(1).padStart(8)} ${(total(spent.get(name)) / total(spent.get(base))).toFixed(2).padStart(10)}`);
console.log(`\n${'CPU: median ms a page, and all of it as a multiple'.padEnd(62)}`);
for (const name of [...names, ...Object.keys(yardsticks)]) line(name, 'Readability on our DOM');
if (spent.has('(these pages) lectern')) {
  console.log(`  on every ${withJsdom}th page, as a multiple of Readability on jsdom:`);
  for (const name of ['lectern', 'Readability on our DOM', 'Readability on jsdom']) line(`(these pages) ${name}`, '(these pages) Readability on jsdom');
}
if (worst > 0) {
  console.log('\nworst pages');
  const scored = results.filter(({ truth }) => truth.text).map(({ id, truth, found }) => [pageScore(compareTexts(truth.text, found.lectern.text)), id]);
  for (const [score, id] of scored.toSorted((a, b) => a[0] - b[0]).slice(0, worst)) console.log(`  ${three(score)} ${id}`);
}

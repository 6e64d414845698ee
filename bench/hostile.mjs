#!/usr/bin/env node
// How long pages made to hurt take to a verdict: an article or a plain refusal, in the extraction worker with its limits.
// node bench/hostile.mjs          (seconds of wall time, peak resident memory of the process in MB, what became of it)
import { createExtractor } from '../electron/library/extract/extractor.ts';

const prose = 'The keeper wrote slowly, in a clear hand, and left wide margins for whoever came after him. ';
const article = (inside) => `<!doctype html><html lang="en"><head><title>A page made to hurt</title></head><body><article><h1>A page made to hurt</h1>${`<p>${prose.repeat(4)}</p>`.repeat(8)}</article>${inside}</body></html>`;
const shapes = {
  '500 nested div': article('<div>'.repeat(500) + prose),
  '5,000 nested div': article('<div>'.repeat(5_000) + prose),
  '100,000 nested div': article('<div>'.repeat(100_000) + prose),
  '100,000 nested b': article('<b>'.repeat(100_000) + prose),
  '5,000 nested tables': article('<table><tr><td>'.repeat(5_000) + prose),
  '1,250 a, b, i, font, then 1,250 p': article('<a href="#"><b><i><font>'.repeat(1_250) + `<p>${prose}`.repeat(1_250)),
  '20,000 unclosed a': article('<a href="/x">y '.repeat(20_000)),
  '100,000 attributes': article(`<p ${Array.from({ length: 100_000 }, (_, i) => `a${i}=1`).join(' ')}>${prose}</p>`),
  '50,000 links': article('<a href="/one/of/many">one of many</a> '.repeat(50_000)),
  '500,000 br': article('<br>'.repeat(500_000)),
  '50,000 pictures': article(Array.from({ length: 50_000 }, (_, i) => `<img src="/p/${i}.jpg">`).join('')),
  '20 MB of paragraphs': article(`<p>${prose}</p>`.repeat(200_000)),
  '20 MB in one text': article(`<p>${prose.repeat(220_000)}</p>`),
  'a 15 MB picture in the page': article(`<img src="data:image/png;base64,${'A'.repeat(15_000_000)}">`),
  '10 MB of JSON in a script': article(`<script type="application/json">{"a":"${'b'.repeat(10_000_000)}"}</script>`),
  'null bytes and broken UTF-8': article('\0\ufffd\ud800 '.repeat(200_000)),
};
const extractor = createExtractor();
console.log(`${'shape'.padEnd(36)} seconds  MB at most  outcome`);
for (const [name, html] of Object.entries(shapes)) {
  const begun = performance.now();
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  let outcome;
  try {
    outcome = (await extractor.extract({ bytes: Buffer.from(html), contentType: 'text/html; charset=utf-8', url: 'https://hurt.example/page', name: '', format: 'page' })).title;
  } catch (error) {
    outcome = error.message;
  }
  clearInterval(watch);
  console.log(`${name.padEnd(36)} ${((performance.now() - begun) / 1_000).toFixed(1).padStart(7)} ${String(Math.round(peak / 1e6)).padStart(11)}  ${outcome}`);
}
await extractor.close();

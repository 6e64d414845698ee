#!/usr/bin/env node
// Makes a test case from a saved page: node scripts/make-page-case.mjs FILE NAME [--url ADDRESS]
// Writes tests/pages/NAME/page.html and expected.json as extraction sees the page now. Read expected.json and correct
// what is wrong: it says what must come out, not what does. Pages must be your own text, never a publisher's.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatOf, sourceAddress } from '../electron/library/arrive/format.ts';
import { runJob } from '../electron/library/extract/job.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { url: { type: 'string' }, force: { type: 'boolean', default: false } } });
const [file, name] = positionals;
if (file === undefined || name === undefined || !/^[a-z0-9-]+$/.test(name)) {
  console.error('usage: node scripts/make-page-case.mjs FILE NAME [--url ADDRESS] [--force]     (NAME: small letters, digits and -)');
  process.exit(2);
}
const folder = join(import.meta.dirname, '..', 'tests', 'pages', name);
if (existsSync(join(folder, 'expected.json')) && !values.force) {
  console.error(`${folder} has an expectation already; --force writes it anew`);
  process.exit(1);
}
const bytes = readFileSync(file);
const format = formatOf(basename(file), bytes);
const url = values.url ?? sourceAddress(bytes.toString('latin1')) ?? 'https://www.example.org/article.html';
const result = runJob({ bytes, contentType: null, url, name: basename(file), format });
const { encoding, text: _text, words: _words, minutes: _minutes, excerpt: _excerpt, ...expected } = result;
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, { page: 'page.html', text: 'page.txt', markdown: 'page.md' }[format]), bytes);
// One block a line, so that a change shows as a change of lines.
const lines = expected.html.replace(/(<\/(?:p|h[1-6]|ul|ol|table|pre|blockquote|figure|dl)>)(?=<)/g, '$1\n').split('\n');
writeFileSync(join(folder, 'expected.json'), `${JSON.stringify({ url, encoding, ...expected, html: lines }, null, 2)}\n`);
console.log(`${folder}: read expected.json and correct it`);

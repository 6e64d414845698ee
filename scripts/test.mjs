import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { cache, ensureInstalled, nodePath, root, run, say, tool } from './checkout.mjs';
import { words } from './words.mjs';

/*
 * `npm test`: installs what the tests need, then type check, lint, build and every test. The last line is
 * `N passed, N failed`, where each of the first three counts as one. `npm test -- <filter>…` runs only the tests named.
 */

const filters = process.argv.slice(2);
ensureInstalled();
const node = nodePath();
const chromium = await findChromium();
if (chromium === null) say(words.noChromium);

let passed = 0;
let failed = chromium === null ? 1 : 0;
/** Runs one check of its own, which counts as one test. */
async function check(name, program, ...args) {
  say(`— ${name}`);
  const code = await run(node, [program, ...args]);
  if (code === 0) passed += 1;
  else {
    failed += 1;
    say(`✗ ${name}`);
  }
  return code === 0;
}

if (filters.length === 0) {
  await check('typecheck', join(root, 'scripts', 'typecheck.mjs'));
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await check('lint', tool('oxlint', 'bin/oxlint'), ...scripts.lint.split(' ').slice(1));
}
// The end-to-end tests run what is built, and a stale build would pass for a new one.
await check('build', tool('vite', 'bin/vite.js'), 'build', '--app', '--logLevel', 'warn');

say('— tests');
const report = join(cache, 'tests.json');
mkdirSync(cache, { recursive: true });
rmSync(report, { force: true });
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters];
const env = { ...process.env, NODE_ENV: 'test', ...(chromium === null ? {} : { LECTERN_CHROMIUM: chromium }) };
const code = await run(node, [tool('vitest', 'vitest.mjs'), ...args], { env });
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that could not even be loaded has no tests to count.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'));
  passed += numPassedTests;
  failed += numFailedTests + broken.length;
} else failed += 1;
// An error outside any test (an unhandled rejection) fails the run although every test passed.
if (code !== 0 && failed === 0) failed += 1;

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

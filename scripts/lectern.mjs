#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';
import { cache, ensureInstalled, here, nodePath, root, run } from './checkout.mjs';

/* `npm run -s lectern -- …`: the command line of this checkout, built first if a source changed. */

const program = join(root, 'dist', 'host', 'cli.js');
if (existsSync(join(root, 'package-lock.json'))) {
  ensureInstalled();
  await buildIfStale();
}
// npm runs scripts in the checkout; files are named from where the person stands.
process.chdir(here);
if (nodePath() === process.execPath) {
  module.enableCompileCache?.(join(cache, 'compiled'));
  await import(pathToFileURL(program).href);
} else process.exit(await run(nodePath(), [program, ...process.argv.slice(2)], { cwd: here }));

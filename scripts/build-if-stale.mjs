import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cache, giveUp, nodePath, root, say, tool } from './checkout.mjs';
import { words } from './words.mjs';

const sources = ['shared', 'electron', 'renderer', 'extension', 'scripts/extension.mjs', 'vite.config.ts', 'package.json', 'package-lock.json'];

/** Builds `dist` when a source is newer than it. Two at once take turns. */
export async function buildIfStale() {
  if (!isStale()) return;
  await withTurn(() => {
    if (!isStale()) return;
    say(words.building);
    const { status, stdout, stderr } = spawnSync(nodePath(), [tool('vite', 'bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status === 0) return;
    say(`${stdout}${stderr}`.trim());
    giveUp(words.buildFailed);
  });
}

/** Whether any source, or a folder that lost or gained one, changed since the last build began. */
export function isStale() {
  const stamp = join(root, 'dist', 'built.json');
  if (!existsSync(stamp)) return true;
  const { at } = JSON.parse(readFileSync(stamp, 'utf8'));
  return sources.some((name) => newest(join(root, name)) > at);
}

function newest(path) {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** A folder as a lock: making one is all or nothing on every system. One older than three minutes was left by a killed build. */
async function withTurn(work) {
  const lock = join(cache, 'building');
  mkdirSync(cache, { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const facts = statSync(lock, { throwIfNoEntry: false });
      if (facts !== undefined && Date.now() - facts.mtimeMs > 180_000) rmdirSync(lock);
      await new Promise((done) => setTimeout(done, 200));
    }
  }
  const release = () => existsSync(lock) && rmdirSync(lock);
  process.once('exit', release);
  try {
    work();
  } finally {
    process.off('exit', release);
    release();
  }
}

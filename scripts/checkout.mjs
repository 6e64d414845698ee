import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { words } from './words.mjs';

/* What every script needs to know of this checkout. Plain JavaScript without dependencies: it runs before anything is installed. */

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const cache = join(root, '.cache');

/** Where the person who ran npm stands; npm itself runs scripts in the checkout. */
export const here = process.env.INIT_CWD && process.env.npm_lifecycle_event ? process.env.INIT_CWD : process.cwd();

export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** Ends the process with a plain sentence. */
export function giveUp(sentence, code = 1) {
  say(sentence);
  process.exit(code);
}

/** Installs the dependencies of the lock file, unless that was done already. */
export function ensureInstalled() {
  const lock = join(root, 'package-lock.json');
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.lectern-installed');
  const digest = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  const own = join(modules, '.package-lock.json');
  if (existsSync(own) && statSync(own).mtimeMs >= statSync(lock).mtimeMs) return;
  say(words.installing);
  const npm = process.env.npm_execpath;
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const how = { cwd: root, stdio: ['ignore', 2, 2] };
  const { status } =
    npm && existsSync(npm)
      ? spawnSync(process.execPath, [npm, ...options], how)
      : spawnSync('npm', options, { ...how, shell: process.platform === 'win32' });
  if (status !== 0) giveUp(words.installFailed);
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, digest);
}

/** The Node that runs Lectern: the one that came with the dependencies, else this one if it is new enough. */
export function nodePath() {
  const carried = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(carried)) return carried;
  // The number that matters is SQLite's: before 3.51.3 its write-ahead log could lose data.
  const [major = 0, minor = 0, patch = 0] = (process.versions.sqlite ?? '0').split('.').map(Number);
  const sqlite = major * 1_000_000 + minor * 1_000 + patch;
  if (Number(process.versions.node.split('.')[0]) < 24 || sqlite < 3_051_003) giveUp(words.oldNode(process.version));
  return process.execPath;
}

/** Runs a program and answers its exit code, passing on the signals that end this script. */
export async function run(program, args, options = {}) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => {
    // Ctrl+C reaches the child by itself, as it is in the same terminal.
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  try {
    return await new Promise((done, fail) => {
      child.once('error', fail);
      child.once('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 143)));
    });
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}

/** Runs a package's own program on our Node, for example `tool('vite', 'bin/vite.js')`. */
export function tool(name, file) {
  return join(root, 'node_modules', name, file);
}

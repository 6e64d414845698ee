import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, nodePath, root, say } from './checkout.mjs';
import { words } from './words.mjs';

const electron = join(root, 'node_modules', 'electron');
const day = 24 * 60 * 60 * 1_000;

/** The path of Electron's binary for this checkout, or null when it is not here. `folder` is the package's. */
export function electronBinary(folder = electron) {
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return null;
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(name, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/**
 * Downloads the binary: quietly, for at most `limit` milliseconds, and not longer than `patience` without a byte
 * arriving. A failure is remembered for a day (unless `again`), so that no later start waits for it.
 */
export async function downloadElectron({ again = false, limit = 600_000, patience = 20_000, folder = electron, notes = cache } = {}) {
  const memory = join(notes, 'electron-failed');
  const failedAt = statSync(memory, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (!again && Date.now() - failedAt < day) return null;
  if (!existsSync(join(folder, 'install.js'))) return null;
  say(words.downloading);
  const temporary = join(notes, `electron-${process.pid}`);
  mkdirSync(temporary, { recursive: true });
  const done = await install(folder, temporary, limit, patience);
  rmSync(temporary, { recursive: true, force: true });
  const path = done ? electronBinary(folder) : null;
  if (path === null) writeFileSync(memory, new Date().toISOString());
  else rmSync(memory, { force: true });
  return path;
}

async function install(folder, temporary, limit, patience) {
  const child = spawn(nodePath(), [join(folder, 'install.js')], {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: temporary, TMP: temporary, TEMP: temporary },
  });
  const started = Date.now();
  let grown = started;
  let size = 0;
  const watch = setInterval(() => {
    const now = sizeOf(temporary) + sizeOf(join(folder, 'dist'));
    if (now !== size) grown = Date.now();
    size = now;
    if (Date.now() - grown > patience || Date.now() - started > limit) child.kill('SIGKILL');
  }, 500);
  const stop = (signal) => {
    child.kill('SIGKILL');
    rmSync(temporary, { recursive: true, force: true });
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const code = await new Promise((finish) => {
    child.once('error', () => finish(1));
    child.once('exit', (status) => finish(status ?? 1));
  });
  clearInterval(watch);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  return code === 0;
}

function sizeOf(path) {
  try {
    const facts = statSync(path);
    if (!facts.isDirectory()) return facts.size;
    return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
  } catch {
    // The installer makes and removes files while we look.
    return 0;
  }
}

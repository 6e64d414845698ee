import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';
import { ensureInstalled, here, nodePath, root, run, say } from './checkout.mjs';
import { downloadElectron, electronBinary } from './electron-binary.mjs';
import { words } from './words.mjs';

/* `npm start`: installs and builds what is missing, then opens Lectern in Electron, or in an installed browser. */

const given = process.argv.slice(2);
if (given.includes('--help') || given.includes('-h')) {
  process.stdout.write(`${words.help}\n`);
  process.exit(0);
}
const flag = (name) => {
  const at = given.indexOf(name);
  if (at >= 0) given.splice(at, 1);
  return at >= 0;
};
const browser = flag('--browser');
const again = flag('--electron');
// Electron takes its library from the preferences or the environment.
const forBrowser = browser || given.some((one) => one === '--no-window' || one === '--library' || one.startsWith('--library='));
// npm runs scripts in the checkout; files are named from where the person stands.
const things = given.map((one) => (!one.startsWith('-') && existsSync(resolve(here, one)) ? resolve(here, one) : one));

ensureInstalled();
const node = nodePath();
await buildIfStale();

const display = process.platform === 'darwin' || process.platform === 'win32' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
if (display && !forBrowser) {
  const electron = electronBinary() ?? (await downloadElectron({ again }));
  if (electron === null) say(words.browserInstead);
  else {
    const code = await runElectron(electron);
    if (code !== null) process.exit(code);
    say(words.electronFailed);
  }
}
process.exit(await run(node, [join(root, 'dist', 'host', 'browser.js'), ...things], { cwd: here }));

/** Answers the exit code, or null when Electron ended at once with an error: no sandbox, a missing system library, … */
async function runElectron(electron) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const root_ = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const started = Date.now();
  const code = await run(electron, [...root_, root, ...things], { cwd: here, env }).catch(() => 1);
  return code !== 0 && code < 128 + 15 && Date.now() - started < 5_000 && statSync(electron).isFile() ? null : code;
}

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodePath, say, tool } from './checkout.mjs';
import { words } from './words.mjs';

const installed = {
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`),
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((folder) => ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((path) => join(folder, path))),
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'].flatMap((name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`]),
};

const runs = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** A Chromium for the tests: named, installed, from Debian's packages (as root), or Playwright's own. Null when none can be had. */
export async function findChromium() {
  const named = process.env.LECTERN_CHROMIUM;
  if (named) return runs(named) ? named : null;
  const here = (installed[process.platform] ?? []).find(runs);
  const debian = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const wanted = [...(here ? [] : ['chromium']), ...(hasChineseFont() ? [] : ['fonts-noto-cjk'])];
  if (debian && wanted.length > 0) installPackages(wanted);
  if (!hasChineseFont()) say(words.noFonts);
  return here ?? installed.linux.find(runs) ?? (await fromPlaywright());
}

function hasChineseFont() {
  if (process.platform !== 'linux') return true;
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

function installPackages(names) {
  say(words.chromium);
  const options = { stdio: ['ignore', 'ignore', 2], timeout: 300_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}

async function fromPlaywright() {
  const { chromium } = await import(pathToFileURL(tool('playwright-core', 'index.mjs')).href);
  if (!runs(chromium.executablePath())) {
    say(words.chromium);
    spawnSync(nodePath(), [tool('playwright-core', 'cli.js'), 'install', 'chromium'], { stdio: ['ignore', 'ignore', 2], timeout: 600_000 });
  }
  return runs(chromium.executablePath()) ? chromium.executablePath() : null;
}

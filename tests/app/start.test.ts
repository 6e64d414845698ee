import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchChromium, makeHome, root, runNode, untilLink, type Home } from '../stage.ts';
import { fogPage } from './fog.ts';

/* `npm start`, by its script: what a person gets on a machine without a screen, and with a window that opens and closes. */

const script = join(root, 'scripts', 'start.mjs');
let home: Home;
beforeEach(async () => void (home = await makeHome()));
afterEach(() => home.remove());

test('--help tells how, in the language of the system, and starts nothing', async () => {
  const en = await runNode([script, '--help'], { env: home.env });
  expect([en.code, en.stderr]).toEqual([0, '']);
  expect(en.stdout).toContain('npm start -- [options] [address or file]…');
  const zh = await runNode([script, '--help'], { env: { ...home.env, LC_ALL: 'zh_CN.UTF-8' } });
  expect(zh.stdout).toContain('打开 Lectern');
  expect(existsSync(home.library)).toBe(false);
});

test('without a display it prints one plain sentence and a link that works, and saves what was named', async () => {
  const file = join(home.folder, 'named.html');
  writeFileSync(file, fogPage('Named at the start'));
  const started = await untilLink([script, '--library', home.library, file], home.env);
  expect(started.output()).toContain('There is no display here, so open this link');
  expect(started.output()).not.toMatch(/\n\s+at |Error|warn/i);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(started.link);
    await page.frameLocator('iframe').getByText('Nobody had seen the ferry').waitFor();
  } finally {
    await browser.close();
  }
  expect(await started.stop('SIGTERM')).toBe(0);
});

test('with a display and no browser it says so', async () => {
  const started = await untilLink([script, '--browser', '--library', home.library], { ...home.env, DISPLAY: ':99' });
  expect(started.output()).toContain('No Chrome, Chromium or Edge was found');
  expect(await started.stop('SIGINT')).toBe(0);
});

/** A browser that opens the address it is given, holds the news line open as a page would, and ends when told to. */
function writeBrowser(folder: string): string {
  const path = join(folder, 'browser');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path,
    `#!${process.execPath}
const link = process.argv.find((one) => one.startsWith('--app=')).slice(6);
const fs = require('node:fs');
fs.writeFileSync(${JSON.stringify(join(folder, 'arguments.json'))}, JSON.stringify(process.argv.slice(2)));
(async () => {
  const opened = await fetch(link, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const [, key] = /^\\/#key=([\\w-]+)\\./.exec(opened.headers.get('location'));
  const news = await fetch(new URL('/news?key=' + key, link), { headers: { cookie } });
  fs.writeFileSync(${JSON.stringify(join(folder, 'up'))}, String(news.status));
  setTimeout(() => process.exit(0), 300);
})();
`,
  );
  chmodSync(path, 0o755);
  return path;
}

test('a window that is closed ends the program', async () => {
  const folder = join(home.folder, 'fake');
  const env = { ...home.env, DISPLAY: ':99', LECTERN_BROWSER: writeBrowser(folder) };
  const ended = await runNode([join(root, 'dist', 'host', 'browser.js'), '--library', home.library], { env });
  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(existsSync(join(folder, 'up'))).toBe(true);
});

test('a second start brings the first one’s window forward and ends', async () => {
  const first = await untilLink([join(root, 'dist', 'host', 'browser.js'), '--no-window', '--library', home.library], home.env);
  const folder = join(home.folder, 'fake');
  const second = await runNode([join(root, 'dist', 'host', 'browser.js'), '--library', home.library], {
    env: { ...home.env, DISPLAY: ':99', LECTERN_BROWSER: writeBrowser(folder) },
  });
  expect(second).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await first.stop()).toBe(0);
});

test('a browser that cannot start is no dead end', async () => {
  const started = await untilLink([join(root, 'dist', 'host', 'browser.js'), '--library', home.library], { ...home.env, DISPLAY: ':99', LECTERN_BROWSER: '/bin/false' });
  expect(started.output()).toContain('The browser could not show a window');
  expect(await started.stop()).toBe(0);
});

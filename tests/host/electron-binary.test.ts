import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root, runNode, type Ended } from '../stage.ts';

/* Electron's own installer is slow, loud and may hang; what `npm start` makes of it. The installer here is imitated. */

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'lectern-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Downloads with an installer that does what `installer` says; the path it came to is the last line printed. */
function download(installer: string, options: object = {}): Promise<Ended> {
  const electron = join(folder, 'electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(join(electron, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(electron, 'install.js'), `const fs = require('node:fs'); const path = require('node:path');\n${installer}`);
  const script = pathToFileURL(join(root, 'scripts', 'electron-binary.mjs')).href;
  const code = `import { downloadElectron } from ${JSON.stringify(script)};
    console.log(await downloadElectron(${JSON.stringify({ folder: electron, notes: folder, patience: 1_500, ...options })}));`;
  return runNode(['--input-type=module', '-e', code], { env: { ...process.env, LC_ALL: 'C', ELECTRON_OVERRIDE_DIST_PATH: undefined } });
}

const good = `fs.mkdirSync(path.join(__dirname, 'dist'), { recursive: true });
fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), 'x'); fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron');`;

test('a good download is used', async () => {
  expect((await download(good)).stdout.trim()).toBe(join(folder, 'electron', 'dist', 'electron'));
});

test('a failing one is quiet, and remembered for a day', async () => {
  const failing = `fs.appendFileSync(path.join(__dirname, 'tries'), 'x'); console.error(new Error('no network').stack); process.exit(1);`;
  const ended = await download(failing);
  expect(ended).toEqual({ code: 0, stdout: 'null\n', stderr: 'Downloading Electron (about 110 MB, once).\n' });
  // Not tried again today, unless asked to.
  expect(await download(good)).toEqual({ code: 0, stdout: 'null\n', stderr: '' });
  expect((await download(good, { again: true })).stdout.trim()).toMatch(/electron$/);
  expect(existsSync(join(folder, 'electron-failed'))).toBe(false);
});

test('one that hangs is given up, and one that goes on without end too', async () => {
  expect((await download('setInterval(() => {}, 1000);')).stdout).toBe('null\n');
  const endless = `setInterval(() => fs.appendFileSync(path.join(process.env.TMPDIR, 'part'), 'x'.repeat(1000)), 100);`;
  expect((await download(endless, { again: true, limit: 3_000 })).stdout).toBe('null\n');
});

test('one that says it went well but left nothing is a failure', async () => {
  expect((await download('')).stdout).toBe('null\n');
});

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { makeElectronFolder } from '../electron/stand-in-folder.ts';

/*
 * Packs the built app over a stand-in for Electron and looks at what is inside: the sealed archive and the fuses are
 * made by the very tools that make a release.
 */

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
let folder = '';
let packed = '';
let archive = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-package-'));
  const electron = join(folder, 'electron');
  await makeElectronFolder(electron, manifest.devDependencies.electron);
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const overrides = [`-c.electronDist=${electron}`, `-c.directories.output=${join(folder, 'release')}`];
  await run(process.execPath, [builder, '--linux', 'dir', '--x64', ...overrides], { cwd: root, env: { ...process.env, CI: '1' } });
  packed = join(folder, 'release', 'linux-unpacked');
  archive = join(packed, 'resources', 'app.asar');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every file in the archive, as `/dist/main/main.js`; folders left out. */
function inside(): string[] {
  const all = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'));
  return all.filter((path) => !all.some((other) => other.startsWith(`${path}/`)));
}

test('the archive holds the built desktop app and nothing else', () => {
  const files = inside();
  const expected = /^\/(package\.json|LICENSE|dist\/(main\/[\w.-]+\.js|preload\/preload\.cjs|renderer\/[\w.-]+\.(html|svg|png|ico)|renderer\/assets\/[\w.-]+\.(js|css|woff2?|svg|png)))$/;
  expect(files.filter((path) => !expected.test(path))).toEqual([]);
  expect(files.filter((path) => /node_modules|\.map$|\.tsx?$|\.mjs$|test|fixture|dist\/host/.test(path))).toEqual([]);
});

test('all that was built for the desktop is there, byte for byte', () => {
  for (const part of ['main', 'preload', 'renderer']) {
    const built = readdirSync(join(root, 'dist', part), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(built.length).toBeGreaterThan(0);
    for (const entry of built) {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(root.length + 1);
      expect([name, extractFile(archive, name).equals(readFileSync(path))]).toEqual([name, true]);
    }
  }
  for (const needed of ['main/main.js', 'main/extract-process.js', 'main/extract-worker.js', 'main/checkpoint-worker.js', 'preload/preload.cjs', 'renderer/index.html', 'renderer/reader.html']) {
    expect(inside()).toContain(`/dist/${needed}`);
  }
});

test('the code names no module that is not inside', () => {
  const files = new Set(inside());
  for (const name of [...files].filter((path) => /\/dist\/(main|preload)\//.test(path))) {
    const text = extractFile(archive, name.slice(1)).toString('utf8');
    for (const [, from = ''] of text.matchAll(/^(?:import|export)\b[^'"\n]*?from\s*["']([^"'\n]+)["']/gm)) {
      const found = from === 'electron' || from.startsWith('node:') || isBuiltin(from) || files.has(resolve(name, '..', from));
      expect([name, from, found]).toEqual([name, from, true]);
    }
  }
});

test('the manifest inside starts the desktop', () => {
  const inner = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as Record<string, unknown>;
  expect(inner['main']).toBe('dist/main/main.js');
  expect(inner['type']).toBe('module');
  expect(inner['version']).toBe(manifest.version);
  expect(inner['productName']).toBe('Lectern');
  expect(inner['devDependencies']).toBeUndefined();
  expect(inner['scripts']).toBeUndefined();
  // Windows and the scheme are matched to the installed file by this name: it is the app's own, and the file is called after it.
  const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  expect(inner['desktopName']).toBe(`${/^appId: (.+)$/m.exec(text)?.[1]}.desktop`);
  expect(text).toMatch(/^ {2}syncDesktopName: true$/m);
  expect(text).not.toContain('StartupWMClass');
});

test('the fuses are set', async () => {
  const wire = await getCurrentFuseWire(join(packed, 'lectern'));
  expect(wire.version).toBe(FuseVersion.V1);
  const on = (option: FuseV1Options) => wire[option] === FuseState.ENABLE;
  expect(on(FuseV1Options.RunAsNode)).toBe(false);
  expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
  expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
  expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
  expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true);
  expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
  expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
});

test('the packaging configuration covers every system and names the same Electron', () => {
  const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  expect(/^electronVersion: (.+)$/m.exec(text)?.[1]).toBe(manifest.devDependencies.electron);
  for (const target of ['AppImage', 'deb', 'dmg', 'zip', 'nsis']) expect(text).toMatch(new RegExp(`target: ${target}\\n\\s+arch: \\[x64, arm64\\]`));
  expect(text).toMatch(/schemes: \[lectern\]/);
  for (const ending of ['html', 'htm', 'txt', 'md']) expect(readFileSync(join(root, 'build/installer.nsh'), 'utf8')).toContain(`.${ending}\\OpenWithProgids`);
});

test('the icons are whole', () => {
  const build = join(root, 'build');
  for (const size of [16, 32, 48, 256, 512, 1024]) {
    const png = readFileSync(join(build, 'icons', `${size}x${size}.png`));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
  const icns = readFileSync(join(build, 'icon.icns'));
  expect(icns.subarray(0, 4).toString()).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const ico = readFileSync(join(build, 'icon.ico'));
  const count = ico.readUInt16LE(4);
  const last = 6 + 16 * (count - 1);
  expect(count).toBeGreaterThanOrEqual(6);
  expect(ico.readUInt32LE(last + 8) + ico.readUInt32LE(last + 12)).toBe(ico.length);
});

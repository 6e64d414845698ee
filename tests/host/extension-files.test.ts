import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offeredAddress } from '../../electron/deep-link.ts';
import { bookmarklet } from '../../shared/bookmarklet.ts';
import manifest from '../../package.json' with { type: 'json' };
import { manifestFor, packExtension, zipOf } from '../../scripts/extension.mjs';

/* The extension as it is packed. Firefox does not run here; what it insists on in a manifest is looked at instead. */

const source = resolve(import.meta.dirname, '../../extension');
let folder: string;
let archives: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-extension-'));
  archives = packExtension(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files of an archive, by its central directory. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const found = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const length = bytes.readUInt16LE(at + 28);
    const entry = bytes.readUInt32LE(at + 42);
    const start = entry + 30 + bytes.readUInt16LE(entry + 26) + bytes.readUInt16LE(entry + 28);
    found.set(bytes.toString('utf8', at + 46, at + 46 + length), inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))));
    at += 46 + length;
  }
  return found;
}

test('both families get the least rights, and no right to any site', () => {
  for (const family of ['chrome', 'firefox'] as const) {
    const made = manifestFor(family);
    expect(made['manifest_version']).toBe(3);
    expect(made['version']).toBe(manifest.version);
    expect(made['permissions']).toEqual(['activeTab', 'scripting', 'storage', 'contextMenus']);
    expect(made['host_permissions']).toEqual(['http://127.0.0.1/*']);
    for (const key of ['content_scripts', 'web_accessible_resources', 'externally_connectable', 'optional_host_permissions']) expect(made).not.toHaveProperty(key);
    expect(JSON.stringify(made['content_security_policy'])).toContain("default-src 'none'");
  }
});

test('Chromium gets a worker and Firefox a background page, each without the other’s key', () => {
  expect(manifestFor('chrome')['background']).toEqual({ service_worker: 'background.js', type: 'module' });
  expect(manifestFor('chrome')).not.toHaveProperty('browser_specific_settings');
  const firefox = manifestFor('firefox');
  expect(firefox['background']).toEqual({ scripts: ['background.js'], type: 'module' });
  const { gecko } = firefox['browser_specific_settings'] as { gecko: { id: string; strict_min_version: string } };
  // Firefox keeps what an extension stores, and signs it, under this name.
  expect(gecko.id).toMatch(/^[\w.-]+@[\w.-]+$/);
  expect(Number.parseFloat(gecko.strict_min_version)).toBeGreaterThanOrEqual(128);
});

test('the archives hold what the manifest names, open anywhere, and come out the same each time', () => {
  for (const archive of archives) {
    const files = unzip(readFileSync(archive));
    const made = JSON.parse(files.get('manifest.json')?.toString() ?? '') as Record<string, unknown>;
    const named = [...JSON.stringify(made).matchAll(/"([\w/-]+\.(?:js|html|png))"/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !files.has(name))).toEqual([]);
    expect([...files.keys()].filter((name) => /\.ts$|tsconfig/.test(name))).toEqual([]);
    expect(files.get('page.js')?.equals(readFileSync(join(source, 'page.js')))).toBe(true);
  }
  const [first = ''] = archives;
  expect(zipOf(join(folder, 'extension-chrome')).equals(readFileSync(first))).toBe(true);
});

test('the bookmark offers the page’s address in a link that Lectern reads', () => {
  const page = 'https://paper.example/a b?x=1&url=https://evil.example/#part';
  const location = { href: new URL(page).href };
  runInNewContext(decodeURIComponent(bookmarklet.slice('javascript:'.length)), { location });
  expect(offeredAddress(location.href)).toBe(new URL(page).href);
});

test('every word of the extension is there in both languages, is used, and is the whole of what a page or script says', () => {
  const words = (language: string) => JSON.parse(readFileSync(join(source, '_locales', language, 'messages.json'), 'utf8')) as Record<string, { message: string }>;
  const english = words('en');
  const chinese = words('zh_CN');
  expect(Object.keys(chinese)).toEqual(Object.keys(english));
  expect(Object.values(chinese).filter(({ message }) => /[!！“”]/.test(message) || message === '')).toEqual([]);
  expect(Object.entries(chinese).filter(([name, { message }]) => name !== 'name' && !/\p{Script=Han}/u.test(message))).toEqual([]);
  const text = readdirSync(source).filter((name) => /\.(?:js|html|json)$/.test(name)).map((name) => readFileSync(join(source, name), 'utf8')).join('\n');
  const used = new Set([...text.matchAll(/__MSG_(\w+)__|data-say(?:-label)?="(\w+)"|'(\w+)'/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''));
  expect(Object.keys(english).filter((name) => !used.has(name))).toEqual([]);
  const asked = [...text.matchAll(/__MSG_(\w+)__|data-say(?:-label)?="(\w+)"|\bsay\('(\w+)'/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  expect(asked.filter((name) => !(name in english))).toEqual([]);
});

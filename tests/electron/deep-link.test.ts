import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, constantFrom, oneof, property, string, webUrl } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptArticle, offeredAddress, readLaunch, webAddress } from '../../electron/deep-link.ts';
import { lecternLink } from '../../shared/highlight-link.ts';

const nothing = { urls: [], offered: [], files: [], kept: null };
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-launch-'));
  for (const name of ['page.html', 'PAGE.HTM', 'note.txt', 'note.md', 'run.exe', 'no-ending', '-dash.html']) writeFileSync(join(folder, name), 'x');
  mkdirSync(join(folder, 'folder.html'));
  symlinkSync(join(folder, 'gone.html'), join(folder, 'dangling.html'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a link proposes the one address it names', () => {
  expect(offeredAddress('lectern://save?url=https%3A%2F%2Fnews.example%2Fa%3Fb%3D1%26c%3D2%23d')).toBe('https://news.example/a?b=1&c=2#d');
  expect(offeredAddress('lectern://save?url=https://news.example/a?b=1')).toBe('https://news.example/a?b=1');
  expect(offeredAddress('LECTERN://SAVE/?URL=http://news.example')).toBe('http://news.example/');
  expect(offeredAddress('lectern://save?url=https%3A%2F%2Fnews.example%2F%E8%AE%BA%E6%96%87')).toBe('https://news.example/%E8%AE%BA%E6%96%87');
});

test.each([
  'lectern://save', 'lectern:save?url=https://a.example', 'lectern://save?url=', 'lectern://open?url=https://a.example',
  'lectern://save?url=https://a.example&url=https://b.example', 'lectern://save?x=1&url=https://a.example',
  'lectern://save?url=https://a.example#x', 'lectern://save/run?url=https://a.example', 'lectern://save:80?url=https://a.example',
  'lectern://me@save?url=https://a.example', 'lectern://save?url=%68%zz', 'lectern://save?url=file:///etc/passwd',
  'lectern://save?url=javascript:alert(1)', 'lectern://save?url=%20javascript:alert(1)', 'lectern://save?url=//a.example/x',
  'lectern://save?url=\\\\host\\share', 'lectern://save?url=https://user:secret@a.example', 'lectern://save?url=https://good.example@evil.example',
  'lectern://save?url=lectern://save?url=https://a.example', 'lectern://save?url=https://', 'lectern://save?url=ht\ttps://a.example',
  'lectern://save?url=smb://a.example', 'lectern://save?url=ms-msdt:/id', 'lectern://save?url=https://a.example --no-sandbox',
  ` lectern://save?url=https://a.example`, `lectern://save?url=https://a.example/${'x'.repeat(9_000)}`, `lectern://save?url=${'%41'.repeat(100_000)}`,
])('the link %s proposes nothing', (link) => {
  expect(offeredAddress(link)).toBeNull();
});

test('addresses and readable files are taken, all else is left', () => {
  expect(readLaunch(['https://a.example/x', 'page.html', 'PAGE.HTM', 'note.txt', './note.md'], folder)).toEqual({
    ...nothing,
    urls: ['https://a.example/x'],
    files: ['page.html', 'PAGE.HTM', 'note.txt', 'note.md'].map((name) => join(folder, name)),
  });
  const left = ['', '.', 'run.exe', 'no-ending', 'folder.html', 'dangling.html', 'missing.html', '-dash.html', '../', 'file:///etc/passwd.html',
    'page.html\0.txt', '//host/share/page.html', '\\\\host\\share\\page.html', 'javascript:alert(1)', 'ftp://a.example/x.html', 'dist/main/main.js'];
  expect(readLaunch(left, folder)).toEqual(nothing);
});

test.each([
  '--gpu-launcher=calc', '--renderer-cmd-prefix=sh', '--no-sandbox', '--remote-debugging-port=9222', '--user-data-dir=/tmp', '-e', '--',
  '--inspect', '--load-extension=/tmp/x', '--allow-file-access-from-files', '--proxy-server=evil.example:80', '--lang=zh', '-url=https://a.example',
])('the switch %s is ignored, also among other arguments', (argument) => {
  expect(readLaunch([argument], folder)).toEqual(nothing);
  expect(readLaunch([argument, 'https://a.example/', argument], folder).urls).toEqual(['https://a.example/']);
});

test('beside a link nothing else counts, for a link can be made to look like more arguments', () => {
  const argv = ['lectern://save?url=https://a.example', 'https://evil.example', join(folder, 'page.html')];
  expect(readLaunch(argv, folder)).toEqual({ ...nothing, offered: ['https://a.example/'] });
  expect(readLaunch(['lectern://nonsense', 'https://evil.example'], folder)).toEqual(nothing);
});

test('a link from one’s own notes names an article and a highlight, in exactly that form', () => {
  const [id, highlight] = ['0123456789abcdefghjk', 'zyxwvtsrqpnmkjhgfedc'];
  expect(keptArticle(lecternLink(id))).toEqual({ id, highlight: null });
  expect(keptArticle(lecternLink(id, highlight))).toEqual({ id, highlight });
  expect(readLaunch(['https://a.example/', lecternLink(id, highlight)], folder)).toEqual({ ...nothing, kept: { id, highlight } });
  for (const link of [`lectern://open?article=${id}x`, `lectern://open?article=${id}&highlight=`, `lectern://open?article=${id}&article=${id}`, `lectern://open/x?article=${id}`, `lectern://open?article=../${id}`, `lectern://save?article=${id}`, ` lectern://open?article=${id}`, 'lectern://open'])
    expect(keptArticle(link), link).toBeNull();
});

test('a flood of arguments is cut short', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => `https://a.example/${at}`);
  expect(readLaunch(many, folder).urls).toHaveLength(200);
});

test('whatever is given, only http and https come out, and nothing throws', () => {
  const pieces = array(oneof(string(), webUrl(), constantFrom('lectern://save?url=', 'https://', '--', '\\\\', '%00', '@', '\u2013', '"')), { maxLength: 6 });
  const schemes = new Set<string>();
  let taken = 0;
  assert(
    property(pieces, (parts) => {
      const text = parts.join('');
      const launch = readLaunch([text, text], folder);
      for (const url of [...launch.urls, ...launch.offered, webAddress(text)]) {
        if (url === null) continue;
        taken += 1;
        schemes.add(new URL(url).protocol);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(taken).toBeGreaterThan(50);
  expect([...schemes].filter((scheme) => scheme !== 'http:' && scheme !== 'https:')).toEqual([]);
});

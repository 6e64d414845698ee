import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setAsideCorruptSettings, validSettings } from '../../electron/library/settings.ts';
import { openConfSettings } from '../../electron/open.ts';
import { defaultSettings } from '../../shared/settings.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'lectern-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = () => join(folder, 'settings.json');

test('a first start has the defaults', () => {
  const { settings, aside } = openConfSettings(folder);
  expect([settings.get(), aside]).toEqual([defaultSettings, null]);
});

test('a change is kept, told, and there at the next start', () => {
  const { settings } = openConfSettings(folder);
  const told: number[] = [];
  const stop = settings.onChange(({ textSize }) => told.push(textSize));
  expect(settings.change({ textSize: 22, lineHeight: null }).textSize).toBe(22);
  stop();
  settings.change({ textSize: 23 });
  expect(told).toEqual([22]);
  expect(openConfSettings(folder).settings.get()).toEqual({ ...defaultSettings, textSize: 23 });
  // Only what was changed is written, so that a later default reaches everyone who never chose.
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ textSize: 23, lineHeight: null });
  // Windows has no such bits, and Node shows every file as 666 there.
  expect(statSync(file()).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
});

test('a change that is not allowed changes nothing', () => {
  const { settings } = openConfSettings(folder);
  expect(() => settings.change({ textSize: 5 })).toThrow(/textSize/);
  expect(() => settings.change({ colour: 'red' } as never)).toThrow(/colour/);
  expect(settings.get()).toEqual(defaultSettings);
});

test.each(['', '{', '[1]', 'null', '"x"', '\u0000\u0000\u0000', '{"textSize": 20'])('a file holding %j is set aside, not fatal', (text) => {
  writeFileSync(file(), text);
  const { settings, aside } = openConfSettings(folder);
  expect(settings.get()).toEqual(defaultSettings);
  expect(readFileSync(aside ?? '', 'utf8')).toBe(text);
  settings.change({ textSize: 20 });
  expect(openConfSettings(folder).settings.get().textSize).toBe(20);
  expect(readdirSync(folder)).toHaveLength(2);
});

test('a single bad value falls back alone, and unknown ones stay in the file', () => {
  writeFileSync(file(), JSON.stringify({ textSize: 'huge', language: 'zh-CN', lineHeight: 9, fromTheFuture: { a: 1 } }));
  const { settings, aside } = openConfSettings(folder);
  expect(aside).toBeNull();
  expect(settings.get()).toEqual({ ...defaultSettings, language: 'zh-CN' });
  settings.change({ justify: true });
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ fromTheFuture: { a: 1 }, justify: true, language: 'zh-CN' });
});

test('a file that says __proto__ changes no prototype', () => {
  expect(validSettings(JSON.parse('{"__proto__": {"textSize": 30}}') as Record<string, unknown>)).toEqual(defaultSettings);
});

test('a good file is left where it is', () => {
  writeFileSync(file(), '{}');
  expect(setAsideCorruptSettings(folder)).toBeNull();
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

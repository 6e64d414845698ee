import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeLibrary } from '../../bench/made-up-library.ts';
import { openTestLibrary } from './open-test-library.ts';

function emptyFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'lectern-made-up-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Everything in a library that is no index: its truth, byte for byte. */
function truthOf(path: string): Map<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const kept = files.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).filter((name) => !/^(index|lock)\./.test(name));
  return new Map(kept.toSorted().map((name) => [name, readFileSync(join(path, name), 'base64')]));
}

test('a made-up library is the same each time, true, and as mixed as a real one', async () => {
  const [one, other, third] = [emptyFolder(), emptyFolder(), emptyFolder()];
  const tell = () => undefined;
  await makeLibrary(one, 150, 3, tell);
  await makeLibrary(other, 150, 3, tell);
  await makeLibrary(third, 150, 4, tell);
  const truth = truthOf(one);
  expect(truth.size).toBeGreaterThan(300);
  expect(truthOf(other)).toEqual(truth);
  expect(truthOf(third)).not.toEqual(truth);

  const library = await openTestLibrary({ path: one });
  expect((await library.answers.check({})).problems).toEqual([]);
  const rows = await library.rows('all');
  expect(new Set(rows.map(({ lang }) => lang))).toEqual(new Set(['en', 'zh-CN', 'ja', null]));
  const { counts } = await library.answers.library({});
  for (const list of ['inbox', 'reading', 'archive', 'favourites'] as const) expect(counts[list]).toBeGreaterThan(0);
  expect(rows.some(({ leadPicture }) => leadPicture !== null)).toBe(true);
  expect((await library.answers.tags({})).some(({ name }) => name.includes('/'))).toBe(true);
  // Its times lie in the past, what is in its trash in the future: opening it changes nothing.
  expect(truthOf(one)).toEqual(truth);
});

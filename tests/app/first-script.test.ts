import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../stage.ts';

/* What the built window reads before it can show its first list. Bytes are no clock: this fails when code slips in that belongs to a later part. */

const built = join(root, 'dist', 'renderer');
const sizeOf = (path: string): number => statSync(join(built, path)).size;
/** React alone is 219,000. */
const mostScript = 345_000;
const mostWords = 85_000;

test('the script before the first list stays small: all else is a part that comes later', () => {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path = '']) => path);
  expect(scripts.length).toBeGreaterThan(1);
  expect(scripts.reduce((sum, path) => sum + sizeOf(path), 0)).toBeLessThan(mostScript);
});

test('one language is read, the other when it is changed to', () => {
  const assets = readdirSync(join(built, 'assets'));
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  for (const language of ['en', 'zh-CN']) {
    const [file = '', ...more] = assets.filter((name) => name.startsWith(`${language}-`) && name.endsWith('.js'));
    expect(more).toEqual([]);
    expect(page).not.toContain(file);
    expect(sizeOf(`assets/${file}`)).toBeLessThan(mostWords);
  }
});

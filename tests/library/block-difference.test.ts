import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { blockDifference } from '../../electron/library/saving/block-difference.ts';

const kinds = (before: string[], after: string[]) => blockDifference(before, after).changes.map((change) => (change.did === 'kept' ? `=${change.count}` : `${change.did === 'added' ? '+' : '-'}${change.text}`));

test('what was kept, added and removed, in reading order', () => {
  expect(kinds(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual(['=1', '-b', '+x', '=2', '+e']);
  expect(kinds(['a', 'b'], ['b', 'a'])).toHaveLength(3);
  expect(kinds([], ['a'])).toEqual(['+a']);
  expect(kinds(['a'], [])).toEqual(['-a']);
  expect(kinds(['a', 'a'], ['a', 'a'])).toEqual(['=2']);
});

test('every block of both texts is accounted for, and no more is changed than the longest common part leaves', () => {
  const text = array(constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
  assert(property(text, text, (before, after) => {
    const { kept, added, removed } = blockDifference(before, after);
    expect([kept + removed, kept + added]).toEqual([before.length, after.length]);
    expect(kept).toBe(common(before, after));
  }));
});

/** The plain definition, exponential as it is. */
function common([a, ...before]: string[], after: string[]): number {
  if (a === undefined) return 0;
  const at = after.indexOf(a);
  return Math.max(common(before, after), at < 0 ? 0 : 1 + common(before, after.slice(at + 1)));
}

test('huge texts are compared in bounded time, held together by what occurs once', () => {
  const before = Array.from({ length: 60_000 }, (_, n) => (n % 3 === 0 ? 'again and again' : `block ${n}`));
  const after = before.map((text, n) => (n % 1_000 === 500 ? `changed ${n}` : text)).toSpliced(30_001, 2);
  const began = performance.now();
  const difference = blockDifference(before, after);
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(difference.kept + difference.removed).toBe(60_000);
  expect(difference.removed).toBeLessThan(70);
  expect(blockDifference(Array.from({ length: 9_000 }, (_, n) => `old ${n}`), Array.from({ length: 9_000 }, (_, n) => `new ${n}`))).toMatchObject({ kept: 0, added: 9_000, removed: 9_000, unshown: 17_700 });
});

test('a long block is shown by its beginning, never by half a character', () => {
  const [change] = blockDifference([], ['𠮷'.repeat(500).slice(0, 999)]).changes;
  expect(change?.text).toHaveLength(401);
  const [odd] = blockDifference([], [`a${'𠮷'.repeat(500)}`]).changes;
  expect(odd?.text).toBe(`a${'𠮷'.repeat(199)}…`);
});

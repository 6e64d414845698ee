import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locate } from '../../shared/anchor.ts';
import { signsOf } from '../../shared/anchor-text.ts';
import { occurrencesOf } from '../../shared/occurrences.ts';

function plainly(text: string, wanted: string, most: number): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && places.length < most; at = text.indexOf(wanted, at + 1)) places.push(at);
  return places;
}

test('the same places are found by either way, also where they overlap', () => {
  const letters = (length: number) => fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: length }).map((all) => all.join(''));
  fc.assert(fc.property(letters(4), letters(6), fc.integer({ min: 1, max: 50 }), (piece, end, most) => {
    // Long enough for the careful way.
    const text = (piece.repeat(2_000) + end).repeat(4).slice(0, 20_000);
    const wanted = piece.repeat(400).slice(0, 600) + end;
    expect(occurrencesOf(text, wanted, most)).toEqual(plainly(text, wanted, most));
  }));
});

test('a quote of nearly one letter in a long text of that letter is looked for in no time to speak of', () => {
  const text = signsOf('a'.repeat(4_000_000));
  expect(occurrencesOf(text, `${'a'.repeat(500)}b${'a'.repeat(9_499)}`, 5_000)).toEqual([]);
  expect(locate(text, { quote: `${'a'.repeat(5_000)}b${'a'.repeat(4_999)}`, prefix: 'x', suffix: 'y', start: 5, end: 10, twins: 0 })).toBeNull();
});

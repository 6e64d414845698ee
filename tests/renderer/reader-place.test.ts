import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Place } from '../../shared/article.ts';
import { findPlace, placeAt, quoteOf } from '../../renderer/reader/place.ts';

/* A place in an article is kept by its words, and found again whatever has become of what is around it. */

const texts = Array.from({ length: 60 }, (_, at) => `Paragraph ${at * 7 + 3}: the ${['harbour', 'ledger', 'lamp', 'tide'][at % 4]} of the ${at}th day, written down before the light went.`);

test('a place is found where it was', () => {
  for (const [block, text] of texts.entries()) {
    const spot = { block, offset: text.length - 5 };
    expect(findPlace(placeAt(spot, texts, 0.5), texts)).toEqual(spot);
  }
});

test('what is kept is always a valid place', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '字', '😀'), maxLength: 90 }), { minLength: 1, maxLength: 5 }), fc.nat(40), fc.nat(500), fc.double(), (blocks, block, offset, progress) => {
    const place = placeAt({ block: block % blocks.length, offset }, blocks, progress);
    expect(Place.parse(place)).toEqual(place);
    expect(place.quote.isWellFormed() || !(blocks[place.block] ?? '').isWellFormed()).toBe(true);
  }));
});

test('a place found is always one of the article', () => {
  const place = fc.record({ block: fc.nat(100), quote: fc.string({ maxLength: 60 }), offset: fc.nat(2_000), progress: fc.constant(0.5) });
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), place, (blocks, kept) => {
    const found = findPlace(kept, blocks) ?? { block: Infinity, offset: Infinity };
    expect(found.block).toBeLessThan(blocks.length);
    expect(found.offset).toBeLessThanOrEqual((blocks[found.block] ?? '').length);
  }));
  expect(findPlace({ block: 0, quote: 'a', offset: 0, progress: 0 }, [])).toBeNull();
});

test('blocks put in, taken out and moved do not lose the place', () => {
  const edit = fc.record({ at: fc.nat(59), kind: fc.constantFrom('insert', 'remove', 'touch') });
  fc.assert(fc.property(fc.nat(59), fc.array(edit, { maxLength: 25 }), (block, edits) => {
    const wanted = texts[block] ?? '';
    let changed = [...texts];
    for (const { at, kind } of edits) {
      const here = at % changed.length;
      if (kind === 'insert') changed = changed.toSpliced(here, 0, `Something new at ${at}, put in between.`);
      else if (changed[here] !== wanted && kind === 'remove') changed = changed.toSpliced(here, 1);
      else if (changed[here] !== wanted) changed = changed.with(here, `${changed[here]} More.`);
    }
    const found = findPlace(placeAt({ block, offset: 12 }, texts, 0.3), changed);
    expect(found).toEqual({ block: changed.indexOf(wanted), offset: 12 });
  }));
});

test('a block that was split, merged or reworded is still found', () => {
  const place = placeAt({ block: 30, offset: 50 }, texts, 0.5);
  const text = texts[30] ?? '';
  const split = texts.toSpliced(30, 1, text.slice(0, 40), text.slice(40));
  expect(findPlace({ ...place, quote: quoteOf(split[30] ?? '') }, split)).toEqual({ block: 31, offset: 10 });
  const merged = texts.toSpliced(29, 2, `${texts[29]} ${text}`);
  expect(findPlace(place, merged)).toEqual({ block: 29, offset: (texts[29] ?? '').length + 1 + 50 });
  const reworded = texts.with(30, text.replace('written', 'noted'));
  expect(findPlace(place, reworded.toSpliced(3, 1))).toEqual({ block: 29, offset: 50 });
});

test('of equal beginnings the nearest is meant', () => {
  const same = Array.from({ length: 20 }, () => 'The same words again.');
  expect(findPlace(placeAt({ block: 11, offset: 3 }, same, 0.5), same)).toEqual({ block: 11, offset: 3 });
});

test('a block without words is found by its number', () => {
  expect(findPlace({ block: 4, quote: '', offset: 0, progress: 0 }, texts)).toEqual({ block: 4, offset: 0 });
  expect(findPlace({ block: 400, quote: '', offset: 0, progress: 1 }, texts)).toEqual({ block: 59, offset: 0 });
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupings, sortOrders } from '../../shared/listing.ts';
import { readHash, writeHash, type Address } from '../../renderer/hash.ts';

const usual = readHash('');

test('an empty or senseless hash is Home with nothing open', () => {
  expect(usual).toEqual({
    where: { list: 'home' }, article: null, panel: null, focus: false, sort: 'newest', group: null, find: null, mark: null, sidebarFolded: null, listFolded: null,
  });
  expect(readHash('#/nowhere?article=../etc&panel=evil&sort=up')).toEqual(usual);
  expect(readHash('#/tag/%E0%A4')).toEqual(usual);
  expect(writeHash(usual)).toBe('#/home');
});

test('a tag with slashes and Chinese is one step of the path', () => {
  const hash = writeHash({ ...usual, where: { list: 'tag', tag: '科技/人工智能 & more?' }, article: '00000000000000000007' });
  expect(hash.split('?')[0]?.split('/')).toHaveLength(3);
  expect(readHash(hash).where).toEqual({ list: 'tag', tag: '科技/人工智能 & more?' });
});

test('whatever is written is read back', () => {
  const address: fc.Arbitrary<Address> = fc.record({
    where: fc.oneof(
      fc.constantFrom('home', 'queue', 'inbox', 'reading', 'favourites', 'archive', 'all', 'trash', 'failed', 'bookmarks', 'forgotten').map((list) => ({ list })),
      fc.string({ unit: 'grapheme', minLength: 1 }).map((tag) => ({ list: 'tag' as const, tag })),
      fc.domain().map((host) => ({ list: 'site' as const, host })),
    ) as fc.Arbitrary<Address['where']>,
    article: fc.constantFrom(null, '0123456789abcdefghjk'),
    panel: fc.constantFrom(null, 'add', 'search', 'preferences', 'shortcuts'),
    focus: fc.boolean(),
    sort: fc.constantFrom(...sortOrders),
    group: fc.constantFrom(null, ...groupings),
    mark: fc.constantFrom(null, '01m87jsk3fjzhqfphra9'),
    find: fc.option(fc.string({ unit: 'grapheme' }), { nil: null }),
    sidebarFolded: fc.constantFrom(null, true, false),
    listFolded: fc.constantFrom(null, true, false),
  });
  fc.assert(fc.property(address, (each) => {
    expect(readHash(writeHash(each))).toEqual(each);
  }));
});

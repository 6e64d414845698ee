import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Group } from '../../shared/listing.ts';
import { layOut } from '../../renderer/list/flow.ts';
import { daysLeft } from '../../renderer/list/RowFacts.tsx';
import { sizes } from '../../renderer/list/Rows.tsx';

const group: fc.Arbitrary<Group[]> = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }).map((counts) => counts.map((count, at) => ({ key: String(at), count, minutes: count })));

test('every row of every group lies below the one before it and below its heading, and is found where it lies', () => {
  fc.assert(fc.property(fc.option(group, { nil: null }), fc.constantFrom(sizes.comfortable, sizes.compact), (groups, each) => {
    const total = groups === null ? 40 : groups.reduce((sum, { count }) => sum + count, 0);
    const flow = layOut(total, groups, each);
    expect(flow.height).toBe(total * each.row + (groups?.length ?? 0) * each.heading);
    let bottom = 0;
    for (let index = 0; index < total; index++) {
      const top = flow.topOf(index);
      const span = flow.spanOf(index);
      const heads = span !== null && span.first === index ? each.heading : 0;
      expect(top).toBe(bottom + heads);
      bottom = top + each.row;
      expect([flow.indexAt(top), flow.indexAt(bottom - 1)]).toEqual([index, index]);
    }
    expect(bottom).toBe(flow.height);
    expect([flow.indexAt(-5), flow.indexAt(flow.height + 900)]).toEqual([0, total - 1]);
  }));
});

test('an empty list has no height, and the sizes are those of the tokens', () => {
  expect(layOut(0, [], sizes.compact)).toMatchObject({ total: 0, height: 0 });
  const tokens = readFileSync('renderer/style/tokens.css', 'utf8');
  const px = (name: string) => Number(new RegExp(`--${name}: (\\d+)px`).exec(tokens)?.[1]);
  expect(sizes).toEqual({ comfortable: { row: px('row'), heading: px('group') }, compact: { row: px('row-compact'), heading: px('group') } });
});

test('the days left in the trash are whole ones, the last of them being today', () => {
  const day = 86_400_000;
  const at = '2030-01-01T12:00:00.000Z';
  expect([0.1, 1.5, 29.1, 29.9, 31].map((days) => daysLeft(at, Date.parse(at) + days * day))).toEqual([29, 28, 0, 0, 0]);
});

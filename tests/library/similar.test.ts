import { expect, test } from 'vitest';
import { trash } from '../../electron/library/marks.ts';
import { alike, sampleCommonness, termsOf, weigh } from '../../electron/library/search/telling.ts';
import { similar } from '../../electron/library/similar.ts';
import { addReady, openTestStore } from './made-up.ts';
import { sure } from './made-up-article.ts';

/* Texts about a few things, each thing in two languages, amid many about nothing in particular. */

const filler = (n: number) => Array.from({ length: 30 }, (_, at) => `The ${['morning', 'evening', 'window', 'people', 'street', 'number', 'letter'][(n * 7 + at * 3) % 7]} was ${['long', 'quiet', 'open', 'late'][(n + at) % 4]} and 人们在${['早晨', '街上', '窗边', '城里'][(n * 3 + at) % 4]}说话。 Only${n}here${at} and again only${n}here${at}.`).join(' ');
const about = {
  bees: (n: number) => `<p>${filler(n)}</p><p>${'The beekeeper moved her hives before the linden bloom; honey and propolis and a new queen. '.repeat(3)}</p>`,
  clocks: (n: number) => `<p>${filler(n)}</p><p>${'An escapement wheel, a pendulum and a mainspring were mended by the watchmaker. '.repeat(3)}</p>`,
  茶: (n: number) => `<p>${filler(n)}</p><p>${'茶农在谷雨之前采摘嫩芽，杀青、揉捻、烘焙，制成龙井。'.repeat(3)}</p>`,
};

test('what a text tells is what is frequent in it and rare elsewhere', async () => {
  expect([...termsOf('The 茶农 采 bee-keeper, 1999 keeper')]).toEqual([['the', 1], ['茶 农', 1], ['农 采', 1], ['bee', 1], ['keeper', 2]]);
  const store = await openTestStore();
  for (let n = 0; n < 30; n++) await addReady(store, { html: `<p>${filler(n)}</p>` });
  const commonness = await sampleCommonness(store.db);
  expect(commonness.texts).toBe(30);
  const weights = weigh(termsOf('window window window propolis'), commonness);
  expect(weights.get('propolis')).toBeGreaterThan(sure(weights.get('window')));
  expect(alike(weights, weights)).toBeCloseTo(1);
  expect(alike(weights, weigh(termsOf('mainspring'), commonness))).toBe(0);
});

test('the likest texts come first, in any language; the same text, the trash and what has nothing in common do not come', async () => {
  const store = await openTestStore();
  for (let n = 0; n < 40; n++) await addReady(store, { html: `<p>${filler(n)}</p>`, title: `Filler ${n}` });
  const ids: Record<string, string[]> = {};
  for (const [place, [name, make]] of Object.entries(about).entries()) {
    ids[name] = [];
    for (let n = 0; n < 3; n++) sure(ids[name]).push(await addReady(store, { html: make(50 + place * 100 + n * 11), title: `${name} ${n}` }));
  }
  const twin = await addReady(store, { html: about.bees(50), title: 'bees 0' });
  await store.settled();
  const titles = async (id: string) => (await similar(store)({ id, count: 6 })).map((row) => row.title);
  for (const name of Object.keys(about)) {
    const [first, second, third] = sure(ids[name]);
    const found = await titles(sure(first));
    expect(found.slice(0, 2).toSorted()).toEqual([`${name} 1`, `${name} 2`]);
    expect(found).not.toContain(`${name} 0`);
    expect(await titles(sure(third))).toContain(`${name} 1`);
    expect((await titles(sure(second)))[0]).toMatch(new RegExp(`^${name} [02]$`));
  }
  expect((await similar(store)({ id: sure(ids['bees']?.[0]), count: 20 })).map((row) => row.id)).not.toContain(twin);
  trash(store)({ ids: [sure(ids['clocks']?.[1])] });
  expect((await titles(sure(ids['clocks']?.[0])))[0]).toBe('clocks 2');
  await expect(similar(store)({ id: '00000000000000000000', count: 3 })).rejects.toThrow('not-found');
});

test('an article without a text has none like it', async () => {
  const store = await openTestStore();
  const id = await addReady(store, { html: '<p>1</p>', title: '12' });
  await store.settled();
  expect(await similar(store)({ id, count: 3 })).toEqual([]);
});

import { expect, test } from 'vitest';
import { moved, shelved } from '../../renderer/home/shelf-order.ts';
import { bareAddress } from '../../renderer/parts/bare-address.ts';
import { differences, optionsFor, stateOf } from '../../renderer/parts/tagging.ts';
import { normalName } from '../../renderer/parts/tag-name.ts';
import { branchesOf, firstOf, type Branch } from '../../renderer/sidebar/branches.ts';
import { TagName, type Tag } from '../../shared/tag.ts';

const tag = (name: string, count: number, position: number | null = null): Tag => ({ name, count, unread: 0, position, colour: null });

test('an address stands for a missing title, without what every address has', () => {
  const url = 'https://www.harbour.example/fog/';
  expect(bareAddress({ title: url, url })).toBe('harbour.example/fog');
  expect(bareAddress({ title: '', url: 'http://harbour.example/?p=1' })).toBe('harbour.example/?p=1');
  expect(bareAddress({ title: 'Fog', url })).toBeNull();
  expect(bareAddress({ title: '', url: null })).toBeNull();
});

test('tags nest by their slashes; a parent that is no tag counts what is below it', () => {
  const tree = branchesOf([tag('b/2', 3), tag('b/10', 4), tag('a', 9), tag('a/x', 2)]);
  expect(tree).toMatchObject([
    { name: 'a', label: 'a', count: 9, children: [{ name: 'a/x', label: 'x', count: 2, children: [] }] },
    {
      name: 'b', label: 'b', count: 7, children: [
        { name: 'b/2', label: '2', count: 3, children: [] },
        { name: 'b/10', label: '10', count: 4, children: [] },
      ],
    },
  ]);
});

test('tags stand in the sidebar as in every other list of them: Chinese names by their sound, before Latin ones', () => {
  expect(branchesOf([tag('art', 1), tag('阅读', 1), tag('编程', 1)]).map(({ name }) => name)).toEqual(['编程', '阅读', 'art']);
});

test('of a tree of tags only the first are drawn, as it is read, and each knows where it stands', () => {
  const tree = branchesOf([tag('a', 1), tag('b', 1), tag('b/1', 1), tag('b/1/x', 1), tag('b/2', 1), tag('c', 1)]);
  const names = (branches: Branch[]): string[] => branches.flatMap(({ name, at, of, children }) => [`${name} ${at + 1}/${of}`, ...names(children)]);
  expect(names(firstOf(tree, 99).first)).toEqual(['a 1/3', 'b 2/3', 'b/1 1/2', 'b/1/x 1/1', 'b/2 2/2', 'c 3/3']);
  expect(names(firstOf(tree, 3).first)).toEqual(['a 1/3', 'b 2/3', 'b/1 1/2']);
  expect([99, 6, 5, 4, 3, 1, 0].map((most) => firstOf(tree, most).left)).toEqual([0, 0, 1, 2, 3, 5, 6]);
  // What is whole is the same as before: it is not drawn again when more comes.
  expect(firstOf(tree, 5).first[1]).toBe(tree[1]);
});

test('shelves keep their order and move within it', () => {
  expect(shelved([tag('c', 1, 2), tag('x', 1), tag('a', 1, 0), tag('b', 1, 1)])).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
});

test('a tag typed here is spelt as the library spells it', () => {
  for (const text of ['  a  b ', 'x / y//z', 'é', 'a,b', '', ' / ', 'n'.repeat(101), 'tab\there', '标签']) {
    const parsed = TagName.safeParse(text);
    expect([text, normalName(text)]).toEqual([text, parsed.success ? parsed.data : null]);
  }
});

const two = { ids: ['1', '2'], tags: [['news', 'old'], ['news']] };

test('only what would change something is asked for', () => {
  const none = new Map<string, boolean>();
  expect([stateOf('news', two, none), stateOf('old', two, none), stateOf('new', two, none)]).toEqual(['all', 'some', 'none']);
  expect(differences(two, new Map([['news', true], ['old', true], ['fresh', true], ['gone', false]]))).toEqual({ add: ['old', 'fresh'], remove: [] });
  expect(differences(two, new Map([['old', false]]))).toEqual({ add: [], remove: ['old'] });
});

test('completion: exact, then the start, then a later word; a new tag last, a bad one said', () => {
  const known = ['music', 'my/art', 'art', 'party', 'artists'];
  expect(optionsFor('art', known, two, new Map(), () => false).map(({ name }) => name)).toEqual(['art', 'artists', 'my/art', 'party']);
  expect(optionsFor('arti', known, two, new Map(), () => false).at(-1)).toEqual({ name: 'arti', fresh: true, bad: false });
  expect(optionsFor('a,b', known, two, new Map(), () => false)).toEqual([{ name: 'a,b', fresh: false, bad: true }]);
  expect(optionsFor('', known, two, new Map(), () => false).slice(0, 2).map(({ name }) => name)).toEqual(['news', 'old']);
});

import { expect, test } from 'vitest';
import { commands, isRunnable, keyCaps, runnable, type Command } from '../../shared/commands.ts';
import { en } from '../../shared/words/en.ts';
import { zhCN } from '../../shared/words/zh-CN.ts';

const all: readonly Command[] = commands;
const command = (id: string): Command => all.find((one) => one.id === id) ?? { id, keys: {}, when: 'always' };

test('no two commands share an id or a key', () => {
  const ids = all.map(({ id }) => id);
  const letters = all.flatMap(({ keys }) => keys.letter ?? []);
  const accelerators = all.flatMap(({ keys }) => keys.accelerator?.toLowerCase() ?? []);
  for (const values of [ids, letters, accelerators]) expect(values.filter((value, at) => values.indexOf(value) !== at)).toEqual([]);
});

test('no single letter begins a sequence, or the sequence could never be typed', () => {
  const letters = all.flatMap(({ keys }) => keys.letter ?? []);
  const first = letters.filter((letter) => letter.includes(' ')).map((letter) => letter.split(' ')[0]);
  expect(letters.filter((letter) => first.includes(letter))).toEqual([]);
});

test('every command has a label in both languages, no label twice in a language', () => {
  for (const words of [en, zhCN]) {
    expect(Object.keys(words.commands).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    const labels = Object.values(words.commands);
    expect(labels.every((label) => label.trim() !== '')).toBe(true);
    expect(labels.filter((label, at) => labels.indexOf(label) !== at)).toEqual([]);
  }
});

test('what the system does by itself is in a menu and never run by the renderer', () => {
  const roles = all.filter(({ role }) => role !== undefined);
  expect(roles.filter(({ id, menu }) => menu === undefined || isRunnable(id))).toEqual([]);
  expect(all.filter(({ id, role }) => role === undefined && !isRunnable(id))).toEqual([]);
  expect(runnable.map(({ id }) => id)).toContain('article.archive');
  expect(isRunnable('toString')).toBe(false);
});

test('keys are drawn as the keyboard has them', () => {
  expect(keyCaps(command('go.home'), false)).toEqual([['G', 'H'], ['Ctrl', '1']]);
  expect(keyCaps(command('search'), true)).toEqual([['/'], ['⌘', 'K']]);
  expect(keyCaps(command('theme.toggle'), true)).toEqual([['⌘', '⇧', 'L']]);
  expect(keyCaps(command('text.bigger'), false)).toEqual([['+'], ['Ctrl', '+']]);
  expect(keyCaps(command('text.smaller'), false)).toEqual([['-'], ['Ctrl', '-']]);
  expect(keyCaps(command('list.next'), false)).toEqual([['J']]);
});

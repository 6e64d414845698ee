import { expect, test } from 'vitest';
import { lookOf, usualText } from '../../renderer/reader/look.ts';
import { mendsIn, useRepair } from '../../renderer/reader/repair.ts';
import { renderHook } from '@testing-library/react';

test('an article’s own look lies over the preferences, and can leave to the script what they have fixed', () => {
  const settings = { ...usualText, columnWidth: 50, textSize: 22, indent: true };
  expect(lookOf(settings, {})).toEqual(settings);
  expect(lookOf(settings, { columnWidth: 'auto', textSize: 30, theme: 'night', vertical: true }))
    .toEqual({ ...settings, columnWidth: null, textSize: 30, vertical: true });
});

/** The text with what is shown in it. */
const shown = (text: string): string => {
  const letters = text.split('');
  for (const { at, shown: letter } of mendsIn(text)) letters[at] = letter;
  return letters.join('').replaceAll('\u200b', '_');
};

test.each([
  ['你好,世界!', '你好，世界！'],
  ['他说: 走吧. 于是走了.', '他说：_走吧。_于是走了。'],
  ['这(真的)好吗?', '这（真的）好吗？'],
  ['版本 3.14,比 2,000 大', '版本 3.14,比 2,000 大'],
  ['见 example.org/a?b=1;c 与 Node.js, Deno', '见 example.org/a?b=1;c 与 Node.js, Deno'],
  ['“好;”她说', '“好；”她说'],
  ['Hello, world! (Yes.)', 'Hello, world! (Yes.)'],
  ['第1章: 开始', '第1章：_开始'],
  ['第 1: 开始', '第 1: 开始'],
])('half-width punctuation in %s is shown as %s', (text, wanted) => {
  expect(shown(text)).toBe(wanted);
  expect(wanted).toHaveLength(text.length);
});

test('a mended text keeps its ranges, gives the kept text to what is copied, and is itself again when switched off', async () => {
  document.body.innerHTML = '<p>他说,<b>好.</b>于是(慢慢)走了,<code>a,b</code></p>';
  const block = document.querySelector('p') as HTMLElement;
  const kept = block.textContent ?? '';
  const first = block.firstChild as Text;
  const range = document.createRange();
  range.setStart(first, 1);
  range.setEnd(first, 3);
  const body = { blocks: [block], texts: [kept] };
  const parts = { doc: document };
  const hook = renderHook(({ on }) => useRepair(parts as never, body as never, on), { initialProps: { on: true } });
  expect(block.textContent).toBe('他说，好。于是（慢慢）走了,a,b');
  expect([range.startOffset, range.endOffset]).toEqual([1, 3]);
  document.dispatchEvent(new Event('copy'));
  expect(block.textContent).toBe(kept);
  await new Promise((done) => setTimeout(done));
  expect(block.textContent).toBe('他说，好。于是（慢慢）走了,a,b');
  hook.rerender({ on: false });
  expect(block.textContent).toBe(kept);
  expect([range.startOffset, range.endOffset]).toEqual([1, 3]);
});

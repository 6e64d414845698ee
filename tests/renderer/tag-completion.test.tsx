import { act, renderHook, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { offeredTags } from '../../renderer/add/TagField.tsx';
import { useSounds } from '../../renderer/parts/pinyin.ts';
import { fitting, optionsFor } from '../../renderer/parts/tagging.ts';

const names = ['科技/人工智能', '重庆', '长城', 'AI', '機器學習', 'rust', 'Open Source'];
const silent = () => false;

test('a Chinese tag is found by its sound, whole or by initials, from any of its characters', async () => {
  const { result, rerender } = renderHook(({ typed }) => useSounds(typed, names), { initialProps: { typed: 'rgzn' } });
  await waitFor(() => expect(result.current('人工智能', 'rgzn')).toBe(true));
  const found = (typed: string) => {
    act(() => rerender({ typed }));
    return fitting(names, typed, result.current);
  };
  for (const typed of ['rgzn', 'rengong', 'rengongzhineng', 'RGZN', 'zhineng', 'zn', "ren'gong"]) expect(found(typed), typed).toEqual(['科技/人工智能']);
  expect(found('chongqing')).toEqual(['重庆']);
  expect(found('changcheng')).toEqual(['长城']);
  expect(found('jqxx')).toEqual(['機器學習']);
  expect(found('rzn')).toEqual([]);
  // Not Latin letters: nothing is looked up by sound.
  expect(found('人')).toEqual(['科技/人工智能']);
  expect(found('r')).toEqual(['rust', 'Open Source', '科技/人工智能']);
});

test('what is spelt otherwise is found first, so that no near-duplicate is made', () => {
  expect(fitting(names, 'open-sources', silent)).toEqual(['Open Source']);
  expect(fitting(names, '机器学习', silent)).toEqual(['機器學習']);
  expect(fitting(['ai', 'ＡＩ', 'air', 'aid'], 'AI', silent)).toEqual(['ai', 'ＡＩ', 'air', 'aid']);
  expect(optionsFor('机器学习', names, { ids: [], tags: [] }, new Map(), silent)).toEqual([{ name: '機器學習', fresh: false, bad: false }, { name: '机器学习', fresh: true, bad: false }]);
});

test('a field for tags offers what fits, without what is chosen', () => {
  expect(offeredTags(names, '', ['AI'], silent)).toEqual(['科技/人工智能', '重庆', '长城', '機器學習', 'rust', 'Open Source']);
  expect(offeredTags(names, 'ru', [], silent)).toEqual(['rust']);
  expect(offeredTags(names, 'rgzn', [], (text) => text.startsWith('科技'))).toEqual(['科技/人工智能']);
});

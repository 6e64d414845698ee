import { expect, test } from 'vitest';
import { colourOf } from '../../shared/tag-colour.ts';
import { likenessOf } from '../../shared/tag-likeness.ts';

test.each([
  ['AI', 'ai'], ['ＡＩ', 'AI'], ['machine learning', 'Machine-Learning'], ['machine_learning', 'machinelearning'], ['“quotes”', 'quotes'], ['人工智能', ' 人工智能 '],
  ['機器學習', '机器学习'], ['數據庫/備份', '数据库/备份'], ['library', 'Libraries'], ['box', 'boxes'], ['tag', 'tags'], ['café', 'cafe'], ['book review', 'books reviews'],
  ['Node.js', 'nodejs'], ['#rust', 'rust'], ['科技/A.I', '科技/AI'], ['前端、', '前端'], ['《红楼梦》', '红楼梦'],
])('%s is like %s', (one, other) => expect(likenessOf(one)).toBe(likenessOf(other)));

test.each([
  ['C', 'C++'], ['C', 'C#'], ['C++', 'C#'], ['.NET', 'net'], ['news', 'new'], ['politics', 'politic'], ['glass', 'glas'], ['status', 'statu'], ['a/b', 'ab'], ['a/b', 'b/a'],
  ['机器', '机器学习'], ['iOS', 'io'], ['?', '!'], ['R&D/x', 'R&D/y'], ['gas', 'ga'],
])('%s is not like %s', (one, other) => expect(likenessOf(one)).not.toBe(likenessOf(other)));

test('a tag has its own colour, or that of the nearest around it', () => {
  const colours = new Map([['a', 'red'], ['a/b/c', 'blue']] as const);
  expect(['a', 'a/b', 'a/b/c', 'a/b/c/d', 'ab', 'b/a'].map((tag) => colourOf(tag, colours))).toEqual(['red', 'red', 'blue', 'blue', null, null]);
});

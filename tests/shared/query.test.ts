import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { searchable } from '../../shared/fold.ts';
import { parseQuery } from '../../shared/query.ts';

test.each([
  ['rivers', [['rivers', false, true]], []],
  ['rivers ', [['rivers', false, false]], []],
  ['a b', [['a', false, false], ['b', false, false]], []],
  ['人工智能', [['人工智能', false, false]], []],
  ['"exact phrase" -without', [['exact phrase', false, false], ['without', true, false]], []],
  ['-"两 词" x', [['两 词', true, false], ['x', false, false]], []],
  ['“中文引号” 字', [['中文引号', false, false], ['字', false, false]], []],
  ['"never closed', [['never closed', false, false]], []],
  ['tag:科技/人工智能 word', [['word', false, true]], [['tag', '科技/人工智能', false]]],
  ['tag:"two words" -site:www.Example.org is:unread', [], [['tag', 'two words', false], ['site', 'example.org', true], ['is', 'unread', false]]],
  ['标签：水 状态:favourite', [], [['tag', '水', false], ['is', 'favourite', false]]],
  ['is:nonsense', [['is:nonsense', false, false]], []],
  ['a AND (b OR', [['a', false, false], ['AND', false, false], ['(b', false, false], ['OR', false, true]], []],
  ['* ^ : + - " ( ) { }', [], []],
  ['', [], []],
])('%s is understood', (text, terms, narrowings) => {
  const query = parseQuery(text);
  expect(query.terms.map((term) => [term.text, term.not, term.prefix])).toEqual(terms);
  expect(query.narrowings.map((one) => [one.by, one.value, one.not])).toEqual(narrowings);
});

test('no text is an error, and every term is one that can be sought', () => {
  const word = fc.constantFrom('tag:', 'site:', 'is:', '"', '-', '标签：', ' ', '“', 'a', '字', 'AND', '(', '*', '\u0000', '\u0001', '😀', 'é');
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(word, { maxLength: 12 }).map((parts) => parts.join('')));
  fc.assert(
    fc.property(text, (input) => {
      const { terms } = parseQuery(input);
      for (const term of terms) expect(searchable(term.text)).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

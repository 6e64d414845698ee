import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText, foldWithPlaces, isSign, searchable, wordsOf } from '../../shared/fold.ts';
import { foldHan } from '../../shared/han.ts';
import { marksIn } from '../../shared/marks.ts';

const marked = (text: string, query: string, prefix = false) => marksIn(text, [{ text: query, prefix }]).map(({ from, to }) => text.slice(from, to));

test.each([
  ['CAFÉ Ångström naïve', 'cafe angstrom naive'],
  ['cafe\u0301 e\u0301\u0302', 'cafe e'],
  ['Ｇｐｔ－４ｏ ﬁne Straße Łódź İstanbul', 'gpt 4o fine strasse lodz istanbul'],
  ['Ctrl键Ab', 'ctrl 键 ab'],
  ['ｶﾞｷﾞ カタカナー がぎ', 'ガ ギ カ タ カ ナ ー が ぎ'],
  ['한글 \u1112\u1161\u11ab', '한 글 한'],
  ['हिन्दी', 'हिन्दी'],
  ['ёлка', 'елка'],
  ['مُحَمَّد', 'محمد'],
  ['ไทย', 'ไ ท ย'],
  ['髮型 發展 乾杯 幹部 後面 裡面 看著', '发 型 发 展 干 杯 干 部 后 面 里 面 看 着'],
  ['\u{30000}\u{2a700}', '\u{30000} \u{2a700}'],
  ['a\u0000b\u0001c', 'a b c'],
  ['，。！ 😀 -_', ''],
])('%s is indexed as %s', (text, words) => {
  expect(searchable(text)).toBe(words);
});

test('what was folded stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
      const once = foldText(text);
      expect(wordsOf(foldText(once))).toEqual(wordsOf(once));
    }),
    { numRuns: 300 },
  );
});

test('every unit of a folded text knows where it comes from', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'É', 'e\u0301', 'ﬁ', '髮', 'ｶﾞ', '\u1112\u1161\u11ab', ' ', '😀', '\ud800', '㍿', '\u0345', 'İ'), maxLength: 30 }), (text) => {
      const { text: folded, from, to } = foldWithPlaces(text);
      expect(folded).toBe(foldText(text));
      for (let at = 0; at < folded.length; at += 1) {
        expect((from[at] ?? -1) < (to[at] ?? -1) && (to[at] ?? Infinity) <= text.length).toBe(true);
        expect(from[at] ?? -1).toBeGreaterThanOrEqual(from[Math.max(0, at - 1)] ?? 0);
      }
    }),
    { numRuns: 300 },
  );
});

test('marks lie on what was written, however it is spelt', () => {
  expect(marked('他的頭髮很長，發展得好', '头发')).toEqual(['頭髮']);
  expect(marked('他的头发很长', '頭髮')).toEqual(['头发']);
  expect(marked('ｶﾞｷﾞの話', 'ガギ')).toEqual(['ｶﾞｷﾞ']);
  expect(marked('Straße und strasse', 'STRASSE')).toEqual(['Straße', 'strasse']);
  expect(marked('ﬁne', 'fi', true)).toEqual(['ﬁne']);
  expect(marked('a😀 cafe\u0301s café', 'CAFE')).toEqual(['café']);
  expect(marked('山山山', '山')).toEqual(['山', '山', '山']);
});

test('the table of characters folds one way, once, and leaves the rest', () => {
  expect(foldHan('乾幹干髮發发後后裏裡里')).toBe('干干干发发发后后里里里');
  expect(foldHan('Straße が 한 😀')).toBe('Straße が 한 😀');
  const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).join('');
  expect(foldHan(foldHan(all))).toBe(foldHan(all));
});

test('a long text is folded in no time, and one made to hurt too', () => {
  for (const text of ['经济学家认为，'.repeat(30_000), 'e\u0301'.repeat(100_000), 'a' + '\u0301'.repeat(200_000), '\u1112'.repeat(200_000), 'ｶﾞ'.repeat(100_000)]) {
    const started = performance.now();
    searchable(text);
    foldWithPlaces(text);
    expect(performance.now() - started).toBeLessThan(5_000);
  }
});

test('what is folded by a table folds as it does one by one, and its words are those of the pattern', () => {
  const letter = /^[\p{L}\p{N}\p{M}\p{Co}]$/u;
  const wrong: string[] = [];
  for (let code = 0; code < 0xd800; code++) {
    const sign = String.fromCharCode(code);
    // Joined to the next, it is folded by itself.
    if (foldText(sign) !== foldText(`${sign}\u200d`) && !/\p{M}/u.test(sign)) wrong.push(sign);
    if (wordsOf(`a${sign}b`).join('|') !== (!letter.test(sign) ? 'a|b' : isSign(sign) ? `a|${sign}|b` : `a${sign}b`)) wrong.push(sign);
  }
  expect(wrong).toEqual([]);
  expect(foldText('Ａbc，漢字か\u3099É e\u0301 髮')).toBe('abc,汉字がe e 发');
  expect(wordsOf('ab cd，漢字か9 𠮷x\ud800y')).toEqual(['ab', 'cd', '漢', '字', 'か', '9', '𠮷', 'x', 'y']);
});

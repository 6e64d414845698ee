import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentencesOf } from '../../shared/sentences.ts';

const cut = (text: string, lang: string) => sentencesOf(text, lang).map(({ from, to }) => text.slice(from, to));

test('sentences of several languages, without the white space between', () => {
  expect(cut('It rained all day. We stayed in.  “Why?” she asked. Nobody knew!', 'en')).toEqual(['It rained all day.', 'We stayed in.', '“Why?” she asked.', 'Nobody knew!']);
  expect(cut('今天下了一整天的雨。我们都没有出门！为什么？没有人知道……', 'zh')).toEqual(['今天下了一整天的雨。', '我们都没有出门！', '为什么？', '没有人知道……']);
  expect(cut('雨が降った。家にいた。', 'ja')).toEqual(['雨が降った。', '家にいた。']);
  expect(cut('هطل المطر طوال اليوم. بقينا في البيت؟ نعم.', 'ar')).toHaveLength(3);
});

test('an abbreviation ends no sentence', () => {
  expect(cut('Dr. Smith met Mrs. Jones at St. Mary, i.e. at noon. J. R. Roe came late.', 'en')).toEqual(['Dr. Smith met Mrs. Jones at St. Mary, i.e. at noon.', 'J. R. Roe came late.']);
});

test('one without end is taken in parts, at its commas where it has any', () => {
  const parts = cut(`${'一些很长的话，'.repeat(100)}完了。`, 'zh');
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(280);
  for (const part of parts.slice(0, -1)) expect(part).toMatch(/，$/);
  expect(parts.join('')).toBe(`${'一些很长的话，'.repeat(100)}完了。`);
});

test('whatever the text, the parts are in order, apart, never empty, and leave out no letter', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), fc.constantFrom('en', 'zh', 'ja', 'und', 'not a language', ''), (text, lang) => {
    let last = 0;
    let letters = '';
    for (const { from, to } of sentencesOf(text, lang)) {
      expect(from).toBeGreaterThanOrEqual(last);
      expect(to).toBeGreaterThan(from);
      letters += text.slice(from, to);
      last = to;
    }
    const count = (of: string) => of.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    expect(count(letters)).toBe(count(text));
  }), { numRuns: 300 });
});

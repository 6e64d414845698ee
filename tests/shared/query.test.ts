import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchable } from '../../shared/fold.ts';
import { parseQuery, type QueryNode } from '../../shared/query.ts';
import { readDates } from '../../shared/query-dates.ts';

const now = new Date(2024, 5, 15, 12);

/** A query's tree in one line: `+` for all of these, `|` for either, `-` for without, `*` for a word still being typed. */
function spelt(node: QueryNode | null): string {
  switch (node?.kind) {
    case undefined:
      return '';
    case 'text':
      return `${node.text}${node.prefix ? '*' : ''}`;
    case 'not':
      return `-${spelt(node.of)}`;
    case 'and':
      return `(${node.of.map(spelt).join(' + ')})`;
    case 'or':
      return `(${node.of.map(spelt).join(' | ')})`;
    case 'narrow': {
      const { by, ...rest } = node.narrowing;
      return `${by}=${Object.values(rest).filter((value) => value !== false).map((value) => value ?? '…').join(',')}`;
    }
    default:
      return node satisfies never;
  }
}
const tree = (text: string) => spelt(parseQuery(text, now).root);
const problems = (text: string) => parseQuery(text, now).problems.map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);

test.each([
  ['rivers', 'rivers*'],
  ['rivers ', 'rivers'],
  ['a b', 'a'],
  ['a b ', '(a + b)'],
  ['vitamin C', 'vitamin'],
  ['chapter 5', '(chapter + 5)'],
  ['w', 'w'],
  ['人工智能', '人工智能'],
  ['"exact phrase" -without', '(exact phrase + -without)'],
  ['-"两 词" x ', '(-两 词 + x)'],
  ['“中文引号” 字', '(中文引号 + 字)'],
  ['river OR lake sea ', '((river | lake) + sea)'],
  ['sea river OR lake OR pond ', '(sea + (river | lake | pond))'],
  ['(river lake) OR sea ', '((river + lake) | sea)'],
  ['-(river OR lake) sea ', '(-(river | lake) + sea)'],
  ['（河 OR 湖）水', '((河 | 湖) + 水)'],
  ['SUPPLY AND DEMAND ', '(SUPPLY + DEMAND)'],
  ['AND', 'AND*'],
  ['OR', 'OR*'],
  ['f(x) g ', '(f(x) + g)'],
  ['tag:科技/人工智能 word', '(tag=科技/人工智能 + word*)'],
  ['tag:"two words" -site:www.Example.org is:unread', '(tag=two words + -site=example.org + is=unread)'],
  ['site:https://www.example.org/a/b', 'site=example.org'],
  ['标签：水 状态:收藏', '(tag=水 + is=favourite)'],
  ['IS:Read is:finished is:已读', '(is=read + is=read + is=read)'],
  ['by:"Ada Example" 作者:李', '(byline=Ada Example + byline=李)'],
  ['by:ada', 'byline=ada,true'],
  ['lang:zh language:English lang:zh-Hant 语言:日语', '(lang=zh + lang=en + lang=zh-hant + lang=ja)'],
  ['has:highlight has:Notes has:图片 has:code -has:tag', '(has=highlight + has=note + has=image + has=code + -has=tag)'],
  ['before:2024 after:2024-02', '(saved=…,2024-01-01 + saved=2024-02-01,…)'],
  ['saved:2024-06-03 published:2023', '(saved=2024-06-03,2024-06-04 + published=2023-01-01,2024-01-01)'],
  ['after:7d', 'saved=2024-06-08,…'],
  ['longer:20 shorter:1.5h 长于:5分钟', '(minutes=20,… + minutes=…,90 + minutes=5,…)'],
  ['https://example.org/a 12:30 note: foo:bar', '(https://example.org/a + 12:30 + note: + foo:bar*)'],
  ['tag: river ', '(tag: + river)'],
  ['river tag:', 'river'],
  ['15" screen ', '(15" + screen)'],
  ['a ) b] c} ', '(a + b] + c})'],
  ['* ^ : + - " ( ) { }', ''],
  ['', ''],
])('%s is understood', (text, wanted) => {
  expect(tree(text)).toBe(wanted);
});

test.each([
  ['is:nonsense river', ['unknown-state is:nonsense']],
  ['has:wings', ['unknown-having has:wings']],
  ['before:someday x', ['unreadable-date before:someday']],
  ['after:2024-02-30', ['unreadable-date after:2024-02-30']],
  ['longer:long', ['unreadable-minutes longer:long']],
  ['lang:!!', ['unknown-language lang:!!']],
  ['river OR', ['dangling-or OR']],
  ['OR river', ['dangling-or OR']],
  ['a OR OR b', ['dangling-or OR']],
  ['(river OR) lake', ['dangling-or OR']],
  ['"never closed', ['unclosed-quote "']],
  ['x “开着', ['unclosed-quote “']],
  ['(river lake', ['unclosed-group (']],
  ['river) lake', []],
  ['is:', []],
  ['"', []],
  ['(', []],
  ['a AND (b) :-) x(y {z} "ok"', []],
])('%s is pointed at where it is not understood', (text, wanted) => {
  expect(problems(text)).toEqual(wanted);
});

test('what is understood is still asked beside what is not', () => {
  expect(tree('river is:nonsense before:never (lake')).toBe('(river + lake*)');
  expect(tree('"never closed')).toBe('never closed');
});

test('what is to be marked are the words looked for, not those left out or the operators', () => {
  expect(parseQuery('tag:x "tide table" -moon (harbour OR 港) by:ada ').terms).toEqual([
    { text: 'tide table', prefix: false }, { text: 'harbour', prefix: false }, { text: '港', prefix: false },
  ]);
});

test.each([
  ['2024', '2024-01-01', '2025-01-01'], ['2024年', '2024-01-01', '2025-01-01'], ['2024-06', '2024-06-01', '2024-07-01'], ['2024年12月', '2024-12-01', '2025-01-01'],
  ['2024/2/29', '2024-02-29', '2024-03-01'], ['2024.6.3', '2024-06-03', '2024-06-04'], ['２０２４年６月３日', '2024-06-03', '2024-06-04'],
  ['7d', '2024-06-08', null], ['2w', '2024-06-01', null], ['3个月', '2024-03-15', null], ['1y', '2023-06-15', null], ['10天', '2024-06-05', null], ['3年', '2021-06-15', null],
  ['today', '2024-06-15', '2024-06-16'], ['昨天', '2024-06-14', '2024-06-15'],
])('the date %s', (text, from, to) => {
  expect(readDates(text, now)).toEqual({ from, to });
});

test.each(['', '20', '2024-13', '2024-00', '2023-02-29', '2024-6-3-1', '7x', 'd', '99999d', 'soon', '0000', '2024-', '-1d'])('%s is no date', (text) => {
  expect(readDates(text, now)).toBeNull();
});

test('no text is an error, every term is one that can be sought, and problems lie in the text', () => {
  const word = fc.constantFrom('tag:', 'site:', 'is:', 'before:', 'has:', 'longer:', 'lang:', '"', '-', '--', '标签：', ' ', ' OR ', 'AND', '“', '”', '(', ')', '（', 'a', '字', '2024', '7d', '*', '\u0000', '\u0001', '😀', 'é', '\ud800');
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(word, { maxLength: 16 }).map((parts) => parts.join('')));
  fc.assert(
    fc.property(text, (input) => {
      const query = parseQuery(input, now);
      for (const term of query.terms) expect(searchable(term.text)).not.toBe('');
      for (const { from, to } of query.problems) expect(from >= 0 && from < to && to <= input.length).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  expect(parseQuery('('.repeat(500)).problems.length).toBeLessThan(2);
  expect(parseQuery(`${'-('.repeat(250)}a`).terms).toEqual([]);
});

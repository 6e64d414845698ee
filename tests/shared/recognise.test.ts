import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { recognise, type Recognised } from '../../shared/recognise.ts';

function addresses(text: string): Extract<Recognised, { kind: 'addresses' }> {
  const found = recognise(text);
  if (found.kind !== 'addresses') throw new Error(`${found.kind}: ${text}`);
  return found;
}

test('one address, however it was typed', () => {
  const same = ['https://harbour.example/tides', ' https://harbour.example/tides \n', 'harbour.example/tides', 'https://harbour.example/tides?utm_source=x', '<https://harbour.example/tides>'];
  for (const text of same) expect(addresses(text).addresses, text).toEqual(['https://harbour.example/tides']);
  expect(addresses('localhost:8080/a').addresses).toEqual(['http://localhost:8080/a']);
  expect(addresses('192.168.1.4/a').addresses).toEqual(['http://192.168.1.4/a']);
});

test('addresses inside other marks', () => {
  expect(addresses('See (https://wiki.example/Tide_(sea)).').addresses).toEqual(['https://wiki.example/Tide_(sea)']);
  expect(addresses('- [Tides](https://harbour.example/a)').addresses).toEqual(['https://harbour.example/a']);
  expect(addresses('https://harbour.example/a | Tides of the year').addresses).toEqual(['https://harbour.example/a']);
  expect(addresses('潮汐：https://harbour.example/a，面包：https://bread.example/b。').addresses).toEqual(['https://harbour.example/a', 'https://bread.example/b']);
});

test.each([
  ['见https://a.example/news/7的报道', ['https://a.example/news/7']],
  ['<https://a.example/北京>', ['https://a.example/%E5%8C%97%E4%BA%AC']],
  ['https://a.example/wiki/水浒传（小说）', ['https://a.example/wiki/%E6%B0%B4%E6%B5%92%E4%BC%A0%EF%BC%88%E5%B0%8F%E8%AF%B4%EF%BC%89']],
  ['https://a.example/7（转载）', ['https://a.example/7']],
  ['看这里：https://a.example/1。还有（https://a.example/2）、「https://a.example/3」！', ['https://a.example/1', 'https://a.example/2', 'https://a.example/3']],
  ['https://a.example/1,https://a.example/2;http://b.example/', ['https://a.example/1', 'https://a.example/2', 'http://b.example/']],
  ['https://a.example/x,y;z', ['https://a.example/x,y;z']],
])('Chinese around addresses, and several on a line: %s', (text, expected) => expect(addresses(text).addresses).toEqual(expected));

test('a list is told apart line by line: what is new, repeated, and left out with its reason', () => {
  const found = addresses(
    ['https://a.example/1', '', 'http://a.example/1/', 'ftp://a.example/file', 'only words', 'mailto:x@a.example', `https://a.example/${'x'.repeat(8_001)}`, 'b.example', 'https://c.example/3', 'https://d.example/4', 'https://e.example/5'].join('\r\n'),
  );
  expect(found.addresses).toEqual(['https://a.example/1', 'https://b.example/', 'https://c.example/3', 'https://d.example/4', 'https://e.example/5']);
  expect(found.repeated).toBe(1);
  expect(found.refused.map(({ line, why }) => [line, why])).toEqual([[4, 'not-web'], [5, 'no-address'], [6, 'not-web'], [7, 'too-long']]);
});

test('titles between addresses are left out, and the list stays a list', () => {
  const found = addresses('Tides\nhttps://a.example/1\nBread\nhttps://a.example/2');
  expect(found.addresses).toHaveLength(2);
  expect(found.refused).toHaveLength(2);
});

test('a text that cites an address is a text', () => {
  const text = 'The clerk kept the tables by hand.\nThey hung on the harbour door.\nSome are at https://harbour.example/tides today.';
  expect(recognise(text)).toEqual({ kind: 'text', format: 'text', title: 'The clerk kept the tables by hand.' });
  expect(recognise(`${'The tide tables were kept by hand for a very long time. '.repeat(6)} https://a.example/1`).kind).toBe('text');
  expect(recognise('港口的门上钉着一张潮汐表，风把它吹走了。')).toMatchObject({ kind: 'text', format: 'text' });
});

test('Markdown and HTML are known by their marks', () => {
  expect(recognise('# Tides\n\nBy hand.')).toEqual({ kind: 'text', format: 'markdown', title: 'Tides' });
  expect(recognise('The list:\n\n- **bread**\n- salt')).toMatchObject({ format: 'markdown' });
  expect(recognise('- salt\n- flour')).toMatchObject({ format: 'text' });
  expect(recognise('<!doctype html><title>Tide &  table</title><p>x')).toEqual({ kind: 'text', format: 'html', title: 'Tide & table' });
});

test('nothing, and what only looks like an address', () => {
  expect(recognise(' \n\t ')).toEqual({ kind: 'nothing' });
  for (const text of ['notes.txt', 'readme.md', '3.14', 'e.g.', 'javascript:alert(1)', 'https://', 'C:\\pages\\a.html']) expect(recognise(text).kind, text).toBe('text');
});

test('no input is an error, and every address found is a web address', () => {
  const wrong: string[] = [];
  const lists = fc.array(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' })));
  fc.assert(
    fc.property(lists, (lines) => {
      const found = recognise(lines.join('\n'));
      if (found.kind === 'addresses') wrong.push(...found.addresses.filter((address) => !/^https?:$/u.test(new URL(address).protocol)));
    }),
  );
  expect(wrong).toEqual([]);
});

test('thousands of lines are understood while typing', () => {
  const text = Array.from({ length: 5_000 }, (_, i) => `https://site${i % 50}.example/page/${i}?utm_source=list`).join('\n');
  const before = performance.now();
  expect(addresses(text).addresses).toHaveLength(5_000);
  expect(performance.now() - before).toBeLessThan(2_000);
});

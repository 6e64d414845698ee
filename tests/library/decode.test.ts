import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js';
import { createSinglebyteEncoder } from '@exodus/bytes/single-byte.js';
import { describe, expect, test } from 'vitest';
import { decode } from '../../electron/library/extract/decode.ts';
import { FailureError } from '../../shared/failure.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const page = (text: string, head = ''): string => `<!doctype html><html><head>${head}<title>x</title></head><body><p>${text.repeat(4)}</p></body></html>`;
const chinese = '临河街道的屋顶菜园开放三年,居民们在这里种菜、聊天,也争论谁来浇水。';

describe('the ladder', () => {
  test('a BOM wins over the header', () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8('<p>é</p>')]);
    expect(decode(bytes, 'text/html; charset=iso-8859-1')).toEqual({ text: '<p>é</p>', encoding: 'utf-8', by: 'bom' });
    const wide = Uint8Array.from([0xff, 0xfe, ...Buffer.from('<p>中</p>', 'utf16le')]);
    expect(decode(wide, null)).toEqual({ text: '<p>中</p>', encoding: 'utf-16le', by: 'bom' });
  });

  test('the header, then a meta up to 16 kB in', () => {
    const gb = createMultibyteEncoder('gb18030');
    expect(decode(gb(page(chinese)), 'text/html;charset="GBK"')).toMatchObject({ text: page(chinese), encoding: 'gb18030', by: 'header' });
    const late = page(chinese, `<script>${' '.repeat(9_000)}</script><meta charset="gb2312">`);
    expect(decode(gb(late), 'text/html')).toMatchObject({ text: late, encoding: 'gb18030', by: 'meta' });
  });

  test('UTF-8 when valid, whatever a template declares', () => {
    expect(decode(utf8(page(chinese)), null)).toMatchObject({ text: page(chinese), encoding: 'utf-8', by: 'utf-8' });
    const wrong = page(chinese, '<meta charset="gb2312">');
    expect(decode(utf8(wrong), null)).toMatchObject({ text: wrong, encoding: 'utf-8' });
    expect(decode(utf8(wrong), 'text/html; charset=iso-8859-1')).toMatchObject({ text: wrong, encoding: 'utf-8' });
  });

  test('a declaration of UTF-8 over other bytes is passed over', () => {
    const text = page(chinese, '<meta charset="utf-8">');
    expect(decode(createMultibyteEncoder('gb18030')(text), 'text/html; charset=utf-8')).toMatchObject({ text, encoding: 'gb18030', by: 'statistics' });
  });

  test('the reader’s choice wins, and an unknown one is refused', () => {
    expect(decode(Uint8Array.from([0xe4]), 'text/html; charset=utf-8', 'windows-1251')).toEqual({ text: 'д', encoding: 'windows-1251', by: 'chosen' });
    expect(() => decode(utf8('x'), null, 'klingon')).toThrow(FailureError);
  });

  test('null bytes, cut characters and no bytes at all', () => {
    expect(decode(new Uint8Array(0), null).text).toBe('');
    expect(decode(utf8('中文字').subarray(0, 8), null)).toMatchObject({ encoding: 'utf-8' });
    expect(decode(Uint8Array.from([0x61, 0, 0x62]), null).text).toBe('a\0b');
  });
});

describe('statistics, with nothing declared', () => {
  test.each([
    ['gb18030', chinese],
    ['big5', '臨河街道的屋頂菜園開放三年,居民們在這裡種菜、聊天,也爭論誰來澆水。'],
    ['shift_jis', '港町の駅前に立つ時計台が、来月から半年かけて修理される。鐘は鳴らない。'],
    ['euc-jp', '港町の駅前に立つ時計台が、来月から半年かけて修理される。鐘は鳴らない。'],
    ['euc-kr', '항구 마을의 역 앞에 서 있는 시계탑이 다음 달부터 반년 동안 수리된다.'],
  ])('%s', (encoding, text) => {
    const html = page(text);
    expect(decode(createMultibyteEncoder(encoding)(html), null)).toMatchObject({ text: html, by: 'statistics' });
  });

  test.each([
    ['windows-1252', 'Der Bäcker möchte früh aufstehen, weil die Brötchen für das Fest größer werden müssen. Überall hört man Gelächter.'],
    ['windows-1251', 'В порту починили старые часы, и теперь они снова бьют каждый час, как прежде.'],
    ['koi8-r', 'В порту починили старые часы, и теперь они снова бьют каждый час, как прежде.'],
  ])('%s', (encoding, text) => {
    const html = page(text);
    expect(decode(createSinglebyteEncoder(encoding)(html), null).text).toBe(html);
  });
});

test('text that was made UTF-8 twice is set right where that is proved, and left where it may be meant', () => {
  const twice = (text: string) => new TextEncoder().encode(String.fromCharCode(...new TextEncoder().encode(text)));
  expect(decode(twice('A reader’s guide — “quoted”'), 'text/html; charset=utf-8').text).toBe('A reader’s guide — “quoted”');
  expect(decode(twice('café'), 'text/html; charset=utf-8').text).toBe('cafÃ©');
  const mixed = 'déjà vu Ã© naïve';
  expect(decode(new TextEncoder().encode(mixed), 'text/html; charset=utf-8').text).toBe(mixed);
  expect(decode(new TextEncoder().encode('\u00e2\u0080 cut short'), 'text/html; charset=utf-8').text).toBe('\u00e2\u0080 cut short');
});

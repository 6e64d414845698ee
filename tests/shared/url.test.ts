import { assert, property, webUrl } from 'fast-check';
import { expect, test } from 'vitest';
import { addressKey, fetchAddress, hostOf, normalAddress, sameAddress } from '../../shared/url.ts';

test.each<[string, string | null]>([
  ['https://Example.COM/A', 'https://example.com/A'],
  [' https://example.com ', 'https://example.com/'],
  ['http://example.com:80/a', 'http://example.com/a'],
  ['https://example.com:443/a', 'https://example.com/a'],
  ['https://example.com:8443/a', 'https://example.com:8443/a'],
  ['https://user:pass@example.com/a', 'https://example.com/a'],
  ['https://example.com./a', 'https://example.com/a'],
  ['https://例え.jp/記事', 'https://xn--r8jz45g.jp/%E8%A8%98%E4%BA%8B'],
  ['https://example.com/a#part-2', 'https://example.com/a'],
  ['https://example.com/a#:~:text=word', 'https://example.com/a'],
  ['https://example.com/#!/news/7', 'https://example.com/#!/news/7'],
  ['https://example.com/#/news/7', 'https://example.com/#/news/7'],
  ['https://example.com/#/news/7:~:text=word', 'https://example.com/#/news/7'],
  ['https://example.com/a?utm_source=x&utm_medium=y', 'https://example.com/a'],
  ['https://example.com/a?id=7&utm_source=x&b=2&fbclid=9', 'https://example.com/a?id=7&b=2'],
  ['https://example.com/a?b=2&a=1', 'https://example.com/a?b=2&a=1'],
  ['https://example.com/a?q=a+b%20c&&x', 'https://example.com/a?q=a+b%20c&&x'],
  ['https://example.com/a?spm=a2c4g.11186623.0.0', 'https://example.com/a'],
  ['https://example.com/a?from=timeline&isappinstalled=0&id=4', 'https://example.com/a?id=4'],
  ['https://example.com/a?from=beijing&to=shanghai', 'https://example.com/a?from=beijing&to=shanghai'],
  ['https://example.com/a?ref=7&source=rss&p=3', 'https://example.com/a?ref=7&source=rss&p=3'],
  ['https://mp.weixin.qq.com/s?__biz=Mz&mid=22&idx=1&sn=ab&chksm=c&scene=21&sharer=me#wechat_redirect', 'https://mp.weixin.qq.com/s?__biz=Mz&mid=22&idx=1&sn=ab'],
  ['https://mp.weixin.qq.com/s/AbCd?scene=1', 'https://mp.weixin.qq.com/s/AbCd?scene=1'],
  ['http://127.1/a', 'http://127.0.0.1/a'],
  ['http://[::1]:8080/a', 'http://[::1]:8080/a'],
  ['ftp://example.com/a', null], ['javascript:alert(1)', null], ['file:///etc/passwd', null], ['mailto:a@example.com', null], ['data:text/html,x', null],
  ['example.com/a', null], ['', null], ['https://', null], ['https://exa mple.com', null], ['http://.', null],
])('%s', (text, expected) => expect(normalAddress(text)).toBe(expected));

test('the address to fetch keeps its whole query', () => {
  expect(fetchAddress('https://u:p@Example.com./a?utm_source=x&b=%7e#c')).toBe('https://example.com/a?utm_source=x&b=%7e');
  expect(fetchAddress('ftp://example.com')).toBeNull();
});

test.each([
  ['http://example.com/a', 'https://example.com/a', true],
  ['https://example.com/a/', 'https://example.com/a', true],
  ['https://example.com', 'https://example.com/#top', true],
  ['https://example.com/%e4%bd%a0', 'https://example.com/你', true],
  ['https://example.com/%7Eme', 'https://example.com/~me', true],
  ['https://example.com/a?x=1', 'https://example.com/a/?x=1', true],
  ['https://example.com/a?x=1', 'https://example.com/a?x=2', false],
  ['https://example.com/a?x=1&y=2', 'https://example.com/a?y=2&x=1', false],
  ['https://example.com/a', 'https://example.com/A', false],
  ['https://example.com/a%2Fb', 'https://example.com/a/b', false],
  ['https://example.com/#/a', 'https://example.com/#/b', false],
  ['https://example.com:8080/a', 'https://example.com/a', false],
  ['https://www.example.com/a', 'https://example.com/a', false],
  ['nonsense', 'nonsense', false],
])('%s and %s are one page: %s', (a, b, same) => expect(sameAddress(a, b)).toBe(same));

test.each([
  ['https://www.example.com/a', 'example.com'], ['https://www.com/', 'www.com'], ['https://news.example.com:8080/', 'news.example.com'], ['http://[::1]/', '[::1]'], ['nonsense', null],
])('host of %s', (address, host) => expect(hostOf(address)).toBe(host));

test('an address once normal stays as it is, and has the key it had', () => {
  assert(
    property(webUrl({ withFragments: true, withQueryParameters: true, validSchemes: ['http', 'https'] }), (url) => {
      const once = normalAddress(url);
      expect(once).not.toBeNull();
      expect(normalAddress(once ?? '')).toBe(once);
      expect(addressKey(once ?? '')).toBe(addressKey(url));
    }),
    { numRuns: 500 },
  );
});

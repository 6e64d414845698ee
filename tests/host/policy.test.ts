import { expect, test } from 'vitest';
import { isJson, isOpenable, refusal, sameSecret } from '../../electron/policy.ts';

const authority = '127.0.0.1:4711';
const legal = { method: 'POST', target: '/ask/list', hosts: [authority], origins: [`http://${authority}`], fetchSites: ['same-origin'] };

test('our own page may ask, and a typed address may be opened', () => {
  expect(refusal(legal, authority)).toBeNull();
  expect(refusal({ ...legal, fetchSites: [] }, authority)).toBeNull();
  expect(refusal({ ...legal, method: 'GET', target: '/', origins: [], fetchSites: ['none'] }, authority)).toBeNull();
  expect(refusal({ ...legal, method: 'HEAD', target: '/', origins: [], fetchSites: [] }, authority)).toBeNull();
});

test.each([
  [], [''], ['localhost:4711'], ['127.0.0.1'], ['127.0.0.1:4712'], ['127.0.0.1:04711'], ['127.1:4711'], ['2130706433:4711'], ['0x7f.1:4711'],
  ['[::1]:4711'], ['localhost.:4711'], ['127.0.0.1.:4711'], ['evil.example'], ['evil.example:4711'], ['127.0.0.1.evil.example:4711'], ['127.0.0.1:4711 '],
  ['127.0.0.1:4711@evil.example'], ['127.0.0.1:4711', '127.0.0.1:4711'], ['127.0.0.1:4711', 'evil.example'],
].map((hosts) => ({ hosts })))('the Host $hosts is refused', ({ hosts }) => {
  expect(refusal({ ...legal, hosts }, authority)).toBe('host');
});

test.each([
  [], [''], ['null'], ['http://127.0.0.1'], ['http://127.0.0.1:4712'], ['https://127.0.0.1:4711'], ['http://localhost:4711'], ['http://127.0.0.1:4711/'],
  ['http://evil.example'], ['http://127.0.0.1:4711.evil.example'], ['HTTP://127.0.0.1:4711'], [`http://${authority}`, `http://${authority}`],
].map((origins) => ({ origins })))('the Origin $origins may not write', ({ origins }) => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT']) expect(refusal({ ...legal, method, origins }, authority)).toBe('origin');
  // Nor read, unless no origin is named at all, as when an address is typed.
  const reading = refusal({ ...legal, method: 'GET', origins, fetchSites: [] }, authority);
  expect(reading).toBe(origins.length === 0 ? null : 'origin');
});

test.each(['cross-site', 'same-site', 'Same-Origin', ''])('Sec-Fetch-Site %j is refused', (site) => {
  expect(refusal({ ...legal, fetchSites: [site] }, authority)).toBe('fetch-site');
  expect(refusal({ ...legal, method: 'GET', origins: [], fetchSites: [site] }, authority)).toBe('fetch-site');
});

test('a typed address cannot write', () => {
  expect(refusal({ ...legal, fetchSites: ['none'] }, authority)).toBe('fetch-site');
  expect(refusal({ ...legal, fetchSites: ['same-origin', 'same-origin'] }, authority)).toBe('fetch-site');
});

test.each(['http://127.0.0.1:4711/', 'http://evil.example/', '//evil.example/', '*', '', 'ask/list'])('the request target %j is refused', (target) => {
  expect(refusal({ ...legal, target }, authority)).toBe('target');
});

test('only http and https addresses may be opened outside', () => {
  expect(['https://example.org/a?b#c', 'http://example.org', 'HTTPS://EXAMPLE.ORG/'].filter((address) => !isOpenable(address))).toEqual([]);
  const refused = [
    'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'file://host/share', '\\\\host\\share', '//example.org',
    'smb://host', 'ftp://example.org', 'ms-settings:', 'ms-msdt:/id', 'search-ms:query=x', 'vbscript:x', 'about:blank', 'blob:https://example.org/x', 'view-source:https://example.org',
    'chrome://settings', 'lectern://save?url=x', 'mailto:a@example.org', 'tel:1', 'x', '', 'https://', 'https://user@example.org', 'https://user:pass@example.org', 'https:\u0000//example.org@x',
  ];
  expect(refused.filter(isOpenable)).toEqual([]);
});

test('JSON is the only content type', () => {
  expect(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'].filter((type) => !isJson(type))).toEqual([]);
  expect([undefined, '', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain; application/json', 'application/json; charset=gbk', 'application/jsonp'].filter(isJson)).toEqual([]);
});

test('secrets are equal only when every character is', () => {
  expect(sameSecret('abcdef', 'abcdef')).toBe(true);
  expect(['', 'abcde', 'abcdeg', 'abcdefg', 'ABCDEF'].filter((given) => sameSecret(given, 'abcdef'))).toEqual([]);
});

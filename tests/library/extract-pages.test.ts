import { describe, expect, test } from 'vitest';
import { runJob } from '../../electron/library/extract/job.ts';
import { dresses, readCases } from '../pages/cases.ts';

const cases = readCases();

describe.each(cases)('$name', ({ bytes, file, format, expected }) => {
  const { url, html, encoding, absent, encodings, ...fields } = expected;
  const list = encodings === 'all' ? dresses(bytes) : [{ name: 'as it is', bytes, contentType: null }];

  test.each(list)('$name', (dress) => {
    const result = runJob({ bytes: dress.bytes, contentType: dress.contentType, url, name: file, format });
    for (const [key, value] of Object.entries(fields)) expect({ [key]: result[key as keyof typeof result] }).toEqual({ [key]: value });
    const lines = result.html.replace(/(<\/(?:p|h[1-6]|ul|ol|table|pre|blockquote|figure|dl)>)(?=<)/g, '$1\n').split('\n');
    expect(lines).toEqual(html ?? lines);
    expect(result.encoding).toBe(encodings === undefined ? (encoding ?? result.encoding) : result.encoding);
    for (const text of absent ?? []) expect(result.html + result.text).not.toContain(text);
  });
});

test('the three Chinese pages in four encodings are one article', () => {
  const bodies = new Set<string>();
  let pages = 0;
  for (const { bytes, expected, format } of cases.filter((one) => one.expected.encodings === 'all')) {
    for (const dress of dresses(bytes)) {
      const { title, html, text, publishedAt, source, breadcrumb, resources } = runJob({ bytes: dress.bytes, contentType: dress.contentType, url: expected.url, name: '', format });
      bodies.add(JSON.stringify({ title, html, text, publishedAt, source, breadcrumb, resources }));
      pages++;
    }
  }
  expect(pages).toBe(12);
  expect(bodies.size).toBe(1);
});

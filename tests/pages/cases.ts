import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js';
import type { Extracted } from '../../shared/extracted.ts';

/** What must come out of one folder of `tests/pages`; `html` is a list of lines, every other key as in `Extracted`. Keys left out are not checked. */
export type Expected = Partial<Omit<Extracted, 'html'>> & { url: string | null; html?: string[]; encoding?: string; absent?: string[]; encodings?: 'all' };
export type PageCase = { name: string; folder: string; file: string; bytes: Uint8Array; format: 'page' | 'text' | 'markdown'; expected: Expected };

const formats = { 'page.html': 'page', 'page.txt': 'text', 'page.md': 'markdown' } as const;

/** Every case there is. A folder without a page or without an expectation is an error, so that no case can be forgotten. */
export function readCases(): PageCase[] {
  const root = import.meta.dirname;
  return readdirSync(root)
    .filter((name) => statSync(join(root, name)).isDirectory())
    .map((name) => {
      const folder = join(root, name);
      const file = Object.keys(formats).find((one) => existsSync(join(folder, one)));
      if (file === undefined) throw new Error(`${name} has no page`);
      if (!existsSync(join(folder, 'expected.json'))) throw new Error(`${name} has no expected.json (scripts/make-page-case.mjs makes one)`);
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
      return { name, folder, file, bytes: readFileSync(join(folder, file)), format: formats[file as keyof typeof formats], expected };
    });
}

/** One page in another dress: its bytes and the header they come with. */
export type Dress = { name: string; bytes: Uint8Array; contentType: string | null };

/** The same page as UTF-8, and as GB18030 declared in the header, in a `<meta>` only, and nowhere. */
export function dresses(bytes: Uint8Array): Dress[] {
  const html = Buffer.from(bytes).toString('utf8');
  const encode = createMultibyteEncoder('gb18030');
  const without = html.replace(/<meta charset="utf-8">\n?/, '').replace(/; charset=utf-8/, '');
  if (without === html) throw new Error('the page declares no charset to be changed');
  return [
    { name: 'utf-8', bytes, contentType: 'text/html; charset=utf-8' },
    { name: 'gb18030 in the header', bytes: encode(without), contentType: 'text/html; charset=GB18030' },
    { name: 'gb2312 in a meta', bytes: encode(html.replace(/charset="utf-8"/, 'charset="gb2312"').replace(/charset=utf-8/, 'charset=gb2312')), contentType: 'text/html' },
    { name: 'gb18030 undeclared', bytes: encode(without), contentType: null },
  ];
}

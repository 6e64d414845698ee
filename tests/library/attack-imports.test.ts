import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listOf, readTable } from '../../electron/library/arrive/exports/csv.ts';
import { readExport } from '../../electron/library/arrive/exports/read-export.ts';
import { zipOf } from '../../scripts/extension.mjs';
import { openTestLibrary, type TestLibrary } from './open-test-library.ts';

/* Files from elsewhere that are made to hurt: what they say may be refused or cut, but never hold up, fill or break a library. */

function folder(files: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), 'lectern-attack-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const archive = (files: Record<string, string | Buffer>): Buffer => zipOf(folder(files));

async function read(content: string | Buffer) {
  const found = await readExport(join(folder({ x: content }), 'x'));
  found?.close();
  return found;
}

async function handOver({ answers }: TestLibrary, content: string | Buffer): Promise<string> {
  const bytes = Buffer.from(content);
  let token: string | null = null;
  for (let from = 0; from < bytes.length; from += 5_000_000) token = (await answers.importPart({ token, base64: bytes.subarray(from, from + 5_000_000).toString('base64') })).token;
  return token ?? '';
}

const choice = { name: 'x', tags: [], bookmarks: true, folders: true };
const prose = (about: string): string => Array.from({ length: 8 }, (_, i) => `<p>Paragraph ${i} of the ${about} goes on for a good while, as such paragraphs do, and then it comes to its end without hurry.</p>`).join('');
const begun = (library: TestLibrary): string[] => readdirSync(join(library.path, 'arrivals')).filter((name) => name.startsWith('.'));
const wallabag = (items: object[]): string => JSON.stringify(items.map((item) => ({ is_archived: 0, is_starred: 0, tags: [], content: '', ...item })));

test('a page that a thousand lines name has what a journal line takes, and what it cannot take more of is left', async () => {
  const library = await openTestLibrary();
  const lines = Array.from({ length: 1_000 }, (_, i) => ({ url: 'https://one.example/a', tags: Array.from({ length: 90 }, (_each, j) => `t${i}-${j}`), note: `${i} ${'n'.repeat(19_000)}` }));
  expect(await library.answers.runImport({ ...choice, token: await handOver(library, JSON.stringify(lines)) })).toMatchObject({ made: 1 });
  const [row] = await library.rows();
  expect(row?.tags).toHaveLength(300);
});

test('a note that no further one fits behind stays as it is', async () => {
  const library = await openTestLibrary();
  const note = (i: number, length: number) => ({ url: 'https://one.example/a', note: `${i}${'n'.repeat(length - 1)}` });
  const first = [...Array.from({ length: 8 }, (_, i) => note(i, 19_998)), note(8, 19_999)];
  await library.answers.runImport({ ...choice, token: await handOver(library, JSON.stringify(first)) });
  expect(await library.answers.runImport({ ...choice, token: await handOver(library, JSON.stringify([note(9, 20_000)])) })).toMatchObject({ known: 1, undo: null });
});

test('signs cut in half are mended: what was taken over once is known when it comes again', async () => {
  const library = await openTestLibrary();
  const file = String.raw`[{"url": "https://one.example/a", "title": "\ud83d half", "tags": ["\udd00 x", "${'a'.repeat(99)}🎉"]}]`;
  await library.answers.runImport({ ...choice, token: await handOver(library, file) });
  expect((await library.rows())[0]).toMatchObject({ title: '\ufffd half', tags: ['a'.repeat(99), '\ufffd x'] });
  expect(await library.answers.runImport({ ...choice, token: await handOver(library, file) })).toMatchObject({ known: 1, undo: null });
});

test('folders nested without end are cut, in every format, in no time of their own', async () => {
  let chrome = '';
  for (let i = 0; i < 60_000; i++) chrome += `{"type":"folder","name":"f","children":[{"type":"url","name":"n","url":"https://one.example/${i}"},`;
  const nested = await read(`{"roots":{"bar":${chrome}{}${']}'.repeat(60_000)}}}`);
  expect(nested?.entries).toHaveLength(60_000);
  expect(nested?.entries.every(({ folder: { length } }) => length <= 50)).toBe(true);
  const lists = Array.from({ length: 60_000 }, (_, i) => ({ id: `l${i}`, name: 'f', parentId: i === 0 ? null : `l${i - 1}` }));
  const bookmarks = lists.map(({ id }, i) => ({ lists: [id], content: { url: `https://one.example/${i}` } }));
  expect((await read(JSON.stringify({ bookmarks, lists })))?.entries.at(-1)?.folder).toHaveLength(50);
  const outlines = Array.from({ length: 60_000 }, (_, i) => `<outline text="f"><outline text="n" url="https://one.example/${i}"/>`).join('');
  expect((await read(`<?xml version="1.0"?><opml version="2.0"><body>${outlines}`))?.entries.at(-1)?.folder).toHaveLength(50);
});

test('cells made to be read for ever, or deeper than any stack, are read at once', async () => {
  expect(listOf(`["${String.raw`\"`.repeat(45_000)}]`, /,/)).toHaveLength(1);
  expect(listOf(`["${String.raw`\"`.repeat(2_000_000)}]`, /,/)).toHaveLength(1);
  expect(listOf(`${'['.repeat(40_000)}${']'.repeat(40_000)}`, /,/)).toEqual([]);
  expect(listOf("[don't, a]", /,/)).toEqual(["don't", ' a']);
  const found = await read(`url,title,folder\nhttps://one.example/,One,a${' '.repeat(400_000)}b\n`);
  expect(found?.entries).toHaveLength(1);
});

test('a head of thousands of columns takes no room in rows that have one cell', async () => {
  const head = Array.from({ length: 2_000 }, (_, i) => `c${i}`).join(',');
  const { rows } = await readTable(`${head}\n${'x\n'.repeat(1_000)}`);
  expect(rows).toHaveLength(1_000);
  expect(rows.every(({ size }) => size === 1)).toBe(true);
});

test('more entries than anybody has are refused by name', async () => {
  await expect(read(`url\n${'x\n'.repeat(1_000_001)}`)).rejects.toMatchObject({ failure: { kind: 'too-many-entries', limit: 1_000_000 } });
  await expect(read(`[{"url": "https://one.example/"}${',0'.repeat(20_000_001)}]`)).rejects.toMatchObject({ failure: { kind: 'too-many-entries', limit: 20_000_000 } });
});

test('an archive that unpacks to more than a file may be is refused, however small it is', async () => {
  const zip = archive(Object.fromEntries([1, 2, 3].map((i) => [`${i}.txt`, Buffer.alloc(101_000_000, 'x')])));
  expect(zip.length).toBeLessThan(1_000_000);
  await expect(read(zip)).rejects.toMatchObject({ failure: { kind: 'too-large', limit: 300_000_000 } });
});

test('one picture named a million times comes along as often as there is room', async () => {
  const zip = archive({
    'bookmarks/x/info.json': JSON.stringify({ URL: 'https://one.example/a', Title: 'One', Created: '2024-01-02T03:04:05Z' }),
    'bookmarks/x/container/index.html': `<html><body>${prose('pictures')}${'<img src="a.png">'.repeat(1_000)}</body></html>`, 'bookmarks/x/container/a.png': Buffer.alloc(1_000_000, 'p'),
  });
  const found = await readExport(join(folder({ zip }), 'zip'));
  const text = await found?.entries[0]?.text?.();
  found?.close();
  expect(text?.match(/src="data:image\/png/g)).toHaveLength(29);
});

test('highlights of a title that thousands share are on the first, and quotes without end are read', async () => {
  const many = Array.from({ length: 3_000 }, (_, i) => i);
  const matter = await read(archive({
    '_matter_history.csv': `Title,Publisher,URL,Word Count,File Id\n${many.map((i) => `Same,Daily,https://one.example/${i},100,${i}`).join('\n')}\n`,
    '_matter_highlights.csv': `Text,Title\n${Array.from({ length: 200_000 }, (_, i) => `Marked ${i},Same`).join('\n')}\n`,
  }));
  expect(matter?.entries.map(({ highlights }) => highlights.length).toSorted((a, b) => b - a).slice(0, 2)).toEqual([2_000, 0]);
  const omnivore = await read(archive({
    'metadata_0_to_20.json': JSON.stringify([{ slug: 'a', url: 'https://one.example/a', state: 'X', savedAt: '2024-10-29T16:30:11.000Z' }]),
    'highlights/a.md': `${'> #a b\n'.repeat(300_000)}\n> c${' '.repeat(300_000)}d #label\n${'note\n'.repeat(300_000)}`,
  }));
  expect(omnivore?.entries[0]?.highlights.map(({ quote }) => quote.slice(-6))).toEqual(['#a b', 'c d'].map((end) => expect.stringMatching(new RegExp(`${end}$`))));
});

test('a text of nothing but beginnings is taken over', async () => {
  const library = await openTestLibrary();
  const file = wallabag([{ url: 'https://gone.example/a', title: 'Bodies', content: `${'<body>'.repeat(300_000)}${prose('bodies')}` }]);
  expect(await library.answers.runImport({ ...choice, bookmarks: false, token: await handOver(library, file) })).toMatchObject({ made: 1 });
});

test('imports at the same time make no page twice, and one asked for twice is done once', async () => {
  const library = await openTestLibrary();
  const { answers } = library;
  const file = wallabag([1, 2, 3].map((i) => ({ url: `https://gone.example/${i}`, title: `Number ${i}`, content: prose(`number ${i}`) })));
  const [one, other] = [await handOver(library, file), await handOver(library, file)];
  const done = await Promise.all([one, other, one].map((token) => answers.runImport({ ...choice, bookmarks: false, token })));
  expect(done.slice(0, 2).map(({ made }) => made).toSorted()).toEqual([0, 3]);
  expect(done[2]).toEqual(done[0]);
  await library.idle();
  expect(await library.rows()).toHaveLength(3);
  expect(begun(library)).toEqual([]);
});

test('a file let go while it is taken over is taken over with its texts all the same', async () => {
  const library = await openTestLibrary();
  const metadata = Array.from({ length: 5 }, (_, i) => ({ slug: `s${i}`, title: `Number ${i}`, url: `https://gone.example/${i}`, state: 'X', savedAt: '2024-10-29T16:30:11.000Z' }));
  const token = await handOver(library, archive({ 'metadata_0_to_20.json': JSON.stringify(metadata), ...Object.fromEntries(metadata.map(({ slug }) => [`content/${slug}.html`, prose(slug)])) }));
  await library.answers.lookImport({ token, name: 'x' });
  await Promise.all([library.answers.runImport({ ...choice, bookmarks: false, token }), library.answers.dropImport({ token })]);
  await library.idle();
  expect((await library.rows()).map(({ stage }) => stage.state)).toEqual(Array.from({ length: 5 }, () => 'ready'));
  expect(begun(library)).toEqual([]);
});

test('what cannot be read is not left on the disk, a file looked through stays as it is, and of too many left lying the oldest go', async () => {
  const library = await openTestLibrary();
  const { answers } = library;
  await expect(answers.lookImport({ token: await handOver(library, Buffer.from('PK\x03\x04 and no more')), name: 'x' })).rejects.toMatchObject({ failure: { kind: 'broken-archive' } });
  expect(begun(library)).toEqual([]);
  const token = await handOver(library, 'url\nhttps://one.example/\n');
  await answers.lookImport({ token, name: 'x' });
  await expect(answers.importPart({ token, base64: 'eHh4' })).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  await expect(answers.importPart({ token: '00000000-0000000000000000', base64: 'eHh4' })).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  for (let i = 0; i < 110; i++) await answers.importPart({ token: null, base64: 'eHh4' });
  expect(begun(library)).toHaveLength(100);
});

test('a library that closes within an import has what was written, whole, and nothing half', async () => {
  const path = mkdtempSync(join(tmpdir(), 'lectern-attack-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const library = await openTestLibrary({ path });
  const token = await handOver(library, `url\n${Array.from({ length: 1_000 }, (_, i) => `https://one.example/${i}`).join('\n')}\n`);
  await library.answers.lookImport({ token, name: 'x' });
  const run = library.answers.runImport({ ...choice, token });
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([expect(run).rejects.toMatchObject({ failure: { kind: 'cancelled' } }), library.close()]);
  expect(begun(library)).toEqual([]);
  const again = await openTestLibrary({ path });
  expect((await again.answers.check({})).problems).toEqual([]);
});

test('values nested deeper than any stack are no times, and a tag without end is none', async () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  const chrome = await read(`{"roots":{"bar":{"type":"folder","children":[{"type":"url","url":"https://one.example/","date_added":${deep}}]}}}`);
  expect(chrome?.entries).toMatchObject([{ at: null }]);
  const omnivore = await read(`[{"slug":"a","state":"X","url":"https://one.example/","savedAt":${deep},"readingProgress":${deep},"labels":[${deep}]}]`);
  expect(omnivore?.entries).toMatchObject([{ at: null, finished: false, tags: [] }]);
  const opml = await read(`<?xml version="1.0"?><opml version="2.0"><body><outline text="One" url="https://one.example/"/><outline ${'a '.repeat(5_000_000)}url="https://two.example/"/></body></opml>`);
  expect(opml?.entries).toMatchObject([{ url: 'https://one.example/' }]);
});

test('a text that comes along asks nothing of this machine’s own network, and runs nothing', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const near = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const library = await openTestLibrary();
  const content = `<base href="${near}/">${prose('hostile text')}<img src="${near}/a.png" width="300" height="200"><img srcset="b.png 2x" src="c.png"><script>alert(1)</script><a href="javascript:alert(1)">x</a><iframe src="${near}/d"></iframe><link rel="canonical" href="${near}/e">`;
  const file = wallabag([{ url: 'https://gone.example/a', title: '</title><script>alert(2)</script>', content, published_by: ['"><script>alert(3)</script>'] }]);
  await library.answers.runImport({ ...choice, bookmarks: false, token: await handOver(library, file) });
  await library.idle();
  const [row] = await library.rows();
  expect(row).toMatchObject({ url: 'https://gone.example/a', stage: { state: 'ready' } });
  const { html } = await library.answers.article({ id: row?.id ?? '' });
  expect(html).toContain('hostile text');
  expect(html).not.toMatch(/<script|javascript:|<iframe/i);
  expect(asked).toEqual([]);
});

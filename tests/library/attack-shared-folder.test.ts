import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createId } from '../../electron/library/storage/clock.ts';
import { startWeb } from '../web/web.ts';
import { temporaryFolder } from './made-up.ts';
import { openTestLibrary } from './open-test-library.ts';

/*
 * A library folder shared with another machine, or handed over by a stranger: whatever its journals and folders say,
 * nothing outside it is touched, and what is sound in it stays readable.
 */

const old = '1999-01-01T00:00:00.000Z';
const clock = (n: number) => `0000000000${n}-00000-otherdevice1`;

/** A journal line that any program can write: the sum is no secret. */
function line(act: object): string {
  const text = JSON.stringify(act);
  return `${text.slice(0, -1)},"sum":"${crc32(text).toString(16).padStart(8, '0')}"}\n`;
}

function put(path: string, acts: object[]): void {
  const folder = join(path, 'journal', 'otherdevice1');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '000001.jsonl'), acts.map(line).join(''));
}

const sum = (text: string) => createHash('sha256').update(text).digest('hex');
const save = (id: string, more: object = {}) => ({ act: 'save', id, at: old, url: 'https://example.org/kept', name: 'Kept', tags: [], job: { from: 'web', typed: false }, clock: clock(1), ...more });
/** Failed at once, so that nothing is asked of the network. */
const failed = (id: string) => ({ act: 'failed', id, failure: { kind: 'cancelled' }, clock: clock(2) });

test('an article of another journal named like a path removes nothing outside the library', async () => {
  const outside = temporaryFolder();
  const path = join(outside, 'library');
  const precious = join(outside, 'precious');
  mkdirSync(join(path, 'articles', '2031'), { recursive: true });
  mkdirSync(precious);
  writeFileSync(join(precious, 'letter.txt'), 'Dear reader');
  const id = '../../../precious';
  put(path, [save(id), failed(id), { act: 'set', id, field: 'trashed', value: old, clock: clock(3) }]);
  const library = await openTestLibrary({ path });
  await library.idle();
  await library.answers.erase({ ids: 'all' });
  await library.close();
  expect(readdirSync(precious)).toEqual(['letter.txt']);
});

test('nor is anything written outside it for such an article', async () => {
  const outside = temporaryFolder();
  const path = join(outside, 'library');
  const stored = createHash('sha256').update('A text about a harbour, long enough to be one.').digest('hex');
  mkdirSync(join(path, 'arrivals'), { recursive: true });
  writeFileSync(join(path, 'arrivals', stored), 'A text about a harbour, long enough to be one.');
  put(path, [save('../../../planted', { url: null, job: { from: 'file', stored, name: 'a.txt', format: 'text' } })]);
  const library = await openTestLibrary({ path });
  await library.idle();
  expect(readdirSync(outside)).toEqual(['library']);
  expect(existsSync(join(path, 'planted'))).toBe(false);
});

const good = createId(1);
test.each<[string, object]>([
  ['a save without tags', { act: 'save', id: createId(2), at: old, url: null, name: 'x', job: null, clock: clock(4) }],
  ['a save whose tags are a number', save(createId(2), { tags: 5 })],
  ['a save with a job of no kind', save(createId(2), { job: { from: 'moon' } })],
  ['a save with an address that runs', save(createId(2), { url: 'javascript:alert(1)' })],
  ['a title that is an object', { act: 'set', id: good, field: 'title', value: { toString: 1 }, clock: clock(4) }],
  ['a field there is not', { act: 'set', id: good, field: 'sums', value: 'x', clock: clock(4) }],
  ['a failure without a kind', { act: 'failed', id: good, failure: 'x', clock: clock(4) }],
  ['a failure of no known kind', { act: 'failed', id: good, failure: { kind: 'constructor' }, clock: clock(4) }],
  ['a place that is text', { act: 'place', id: good, at: old, place: 'x', clock: clock(4) }],
  ['a look of a size there is none of', { act: 'look', id: good, field: 'textSize', value: 4_000, clock: clock(4) }],
  ['a look with a field there is not', { act: 'look', id: good, field: 'constructor', value: 'x', clock: clock(4) }],
  ['parts that are paths', { act: 'ready', id: good, folder: `2031/${good}`, sums: { '../../../../etc/passwd': 'a'.repeat(64) }, clock: clock(4) }],
  ['a folder that is a path', { act: 'ready', id: good, folder: '../../..', sums: { 'meta.json': 'a'.repeat(64) }, clock: clock(4) }],
  ['a clock that beats all others for ever', { act: 'set', id: good, field: 'title', value: 'Mine for ever', clock: 'zzz' }],
  ['a tag of a million levels', { act: 'tag', id: good, tag: 'a/'.repeat(1_000_000), on: true, clock: clock(4) }],
  ['a time that is none', { act: 'bump', id: good, at: 'tomorrow', clock: clock(4) }],
  ['a prototype', JSON.parse('{"act":"save","__proto__":{"id":"x"},"constructor":{"prototype":{"polluted":1}},"clock":"00000000004-00000-otherdevice1"}') as object],
  ['shelves that are no list', { act: 'shelves', tags: { length: 5 }, clock: clock(4) }],
])('%s is passed over and named by a check; the rest of the library opens', async (_name, act) => {
  const path = join(temporaryFolder(), 'library');
  put(path, [save(good), failed(good), act]);
  const library = await openTestLibrary({ path });
  const [row, ...more] = await library.rows();
  expect(more).toEqual([]);
  expect(row).toMatchObject({ id: good, title: 'Kept', tags: [], addedAt: old, stage: { state: 'failed', failure: { kind: 'cancelled' } } });
  const { problems } = await library.answers.check({});
  expect(problems).toEqual([{ what: 'journal line damaged', where: 'journal/otherdevice1/000001.jsonl:3' }]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('an act of a kind that only a later Lectern knows is no damage and changes nothing', async () => {
  const path = join(temporaryFolder(), 'library');
  put(path, [save(good), failed(good), { act: 'someday', id: '../../x', from: 1, clock: clock(4) }]);
  const library = await openTestLibrary({ path });
  expect((await library.rows()).map(({ id }) => id)).toEqual([good]);
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('foreign files and folders dropped into the library keep it from nothing', async () => {
  const path = join(temporaryFolder(), 'library');
  put(path, [save(good), failed(good)]);
  mkdirSync(join(path, 'arrivals', '.stfolder'), { recursive: true });
  writeFileSync(join(path, 'arrivals', 'note.txt'), 'Not Lectern’s to remove.');
  mkdirSync(join(path, 'journal', 'emptyfolder'));
  writeFileSync(join(path, 'journal', 'readme'), 'not a folder');
  mkdirSync(join(path, 'journal', 'otherdevice1', '000002.jsonl'));
  mkdirSync(join(path, 'articles'), { recursive: true });
  writeFileSync(join(path, 'articles', '2031'), 'not a folder');
  mkdirSync(join(path, 'files', 'ab', `${'ab'.repeat(32)}.png`), { recursive: true });
  const library = await openTestLibrary({ path });
  await library.idle();
  expect((await library.rows()).map(({ id }) => id)).toEqual([good]);
  await library.answers.check({});
  await library.answers.rebuild({});
  expect((await library.rows()).map(({ id }) => id)).toEqual([good]);
  await library.close();
  expect(library.news.filter(({ about }) => about === 'trouble')).toEqual([]);
  expect(existsSync(join(path, 'arrivals', 'note.txt'))).toBe(true);
});

test('a stored picture that is a link leads nowhere', async () => {
  const outside = temporaryFolder();
  const path = join(outside, 'library');
  const library = await openTestLibrary({ path });
  const name = `${'ab'.repeat(32)}.png`;
  mkdirSync(join(path, 'files', 'ab'), { recursive: true });
  writeFileSync(join(outside, 'secret'), 'secret');
  symlinkSync(join(outside, 'secret'), join(path, 'files', 'ab', name));
  expect(library.file(name)).toBeNull();
  rmSync(join(path, 'files', 'ab', name));
  writeFileSync(join(path, 'files', 'ab', name), 'bytes');
  expect(library.file(name)).toBe(join(path, 'files', 'ab', name));
});

test('an article folder dropped in gets no address that runs, and no part that lies elsewhere', async () => {
  const outside = temporaryFolder();
  const path = join(outside, 'library');
  writeFileSync(join(outside, 'secret'), 'secret');
  const drop = (id: string, more: object, sums: object = {}) => {
    const folder = join(path, 'articles', '1999', id);
    mkdirSync(folder, { recursive: true });
    const document = '<!doctype html>\n<article>\n<p>Dropped.</p><script>alert(1)</script>\n</article>\n';
    writeFileSync(join(folder, 'article.html'), document);
    const meta = { id, url: 'javascript:alert(1)', addedAt: old, title: 'Dropped', dir: '"><script>', pictures: [], resources: [{ title: 'More', more: 'javascript:alert(1)', links: [{ text: 'x', url: 'file:///etc/passwd' }] }], sums: { 'article.html': sum(document), ...sums }, ...more };
    writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta));
  };
  const dropped = createId(7);
  drop(dropped, {});
  drop(createId(8), {}, { '../../../../secret': sum('secret') });
  drop(createId(9), { pictures: [{ url: 'x', state: 'stored', file: '../../secret', bytes: 1, width: 1, height: 1 }] });
  drop(createId(10), { addedAt: 'never' });
  const library = await openTestLibrary({ path });
  await library.answers.rebuild({});
  expect((await library.rows()).map(({ id }) => id)).toEqual([dropped]);
  const article = await library.answers.article({ id: dropped });
  expect(article).toMatchObject({ url: null, dir: 'ltr', title: 'Dropped', resources: [{ title: 'More', more: null, links: [{ text: 'x', url: null }] }] });
  expect((await library.answers.render({ id: dropped, as: 'html', pictures: 'here' })).text).toContain('dir="ltr"');
});

test('an address that a journal from elsewhere calls typed reaches nothing in this machine’s own network, until it is asked for here', async () => {
  const path = join(temporaryFolder(), 'library');
  const { origin, hits, close } = await startWeb({ '/inside': '<title>Inside</title><p>The router says hello.', '/favicon.ico': 'x' });
  onTestFinished(() => close());
  const typed = { url: `${origin}/inside`, job: { from: 'web', typed: true } };
  const inside = createId(21);
  put(path, [save(inside, typed), save(createId(22), { ...typed, url: `${origin}/bookmark`, bookmark: true })]);
  const library = await openTestLibrary({ path });
  await library.idle();
  expect(hits).toEqual([]);
  expect((await library.rows('failed')).map(({ stage }) => stage)).toMatchObject([{ failure: { kind: 'private-address' } }]);
  await library.answers.retry({ ids: [inside] });
  await library.idle();
  expect(hits.map(({ path: asked }) => asked)).toContain('/inside');
});

test('a journal from elsewhere of any size, with lines that never end or are none, keeps the library from nothing', async () => {
  const path = temporaryFolder();
  const first = await openTestLibrary({ path });
  await first.close();
  const id = createId(Date.parse(old));
  put(path, [save(id), failed(id)]);
  const sparse = join(path, 'journal', 'otherdevice2');
  mkdirSync(sparse);
  writeFileSync(join(sparse, '000001.jsonl'), '');
  truncateSync(join(sparse, '000001.jsonl'), 5_000_000_000);
  const empty = join(path, 'journal', 'otherdevice3');
  mkdirSync(empty);
  writeFileSync(join(empty, '000001.jsonl'), '\n'.repeat(300_000));
  const library = await openTestLibrary({ path });
  expect(await library.rows()).toHaveLength(1);
  const next = createId(Date.parse(old) + 1);
  appendFileSync(join(path, 'journal', 'otherdevice1', '000001.jsonl'), [save(next, { url: 'https://example.org/next' }), failed(next)].map(line).join(''));
  await library.answers.heedOthers({});
  expect(await library.rows()).toHaveLength(2);
  expect(library.news.filter(({ about }) => about === 'trouble')).toEqual([]);
  const { problems } = await library.answers.check({});
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThan(2_000);
});

test.each(process.platform === 'win32' ? ['a folder'] : ['a folder', 'a pipe'])('%s in the place of another machine’s journal keeps the library from nothing', async (what) => {
  const path = temporaryFolder();
  const id = createId(Date.parse(old));
  put(path, [save(id), failed(id)]);
  const first = await openTestLibrary({ path });
  expect(await first.rows()).toHaveLength(1);
  await first.close();
  const segment = join(path, 'journal', 'otherdevice1', '000001.jsonl');
  rmSync(segment);
  if (what === 'a folder') for (let i = 0; i < 100; i++) mkdirSync(join(segment, `${i}`), { recursive: true });
  else execFileSync('mkfifo', [segment]);
  const library = await openTestLibrary({ path });
  await library.answers.heedOthers({});
  // Its acts are in no journal any more.
  expect(await library.rows()).toEqual([]);
});

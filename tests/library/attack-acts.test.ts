import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { questions, type Answers } from '../../shared/contract.ts';
import { createId } from '../../electron/library/storage/clock.ts';
import { temporaryFolder } from './made-up.ts';
import { openTestLibrary, type TestLibrary } from './open-test-library.ts';

/*
 * Acts of a journal from elsewhere that are well formed and mean harm: whatever they say, the library opens, every
 * question about it is answered, and it can still be changed.
 */

const old = '1999-01-01T00:00:00.000Z';
let ticks = 0;
const clock = () => `00000000001-${(ticks++).toString(16).padStart(5, '0')}-otherdevice1`;

function put(path: string, acts: object[]): void {
  const folder = join(path, 'journal', 'otherdevice1');
  mkdirSync(folder, { recursive: true });
  const lines = acts.map((act) => {
    const text = JSON.stringify({ clock: clock(), ...act });
    return `${text.slice(0, -1)},"sum":"${crc32(text).toString(16).padStart(8, '0')}"}\n`;
  });
  writeFileSync(join(folder, '000001.jsonl'), lines.join(''));
}

async function openWith(acts: object[]): Promise<TestLibrary> {
  const path = join(temporaryFolder(), 'library');
  put(path, acts);
  return openTestLibrary({ path });
}

const [one, two] = [createId(1), createId(2)];
const save = (id: string, more: object = {}) => ({ act: 'save', id, at: old, url: `https://example.org/${id}`, name: 'Kept', tags: ['river'], job: { from: 'web', typed: false }, ...more });
const failed = (id: string) => ({ act: 'failed', id, failure: { kind: 'cancelled' } });
const kept = (id: string, more: object = {}) => [save(id, more), failed(id)];
const anchor = (quote: string) => ({ quote, prefix: '', suffix: '', start: 0, end: 1, twins: 0 });

/** Every question that changes nothing, about what these journals name. */
async function askAll(library: TestLibrary, tags: string[] = ['river']): Promise<void> {
  const { answers } = library;
  const ask = async <N extends keyof Answers>(name: N, input: object): Promise<void> => {
    const parsed = questions[name].input.parse(input) as never;
    await (answers[name] as (input: never) => unknown)(parsed);
  };
  const lists = [{ list: 'all' }, { list: 'forgotten' }, { list: 'trash' }, { list: 'site', host: 'example.org' }, { list: 'search', query: 'kept OR saved:1y' }, ...tags.map((tag) => ({ list: 'tag', tag }))];
  for (const where of lists) {
    await ask('list', { where });
    for (const by of ['day', 'site', 'tag']) await ask('groups', { where, by });
    for (const as of ['html', 'markdown', 'opml', 'bookmarks'] as const) {
      const { token } = await answers.exportList({ what: { where: where as never, sort: 'newest' }, as, texts: true, title: 'x' });
      for (let last = false; !last; ) ({ last } = await answers.exportPart({ token }));
    }
  }
  for (const tag of tags) await ask('tagPage', { tag });
  for (const name of ['library', 'home', 'tags', 'alikeTags', 'statistics', 'searches', 'tagRules', 'duplicates', 'allHighlights', 'failures', 'queue'] as const) await ask(name, {});
  for (const { id } of await library.rows()) for (const name of ['article', 'highlights', 'related', 'similar'] as const) await ask(name, { id });
  await ask('exportHighlights', { id: null });
}

test.each<[string, object[], string[]?]>([
  ['a time long before all calendars', kept(one, { at: '0000-01-01T00:00:00.000Z' })],
  ['a time in the year 50, which Date takes for 1950', kept(one, { at: '0050-06-01T00:00:00.000Z' })],
  ['a time of no calendar', kept(one, { at: '0000-99-99T99:99:99.000Z' })],
  ['the last time there is', kept(one, { at: '9999-12-31T23:59:59.999Z' })],
  ['a highlight whose quote has half a letter', [...kept(one), { act: 'highlight', id: one, highlight: createId(3), at: old, anchor: anchor('half \ud800 a letter'), colour: 'yellow', note: '\udc00' }]],
  ['tags called like what every object has', [...kept(one, { tags: ['__proto__', 'constructor', 'toString'] }), ...['description', 'colour', 'order'].map((field) => ({ act: 'about', tag: '__proto__', field, value: 'constructor' })), { act: 'shelves', tags: ['__proto__', 'constructor'] }], ['__proto__', 'constructor']],
  ['tags of nothing but slashes, and deep ones', kept(one, { tags: ['/', '//', 'a//b', '/a', 'a/'.repeat(100), ' ', ',', 'a\nb', '\u0000'] })],
  ['one highlight of two articles', [...kept(one), ...kept(two), ...[one, two].map((id) => ({ act: 'highlight', id, highlight: createId(3).replace(/.{10}$/, '0000000000'), at: old, anchor: anchor('x'), colour: 'pink', note: '' }))]],
  ['spots at either end', [...kept(one), ...kept(two), { act: 'about', tag: 'river', field: 'order', value: 'manual' }, { act: 'spot', id: one, tag: 'river', spot: '~'.repeat(200) }, { act: 'spot', id: two, tag: 'river', spot: '!' }]],
  ['searches by the hundred, of any text', [...kept(one), ...Array.from({ length: 300 }, (_, n) => ({ act: 'search', search: n.toString().padStart(12, '0'), value: { name: `s${n}`, query: '(((((("x OR -', sort: 'manual', place: 1e308 } }))]],
  ['icons of hosts of any name', [...kept(one), { act: 'icon', host: '__proto__', file: null, at: old }, { act: 'icon', host: 'example.org', file: `${'a'.repeat(64)}.svg`, at: '9999-99-99T99:99:99Z' }]],
  ['reading at the ends of time', [...kept(one), ...['0001-01-01', '9999-12-31'].map((day) => ({ act: 'read', id: one, day, seconds: 86_400 }))]],
  ['itself kept apart, and what is not there', [...kept(one), { act: 'apart', one: createId(1), other: createId(9), on: true }]],
  ['acts of articles that nobody saved', [{ act: 'tag', id: one, tag: 'river', on: true }, { act: 'look', id: one, field: 'textSize', value: 40 }, { act: 'glance', id: one, title: 'x', excerpt: null }, { act: 'ruled', id: one }, { act: 'bookmark', id: one }]],
])('%s: every question is answered, and a rebuild comes to the same', async (_name, acts, tags) => {
  const library = await openWith(acts);
  await askAll(library, tags);
  await library.idle();
  const before = await library.rows();
  const { problems } = await library.answers.check({});
  expect(problems.filter(({ what }) => what !== 'journal line damaged')).toEqual([]);
  await library.answers.rebuild({});
  expect(await library.rows()).toEqual(before);
  await askAll(library, tags);
}, 20_000);

test('a clock at the end of all clocks does not keep the library from being changed', async () => {
  const library = await openWith([...kept(one), ...kept(two), { act: 'set', id: two, field: 'favourite', value: true, clock: 'fffffffffff-fffff-otherdevice1' }]);
  await library.answers.favourite({ ids: [one], on: true });
  await library.answers.tag({ ids: [one], add: ['sea'], remove: [] });
  expect((await library.rows()).find(({ id }) => id === one)).toMatchObject({ favourite: true, tags: ['river', 'sea'] });
});

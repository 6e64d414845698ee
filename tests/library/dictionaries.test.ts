import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { baseForms } from '../../electron/library/dictionaries/base-forms.ts';
import { openDictionaries, type Dictionaries } from '../../electron/library/dictionaries/folder.ts';
import { sure } from './made-up-article.ts';
import { writeDictionary } from './made-up-dictionary.ts';

let root: string;
let folder: string;
let dictionaries: Dictionaries;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lectern-dictionary-'));
  folder = join(root, 'dictionaries');
  dictionaries = openDictionaries(root);
});
afterEach(() => {
  void dictionaries.close();
  rmSync(root, { recursive: true, force: true });
});

const lookUp = async (text: string) => (await dictionaries.lookUp({ text })).entries.map((entry) => `${entry.word}: ${entry.text}`);

test('without a folder there is nothing, and no error', async () => {
  expect(await dictionaries.dictionaries({})).toEqual({ path: folder, files: [] });
  expect(await dictionaries.lookUp({ text: 'x' })).toEqual({ count: 0, entries: [] });
});

test.each([{}, { zip: true }, { zipIndex: true }, { wide: true }, { unsorted: true }, { zip: true, zipIndex: true, wide: true }])('words are found whatever the form: %o', async (form) => {
  const words: Array<[string, string]> = Array.from({ length: 700 }, (_, at) => [`word${at}`, `The meaning number ${at} of this word, in a sentence.`]);
  writeDictionary(join(folder, 'Some Dictionary'), 'some', [['Zebra', 'A striped one.'], ['zebra', 'The same in small letters.'], ['人工智能', '机器表现出来的智能。'], ...words], form);
  expect((await dictionaries.dictionaries({})).files).toEqual([{ name: 'Some Dictionary/some', title: 'some', words: 703, problem: null }]);
  for (const at of [0, 19, 20, 355, 699]) expect(await lookUp(`word${at}`)).toEqual([`word${at}: The meaning number ${at} of this word, in a sentence.`]);
  expect((await lookUp('ZEBRA')).toSorted()).toEqual(['Zebra: A striped one.', 'zebra: The same in small letters.']);
  expect(await lookUp('人工智能')).toEqual(['人工智能: 机器表现出来的智能。']);
  expect(await lookUp('人工智能的挑战')).toEqual(['人工智能: 机器表现出来的智能。']);
  expect(await lookUp('nothing of it')).toEqual([]);
});

test('entries of many parts come as text: markup is read, sounds are left out', async () => {
  writeDictionary(folder, 'html', [['cat', '<b>cat</b> <i>noun</i><br>An animal that <a href="javascript:alert(1)">sleeps</a>.<script>alert(1)</script>']], { types: 'h' });
  writeDictionary(folder, 'many', [['cat', Buffer.concat([Buffer.from('kæt\0'), Buffer.from('an animal')])]], { types: 'tm' });
  const sound = Buffer.from([0, 0, 0, 3, 1, 2, 3]);
  writeDictionary(folder, 'free', [['cat', Buffer.concat([Buffer.from('mA small one\0'), Buffer.from('W'), sound])]], { types: '' });
  expect(await lookUp('cats')).toEqual(['cat: A small one', 'cat: cat noun\nAn animal that sleeps.', 'cat: [kæt]\n\nan animal']);
});

test('base forms', () => {
  const has = (text: string, form: string) => expect(baseForms(text), text).toContain(form);
  for (const [text, form] of [['“Cities,”', 'city'], ['running', 'run'], ['making', 'make'], ['boxes', 'box'], ['tried', 'try'], ['happier', 'happy'], ['lying', 'lie'], ['quickly', 'quick'], ['John’s', 'john'], ['glasses', 'glass']] as const) has(text, form);
  expect(baseForms('glass').slice(0, 1)).toEqual(['glass']);
  expect(baseForms('深度学习')).toEqual(['深度学习', '深度学', '深度', '深']);
});

test('a broken dictionary is told by name, and the others go on; what was mended or replaced is seen at once', async () => {
  writeDictionary(join(folder, 'good'), 'good', [['one', 'first']]);
  writeDictionary(join(folder, 'cut'), 'cut', [['one', 'first'], ['two', 'second']]);
  writeFileSync(join(folder, 'cut', 'cut.idx'), readFileSync(join(folder, 'cut', 'cut.idx')).subarray(0, 9));
  writeDictionary(join(folder, 'lost'), 'lost', [['one', 'first']]);
  rmSync(join(folder, 'lost', 'lost.dict'));
  writeFileSync(join(folder, 'other.ifo'), 'not one at all');
  writeFileSync(join(folder, 'gz.ifo'), readFileSync(join(folder, 'good', 'good.ifo')));
  writeFileSync(join(folder, 'gz.idx'), readFileSync(join(folder, 'good', 'good.idx')));
  writeFileSync(join(folder, 'gz.dict.dz'), 'no gzip');
  symlinkSync(join(folder, 'good', 'good.ifo'), join(folder, 'link.ifo'));
  const problems = async () => Object.fromEntries((await dictionaries.dictionaries({})).files.map(({ name, problem }) => [name, problem]));
  expect(await problems()).toEqual({ 'cut/cut': 'unreadable', 'good/good': null, gz: 'unreadable', 'lost/lost': 'missing-part', other: 'unreadable' });
  expect(await lookUp('one')).toEqual(['one: first']);
  writeDictionary(join(folder, 'lost'), 'lost', [['one', 'found again, longer than before']]);
  expect(await lookUp('one')).toEqual(['one: first', 'one: found again, longer than before']);
  writeDictionary(join(folder, 'good'), 'good', [['one', 'replaced by another']]);
  expect(await lookUp('one')).toContain('one: replaced by another');
});

test('an entry that leads to nowhere or cannot be unpacked costs no other dictionary and no other word; the list tells of it', async () => {
  writeDictionary(join(folder, 'good'), 'good', [['one', 'first'], ['two', 'second']]);
  writeDictionary(join(folder, 'far'), 'far', [['one', 'somewhere'], ['two', 'here']], { wide: true });
  const far = readFileSync(join(folder, 'far', 'far.idx'));
  far.writeBigUInt64BE(0xffff_ffff_ffff_ffffn, 'one'.length + 1);
  writeFileSync(join(folder, 'far', 'far.idx'), far);
  writeDictionary(join(folder, 'rot'), 'rot', [['one', 'x'.repeat(999)], ['two', 'y'.repeat(2_000)]], { zip: true });
  const rot = readFileSync(join(folder, 'rot', 'rot.dict.dz'));
  rot.fill(0xff, rot.indexOf('name.dict') + 10, rot.indexOf('name.dict') + 14);
  writeFileSync(join(folder, 'rot', 'rot.dict.dz'), rot);
  expect(await lookUp('one')).toEqual(['one: first']);
  expect(await lookUp('two')).toContain('two: here');
  expect((await dictionaries.dictionaries({})).files.map(({ name, problem }) => [name, problem])).toEqual([['far/far', 'unreadable'], ['good/good', null], ['rot/rot', 'unreadable']]);
});

test.each([false, true])('a large index is read in pieces, with other work in between; its words are found at its beginning, its end and across pieces (packed: %s)', async (zipIndex) => {
  const words = Array.from({ length: 60_000 }, (_, at): [string, string] => [at % 3 === 0 ? `词条 ${at} 的写法` : `Entry-${at}-of-many`, `Meaning ${at}.`]);
  writeDictionary(folder, 'large', words, { zipIndex, unsorted: true });
  const reading = { turns: 0, done: false };
  const turn = (): unknown => reading.done || (reading.turns++, setImmediate(turn));
  turn();
  expect(await lookUp('entry-1-OF-many')).toEqual(['Entry-1-of-many: Meaning 1.']);
  reading.done = true;
  expect(reading.turns).toBeGreaterThan(4);
  for (const at of [0, 2, 9_999, 30_001, 59_997, 59_999]) expect(await lookUp(sure(words[at])[0])).toEqual([`${sure(words[at])[0]}: Meaning ${at}.`]);
});

test('closed while an index is read, the reading ends; who waits for it is told', async () => {
  writeDictionary(folder, 'large', Array.from({ length: 60_000 }, (_, at): [string, string] => [`word${at}`, 'x']));
  const asked = lookUp('word1').catch((error: unknown) => error);
  await dictionaries.close();
  expect(await asked).toMatchObject({ failure: { kind: 'cancelled' } });
});

test('a part that is a link is as if it were not there: it may lead anywhere', async () => {
  writeDictionary(folder, 'x', [['one', 'first']]);
  writeFileSync(join(root, 'secret'), 'what is of nobody’s business');
  rmSync(join(folder, 'x.dict'));
  symlinkSync(join(root, 'secret'), join(folder, 'x.dict'));
  expect(await lookUp('one')).toEqual([]);
  rmSync(join(folder, 'x.dict'));
  writeFileSync(join(folder, 'x.dict'), 'first');
  rmSync(join(folder, 'x.idx'));
  symlinkSync('/dev/zero', join(folder, 'x.idx'));
  expect((await dictionaries.dictionaries({})).files).toMatchObject([{ problem: 'missing-part' }]);
});

test('whatever the files hold, nothing is thrown and nothing is endless', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.uint8Array({ maxLength: 400 }), fc.constantFrom('', 'm', 'tm', 'Wm', 'h'), async (index, text, types) => {
    writeDictionary(folder, 'x', [['a', 'b']], { types });
    writeFileSync(join(folder, 'x.idx'), Buffer.concat([Buffer.from('a\0'), index]));
    writeFileSync(join(folder, 'x.dict'), text);
    const here = openDictionaries(root);
    expect((await here.dictionaries({})).files).toHaveLength(1);
    for (const { text: says } of (await here.lookUp({ text: 'a' })).entries) expect(says.length).toBeLessThan(200_000);
    here.close();
  }), { numRuns: 150 });
});

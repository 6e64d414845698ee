import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { News } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { answer } from '../../electron/answer.ts';
import { keepDoorstep, type Doorstep, type DoorstepOptions } from '../../electron/doorstep.ts';
import { keepHouse } from '../../electron/house.ts';
import { keep } from '../../electron/library/articles.ts';
import { openBrowsers } from '../../electron/library/browsers.ts';
import { openLibrary, type Library } from '../../electron/library/library.ts';
import { readLibraryFile } from '../../electron/library/storage/layout.ts';
import { openStore } from '../../electron/library/storage/store.ts';

let base = '';
let path = '';
let settings: Settings;
let news: News[];
let close: Array<() => Promise<unknown>>;

const store = { get: () => settings, change: (patch: object) => (settings = { ...settings, ...patch }), onChange: () => () => undefined };
const plainly: DoorstepOptions['open'] = (at, how) => openLibrary({ path: at, version: '0', settings: store, ...how });

async function come(more: Partial<DoorstepOptions> = {}): Promise<Doorstep> {
  const made = await keepDoorstep(path, { settings: store, browsers: openBrowsers(null), open: plainly, pause: 20, ...more });
  made.onNews((one) => news.push(one));
  close.push(() => made.close());
  return made;
}

const ask = async (library: Library, name: string, input: object = {}) => {
  const reply = await answer(library, name, input);
  return reply.ok ? reply.value : reply.failure;
};
const text = (library: Library, name: string) => ask(library, 'saveText', { text: `Some words of the river, ${name}.\n\nAnd some more of them, so that it is an article.`, name });
const stands = async (library: Library, state: string) => vi.waitFor(async () => expect(await ask(library, 'opening')).toMatchObject({ state }), { timeout: 20_000 });
const all = { where: { list: 'all' } };
const many = Array.from({ length: 900 }, (_, n) => `https://example.org/some/long/address/of/an/article/${n}`);

/** A library that was open before, with addresses that nobody fetches. */
async function makeLibrary(urls: string[]): Promise<void> {
  const made = await openStore({ path });
  keep(made, urls.map((url) => ({ url, job: { from: 'web', typed: true } })), []);
  await made.close();
  settings = { ...settings, knownLibraries: [path], savingHeld: true };
}

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'lectern-doorstep-'));
  path = join(base, 'drive', 'library');
  mkdirSync(join(base, 'drive'));
  settings = { ...defaultSettings };
  news = [];
  close = [];
});
afterEach(async () => {
  for (const each of close.toReversed()) await each();
  rmSync(base, { recursive: true, force: true });
});

test('where no library was before, one is made', async () => {
  const library = await come();
  await stands(library, 'open');
  expect(readLibraryFile(path)).not.toBeNull();
});

test('a folder that was a library and is not there is left alone and looked for; when it appears it is opened', async () => {
  await makeLibrary(many.slice(0, 3));
  renameSync(join(base, 'drive'), join(base, 'unplugged'));
  const library = await come();
  expect(await ask(library, 'opening')).toEqual({ state: 'missing', path });
  expect(existsSync(join(base, 'drive'))).toBe(false);
  expect(await ask(library, 'first')).toEqual({ 'settings {}': settings, 'opening {}': { state: 'missing', path } });
  const asked = ask(library, 'list', all);
  await ask(library, 'openAgain');
  expect(await ask(library, 'opening')).toEqual({ state: 'missing', path });
  // An empty folder, as where a disk is about to be mounted, is none either.
  mkdirSync(path, { recursive: true });
  await ask(library, 'openAgain');
  expect(readdirSync(path)).toEqual([]);
  rmSync(join(base, 'drive'), { recursive: true });
  renameSync(join(base, 'unplugged'), join(base, 'drive'));
  expect(await asked).toMatchObject({ total: 3 });
  expect(await ask(library, 'opening')).toEqual({ state: 'open' });
  expect(news.at(-1)).toEqual({ about: 'opening', opening: { state: 'open' } });
});

test('a new one is made there when that is what the reader wants, and another opened instead', async () => {
  await makeLibrary(many.slice(0, 3));
  renameSync(path, join(base, 'elsewhere'));
  const open = (at: string, make?: boolean) => keepDoorstep(at, { settings: store, browsers: openBrowsers(null), open: plainly, pause: 20, ...(make === undefined ? {} : { make }) });
  const house = keepHouse(await open(path), { settings: store, browsers: openBrowsers(null), open });
  close.push(() => house.close());
  const waiting = ask(house, 'list', all);
  expect(await ask(house, 'openLibrary', { path: join(base, 'elsewhere') })).toEqual({ path: join(base, 'elsewhere') });
  expect(await waiting).toEqual({ kind: 'cancelled' });
  expect(await ask(house, 'list', all)).toMatchObject({ total: 3 });
  expect(existsSync(path)).toBe(false);

  const second = keepHouse(await open(path), { settings: store, browsers: openBrowsers(null), open });
  close.push(() => second.close());
  expect(await ask(second, 'openLibrary', { path })).toMatchObject({ kind: 'bad-folder', why: 'no-library' });
  expect(await ask(second, 'opening')).toEqual({ state: 'missing', path });
  expect(await ask(second, 'openLibrary', { path, make: true })).toEqual({ path });
  expect(await ask(second, 'list', all)).toMatchObject({ total: 0 });
});

test('one that vanishes while it is open is still told of, takes nothing in, and goes on when it is back', async () => {
  const library = await come();
  await text(library, 'one');
  await library.idle();
  renameSync(join(base, 'drive'), join(base, 'unplugged'));
  expect(await ask(library, 'list', all)).toMatchObject({ total: 1 });
  expect(await text(library, 'two')).toEqual({ kind: 'bad-folder', path, why: 'missing' });
  expect(await ask(library, 'opening')).toEqual({ state: 'gone', path });
  const { rows } = (await ask(library, 'list', all)) as { rows: Array<{ id: string }> };
  const id = rows[0]?.id ?? '';
  expect(await ask(library, 'favourite', { ids: [id], on: true })).toMatchObject({ kind: 'bad-folder' });
  expect(await ask(library, 'article', { id })).toMatchObject({ kind: 'bad-folder' });
  // Nothing was put where the disk would be.
  expect(existsSync(join(base, 'drive'))).toBe(false);
  renameSync(join(base, 'unplugged'), join(base, 'drive'));
  await stands(library, 'open');
  expect(news).toContainEqual({ about: 'articles', ids: null });
  expect(await ask(library, 'favourite', { ids: [id], on: true })).toMatchObject({ undo: expect.any(String) });
  expect(await text(library, 'two')).toMatchObject({ outcome: 'new' });
  await library.idle();
  expect(await ask(library, 'list', all)).toMatchObject({ total: 2 });
  expect(await ask(library, 'check')).toMatchObject({ problems: [] });
});

test('it can be closed while its folder is gone', async () => {
  const library = await come();
  await text(library, 'one');
  renameSync(path, join(base, 'away'));
  expect(await text(library, 'two')).toMatchObject({ kind: 'bad-folder' });
  await library.close();
  renameSync(join(base, 'away'), path);
  expect(await ask(await come(), 'list', all)).toMatchObject({ total: 1 });
});

test('while an index is made anew the library is this process’s own, and says how far it is; questions wait', async () => {
  await makeLibrary(many);
  rmSync(join(path, 'index.db'));
  const library = await come();
  expect(await ask(library, 'opening')).toMatchObject({ state: 'opening', path });
  await expect(come()).rejects.toMatchObject({ failure: { kind: 'in-use' } });
  expect(await ask(library, 'list', all)).toMatchObject({ total: many.length });
  expect(await ask(library, 'opening')).toEqual({ state: 'open' });
});

test('closed while its index is made anew, it ends at once and is whole the next time', async () => {
  await makeLibrary(many);
  rmSync(join(path, 'index.db'));
  const library = await come();
  const asked = ask(library, 'list', all);
  await library.close();
  expect(await asked).toEqual({ kind: 'cancelled' });
  const again = await come();
  expect(await ask(again, 'list', all)).toMatchObject({ total: many.length });
  expect(await ask(again, 'check')).toMatchObject({ problems: [] });
});

test('what cannot be opened although it is ours tells why, and can be tried again', async () => {
  await makeLibrary(many.slice(0, 3));
  let fails = true;
  const library = await come({
    open: async (at, how) => {
      const made = await plainly(at, how);
      if (!fails) return made;
      await made.close();
      throw new FailureError({ kind: 'disk-full', path: at });
    },
  });
  await stands(library, 'failed');
  expect(await ask(library, 'list', all)).toEqual({ kind: 'disk-full', path });
  fails = false;
  await ask(library, 'openAgain');
  expect(await ask(library, 'list', all)).toMatchObject({ total: 3 });
});

test('one in whose place a copy of it was put is opened anew: nothing more goes to the one that was moved away', async () => {
  const library = await come();
  await text(library, 'one');
  await library.idle();
  renameSync(path, join(base, 'before'));
  cpSync(join(base, 'before'), path, { recursive: true });
  const { rows } = (await ask(library, 'list', all)) as { rows: Array<{ id: string }> };
  expect(await ask(library, 'favourite', { ids: [rows[0]?.id ?? ''], on: true })).toEqual({ kind: 'bad-folder', path, why: 'missing' });
  await stands(library, 'open');
  expect(await ask(library, 'favourite', { ids: [rows[0]?.id ?? ''], on: true })).toMatchObject({ undo: expect.any(String) });
  await library.close();
  const again = await come();
  expect(await ask(again, 'list', all)).toMatchObject({ total: 1, rows: [{ favourite: true }] });
});

test('one in whose place another was put takes in nothing of that, and that is opened', async () => {
  const library = await come();
  await text(library, 'one');
  await library.idle();
  renameSync(path, join(base, 'before'));
  await makeLibrary(many.slice(0, 3));
  await ask(library, 'heedOthers');
  expect(await ask(library, 'list', all)).toMatchObject({ total: 1 });
  expect(await text(library, 'two')).toMatchObject({ kind: 'bad-folder' });
  await stands(library, 'open');
  expect(await ask(library, 'list', all)).toMatchObject({ total: 3 });
});

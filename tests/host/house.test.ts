import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { News } from '../../shared/contract.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { answer } from '../../electron/answer.ts';
import { keepHouse, type House } from '../../electron/house.ts';
import { joinOwner } from '../../electron/join.ts';
import { keepReception } from '../../electron/reception.ts';
import { openBrowsers } from '../../electron/library/browsers.ts';
import { openLibrary, type Library } from '../../electron/library/library.ts';
import { FailureError } from '../../shared/failure.ts';

let base = '';
let house: House;
let settings: Settings;
let news: News[];
let close: Array<() => Promise<unknown>>;

async function open(copy: boolean, path = join(base, 'old')): Promise<House> {
  const store = { get: () => settings, change: (patch: object) => (settings = { ...settings, ...patch }), onChange: () => () => undefined };
  const browsers = openBrowsers(null);
  const openAt = (at: string) => openLibrary({ path: at, version: '0', settings: store, browsers });
  const made = keepHouse(await openAt(path), { settings: store, browsers, open: openAt, copy });
  made.onNews((one) => news.push(one));
  return made;
}

const ask = async (name: string, input: object = {}) => {
  const reply = await answer(house, name, input);
  return reply.ok ? reply.value : reply.failure;
};
const text = (name: string) => ask('saveText', { text: `Some words of the river, ${name}.\n\nAnd some more of them, so that it is an article.`, name });

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'lectern-house-'));
  vi.stubEnv('XDG_CONFIG_HOME', join(base, 'config'));
  vi.stubEnv('XDG_RUNTIME_DIR', base);
  mkdirSync(join(base, 'config', 'Lectern', 'moving'), { recursive: true });
  settings = { ...defaultSettings, libraryPath: join(base, 'old') };
  news = [];
  close = [];
});
afterEach(async () => {
  for (const each of close.toReversed()) await each();
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true, force: true });
});

for (const copy of [true, false]) {
  test(`the library moves behind the same door (${copy ? 'copied' : 'renamed'}); who is inside another process stays inside`, async () => {
    house = await open(copy);
    close.push(() => house.close());
    const reception = await keepReception(house, null);
    close.push(() => reception.close());
    await text('one');
    await house.idle();
    const guest = await joinOwner(join(base, 'old'));
    if (guest === null) throw new Error('not let in');
    const to = join(base, 'new');
    expect(await guest.ask('planFolder', { path: to, act: 'move' })).toMatchObject({ ok: true, value: { act: 'move', path: to, needed: null } });
    expect(await guest.ask('moveLibrary', { path: to })).toEqual({ ok: true, value: { path: to } });
    expect(await guest.ask('list', { where: { list: 'all' } })).toMatchObject({ value: { total: 1 } });
    expect(await guest.ask('library', {})).toMatchObject({ value: { path: to } });
    expect(house.path).toBe(to);
    expect(settings.libraryPath).toBe(to);
    expect(settings.knownLibraries).toEqual([to]);
    expect(existsSync(join(base, 'old'))).toBe(false);
    // The door is at the new place, for those who come now.
    const second = await joinOwner(to);
    expect(await second?.ask('library', {})).toMatchObject({ value: { path: to } });
    expect(reception.guests()).toBe(2);
    guest.close();
    second?.close();
    expect(news.filter(({ about }) => about === 'moving').at(-1)).toEqual({ about: 'moving', progress: null });
    await text('two');
    expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ total: 2 });
    expect(await ask('check')).toMatchObject({ problems: [] });
  });
}

test('questions put while it moves wait and are answered, none is lost', async () => {
  house = await open(true);
  close.push(() => house.close());
  await text('one');
  const moving = ask('moveLibrary', { path: join(base, 'new') });
  const saved = [];
  for (let n = 0; n < 30; n++) {
    saved.push(await text(`while ${n}`));
    await new Promise((soon) => setTimeout(soon, 5));
  }
  expect(await moving).toEqual({ path: join(base, 'new') });
  for (const each of saved) expect(each).toMatchObject({ outcome: 'new' });
  expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ total: 31 });
  expect(await ask('check')).toMatchObject({ problems: [] });
});

test('another library is opened in its place, a new one only when wanted; both are known from then on', async () => {
  house = await open(false);
  close.push(() => house.close());
  await text('one');
  const other = join(base, 'other');
  expect(await ask('openLibrary', { path: other })).toMatchObject({ kind: 'bad-folder', why: 'no-library' });
  expect(house.path).toBe(join(base, 'old'));
  expect(await ask('openLibrary', { path: other, make: true })).toEqual({ path: other });
  expect(news.at(-1)).toEqual({ about: 'switched' });
  expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ total: 0 });
  expect(await ask('folder')).toMatchObject({ path: other, known: [{ path: join(base, 'old'), there: true }] });
  expect(settings.libraryPath).toBe(other);
  expect(await ask('openLibrary', { path: join(base, 'old') })).toEqual({ path: join(base, 'old') });
  expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ total: 1 });
  await ask('forgetLibrary', { path: other });
  expect(await ask('folder')).toMatchObject({ known: [] });
  expect(existsSync(other)).toBe(true);
});

test('a library that another process has open stays with it, and this one stays open', async () => {
  house = await open(false);
  close.push(() => house.close());
  const other = await openLibrary({ path: join(base, 'other'), version: '0', settings: { get: () => settings, change: () => settings, onChange: () => () => undefined } });
  close.push(() => other.close());
  expect(await ask('openLibrary', { path: join(base, 'other') })).toMatchObject({ kind: 'in-use', path: join(base, 'other') });
  expect(await ask('library')).toMatchObject({ path: join(base, 'old') });
  await text('still here');
  expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ total: 1 });
});

test('one that was opened by its path moves without changing which one the preferences name', async () => {
  house = await open(true, join(base, 'apart'));
  close.push(() => house.close());
  await text('one');
  expect(await ask('moveLibrary', { path: join(base, 'new') })).toEqual({ path: join(base, 'new') });
  expect(settings.libraryPath).toBe(join(base, 'old'));
  expect(existsSync(join(base, 'apart'))).toBe(false);
});

test('sizes are told by kind, a folder by what would come of it', async () => {
  house = await open(false);
  close.push(() => house.close());
  await text('one');
  await house.idle();
  const sizes = (await ask('sizes')) as Record<string, number>;
  for (const kind of ['articles', 'journals', 'index', 'other']) expect(sizes[kind], kind).toBeGreaterThan(0);
  expect(sizes['total']).toBe(['articles', 'pictures', 'journals', 'index', 'other'].reduce((sum, kind) => sum + (sizes[kind] ?? 0), 0));
  expect(await ask('planFolder', { path: 'here', act: 'move' })).toMatchObject({ kind: 'bad-folder', why: 'relative' });
  expect(await ask('moveLibrary', { path: join(base, 'old', 'in') })).toMatchObject({ kind: 'bad-folder', why: 'inside' });
  expect(await ask('planFolder', { path: join(base, 'old'), act: 'open' })).toMatchObject({ kind: 'bad-folder', why: 'same' });
  expect(await ask('compact')).toMatchObject({ acts: 0 });
});

/** A house whose libraries are opened by `openAt`. */
async function openBy(openAt: (at: string, open: (at: string) => Promise<Library>) => Promise<Library>, copy = false): Promise<House> {
  const store = { get: () => settings, change: (patch: object) => (settings = { ...settings, ...patch }), onChange: () => () => undefined };
  const browsers = openBrowsers(null);
  const plainly = (at: string) => openLibrary({ path: at, version: '0', settings: store, browsers });
  const made = keepHouse(await plainly(join(base, 'old')), { settings: store, browsers, open: (at) => openAt(at, plainly), copy, patience: 300 });
  made.onNews((one) => news.push(one));
  close.push(() => made.close());
  return made;
}
const inUse = (path: string) => Promise.reject(new FailureError({ kind: 'in-use', path }));

test('where neither the other library nor this one can be opened, whoever asks is told why and waits for nothing', async () => {
  house = await openBy((at) => inUse(at));
  await text('one');
  expect(await ask('openLibrary', { path: join(base, 'other'), make: true })).toMatchObject({ kind: 'in-use', path: join(base, 'old') });
  expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ kind: 'in-use', path: join(base, 'old') });
  expect(await ask('folder')).toMatchObject({ path: join(base, 'old') });
});

test('another process that slips in while a library is let go of is waited out', async () => {
  let visits = 2;
  house = await openBy((at, open) => (at === join(base, 'new') && visits-- > 0 ? inUse(at) : open(at)));
  await text('one');
  expect(await ask('moveLibrary', { path: join(base, 'new') })).toEqual({ path: join(base, 'new') });
  expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ total: 1 });
});

for (const copy of [true, false]) {
  test(`a door that cannot be hung at the new place undoes no move, and is told (${copy ? 'copied' : 'renamed'})`, async () => {
    house = await openBy((at, open) => open(at), copy);
    house.onSwitch({ leave: () => Promise.resolve(), come: () => Promise.reject(new FailureError({ kind: 'disk-full', path: base })) });
    await text('one');
    expect(await ask('moveLibrary', { path: join(base, 'new') })).toEqual({ path: join(base, 'new') });
    expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ total: 1 });
    expect(existsSync(join(base, 'old'))).toBe(false);
    expect(news).toContainEqual({ about: 'trouble', failure: { kind: 'disk-full', path: base } });
  });
}

test('a library that could not be closed well is opened again where it was', async () => {
  const store = { get: () => settings, change: (patch: object) => (settings = { ...settings, ...patch }), onChange: () => () => undefined };
  const openAt = (at: string) => openLibrary({ path: at, version: '0', settings: store, browsers: openBrowsers(null) });
  const first = await openAt(join(base, 'old'));
  const full: Library = { ...first, close: () => first.close().then(() => Promise.reject(new FailureError({ kind: 'disk-full', path: base }))) };
  house = keepHouse(full, { settings: store, browsers: openBrowsers(null), open: openAt });
  close.push(() => house.close());
  await text('one');
  expect(await ask('moveLibrary', { path: join(base, 'new') })).toMatchObject({ kind: 'disk-full' });
  expect(house.path).toBe(join(base, 'old'));
  expect(await ask('list', { where: { list: 'all' } })).toMatchObject({ total: 1 });
});

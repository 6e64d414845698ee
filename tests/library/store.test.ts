import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { FailureError } from '../../shared/failure.ts';
import { encodeAct, type Act } from '../../electron/library/storage/acts.ts';
import { keep } from '../../electron/library/articles.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import { devicesOf, segmentPath } from '../../electron/library/storage/journal.ts';
import { readLibraryFile } from '../../electron/library/storage/layout.ts';
import { list } from '../../electron/library/lists.ts';
import { search } from '../../electron/library/search/search.ts';
import { openStore, type Store } from '../../electron/library/storage/store.ts';
import { tag } from '../../electron/library/tags.ts';
import { addReady, openTestStore, temporaryFolder } from './made-up.ts';
import { seal, sure } from './made-up-article.ts';

const everything = { where: { list: 'all' }, sort: 'newest', from: 0, count: 100 } as const;
const journalOf = (root: string) => segmentPath(root, sure(devicesOf(root)[0]), 1);
const kindOf = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error instanceof FailureError ? error.failure.kind : error;
  }
  return 'nothing was thrown';
};

/** A closed library with two ready articles and one waiting; answers its folder and what its list showed. */
async function filled(): Promise<{ path: string; rows: unknown }> {
  const store = await openStore({ path: temporaryFolder() });
  const id = await addReady(store, { title: '第一篇 about rivers', tags: ['水/河'] });
  await addReady(store, { title: 'Second' });
  keep(store, [{ url: 'https://example.net/waits', job: { from: 'web', typed: true } }], []);
  tag(store)({ ids: [id], add: ['extra'], remove: [] });
  await store.settled();
  const rows = list(store)(everything);
  await store.close();
  return { path: store.root, rows };
}

async function expectWhole(path: string, rows: unknown): Promise<Store> {
  const store = await openTestStore({ path });
  await store.settled();
  expect(list(store)(everything)).toEqual(rows);
  expect(search(store)({ query: '第一', from: 0, count: 5 })).toMatchObject({ total: 1 });
  expect((await checkLibrary(store)).problems).toEqual([]);
  return store;
}

test('an index that is gone, garbage, cut off, zeroed or of another library is made anew with everything in it', { timeout: 60_000 }, async () => {
  const { path, rows } = await filled();
  const index = join(path, 'index.db');
  const spoil: Array<() => void> = [
    () => rmSync(index),
    () => writeFileSync(index, 'not a database, but long enough to look like one'.repeat(100)),
    () => truncateSync(index, 5_000),
    () => writeFileSync(index, Buffer.concat([readFileSync(index).subarray(0, 4_096), Buffer.alloc(200_000)])),
    () => new DatabaseSync(index).exec('PRAGMA user_version = 999'),
    () => new DatabaseSync(index).exec('DROP TABLE clocks'),
    () => new DatabaseSync(index).exec("UPDATE journals SET sum = '00000000'"),
    () => new DatabaseSync(index).exec('UPDATE journals SET offset = offset + 100000'),
    () => writeFileSync(`${index}.damaged`, ''),
  ];
  for (const [number, damage] of spoil.entries()) {
    damage();
    const store = await openStore({ path });
    await store.settled();
    expect(list(store)(everything), `way ${number}`).toEqual(rows);
    expect((await checkLibrary(store)).problems, `way ${number}`).toEqual([]);
    await store.close();
  }
  expect(existsSync(join(path, 'index-set-aside.db'))).toBe(true);
});

test('an index that is behind its journal is caught up', async () => {
  const { path } = await filled();
  cpSync(path, `${path}-old`, { recursive: true });
  const store = await openStore({ path });
  await addReady(store, { title: 'Added later' });
  const rows = list(store)(everything);
  await store.close();
  for (const end of ['', '-wal', '-shm']) rmSync(join(path, `index.db${end}`), { force: true });
  cpSync(join(`${path}-old`, 'index.db'), join(path, 'index.db'));
  rmSync(`${path}-old`, { recursive: true });
  await expectWhole(path, rows);
  expect(existsSync(join(path, 'index-set-aside.db'))).toBe(false);
});

test('a line torn by a crash is as if never begun, and never runs into the next', async () => {
  const { path, rows } = await filled();
  const lines = readFileSync(journalOf(path), 'utf8').split('\n');
  appendFileSync(journalOf(path), sure(lines[0]).slice(0, 60));
  const store = await expectWhole(path, rows);
  keep(store, [{ url: 'https://example.net/after', job: { from: 'web', typed: true } }], []);
  await (store as Awaited<ReturnType<typeof openTestStore>>).close();
  rmSync(join(path, 'index.db'));
  const again = await openTestStore({ path });
  expect(list(again)(everything).total).toBe(4);
  expect((await checkLibrary(again)).problems).toEqual([]);
});

test('a damaged line is named by check and costs no more than itself', async () => {
  const { path } = await filled();
  const lines = readFileSync(journalOf(path), 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes('"extra"'));
  lines[at] = sure(lines[at]).replace('extra', 'extrA');
  writeFileSync(journalOf(path), lines.join('\n'));
  rmSync(join(path, 'index.db'));
  const store = await openTestStore({ path });
  expect(list(store)(everything).total).toBe(3);
  expect((await checkLibrary(store)).problems).toEqual([{ what: 'journal line damaged', where: `journal/${devicesOf(path)[0]}/000001.jsonl:${at + 1}` }]);
});

test('acts of another device are taken in, in any order', async () => {
  const { path } = await filled();
  const store = await openStore({ path });
  const first = sure(list(store)(everything).rows[0]).id;
  await store.close();
  mkdirSync(join(path, 'journal', 'otherdevice1'));
  const act = { act: 'tag', id: first, tag: 'from elsewhere', on: true, clock: 'fffffffefff-00000-otherdevice1' } as const;
  writeFileSync(join(path, 'journal', 'otherdevice1', '000001.jsonl'), encodeAct(act));
  const again = await openTestStore({ path });
  expect(list(again)({ ...everything, where: { list: 'tag', tag: 'from elsewhere' } }).rows.map(({ id }) => id)).toEqual([first]);
  // Our own later acts come after theirs, though their clock is far ahead.
  tag(again)({ ids: [first], add: [], remove: ['from elsewhere'] });
  expect(list(again)({ ...everything, where: { list: 'tag', tag: 'from elsewhere' } }).total).toBe(0);
  await again.settled();
  expect((await checkLibrary(again)).problems).toEqual([]);
});

test('what another device writes while this one is open is taken in, by itself and when asked, once its folders are there', async () => {
  const { path } = await filled();
  const store = await openTestStore({ path });
  const there = list(store)(everything).total;
  const news: string[] = [];
  store.onNews(({ about }) => news.push(about));
  const folder = join(path, 'journal', 'otherdevice1');
  const from = (n: number) => `0000000000${n}-00000-otherdevice1`;
  const write = (name: string, acts: Act[], end = '') => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), acts.map(encodeAct).join('') + end);
  };
  const id = '0123456789abcdefghjk';
  const save: Act & { act: 'save' } = { act: 'save', id, at: '2026-01-01T00:00:00.000Z', url: 'https://elsewhere.example/', name: 'Elsewhere', tags: ['from elsewhere'], job: { from: 'web', typed: false }, clock: from(1) };
  // By itself, from a folder that was not there before.
  write('000001.jsonl', [save], '{"half":');
  await vi.waitFor(() => expect(list(store)(everything).total).toBe(there + 1), { timeout: 20_000 });
  await vi.waitFor(() => expect(news).toContain('articles'), { timeout: 20_000 });
  // Its folder comes later than the journal that names it; what is after it waits as well.
  const sealed = await seal(store, id, { title: 'Arrived', url: 'https://elsewhere.example/' });
  renameSync(join(path, 'articles', sealed.folder), join(path, 'on-its-way'));
  const gone = '0123456789abcdefghjm';
  const acts: Act[] = [
    save, { ...save, id: gone, clock: from(2) }, { act: 'ready', id: gone, folder: `2026/${gone}`, sums: {}, clock: from(3) }, { act: 'erase', id: gone, clock: from(4) },
    { act: 'ready', id, ...sealed, clock: from(5) }, { act: 'set', id, field: 'favourite', value: true, clock: from(6) },
  ];
  write('000001.jsonl', acts);
  await store.heedOthers();
  const row = () => list(store)({ ...everything, where: { list: 'tag', tag: 'from elsewhere' } }).rows.map(({ stage, title, favourite }) => [stage.state, title, favourite]);
  expect(row()).toEqual([['waiting', 'Elsewhere', false]]);
  renameSync(join(path, 'on-its-way'), join(path, 'articles', sealed.folder));
  await store.heedOthers();
  expect(row()).toEqual([['ready', 'Arrived', true]]);
  // A file that is being replaced is let alone, and goes on where it was.
  write('000001.jsonl', acts.slice(0, 2));
  await store.heedOthers();
  write('000001.jsonl', [...acts, { act: 'set', id, field: 'favourite', value: false, clock: from(7) }]);
  await store.heedOthers();
  expect(row()).toEqual([['ready', 'Arrived', false]]);
  await store.settled();
  expect((await checkLibrary(store)).problems).toEqual([]);
});

test('one process owns a library; when it is gone the next may', async () => {
  const path = temporaryFolder();
  const store = await openStore({ path });
  expect(await kindOf(() => openStore({ path }))).toBe('in-use');
  const other = `import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../electron/library/storage/store.ts'))};
    try { await openStore({ path: ${JSON.stringify(path)} }); console.log('opened'); process.kill(process.pid, 'SIGKILL'); } catch (error) { console.log(error.failure.kind); }`;
  const tryIt = () => spawnSync(process.execPath, ['--input-type=module', '-e', other], { encoding: 'utf8' });
  expect(tryIt().stdout.trim()).toBe('in-use');
  await store.close();
  const killed = tryIt();
  expect([killed.stdout.trim(), killed.signal]).toEqual(['opened', 'SIGKILL']);
  await (await openStore({ path })).close();
});

test('a library of a newer Lectern is shown but never written', async () => {
  const { path, rows } = await filled();
  writeFileSync(join(path, 'lectern.json'), JSON.stringify({ ...readLibraryFile(path), format: 99 }));
  const before = readFileSync(journalOf(path));
  const store = await openTestStore({ path });
  expect(store.readOnly).toBe('newer-library');
  expect(list(store)(everything)).toEqual(rows);
  expect(await kindOf(() => tag(store)({ ids: [sure(list(store)(everything).rows[0]).id], add: ['x'], remove: [] }))).toBe('read-only');
  expect(readFileSync(journalOf(path)).equals(before)).toBe(true);
});

test('a library asked for only to read is shown beside its owner', async () => {
  const { path, rows } = await filled();
  const owner = await openTestStore({ path });
  const reader = await openTestStore({ path, readOnly: true });
  expect(reader.readOnly).toBe('folder');
  expect(list(reader)(everything)).toEqual(rows);
  expect(owner.readOnly).toBe(null);
});

test('folders are 0700 and files 0600, whatever they were', async () => {
  const path = temporaryFolder();
  chmodSync(path, 0o777);
  await (await openStore({ path })).close();
  const store = await openTestStore({ path });
  await addReady(store);
  const open: string[] = [];
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
    if (mode !== (entry.isDirectory() ? 0o700 : 0o600)) open.push(`${entry.parentPath}/${entry.name} ${mode.toString(8)}`);
  }
  expect(open).toEqual([]);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test.each([600, 900, 2_500])('when the disk takes no more than %i KB a file, nothing acknowledged is lost and the failure has words', async (kilobytes) => {
  const path = temporaryFolder();
  const child = join(import.meta.dirname, 'limit-child.ts');
  const output = execFileSync('sh', ['-c', `ulimit -f ${kilobytes * 2}; exec "$0" "$1" "$2"`, process.execPath, child, path], { encoding: 'utf8' });
  const lines = output.trim().split('\n').map((line) => JSON.parse(line) as { saved?: string[]; failure?: { kind: string }; lists?: { n: number } });
  const saved = lines.flatMap((line) => line.saved ?? []);
  const failures = lines.flatMap((line) => (line.failure ? [line.failure.kind] : []));
  expect(saved.length).toBeGreaterThan(0);
  expect(failures.length).toBeGreaterThan(0);
  for (const kind of failures) expect(['disk-full', 'storage']).toContain(kind);
  expect(lines.at(-1)?.lists?.n).toBe(saved.length);
  const store = await openTestStore({ path });
  await store.settled();
  expect(list(store)(everything).total).toBe(saved.length);
  expect((await checkLibrary(store)).problems).toEqual([]);
});

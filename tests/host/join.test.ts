import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { News } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { joinOwner, openOrJoin, receive, socketPath, type Reception } from '../../electron/join.ts';
import { openLibrary, type Library } from '../../electron/library/library.ts';
import { openConfSettings } from '../../electron/open.ts';

/* One process owns a library, the others speak to it: real libraries, real sockets. */

let folder: string;
let path: string;
let closing: Array<() => Promise<void> | void>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-'));
  path = join(folder, 'library');
  closing = [];
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Promise<Library> {
  return openLibrary({ path, settings: openConfSettings(join(folder, 'settings')).settings, version: '0.0.0' });
}

async function own(show: Parameters<typeof receive>[1] = null): Promise<{ library: Library; reception: Reception }> {
  const library = await open();
  closing.push(() => library.close());
  const reception = await receive(library, show);
  closing.push(() => reception.close());
  return { library, reception };
}

test('a second process asks through the first, hears its news, and is counted', async () => {
  const { reception } = await own();
  const access = await openOrJoin(path, open);
  if (!('joined' in access)) throw new Error('The library was opened twice.');
  const { joined } = access;
  const news: News[] = [];
  const heard = new Promise<void>((done) => {
    joined.onNews((one) => {
      news.push(one);
      if (one.about === 'articles') done();
    });
  });
  expect(await joined.ask('saveText', { text: 'Some text on the quay.\n\nAnd some more of it.', name: 'note' })).toMatchObject({ ok: true, value: { outcome: 'new' } });
  await heard;
  expect(await joined.ask('list', { where: { list: 'all' } })).toMatchObject({ ok: true, value: { total: 1 } });
  expect(await joined.ask('nothing' as 'tags', {})).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
  // Two questions at once keep their answers apart.
  const [tags, facts] = await Promise.all([joined.ask('tags', {}), joined.ask('library', {})]);
  expect([tags, facts]).toMatchObject([{ value: [] }, { value: { path } }]);
  expect(reception.guests()).toBe(1);
  const left = new Promise<number>((done) => reception.onGuests(done));
  joined.close();
  expect(await left).toBe(0);
});

test('the owner shows its window, gives a link, or has none', async () => {
  const asked: Array<string | null> = [];
  const { reception } = await own((article) => {
    asked.push(article);
    return Promise.resolve({ shown: false, link: 'http://127.0.0.1:1/open?t=x' });
  });
  const joined = await joinOwner(path);
  closing.push(() => joined?.close());
  expect(await joined?.show('0123456789abcdefghjk')).toEqual({ shown: false, link: 'http://127.0.0.1:1/open?t=x' });
  expect(await joined?.show(null)).toEqual({ shown: false, link: 'http://127.0.0.1:1/open?t=x' });
  expect(asked).toEqual(['0123456789abcdefghjk', null]);
  expect(reception.guests()).toBe(1);
});

test('an owner that ends answers what was asked with in-use', async () => {
  const library = await open();
  const reception = await receive(library, () => new Promise(() => undefined));
  const joined = await joinOwner(path);
  const waiting = joined?.show(null);
  await reception.close();
  await library.close();
  await joined?.ended;
  expect(await waiting).toEqual({ shown: false, link: null });
  expect(await joined?.ask('tags', {})).toEqual({ ok: false, failure: { kind: 'in-use', path } });
});

test('what a dead owner left is no owner, and the next one takes its place', async () => {
  // As after kill -9: a socket nobody listens at, and a secret nobody knows.
  const { library, reception } = await own();
  await reception.close();
  writeFileSync(socketPath(path), '');
  writeFileSync(join(path, '.door'), 'stale');
  expect(await joinOwner(path, 500)).toBeNull();
  const again = await receive(library, null);
  closing.push(() => again.close());
  const joined = await joinOwner(path);
  expect(await joined?.ask('tags', {})).toEqual({ ok: true, value: [] });
  joined?.close();
});

test('an owner that lets nobody in is said to be one, after some patience', async () => {
  const library = await open();
  closing.push(() => library.close());
  const started = Date.now();
  const refused: unknown = await openOrJoin(path, open, 400).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FailureError);
  expect((refused as FailureError).failure).toEqual({ kind: 'in-use', path });
  expect(Date.now() - started).toBeGreaterThanOrEqual(400);
});

test('an owner that is just leaving is waited out', async () => {
  const library = await open();
  const access = openOrJoin(path, open, 10_000);
  await library.close();
  const opened = await access;
  expect('own' in opened).toBe(true);
  if ('own' in opened) await opened.own.close();
});

test('whoever does not know the secret hears nothing', async () => {
  const { reception } = await own();
  const secret = readFileSync(join(path, '.door'), 'utf8');
  for (const first of ['{"ask":"tags","n":1}', '{"secret":"wrong"}', `{"secret":"${secret.slice(0, -1)}"}`, '{"secret":["x"]}', 'not json', '', '{"secret":null}']) {
    const socket = createConnection(socketPath(path));
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    const closed = new Promise<void>((done) => socket.once('close', () => done()));
    socket.on('error', () => socket.destroy());
    socket.write(`${first}\n{"ask":"tags","n":1}\n`);
    await closed;
    expect(text).toBe('');
  }
  expect(reception.guests()).toBe(0);
});

test('the socket and the secret are for this user alone', async () => {
  await own();
  expect(statSync(join(path, '.door')).mode & 0o077).toBe(0);
  expect(statSync(dirname(socketPath(path))).mode & 0o077).toBe(0);
  // macOS allows 104 bytes for the address of a socket.
  expect(Buffer.byteLength(socketPath(path))).toBeLessThan(104);
});

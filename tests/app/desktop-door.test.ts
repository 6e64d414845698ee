import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockLibrary } from '../../electron/library/storage/lock.ts';
import { en } from '../../shared/words/en.ts';
import { standInDriver, type Desktop } from '../electron/driver.ts';
import { lectern, makeHome, startHost } from '../stage.ts';

/* What only the stand-in can show: messages from a frame that has no business sending any, and what the app told Electron to refuse. */

let home = '';
let app: Desktop;
let page: Page;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'lectern-door-'));
  app = await standInDriver.start({ home });
  page = await app.page();
  await page.locator('#main').waitFor();
});
afterAll(async () => {
  await app.end();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

/** Sends a message as a compromised page would, from below the bridge. */
const forge = (at: { evaluate: Page['evaluate'] }, kind: string, channel: string, args: unknown[]) =>
  at.evaluate(([how, where, given]) => (window as unknown as { __deliver(kind: unknown, channel: unknown, args: unknown): Promise<unknown> }).__deliver(how, where, given).then(
    (value) => ({ value }),
    (error: unknown) => ({ error: String(error) }),
  ), [kind, channel, args] as const);

test('a frame inside the window is refused on every channel', async () => {
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-same-origin');
    frame.src = '/reader.html';
    document.body.append(frame);
  });
  await expect.poll(() => page.frames().some((frame) => frame.url().endsWith('/reader.html')), { timeout: 30_000 }).toBe(true);
  const frame = page.frames().find((one) => one.url().endsWith('/reader.html'));
  if (frame === undefined) throw new Error('The frame went away.');
  expect(await forge(page, 'invoke', 'lectern:ask', ['tags', {}])).toEqual({ value: { ok: true, value: [] } });
  expect(await forge(frame, 'invoke', 'lectern:ask', ['tags', {}])).toMatchObject({ error: expect.stringContaining('refused') as string });
  await forge(frame, 'send', 'lectern:open', ['https://example.org/from-a-frame', true]);
  await forge(frame, 'send', 'lectern:news', []);
  expect(await app.main(({ record }) => record?.opened)).toEqual([]);
});

test('odd messages from the window itself do no harm', async () => {
  const odd: unknown[] = [null, undefined, 7, '', [], { toString: 'x' }, 'constructor', '__proto__', 'hasOwnProperty', 'x'.repeat(100_000)];
  for (const name of odd) {
    const answered = (await forge(page, 'invoke', 'lectern:ask', [name, {}])) as { value?: { ok?: boolean } };
    expect([name, answered.value?.ok]).toEqual([name, false]);
  }
  for (const input of [null, 7, 'x', [], { ids: '__proto__' }, { where: { list: 'tag', tag: 7 } }]) {
    expect(await forge(page, 'invoke', 'lectern:ask', ['list', input])).toMatchObject({ value: { ok: false, failure: { kind: 'bad-input' } } });
  }
  for (const url of [null, 7, {}, ['https://a.example']]) await forge(page, 'send', 'lectern:open', [url, true]);
  await forge(page, 'send', 'lectern:open', ['https://example.org/', 'yes']);
  expect(await app.main(({ record }) => record?.opened)).toEqual([]);
  expect(await forge(page, 'invoke', 'electron-store-get-data', [])).toMatchObject({ error: expect.stringContaining('No handler') as string });
});

test('every permission is refused but writing text to the clipboard from our own page', async () => {
  const answers = await app.main(async ({ session }) => {
    const { recorded } = session.fromPartition('lectern') as unknown as {
      recorded: {
        permission(contents: null, name: string, decide: (allowed: boolean) => void, details: { requestingUrl: string }): void;
        check(contents: null, name: string, origin: string): boolean;
        device(): boolean;
        spell: boolean;
        cache: boolean;
      };
    };
    const names = ['geolocation', 'notifications', 'media', 'midi', 'midiSysex', 'hid', 'serial', 'usb', 'idle-detection', 'pointerLock', 'fullscreen', 'openExternal', 'clipboard-read', 'display-capture', 'storage-access', 'fileSystem', 'clipboard-sanitized-write'];
    const own = 'lectern-app://app/';
    const foreign = ['https://example.org/', 'lectern-app://other/', 'lectern-app://app@other/', 'lectern-app://app.evil/', 'lectern-app:app', 'data:text/html,x', ''];
    const allowed: string[] = [];
    for (const name of names) {
      for (const origin of [own, ...foreign]) {
        recorded.permission(null, name, (yes) => yes && allowed.push(`request ${name} ${origin}`), { requestingUrl: origin });
        if (recorded.check(null, name, origin)) allowed.push(`check ${name} ${origin}`);
      }
    }
    return { allowed, device: recorded.device(), spell: recorded.spell, cache: recorded.cache };
  });
  expect(answers).toEqual({
    allowed: ['request clipboard-sanitized-write lectern-app://app/', 'check clipboard-sanitized-write lectern-app://app/'],
    device: false,
    spell: false,
    cache: false,
  });
});

test('the app\'s own scheme gives nothing but the app', async () => {
  const status = (path: string) => page.evaluate((address) => fetch(address).then((response) => response.status, () => 0), path);
  expect(await status('/reader.html')).toBe(200);
  const elsewhere = ['/etc/passwd', '/../main/main.js', '/%2e%2e/main/main.js', '/..%2fmain%2fmain.js', '/assets/../../main/main.js', '/assets/%2e%2e%2f%2e%2e%2fpackage.json', '/files/aa/../../lectern.json', '/index.html/', '/package.json', '//etc/passwd', '/assets/', '/files/aa/' + 'a'.repeat(64) + '.png'];
  const answers = await Promise.all(elsewhere.map(async (path) => ({ path, status: await status(path) })));
  expect(answers.filter((one) => one.status !== 0 && one.status !== 404)).toEqual([]);
  expect(await page.evaluate(() => fetch('/', { method: 'POST', body: 'x' }).then((response) => response.status))).toBe(405);
});

test('a library that another program holds is said so in words, and the app ends', async () => {
  const other = mkdtempSync(join(tmpdir(), 'lectern-held-'));
  const library = join(other, 'library');
  mkdirSync(library);
  const held = lockLibrary(library);
  const second = await standInDriver.start({ home: other, env: { LECTERN_LIBRARY: library } });
  await expect(second.page()).rejects.toThrow(en.desktop.inUse(library));
  expect(second.printed()).toContain(en.desktop.inUseTitle);
  await second.end();
  held.release();
  rmSync(other, { recursive: true, force: true });
});

test('a library that another Lectern has open gets the address, and shows it there', async () => {
  const place = await makeHome();
  const host = await startHost(place);
  const env = Object.fromEntries(Object.entries(place.env).filter((pair): pair is [string, string] => pair[1] !== undefined));
  const joining = await standInDriver.start({ home: place.folder, args: ['http://127.0.0.1:9/held-page'], env: { ...env, LECTERN_LIBRARY: place.library } });
  await expect(joining.page()).rejects.toThrow(/ended/);
  expect(joining.printed()).toContain(`[outside] ${host.origin}/`);
  await joining.end();
  const listed = await lectern(place, ['list', '--json']);
  expect(listed.stdout).toContain('http://127.0.0.1:9/held-page');
  await host.stop();
  await place.remove();
});

import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { httpCarrier } from '../../renderer/api.ts';
import { openDoor } from '../../electron/http.ts';
import { receive, socketPath } from '../../electron/join.ts';
import { openLibrary } from '../../electron/library/library.ts';
import { openConfSettings } from '../../electron/open.ts';
import { takeKeys } from '../app/raw.ts';

/* Attacks on what the hosts keep beside the library: the news, the socket's folder, the rights of files, the way out. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true, force: true });
});

const open = () => openLibrary({ path: join(folder, 'library'), settings: openConfSettings(join(folder, 'settings')).settings, version: '0.0.0' });

test('a window that reads no news is let go instead of filling the memory', async () => {
  const library = await open();
  const door = await openDoor(library, folder);
  const link = door.link();
  const { cookie, ask } = await takeKeys(link);
  const { host, port } = new URL(link);
  const socket = createConnection({ host: '127.0.0.1', port: Number(port) });
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(`GET /news?key=${ask} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`);
  await expect.poll(() => door.windows()).toBe(1);
  const url = `https://example.org/${'a'.repeat(100_000)}`;
  // More than any system keeps for a socket on its own, and more than the door keeps on top.
  for (let n = 0; n < 400 && door.windows() > 0; n++) {
    door.tell({ about: 'offer', urls: [url] });
    await new Promise((done) => setImmediate(done));
  }
  await expect.poll(() => door.windows()).toBe(0);
  socket.destroy();
  await door.close();
  await library.close();
});

test('a link in place of the socket’s folder is not followed', () => {
  const target = join(folder, 'target');
  mkdirSync(target);
  chmodSync(target, 0o755);
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
  symlinkSync(target, join(folder, `lectern-${userInfo().uid}`));
  expect(() => socketPath(join(folder, 'library'))).toThrow('storage');
  expect(statSync(target).mode & 0o777).toBe(0o755);
});

test('nothing of a library, its settings or its socket can be read by others, whatever the umask', async () => {
  const before = process.umask(0);
  try {
    vi.stubEnv('XDG_RUNTIME_DIR', folder);
    const library = await open();
    const reception = await receive(library, null);
    await library.answers.saveText({ text: '<h1>Harbour</h1><p>A text about a harbour, long enough to be one.</p><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">', format: 'html', name: '', url: null, tags: [] });
    library.answers.changeSettings({ textSize: 21 });
    await library.idle();
    const loose = (function walk(path: string): string[] {
      const facts = lstatSync(path);
      const inside = facts.isDirectory() ? readdirSync(path).flatMap((name) => walk(join(path, name))) : [];
      return [...((facts.mode & 0o077) !== 0 && !facts.isSocket() ? [`${path.slice(folder.length)} ${(facts.mode & 0o777).toString(8)}`] : []), ...inside];
    })(folder);
    await reception.close();
    await library.close();
    expect(loose).toEqual([]);
  } finally {
    process.umask(before);
  }
});

test.each(['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'file:///etc/passwd', 'smb://host/share', 'lectern://save?url=x', '//host/share', 'blob:https://a.example/x'])('the browser host opens no %s', (address) => {
  const opened = vi.fn<() => void>();
  vi.stubGlobal('window', { open: opened });
  httpCarrier.openExternal(address);
  expect(opened).not.toHaveBeenCalled();
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../electron/serve.ts';

const name = `${'ab'.repeat(32)}.png`;
let root: string;
let built: string;
const asked: string[] = [];
const library = {
  file(wanted: string): string | null {
    asked.push(wanted);
    return wanted === name ? join(root, 'picture.png') : null;
  },
  thumb: (wanted: string) => (wanted === name ? join(root, 'small.webp') : null),
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lectern-'));
  built = join(root, 'renderer');
  mkdirSync(join(built, 'assets', 'deep'), { recursive: true });
  writeFileSync(join(root, 'secret.js'), 'secret');
  writeFileSync(join(root, 'picture.png'), 'png');
  writeFileSync(join(built, 'index.html'), '<!doctype html>index');
  writeFileSync(join(built, 'reader.html'), '<!doctype html>reader');
  writeFileSync(join(built, 'print.html'), '<!doctype html>print');
  writeFileSync(join(built, 'assets', 'index-1.js'), 'export {}');
  writeFileSync(join(built, 'assets', 'index-1.js.map'), '{}');
  writeFileSync(join(built, 'assets', 'deep', 'x.js'), 'x');
  symlinkSync('/etc', join(built, 'assets', 'etc'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const get = (path: string, method = 'GET') => serve(new Request(`http://127.0.0.1:1${path}`, { method }), library, built);

test('the pages come with their policies', async () => {
  const index = await get('/');
  expect([index.status, await index.text()]).toEqual([200, '<!doctype html>index']);
  const policy = index.headers.get('content-security-policy') ?? '';
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) {
    expect(policy.split('; ')).toContain(part);
  }
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  const reader = await get('/reader.html');
  const readerPolicy = reader.headers.get('content-security-policy') ?? '';
  expect(readerPolicy.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", "frame-ancestors 'self'", 'sandbox allow-same-origin']));
  expect(readerPolicy).not.toMatch(/script|unsafe|connect/);
  const print = (await get('/print.html')).headers.get('content-security-policy') ?? '';
  expect(print.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", "frame-ancestors 'self'", 'sandbox allow-same-origin allow-modals']));
  expect(print).not.toMatch(/script|unsafe|connect/);
  for (const answer of [index, reader, await get('/assets/index-1.js'), await get('/nothing')]) {
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  }
});

test('a stored picture is found by its name alone, and has no rights', async () => {
  const picture = await get(`/files/ab/${name}`);
  expect([picture.status, picture.headers.get('content-type'), await picture.text()]).toEqual([200, 'image/png', 'png']);
  expect(picture.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*sandbox$/);
  expect(picture.headers.get('cache-control')).toContain('immutable');
  expect((await get(`/files/cd/${name}`)).status).toBe(404);
});

test('nothing is written and only GET and HEAD are answered', async () => {
  expect((await get('/', 'HEAD')).status).toBe(200);
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) expect((await get('/', method)).status).toBe(405);
});

test('a good asset is served', async () => {
  const script = await get('/assets/index-1.js');
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
});

// Each way of writing "up" that any server was ever fooled by, in front of each thing that must not be had.
const ups = [
  '..', '%2e%2e', '.%2e', '%2e.', '%252e%252e', '%c0%ae%c0%ae', '%e0%80%ae%e0%80%ae', '%uff0e%uff0e', '..%00', '..;', '..%5c', '..%2f', '..%252f', '..%c0%af', '..%5c..%5c', '....', '.../...', '..\\', '\\..\\', '%5c..', '..%09', '..%20', '. .', '..%0a',
];
const goals = ['secret.js', 'etc/passwd', 'etc/hostname', 'picture.png', 'assets/etc/passwd', 'windows/win.ini'];
const starts = ['/', '/assets/', '/files/', '/files/ab/', '/reader.html/', '//', '/./', '/assets/deep/', '/assets/etc/'];
test('no spelling leads out', async () => {
  const found: string[] = [];
  const paths = starts.flatMap((start) => ups.flatMap((up) => goals.flatMap((goal) => [1, 3, 6].map((depth) => `${start}${`${up}/`.repeat(depth)}${goal}`))));
  paths.push(
    '/etc/passwd', '//etc/passwd', '/file:///etc/passwd', '/C:/windows/win.ini', '/assets/C:%5cwindows', '/assets/%2fetc%2fpasswd', '/assets//etc/passwd', '/assets/etc/passwd', '/assets/deep/x.js', '/assets/index-1.js/', '/assets/index-1.js%00', '/assets/INDEX-1.JS',
    '/assets/index-1.js.', '/assets/index-1.js%20', '/assets/index-1.js::$DATA', '/assets/index-1.js.map', '/assets', '/assets/', '/index.html/', '/constructor', '/__proto__', '/files/ab/__proto__', `/files/ab/${name}/`, `/files/ab/${name}%00`, `/files/AB/${name}`, `/files/ab/..%2f${name}`, '/picture.png',
  );
  for (const path of paths) {
    const answer = await serve(new Request(new URL(`http://127.0.0.1:1${path}`)), library, built).catch(() => null);
    const text = answer === null || answer.status === 404 ? '' : await answer.text();
    // The address parser itself removes plain dots: `/assets/../` is honestly the index page.
    if (text !== '' && text !== '<!doctype html>index' && !(new URL(`http://127.0.0.1:1${path}`).pathname === '/assets/index-1.js')) found.push(`${path}: ${text}`);
  }
  expect(found).toEqual([]);
  expect(asked.every((wanted) => /^[0-9a-f]{64}\.[a-z0-9]{1,5}$/.test(wanted))).toBe(true);
});

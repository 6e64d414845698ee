import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

test('a proxy from the environment is used, and is no way into private networks', async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(`through the proxy`);
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { https_proxy: _1, HTTPS_PROXY: _2, no_proxy: _3, NO_PROXY: _4, ...env } = process.env;
  const urls = ['http://news.example.org/a', 'https://news.example.org/b', 'http://192.168.1.1/', 'http://localhost/', 'http://printer.local/', 'http://[::1]/'];
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'proxy-child.ts'), ...urls], {
    env: { ...env, http_proxy: address, HTTP_PROXY: address, https_proxy: address, HTTPS_PROXY: address },
  });
  expect(stdout.trim().split('\n')).toEqual(['through the proxy', 'no-connection', 'private-address', 'private-address', 'private-address', 'private-address']);
  expect(asked).toEqual(['http://news.example.org/a', 'CONNECT news.example.org:443']);
});

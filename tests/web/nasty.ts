import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { Behaviour } from './web.ts';

/* Servers that misbehave, one behaviour a path. */

const page = '<!doctype html><title>Plain</title><p>A plain page.</p>';
const html = { 'content-type': 'text/html; charset=utf-8' };
const bomb = gzipSync(Buffer.alloc(40_000_000));

const status = (code: number): Behaviour => (_, response) => response.writeHead(code, html).end('<h1>No</h1>');
const redirect = (to: string, code = 302): Behaviour => (_, response) => response.writeHead(code, { location: to }).end();
const encoded = (name: string, body: Uint8Array): Behaviour => (_, response) => response.writeHead(200, { ...html, 'content-encoding': name }).end(body);
const raw = (text: string, end = true): Behaviour => ({ socket }) => {
  socket.write(text, 'latin1');
  if (end) socket.end();
};

/** The table of nasty pages; paths say what they do. */
export const nasty: Record<string, Behaviour | string> = {
  '/plain': page,
  '/401': status(401), '/403': status(403), '/404': status(404), '/410': status(410), '/429': status(429), '/451': status(451), '/500': status(500), '/503': status(503),
  '/moved': redirect('/plain', 301),
  '/moved-far': redirect('/hop/0'),
  '/hop/': (_, response, path) => response.writeHead(302, { location: `/hop/${Number(path.slice(5)) + 1}` }).end(),
  '/loop': redirect('/loop-back'),
  '/loop-back': redirect('/loop'),
  '/to-file': redirect('file:///etc/passwd'),
  '/to-script': redirect('javascript:alert(1)'),
  '/to-local': redirect('http://localhost:1/'),
  '/to-router': redirect('http://192.168.1.1/'),
  '/to-mapped': redirect('http://[::ffff:127.0.0.1]/'),
  '/to-nowhere': redirect('http://'),
  '/no-location': (_, response) => response.writeHead(302).end(),
  '/utf-8-location': (_, response) => response.writeHead(302, { location: Buffer.from('/新闻', 'utf8').toString('latin1') }).end(),
  [encodeURI('/新闻')]: page,
  '/gzip': encoded('gzip', gzipSync(page)), '/br': encoded('br', brotliCompressSync(page)), '/zstd': encoded('zstd', zstdCompressSync(page)),
  '/deflate': encoded('deflate', deflateSync(page)), '/deflate-raw': encoded('deflate', deflateRawSync(page)),
  '/gzip-twice': encoded('gzip, gzip', gzipSync(gzipSync(page))),
  '/gzip-thrice': encoded('gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(page)))),
  '/gzip-lie': encoded('gzip', Buffer.from(page)),
  '/gzip-cut': encoded('gzip', gzipSync(page.repeat(50)).subarray(0, 60)),
  '/gzip-broken': encoded('gzip', Buffer.concat([gzipSync(page).subarray(0, 12), Buffer.alloc(80, 0xff)])),
  '/rot13': encoded('rot13', Buffer.from(page)),
  '/bomb': encoded('gzip', bomb),
  '/bomb-twice': encoded('gzip, gzip', gzipSync(bomb)),
  '/says-huge': raw('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 90000000000\r\n\r\n<p>', false),
  '/too-short': raw(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5000\r\n\r\n${page}`),
  '/too-long': raw(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\nconnection: close\r\n\r\n${page}and more`),
  '/chunk-cut': raw('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n10\r\n<p>0123456789012\r\n10\r\n<p>'),
  '/no-http': raw('SSH-2.0-OpenSSH_9.6\r\n'),
  '/empty-reply': ({ socket }) => socket.destroy(),
  '/reset': (_, response) => {
    response.writeHead(200, { ...html, 'content-length': '1000' });
    response.write('<p>half', () => response.socket?.resetAndDestroy());
  },
  '/header-flood': raw(`HTTP/1.1 200 OK\r\n${'x-flood: 0123456789\r\n'.repeat(20_000)}\r\n`),
  '/big-cookie': (_, response) => response.writeHead(200, { ...html, 'set-cookie': `a=${'b'.repeat(4_000)}` }).end(page),
  '/silent': () => undefined,
  '/stall': (_, response) => {
    response.writeHead(200, html);
    response.write('<p>then nothing');
  },
  '/drip': (_, response) => {
    response.writeHead(200, html);
    const drops = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drops));
  },
  '/endless': (_, response) => {
    response.writeHead(200, html);
    const block = Buffer.alloc(65_536, 'x');
    const pour = () => {
      while (!response.destroyed && response.write(block));
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  },
  '/refresh': '<meta http-equiv="refresh" content="0; url=\'/plain\'">',
  '/refresh-slow': '<meta http-equiv="refresh" content="30; url=/plain"><title>Wait</title><p>A page that reloads itself.</p>',
  '/refresh-loop': '<meta http-equiv="refresh" content="0; url=/refresh-loop?again">',
  '/pdf': (_, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7 x'),
  '/pdf-as-html': (_, response) => response.writeHead(200, html).end('%PDF-1.7 x'),
  '/html-as-picture': (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(page),
  '/json': (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}'),
  '/notes.md': '# Notes',
  '/notes.txt': 'Notes',
  '/nothing': (_, response) => response.writeHead(200, html).end(),
};

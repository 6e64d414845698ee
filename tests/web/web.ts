import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a page of the imitated web does with a request; `path` has no query. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, path: string) => void;
export type Hit = { path: string; headers: IncomingMessage['headers'] };

/** A piece of the outside web on loopback. `host` is what `privateHost` must be for it to be reached. */
export type Web = {
  origin: string;
  host: string;
  port: number;
  /** Every request so far. */
  hits: Hit[];
  /** Connections open at this moment. */
  sockets(): number;
  /** Connections there have been so far. */
  connections(): number;
  close(): Promise<void>;
};

/** Starts a server that answers by the table: the exact path first, then the longest prefix that ends in `/`; else 404. */
export async function startWeb(pages: Record<string, Behaviour | string | Uint8Array>): Promise<Web> {
  const hits: Hit[] = [];
  let sockets = 0;
  let connections = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    hits.push({ path: request.url ?? '/', headers: request.headers });
    const prefix = Object.keys(pages).filter((key) => key.endsWith('/') && path.startsWith(key)).toSorted((a, b) => b.length - a.length)[0];
    const page = pages[path] ?? pages[prefix ?? ''];
    if (typeof page === 'function') page(request, response, path);
    else if (page === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
    else response.writeHead(200, { 'content-type': typeOf(path, page) }).end(page);
  });
  server.on('connection', (socket) => {
    sockets++;
    connections++;
    socket.on('close', () => sockets--);
    // Clients that give up reset the connection; that is the point of these tests.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    hits,
    sockets: () => sockets,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function typeOf(path: string, page: string | Uint8Array): string {
  const ending = /\.([a-z]+)$/.exec(path)?.[1] ?? '';
  const types: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif', svg: 'image/svg+xml', webp: 'image/webp', txt: 'text/plain', md: 'text/markdown' };
  return types[ending] ?? (typeof page === 'string' ? 'text/html; charset=utf-8' : 'application/octet-stream');
}

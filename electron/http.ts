import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ArticleId } from '../shared/article.ts';
import type { News } from '../shared/contract.ts';
import type { Reply } from '../shared/failure.ts';
import { answer, isQuestion } from './answer.ts';
import type { Library } from './library/library.ts';
import { commonHeaders, isJson, refusal, sameSecret } from './policy.ts';
import { headerValues, readBody } from './request.ts';
import { serve } from './serve.ts';
import { systemWords } from './system-words.ts';

// Imported, the module would load all that it exports at once, Node's own HTTP client with it: a tenth of a start.
const { createServer } = process.getBuiltinModule('node:http');

const words = systemWords();

/** The largest question, in bytes: the largest text the contract allows, in UTF-8, with room around it. */
export const bodyLimit = 100_000_000;

/** Bytes of news kept for a window that does not read them. */
const unreadLimit = 4_000_000;

/** The door of the browser host. */
export type Door = {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** A new address that lets one browser in, once, and shows the article, if one is given. */
  link(article?: ArticleId | null): string;
  /** How many windows listen for news now. */
  windows(): number;
  onWindows(listener: (count: number) => void): void;
  /** Tells every window, besides the library's own news. */
  tell(news: News): void;
  close(): Promise<void>;
};

/**
 * Opens the door on 127.0.0.1 at a port the system chooses: `GET /open?t=…` (one-time link to a cookie and keys),
 * `POST /ask/<question>`, `GET /news` (server-sent events) and whatever `serve` has. Everything but a request of our own page,
 * with the cookie, is refused before anything is read or changed. A cookie goes to every port of 127.0.0.1 and can be set from
 * each: whatever tells something of the library wants a key besides, which the page keeps where only its own origin reads
 * ([decision 20](../docs/decisions/0020-a-key-beside-the-cookie.md)).
 */
export async function openDoor(library: Library, rendererDir: string): Promise<Door> {
  const cookie = secret();
  const keys = { ask: secret(), pictures: secret() };
  const tokens = new Set<string>();
  const listening = new Set<ServerResponse>();
  const watchers = new Set<(count: number) => void>();
  let authority = '';

  const tell = (news: News): void => {
    const line = `data: ${JSON.stringify(news)}\n\n`;
    for (const response of listening) {
      // A window that sleeps reads nothing: let go, it comes back by itself and asks for everything anew.
      if (response.writableLength > unreadLimit) response.destroy();
      else response.write(line);
    }
  };
  const stopNews = library.onNews(tell);
  const watched = (): void => watchers.forEach((watch) => watch(listening.size));

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? '';
    const target = request.url ?? '';
    const claim = { method, target, hosts: headerValues(request, 'host'), origins: headerValues(request, 'origin'), fetchSites: headerValues(request, 'sec-fetch-site') };
    if (refusal(claim, authority) !== null) return end(response, 403);
    const url = URL.parse(target, `http://${authority}`);
    if (url === null || url.host !== authority) return end(response, 403);
    if (url.pathname === '/open' && method === 'GET') return open(url, request, response);
    if (!hasCookie(request)) return end(response, 401, words.cli.usedLink);
    const given = url.searchParams.get('key') ?? '';
    if (method === 'GET' && url.pathname === '/news') return sameSecret(given, keys.ask) ? listen(response) : end(response, 401, words.cli.usedLink);
    if (method === 'POST') return ask(url.pathname, request, response);
    if (method !== 'GET' && method !== 'HEAD') return end(response, 405);
    if (/^\/(?:files|thumbs)\//.test(url.pathname) && !sameSecret(given, keys.pictures)) return end(response, 401);
    const served = await serve(new Request(url, { method }), library, rendererDir);
    const bytes = Buffer.from(await served.arrayBuffer());
    response.writeHead(served.status, { ...Object.fromEntries(served.headers), 'content-length': bytes.length });
    response.end(method === 'HEAD' ? undefined : bytes);
  };

  const open = (url: URL, request: IncomingMessage, response: ServerResponse): void => {
    const token = url.searchParams.get('t') ?? '';
    // Looked up by hash table, not compared: 256 random bits, gone after their first use.
    let key = '';
    if (tokens.delete(token)) {
      key = `key=${keys.ask}.${keys.pictures};`;
      response.setHeader('set-cookie', `${cookieName()}=${cookie}; HttpOnly; SameSite=Strict; Path=/`);
    } else if (!hasCookie(request)) {
      return end(response, 401, words.cli.usedLink);
    }
    const article = ArticleId.safeParse(url.searchParams.get('article'));
    const place = article.success ? `/all?article=${article.data}` : '';
    // Behind the `#`: it is never sent anywhere. Whoever has only the cookie gets none.
    response.setHeader('location', key + place === '' ? '/' : `/#${key}${place}`);
    end(response, 303);
  };

  const ask = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [given = '', ...more] = headerValues(request, 'lectern-key');
    if (more.length > 0 || !sameSecret(given, keys.ask)) return end(response, 401, words.cli.usedLink);
    const name = /^\/ask\/([A-Za-z]{1,40})$/.exec(path)?.[1];
    if (name === undefined || !isQuestion(name)) return end(response, 404);
    if (!isJson(request.headers['content-type'])) return end(response, 415);
    const body = await readBody(request, bodyLimit);
    if (body === null) return json(response, { ok: false, failure: { kind: 'too-big-a-request', limit: bodyLimit } }, 413);
    let input: unknown;
    try {
      input = JSON.parse(body);
    } catch {
      return json(response, { ok: false, failure: { kind: 'bad-input', problem: 'The body is not JSON.' } }, 400);
    }
    json(response, await answer(library, name, input));
  };

  const listen = (response: ServerResponse): void => {
    response.writeHead(200, { ...commonHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 500\n\n');
    listening.add(response);
    watched();
    response.on('close', () => {
      listening.delete(response);
      watched();
    });
  };

  const cookieName = (): string => `lectern-${authority.split(':')[1] ?? ''}`;
  const hasCookie = (request: IncomingMessage): boolean => {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const own = pairs.filter((pair) => pair.startsWith(`${cookieName()}=`));
    // Another port may have set one of that name too: it must not keep the reader out.
    return own.some((pair) => sameSecret(pair.slice(cookieName().length + 1), cookie));
  };

  const server = createServer({ headersTimeout: 15_000, requestTimeout: 120_000, maxHeaderSize: 16_384 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) return end(response, 500);
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  // An upgrade is refused by closing: there is no other protocol here.
  server.on('upgrade', (_request, socket) => socket.destroy());
  authority = await listenOnLoopback(server);

  return {
    origin: `http://${authority}`,
    link(article) {
      const token = secret();
      tokens.add(token);
      return `http://${authority}/open?t=${token}${article ? `&article=${article}` : ''}`;
    },
    windows: () => listening.size,
    onWindows: (listener) => void watchers.add(listener),
    tell,
    async close() {
      stopNews();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const secret = (): string => randomBytes(32).toString('base64url');

function json(response: ServerResponse, reply: Reply<unknown>, status = 200): void {
  // An output that is not there (null is) would make no JSON at all.
  const text = JSON.stringify(reply.ok ? { ok: true, value: reply.value ?? null } : reply);
  const length = Buffer.byteLength(text);
  response.writeHead(status, { ...commonHeaders, 'content-type': 'application/json; charset=utf-8', 'content-length': length, 'cache-control': 'no-store' });
  response.end(text);
}

/** A bare status. `sentence` is for a person who followed a link that lets nobody in any more. */
function end(response: ServerResponse, status: number, sentence = ''): void {
  response.writeHead(status, { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(sentence), 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" });
  response.end(sentence);
}

async function listenOnLoopback(server: Server): Promise<string> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, done);
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

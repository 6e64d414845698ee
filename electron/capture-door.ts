import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { BrowserId, captureLimit, capturePorts } from '../shared/browser.ts';
import type { Reply } from '../shared/failure.ts';
import { answer } from './answer.ts';
import { complain } from './complain.ts';
import type { Library } from './library/library.ts';
import type { SettingsStore } from './library/settings.ts';
import { captureRefusal, commonHeaders, isJson } from './policy.ts';
import { headerValues, readBody } from './request.ts';

// Imported, the module would load all that it exports at once, Node's own HTTP client with it: a tenth of a start.
const { createServer } = process.getBuiltinModule('node:http');

/*
 * The way in for the reader's own browsers: a second, smaller door on 127.0.0.1, open only while the preference says so.
 * It takes five requests of a paired extension and hangs up on everything else without a word, so that a web page
 * cannot tell it from a port where nobody listens. There is never a CORS header: an extension that the reader gave the
 * right to ask 127.0.0.1 needs none, and who needs one is not meant.
 */

/** Bytes of a small request, and of a page: a character may be three bytes, and quotes are escaped. */
const smallLimit = 100_000;
const pageLimit = captureLimit * 3 + smallLimit;
/** For the small requests of those not known yet, in milliseconds. */
const strangersTime = 2_000;
/** Requests worked on at once. */
const atOnce = 4;

const Hello = z.strictObject({ browser: BrowserId, nonce: z.string().regex(/^[0-9a-f]{32,64}$/) });
const Pair = z.strictObject({ code: z.string().max(40), name: z.string().min(1).max(100), former: BrowserId.nullable() });
const Save = z.strictObject({ url: z.string().min(1).max(8_000), tags: z.array(z.string()).max(100) });

/** What a handler came to: what is answered, or null for no answer. */
type Outcome = { status: number; body: unknown } | null;

/** The door while it is open. */
export type CaptureDoor = { port: number; close(): Promise<void> };

/** Keeps the door as the preference says, from now until the answered function is called. */
export function keepCaptureDoor(library: Library, settings: SettingsStore, version: string, ports: readonly number[] = capturePorts): () => Promise<void> {
  let open: CaptureDoor | null = null;
  let ending = false;
  let work = Promise.resolve();

  const settle = async (): Promise<void> => {
    const wanted = settings.get().captureDoor && !ending;
    if (wanted === (open !== null)) return;
    if (open !== null) {
      await open.close();
      open = null;
      library.browsers.door('closed');
      return;
    }
    open = await openCaptureDoor(library, version, ports);
    if (open === null) library.browsers.door('no-port');
    else library.browsers.door('open', open.port);
  };
  const reconsider = (): void => {
    work = work.then(settle).catch((error: unknown) => {
      complain('The way in for browsers could not be opened or closed', error);
      library.browsers.door('no-port');
    });
  };

  library.browsers.door('closed');
  reconsider();
  const stop = settings.onChange(reconsider);
  return async () => {
    stop();
    ending = true;
    reconsider();
    await work;
  };
}

/** Opens the door at the first port that is free; null when none is. */
export async function openCaptureDoor(library: Library, version: string, ports: readonly number[] = capturePorts): Promise<CaptureDoor | null> {
  const { browsers } = library;
  let port = 0;
  let busy = 0;

  /** The page is kept; that the time of it is not must not say otherwise. */
  const noteUse = (browser: string): void => {
    try {
      browsers.used(browser);
    } catch (error) {
      complain('The use of a browser could not be noted', error);
    }
  };

  const handlers: Readonly<Record<string, (input: unknown, origin: string, browser: string) => Outcome | Promise<Outcome>>> = {
    '/hello'(input, origin) {
      const asked = Hello.safeParse(input).data;
      const proof = asked === undefined ? null : browsers.prove(asked.browser, origin, asked.nonce, port);
      return proof === null ? null : { status: 200, body: { name: 'Lectern', version, proof } };
    },
    '/pair'(input, origin) {
      const asked = Pair.safeParse(input).data;
      if (asked === undefined) return null;
      const tried = browsers.tryCode(asked.code, origin, asked.name, asked.former);
      if (tried.outcome === 'none') return null;
      return tried.outcome === 'wrong' ? { status: 403, body: { left: tried.left } } : { status: 200, body: { browser: tried.id, token: tried.token } };
    },
    async '/tags'() {
      const reply = (await answer(library, 'tags', {})) as Reply<Array<{ name: string }>>;
      return { status: 200, body: reply.ok ? { ok: true, value: reply.value.map(({ name }) => name).slice(0, 2_000) } : reply };
    },
    async '/capture'(input, _origin, browser) {
      const reply = await answer(library, 'capture', input);
      if (reply.ok) noteUse(browser);
      return { status: 200, body: reply };
    },
    async '/save'(input, _origin, browser) {
      const asked = Save.safeParse(input);
      // Whatever page the link stood on, the reader did not type it: private networks stay out of reach.
      const reply = await answer(library, 'save', asked.success ? { urls: [asked.data.url], tags: asked.data.tags, typed: false } : {});
      if (reply.ok) noteUse(browser);
      return { status: 200, body: reply };
    },
  };

  const handle = async (request: IncomingMessage): Promise<Outcome> => {
    const target = request.url ?? '';
    const origins = headerValues(request, 'origin');
    const claim = { method: request.method ?? '', target, hosts: headerValues(request, 'host'), origins, fetchSites: headerValues(request, 'sec-fetch-site') };
    const [origin] = origins;
    if (captureRefusal(claim, `127.0.0.1:${port}`) !== null || origin === undefined || !Object.hasOwn(handlers, target)) return null;
    if (!isJson(request.headers['content-type']) || request.headers['content-encoding'] !== undefined) return null;
    const open = target === '/hello' || target === '/pair';
    const browser = open ? '' : admitted(headerValues(request, 'authorization'), origin);
    if (browser === null) return null;
    const limit = target === '/capture' ? pageLimit : smallLimit;
    // Whoever is not known yet has little time for little: a slow stranger must not keep the reader's browsers out.
    const clock = open ? setTimeout(() => request.destroy(), strangersTime) : undefined;
    const body = await readBody(request, limit).finally(() => clearTimeout(clock));
    if (body === null) return open ? null : { status: 413, body: { ok: false, failure: { kind: 'too-big-a-request', limit } } };
    let input: unknown;
    try {
      input = JSON.parse(body);
    } catch {
      return open ? null : { status: 400, body: { ok: false, failure: { kind: 'bad-input', problem: 'The body is not JSON.' } } };
    }
    return (await handlers[target]?.(input, origin, browser)) ?? null;
  };

  /** The browser that an `Authorization: Bearer <id>.<token>` belongs to; before anything of the body is read. */
  const admitted = ([first, ...more]: string[], origin: string): string | null => {
    const [, id, token] = /^Bearer ([0-9a-f]{16})\.([A-Za-z0-9_-]{43})$/.exec(first ?? '') ?? [];
    return more.length === 0 && id !== undefined && token !== undefined && browsers.admits(id, token, origin) ? id : null;
  };

  // A request without a host is refused by us: Node would answer it.
  const server = createServer({ requireHostHeader: false, headersTimeout: 10_000, requestTimeout: 60_000, maxHeaderSize: 16_384 }, (request, response) => {
    if (busy >= atOnce) return void request.socket.destroy();
    busy += 1;
    handle(request)
      .catch((error: unknown): Outcome => {
        complain('A browser could not be answered', error);
        return null;
      })
      .then((outcome) => (outcome === null ? request.socket.destroy() : json(response, outcome)))
      .finally(() => {
        busy -= 1;
      });
  });
  server.maxConnections = 32;
  // Node's own answers to these would be an answer too.
  for (const event of ['upgrade', 'connect', 'checkContinue', 'checkExpectation']) {
    server.on(event, (request: IncomingMessage) => request.socket.destroy());
  }
  server.on('clientError', (_error, socket) => socket.destroy());

  for (const candidate of ports) {
    if (!(await listens(server, candidate))) continue;
    port = candidate;
    return {
      port,
      async close() {
        const closed = new Promise<void>((done) => server.close(() => done()));
        server.closeAllConnections();
        await closed;
      },
    };
  }
  return null;
}

function json(response: ServerResponse, { status, body }: NonNullable<Outcome>): void {
  const text = JSON.stringify(body);
  // What is left of a body that was too long is not waited for.
  response.writeHead(status, { ...commonHeaders, 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store', connection: 'close' });
  response.end(text);
}

async function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((done, fail) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      // Windows keeps ranges of ports for itself and says EACCES.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') done(false);
      else fail(error);
    };
    server.once('error', refused);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.removeListener('error', refused);
      done(true);
    });
  });
}

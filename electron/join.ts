import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ArticleId } from '../shared/article.ts';
import type { Ask, News } from '../shared/contract.ts';
import { FailureError, type Reply } from '../shared/failure.ts';
import { answer } from './answer.ts';
import type { Library } from './library/library.ts';
import { sameSecret } from './policy.ts';

/*
 * One process owns a library. Any other that wants it speaks to the owner through a local socket, in JSON lines:
 * first {"secret"}, then {"n","ask","input"}, {"n","show":<article id or null>} and {"listen":true}; answered by
 * {"n","reply"} and {"news"}. The secret lies in the library, readable by its owner only.
 */

/** What the owner does when another launch asks for the window; answers a link to open there, or null when it was shown here. */
export type Show = (article: ArticleId | null) => Promise<{ shown: boolean; link: string | null }>;

/** The library through its owner. */
export type Joined = {
  ask: Ask;
  onNews(listener: (news: News) => void): () => void;
  show: Show;
  /** Resolves when the owner is gone. */
  ended: Promise<void>;
  close(): void;
};

/** The owner's end. */
export type Reception = {
  /** How many other processes are connected now. */
  guests(): number;
  onGuests(listener: (count: number) => void): void;
  /** Lets nobody in any more; who is inside stays. */
  retire(): Promise<void>;
  close(): Promise<void>;
};

const secretFile = '.door';
const longestLine = 120_000_000;

/** Lets other processes of this user in; `show` is null for an owner without windows. Called by the library's owner, once. */
export async function receive(library: Library, show: Show | null): Promise<Reception> {
  const secret = randomBytes(32).toString('base64url');
  const root = library.path;
  const path = socketPath(root);
  const guests = new Set<Socket>();
  const watchers = new Set<(count: number) => void>();
  const changed = (): void => watchers.forEach((watch) => watch(guests.size));

  const server = createServer((socket) => {
    let known = false;
    let stopNews: (() => void) | null = null;
    const send = (message: unknown): void => void (socket.writable && socket.write(`${JSON.stringify(message)}\n`));
    eachLine(socket, (line) => {
      const message = parse(line);
      if (!known) {
        known = typeof message['secret'] === 'string' && sameSecret(message['secret'], secret);
        if (!known) return socket.destroy();
        guests.add(socket);
        changed();
        return send({ welcome: true });
      }
      const { n } = message;
      if (typeof message['ask'] === 'string') {
        void answer(library, message['ask'], message['input']).then((reply) => send({ n, reply }));
      } else if ('show' in message) {
        const wanted = typeof message['show'] === 'string' ? message['show'] : null;
        const shown = show === null ? Promise.resolve({ shown: false, link: null }) : show(wanted);
        void shown.then((reply) => send({ n, reply }), () => send({ n, reply: { shown: false, link: null } }));
      } else if (message['listen'] === true) {
        stopNews?.();
        stopNews = library.onNews((news) => send({ news }));
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      stopNews?.();
      if (guests.delete(socket)) changed();
    });
  });
  await listen(server, path);
  writeFileSync(join(root, secretFile), secret, { mode: 0o600 });

  return {
    guests: () => guests.size,
    onGuests: (listener) => void watchers.add(listener),
    async retire() {
      rmSync(join(root, secretFile), { force: true });
      server.close();
      // Its name must be free at once: another library, or this one elsewhere, may want it.
      if (process.platform !== 'win32') rmSync(path, { force: true });
    },
    async close() {
      rmSync(join(root, secretFile), { force: true });
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of guests) socket.destroySoon();
      await closed;
    },
  };
}

/** Connects to the owner of the library at `libraryPath`; null when none answers within `patience` milliseconds. */
export async function joinOwner(libraryPath: string, patience = 2_000): Promise<Joined | null> {
  let secret: string;
  try {
    secret = readFileSync(join(libraryPath, secretFile), 'utf8');
  } catch {
    return null;
  }
  const socket = await connect(socketPath(libraryPath), patience);
  if (socket === null) return null;

  const waiting = new Map<number, (reply: unknown) => void>();
  const listeners = new Set<(news: News) => void>();
  let count = 0;
  const { promise: welcomed, resolve: welcome } = Promise.withResolvers<boolean>();
  const gone: Reply<never> = { ok: false, failure: { kind: 'in-use', path: libraryPath } };
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  socket.on('error', () => socket.destroy());
  socket.once('close', () => {
    welcome(false);
    for (const settle of waiting.values()) settle(gone);
    waiting.clear();
    end();
  });
  eachLine(socket, (line) => {
    const message = parse(line);
    if (message['welcome'] === true) return welcome(true);
    if ('news' in message) return listeners.forEach((listener) => listener(message['news'] as News));
    const settle = waiting.get(Number(message['n']));
    waiting.delete(Number(message['n']));
    settle?.(message['reply']);
  });
  const call = (message: object): Promise<unknown> => {
    if (socket.destroyed) return Promise.resolve(gone);
    count += 1;
    const n = count;
    const reply = new Promise<unknown>((done) => waiting.set(n, done));
    socket.write(`${JSON.stringify({ n, ...message })}\n`);
    return reply;
  };

  socket.write(`${JSON.stringify({ secret })}\n`);
  const timer = setTimeout(() => welcome(false), patience);
  const inside = await welcomed;
  clearTimeout(timer);
  if (!inside) {
    socket.destroy();
    return null;
  }
  return {
    ask: ((name, input) => call({ ask: name, input })) as Ask,
    onNews(listener) {
      if (listeners.size === 0) socket.write(`${JSON.stringify({ listen: true })}\n`);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async show(article) {
      const reply = (await call({ show: article })) as { shown?: unknown; link?: unknown };
      return { shown: reply.shown === true, link: typeof reply.link === 'string' ? reply.link : null };
    },
    ended,
    close: () => socket.end(),
  };
}

/**
 * Opens the library, or joins the process that has it open. An owner that is just starting, ending or was killed is
 * waited out for `patience` milliseconds; after that the `in-use` failure is thrown.
 */
export async function openOrJoin<L extends Library>(
  path: string,
  open: () => Promise<L>,
  patience = 10_000,
): Promise<{ own: L } | { joined: Joined }> {
  const until = Date.now() + patience;
  for (;;) {
    try {
      return { own: await open() };
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.kind !== 'in-use') throw error;
      const joined = await joinOwner(path);
      if (joined !== null) return { joined };
      if (Date.now() > until) throw error;
      await new Promise((done) => setTimeout(done, 150));
    }
  }
}

/**
 * Where the owner of a library listens. Unix: in a folder only this user may enter, with a name short enough for a
 * socket address (104 bytes on macOS). Windows: a named pipe.
 */
export function socketPath(libraryPath: string): string {
  const name = createHash('sha256').update(realPath(libraryPath)).digest('hex').slice(0, 20);
  if (process.platform === 'win32') return `\\\\.\\pipe\\lectern-${name}`;
  const run = process.env['XDG_RUNTIME_DIR'];
  const base = run !== undefined && run.startsWith('/') && run.length < 60 && isFolder(run) ? run : tmpdir();
  const folder = join(base.length < 70 ? base : '/tmp', `lectern-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Another user may have made it first in a shared folder: then it is not ours to trust.
  // A link is never followed: it could have this change the rights of some other folder of ours.
  const facts = lstatSync(folder);
  const { uid, mode } = facts;
  if (uid !== userInfo().uid || !facts.isDirectory()) throw new FailureError({ kind: 'storage', path: folder, reason: 'EPERM' });
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return join(folder, `${name}.sock`);
}

/** Listens at the path. What lies there already is a dead owner's: the library's lock says that we are the only one. */
async function listen(server: Server, path: string): Promise<void> {
  if (process.platform !== 'win32') rmSync(path, { force: true });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(path, done);
  });
}

async function connect(path: string, patience: number): Promise<Socket | null> {
  const socket = createConnection(path);
  const timer = setTimeout(() => socket.destroy(), patience);
  const connected = await new Promise<boolean>((done) => {
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
  clearTimeout(timer);
  return connected ? socket : null;
}

function eachLine(socket: Socket, take: (line: string) => void): void {
  let size = 0;
  socket.on('data', (bytes: Buffer) => {
    size = bytes.includes(10) ? 0 : size + bytes.length;
    if (size > longestLine) socket.destroy();
  });
  createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', take).on('error', () => socket.destroy());
}

function parse(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

import type { Readable, Writable } from 'node:stream';

type Params = Record<string, unknown>;

/** A page (or a browser) as a debugger has it: the DevTools protocol. `send` rejects when the engine refuses or is gone. */
export type DevTools = {
  send(method: string, params?: Params): Promise<Params>;
  /** Answers how to stop listening. */
  on(listener: (method: string, params: Params) => void): () => void;
};

/** A browser at the other end of two pipes, with the way to each of its pages. */
export type Piped = DevTools & { page(sessionId: string): DevTools };

/** The longest message taken, in bytes: a page's HTML with room for what JSON makes of it. */
const longest = 120_000_000;

type Message = { id?: unknown; method?: unknown; params?: unknown; result?: unknown; error?: { message?: unknown }; sessionId?: unknown };
type Waiting = { done(result: Params): void; fail(error: Error): void };

/** Speaks the protocol over a browser's `--remote-debugging-pipe`: JSON, a zero byte after each message. No port is opened. */
export function openPipe(toBrowser: Writable, fromBrowser: Readable): Piped {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<{ session: string | null; hear: (method: string, params: Params) => void }>();
  let count = 0;
  let closed = false;
  let pieces: Buffer[] = [];
  let length = 0;

  function close(): void {
    closed = true;
    pieces = [];
    for (const { fail } of waiting.values()) fail(new Error('The browser is gone.'));
    waiting.clear();
  }

  function take(text: string): void {
    const message = JSON.parse(text) as Message;
    const session = typeof message.sessionId === 'string' ? message.sessionId : null;
    if (typeof message.id === 'number') {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error === undefined) call?.done(paramsOf(message.result));
      else call?.fail(new Error(String(message.error.message)));
    } else if (typeof message.method === 'string') {
      for (const { session: wanted, hear } of listeners) if (wanted === session) hear(message.method, paramsOf(message.params));
    }
  }

  fromBrowser.on('data', (bytes: Buffer) => {
    let rest = bytes;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = Buffer.concat([...pieces, rest.subarray(0, end)]).toString('utf8');
      pieces = [];
      length = 0;
      rest = rest.subarray(end + 1);
      if (!closed) take(text);
    }
    length += rest.length;
    if (rest.length > 0) pieces.push(rest);
    if (length > longest) fromBrowser.destroy();
  });
  fromBrowser.on('close', close);
  // Either end breaks when the browser is killed; whoever waits has been told by then.
  fromBrowser.on('error', close);
  toBrowser.on('error', close);

  const through = (session: string | null): DevTools => ({
    send(method, params = {}) {
      if (closed) return Promise.reject(new Error('The browser is gone.'));
      const id = ++count;
      const answer = new Promise<Params>((done, fail) => waiting.set(id, { done, fail }));
      toBrowser.write(`${JSON.stringify({ id, method, params, ...(session === null ? {} : { sessionId: session }) })}\0`);
      return answer;
    },
    on(hear) {
      const listener = { session, hear };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return { ...through(null), page: through };
}

const paramsOf = (value: unknown): Params => (typeof value === 'object' && value !== null ? (value as Params) : {});

import type { Ask, News } from '../shared/contract.ts';
import type { Reply } from '../shared/failure.ts';
import { askKey, pictureKey } from './key.ts';

/** What a host offers the window. The desktop's preload puts one at `window.lectern`; otherwise HTTP is spoken. */
export type Carrier = {
  ask(name: string, input: unknown): Promise<Reply<unknown>>;
  /** Calls `listener` for every piece of news; answers a function that stops it. */
  onNews(listener: (news: News) => void): () => void;
  /** Opens an http(s) address in the system's browser; the host refuses anything else. */
  openExternal(url: string): void;
  /** Where a stored picture is shown from, of its address `/files/…` or `/thumbs/…`; the address itself where a host has none. */
  picture?(address: string): string;
  /** Tells when the library's process has stopped answering, and when it is back; answers the stop. None on the desktop, where windows end with it. */
  onGone?(listener: (gone: boolean) => void): () => void;
};

declare global {
  interface Window {
    lectern?: Carrier;
  }
}

/** How long the line may be down before it is said, in milliseconds: a machine that wakes up needs a moment. */
const PATIENCE = 2_000;
const goneListeners = new Set<(gone: boolean) => void>();
const tellGone = (gone: boolean): void => goneListeners.forEach((listener) => listener(gone));

/** The HTTP carrier of the browser host: `POST /ask/<name>` and server-sent events from `/news`, each with the key beside the cookie. */
export const httpCarrier: Carrier = {
  async ask(name, input) {
    const gone: Reply<never> = { ok: false, failure: { kind: 'no-connection', host: location.host } };
    try {
      const response = await fetch(`/ask/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'lectern-key': askKey() },
        body: JSON.stringify(input),
      });
      return (await response.json()) as Reply<unknown>;
    } catch {
      return gone;
    }
  },
  onNews(listener) {
    const source = new EventSource(`/news?key=${askKey()}`);
    let opened = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener('error', () => {
      timer ??= setTimeout(() => tellGone(true), PATIENCE);
    });
    source.addEventListener('open', () => {
      clearTimeout(timer);
      timer = undefined;
      tellGone(false);
      // What was told while the line was down is lost: treat everything as changed.
      if (opened) listener({ about: 'articles', ids: null });
      opened = true;
    });
    source.addEventListener('message', (event: MessageEvent<string>) => listener(JSON.parse(event.data) as News));
    return () => {
      clearTimeout(timer);
      source.close();
    };
  },
  picture: (address) => `${address}?key=${pictureKey()}`,
  onGone(listener) {
    goneListeners.add(listener);
    return () => goneListeners.delete(listener);
  },
  openExternal(url) {
    // The desktop's main process checks for itself; here this is the only check there is.
    if (!/^https?:\/\//i.test(url)) return;
    window.open(url, '_blank', 'noopener,noreferrer');
  },
};

const carrier = (): Carrier => window.lectern ?? httpCarrier;
const ask = (async (name, input) => {
  try {
    return await carrier().ask(name, input);
  } catch (error) {
    // The carrier itself broke. Whoever asks is promised an answer, never an exception.
    return { ok: false, failure: { kind: 'internal', detail: String(error) } };
  }
}) as Ask;

/** The library as the window sees it, whichever host it is in. Nothing else in the renderer knows the host. */
export const api: {
  ask: Ask;
  onNews(listener: (news: News) => void): () => void;
  openExternal(url: string): void;
  picture(address: string): string;
  onGone(listener: (gone: boolean) => void): () => void;
  readonly host: 'desktop' | 'browser';
} = {
  ask,
  onNews: (listener) => carrier().onNews(listener),
  openExternal: (url) => carrier().openExternal(url),
  picture: (address) => carrier().picture?.(address) ?? address,
  onGone: (listener) => carrier().onGone?.(listener) ?? (() => undefined),
  get host() {
    return window.lectern === undefined ? 'browser' : 'desktop';
  },
};

import { EventEmitter } from 'node:events';
import type { Route } from 'playwright-core';

/*
 * The stand-in's `protocol` and `session`. Chromium will not load a scheme it was not started with, so each page of
 * `lectern-app://app/…` is shown as `https://app.lectern-app.invalid/…`, and every request of such a page is answered by the very
 * function that the app gave to `protocol.handle`.
 */

type Handler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (details: { url: string; resourceType: string }, decide: (answer: { cancel?: boolean }) => void) => void;
type Decide = (allowed: boolean) => void;

const letPass: BeforeRequest = (_details, decide) => decide({});
const privileged = new Set<string>();
let ready = false;
export const setReady = (): void => void (ready = true);

/** `lectern-app://app/x` as Chromium gets to see it, and back. What is neither stays as it is. */
export function outward(url: string): string {
  const match = /^([a-z][a-z0-9-]*):\/\/([a-z0-9]+)(\/.*|\?.*|#.*)?$/s.exec(url);
  return match !== null && privileged.has(match[1] ?? '') ? `https://${match[2]}.${match[1]}.invalid${match[3] ?? '/'}` : url;
}
export function inward(url: string): string {
  return url.replace(/^(blob:)?https:\/\/([a-z0-9]+)\.([a-z0-9-]+)\.invalid(?=$|[/?#])/, (whole, blob, host, scheme) => (privileged.has(scheme) ? `${blob ?? ''}${scheme}://${host}` : whole));
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: Array<{ scheme: string; privileges: { standard?: boolean; secure?: boolean } }>): void {
    if (ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges.standard !== true || privileges.secure !== true) throw new Error(`${scheme} must be standard and secure: only such an origin can be compared`);
      privileged.add(scheme);
    }
  },
};

/** What Playwright and the protocol call a kind of request, and what Electron does. */
export const kinds: Record<string, string> = { document: 'mainFrame', script: 'script', xhr: 'xhr', fetch: 'xhr', stylesheet: 'stylesheet', image: 'image', font: 'font', media: 'media', websocket: 'webSocket', ping: 'ping', cspviolationreport: 'cspReport' };

export type StandInSession = ReturnType<typeof makeSession>;

function makeSession(options: { cache?: boolean } | undefined) {
  const handlers = new Map<string, Handler>();
  let beforeRequest = letPass;
  let cleared = async (): Promise<void> => {};
  const recorded: {
    permission: ((contents: unknown, permission: string, decide: Decide, details: { requestingUrl: string }) => void) | null;
    check: ((contents: unknown, permission: string, origin: string) => boolean) | null;
    device: (() => boolean) | null;
    spell: boolean;
    cache: boolean;
    proxy: { proxyRules: string; proxyBypassRules: string } | null;
    /** Downloads by name: whether the app let each pass. */
    downloads: Array<{ name: string; passed: boolean }>;
  } = { permission: null, check: null, device: null, spell: true, cache: options?.cache ?? true, proxy: null, downloads: [] };
  return Object.assign(new EventEmitter(), {
    /** What the app set, for tests to try; the real session keeps these to itself. */
    recorded,
    protocol: {
      handle(scheme: string, handler: Handler): void {
        if (!privileged.has(scheme)) throw new Error(`${scheme} was not registered as privileged.`);
        handlers.set(scheme, handler);
      },
    },
    webRequest: {
      onBeforeRequest(listener: BeforeRequest): void {
        beforeRequest = listener;
      },
    },
    setPermissionRequestHandler: (handler: NonNullable<typeof recorded.permission>) => void (recorded.permission = handler),
    setPermissionCheckHandler: (handler: NonNullable<typeof recorded.check>) => void (recorded.check = handler),
    setDevicePermissionHandler: (handler: NonNullable<typeof recorded.device>) => void (recorded.device = handler),
    setSpellCheckerEnabled: (on: boolean) => void (recorded.spell = on),
    setProxy: async (proxy: NonNullable<typeof recorded.proxy>): Promise<void> => void (recorded.proxy = proxy),
    clearStorageData: (): Promise<void> => cleared(),
    clearCache: (): Promise<void> => cleared(),
    /** Called when everything that its pages have kept is to go. */
    onCleared: (forget: () => Promise<void>) => void (cleared = forget),
    /** True for the session that shows the app's own pages. */
    isOwn: () => handlers.size > 0,
    /** Whether the app's rules refuse a request, kinds named as Electron names them. */
    refuses: (url: string, resourceType: string) => new Promise<boolean>((done) => beforeRequest({ url, resourceType }, (answer) => done(answer.cancel === true))),

    /** Answers one request of a page as Electron would: by the app's own handler, or not at all. */
    async route(route: Route): Promise<void> {
      const request = route.request();
      const url = inward(request.url());
      const cancelled = await this.refuses(url, kinds[request.resourceType()] ?? 'other');
      const handler = handlers.get(url.slice(0, url.indexOf(':')));
      if (cancelled) return route.abort('blockedbyclient');
      if (handler === undefined) return route.continue();
      const body = request.postDataBuffer();
      const response = await handler(
        new Request(url, { method: request.method(), headers: await request.allHeaders().then(plainHeaders), ...(body === null ? {} : { body: new Uint8Array(body) }) }),
      );
      return route.fulfill({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      });
    },
  });
}

const plainHeaders = (headers: Record<string, string>) => Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));

const partitions = new Map<string, StandInSession>();
export const session = {
  fromPartition(partition: string, options?: { cache?: boolean }): StandInSession {
    if (!ready) throw new Error('Session can only be received when app is ready');
    if (partition.startsWith('persist:')) throw new Error('Nothing of the window is to be kept on disk.');
    const found = partitions.get(partition) ?? makeSession(options);
    partitions.set(partition, found);
    return found;
  },
};

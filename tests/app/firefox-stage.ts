import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/* A real Firefox, driven by the protocol it speaks itself (WebDriver BiDi), where one is installed. */

/** The Firefox of this machine; null where there is none: then what needs it cannot be tried. */
export function firefoxPath(): string | null {
  const places = [process.env['LECTERN_FIREFOX'] ?? '', '/usr/bin/firefox', '/usr/bin/firefox-esr', '/Applications/Firefox.app/Contents/MacOS/firefox', String.raw`C:\Program Files\Mozilla Firefox\firefox.exe`];
  return places.find((path) => path !== '' && existsSync(path)) ?? null;
}

export type Firefox = {
  /** Loads an extension for as long as the browser runs, as `about:debugging` does; answers its origin. */
  install(folder: string): Promise<string>;
  open(url: string): Promise<Tab>;
  /** The tab that shows an address beginning so, once there is one. */
  tabAt(start: string): Promise<Tab>;
  /** Presses the extension's button on the tab in front; what opens under it is driven by expressions with `document`. */
  press(): Promise<Popup>;
  /** Everything that pages wrote to the console as an error, and errors of script. */
  faults: string[];
  close(): Promise<void>;
};

export type Tab = {
  goto(url: string): Promise<void>;
  evaluate<T>(expression: string): Promise<T>;
  /** Presses the middle of the first element found, as a hand would. */
  click(selector: string): Promise<void>;
  type(text: string): Promise<void>;
  screenshot(): Promise<Buffer>;
  front(): Promise<void>;
  close(): Promise<void>;
};

export type Popup = { evaluate<T>(expression: string): Promise<T>; close(): Promise<void> };

const extensionId = 'lectern@lectern.invalid';
/** What the extension is called as an origin: a random one in every other profile. */
const extensionOrigin = 'moz-extension://11111111-2222-4333-8444-555555555555';

type Reply = { id?: number; type: string; result?: Record<string, unknown>; error?: string; message?: string; method?: string; params?: Record<string, unknown> };
type Value = { type: string; value?: unknown };

/** Starts Firefox with a profile of its own. `hosts` are names that lead to this machine. */
export async function openFirefox(path: string, hosts: string[] = []): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'lectern-firefox-'));
  const preferences = {
    'remote.prefs.recommended': true, 'network.dns.localDomains': hosts.join(','), 'intl.accept_languages': 'en', 'intl.locale.requested': 'en-US',
    'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: new URL(extensionOrigin).host }),
  };
  await writeFile(join(profile, 'user.js'), Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  const child = spawn(path, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', '--remote-allow-system-access', 'about:blank'], { env: { ...process.env, HOME: profile }, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  let said = '';
  const address = await new Promise<string>((found, fail) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [url] = /ws:\/\/[\d.]+:\d+/.exec(said) ?? [];
      if (url !== undefined) found(url);
    });
    void ended.then(() => fail(new Error(`Firefox ended:\n${said}`)));
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((done, fail) => {
    socket.addEventListener('open', done);
    socket.addEventListener('error', () => fail(new Error('Firefox does not answer.')));
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  const faults: string[] = [];
  let count = 0;
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const reply = JSON.parse(data) as Reply;
    if (reply.type !== 'event') return waiting.get(reply.id ?? -1)?.(reply);
    if (reply.method === 'log.entryAdded' && reply.params?.['level'] === 'error') faults.push(String(reply.params['text']));
  });
  const send = async <T>(method: string, params: object): Promise<T> => {
    count += 1;
    const { promise, resolve } = Promise.withResolvers<Reply>();
    waiting.set(count, resolve);
    socket.send(JSON.stringify({ id: count, method, params }));
    const { type, result, error, message } = await promise;
    if (type !== 'success') throw new Error(`${method}: ${error} ${message}`);
    return result as T;
  };
  const evaluateIn = async <T>(context: string, expression: string): Promise<T> => {
    // By way of JSON: the protocol's own values are made of lists of pairs.
    const wrapped = `(async () => JSON.stringify((await (${expression})) ?? null))()`;
    const answer = await send<{ type: string; result?: Value; exceptionDetails?: { text: string } }>('script.evaluate', { expression: wrapped, target: { context }, awaitPromise: true, userActivation: true });
    if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text ?? 'It threw.');
    return JSON.parse(String(answer.result?.value)) as T;
  };
  const contexts = async (scope?: 'chrome') => (await send<{ contexts: Array<{ context: string; url: string }> }>('browsingContext.getTree', scope === undefined ? {} : { 'moz:scope': scope })).contexts;
  await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['log.entryAdded'] });

  const tab = (context: string): Tab => ({
    goto: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    evaluate: (expression) => evaluateIn(context, expression),
    async click(selector) {
      const at = await evaluateIn<{ x: number; y: number }>(context, `(() => { const { left, top, width, height } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect(); return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) }; })()`);
      const actions = [{ type: 'pointerMove', ...at }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
      await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
    },
    async type(text) {
      const actions = [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
      await send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] });
    },
    screenshot: async () => Buffer.from((await send<{ data: string }>('browsingContext.captureScreenshot', { context })).data, 'base64'),
    front: async () => void (await send('browsingContext.activate', { context })),
    close: async () => void (await send('browsingContext.close', { context })),
  });

  /** Runs in the browser's own window, which has rights that pages have not. */
  const inWindow = async <T>(expression: string): Promise<T> => {
    const [own] = await contexts('chrome');
    return evaluateIn<T>(own?.context ?? '', expression);
  };

  return {
    faults,
    async install(folder) {
      await send('webExtension.install', { extensionData: { type: 'path', path: folder } });
      return extensionOrigin;
    },
    async open(url) {
      const { context } = await send<{ context: string }>('browsingContext.create', { type: 'tab' });
      const opened = tab(context);
      await opened.front();
      await opened.goto(url);
      return opened;
    },
    async tabAt(start) {
      for (;;) {
        const found = (await contexts()).find(({ url }) => url.startsWith(start));
        if (found !== undefined) return tab(found.context);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    async press() {
      await inWindow(`(async () => {
        const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
        await ExtensionParent.apiManager.global.browserActionFor(WebExtensionPolicy.getByID(${JSON.stringify(extensionId)}).extension).triggerAction(window);
      })()`);
      const popup = "document.querySelector('browser.webextension-popup-browser')";
      const evaluate = <T>(expression: string): Promise<T> => inWindow<T>(`new Promise((done, fail) => {
        const manager = ${popup}.messageManager;
        // Put to a popup that is only being made, a question is lost.
        setTimeout(() => fail(new Error('No answer from under the button.')), 3_000);
        manager.addMessageListener('lectern-test', function heard({ data }) { manager.removeMessageListener('lectern-test', heard); data.fault === undefined ? done(data.value) : fail(new Error(data.fault)); });
        const script = ${JSON.stringify(`(async (document) => (${expression}))(content.document).then((value) => sendAsyncMessage('lectern-test', { value }), (fault) => sendAsyncMessage('lectern-test', { fault: String(fault) }))`)};
        manager.loadFrameScript('data:application/javascript,' + encodeURIComponent(script), false);
      })`);
      const isReady = () => evaluate<boolean>("document.readyState === 'complete' && document.querySelector('h1')?.textContent !== ''").catch(() => false);
      while (!(await inWindow<boolean>(`${popup}?.currentURI?.spec.endsWith('/popup.html') ?? false`)) || !(await isReady())) await new Promise((done) => setTimeout(done, 20));
      return { evaluate, close: () => inWindow(`${popup}?.closest('panel')?.hidePopup()`) };
    },
    async close() {
      socket.close();
      child.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

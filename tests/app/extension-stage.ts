import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type CDPSession, type Page, type Worker } from 'playwright-core';
import { chromiumPath, root } from '../stage.ts';

/** A reader's own browser: a real Chromium with the built extension, as it is loaded unpacked. */
export type OwnBrowser = {
  context: BrowserContext;
  worker: Worker;
  /** The extension's origin. */
  origin: string;
  /** The page that opens when the extension is installed. */
  pairing: Page;
  /** Presses the extension's button on a tab: the browser grants it that tab, and the window under the button opens. */
  press(page: Page): Promise<Popup>;
  close(): Promise<void>;
};

/** The window under the button, which is no tab and is driven through the browser's own protocol. */
export type Popup = {
  evaluate<T>(expression: string): Promise<T>;
  text(): Promise<string>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
};

export async function openOwnBrowser(options: { locale?: string; colorScheme?: 'light' | 'dark' } = {}): Promise<OwnBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'lectern-profile-'));
  const extension = join(root, 'dist', 'extension', 'chrome');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    chromiumSandbox: process.getuid?.() !== 0,
    headless: true,
    colorScheme: options.colorScheme ?? 'light',
    args: [
      '--headless=new', `--disable-extensions-except=${extension}`, `--load-extension=${extension}`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch', '--enable-unsafe-extension-debugging', '--host-resolver-rules=MAP members.example 127.0.0.1', `--lang=${options.locale ?? 'en'}`,
    ],
    env: { ...process.env, LANGUAGE: options.locale ?? 'en' },
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const origin = `chrome-extension://${new URL(worker.url()).host}`;
  // Opened by the extension itself. A page is told of before its address is known.
  const pairing = await until(async () => context.pages().find((page) => page.url() === `${origin}/pairing.html`));
  await pairing.waitForLoadState();
  const browser = context.browser();
  if (browser === null) throw new Error('A persistent context without its browser.');
  const session = await browser.newBrowserCDPSession();

  return {
    context,
    worker,
    origin,
    pairing,
    async press(page) {
      await page.bringToFront();
      const tabs = (await session.send('Target.getTargets', { filter: [{ type: 'tab' }] })).targetInfos;
      const tab = tabs.find(({ url }) => url === page.url());
      if (tab === undefined) throw new Error(`No tab shows ${page.url()}`);
      // Not among the calls Playwright has types for.
      await session.send('Extensions.triggerAction' as 'Target.getTargets', { id: new URL(origin).host, targetId: tab.targetId } as never);
      return attach(session, `${origin}/popup.html`);
    },
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function attach(session: CDPSession, url: string): Promise<Popup> {
  const targetId = await until(async () => (await session.send('Target.getTargets')).targetInfos.find((target) => target.url === url)?.targetId);
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, (message: { result?: Record<string, unknown>; error?: unknown }) => void>();
  session.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const message = JSON.parse(event.message) as { id?: number; result?: Record<string, unknown>; error?: unknown };
    waiting.get(message.id ?? -1)?.(message);
  });
  let count = 0;
  const send = async (method: string, params: object): Promise<Record<string, unknown>> => {
    count += 1;
    const id = count;
    const { promise, resolve } = Promise.withResolvers<{ result?: Record<string, unknown>; error?: unknown }>();
    waiting.set(id, resolve);
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    const { result, error } = await promise;
    if (result === undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  };
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true })) as { result: { value?: unknown }; exceptionDetails?: unknown };
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value as T;
  };
  // Every script of it has run.
  await until(async () => (await evaluate<string>("document.readyState === 'complete' ? document.querySelector('h1').textContent : ''")) || undefined);
  return {
    evaluate,
    text: () => evaluate<string>('document.body.innerText'),
    async screenshot() {
      const { data } = (await send('Page.captureScreenshot', { format: 'png' })) as { data: string };
      return Buffer.from(data, 'base64');
    },
    async close() {
      await session.send('Target.closeTarget', { targetId });
      await until(async () => ((await session.send('Target.getTargets')).targetInfos.some((target) => target.url === url) ? undefined : true));
    },
  };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('Waited in vain.');
    await new Promise((done) => setImmediate(done));
  }
}

/** A site of the reader's on this machine, at `localhost`; `answers` gets every request. */
export async function openSite(answers: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(answers);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

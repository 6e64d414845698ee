import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { chromium, type BrowserContext, type Download, type Frame, type Page, type Route } from 'playwright-core';
import { chromiumPath } from '../stage.ts';
import { deliver, preloadScript } from './ipc.ts';
import { getAppMetrics, makeDebugger, openPartition, switches, type StandInDebugger } from './partition.ts';
import { inward, outward, session, type StandInSession } from './session.ts';

type Bounds = Electron.Rectangle;
type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

const windows = new Set<BrowserWindow>();
const profile = mkdtempSync(join(tmpdir(), 'lectern-stand-in-'));
let context: BrowserContext | null = null;
/** Called when the last window is gone. */
let whenAllClosed = (): void => {};
export const onAllClosed = (listener: () => void): void => void (whenAllClosed = listener);

/** Starts Chromium; answers where a debugger can join it. Pages have no network but what the session's rules let pass. */
export async function openChromium(): Promise<string> {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    chromiumSandbox: process.getuid?.() !== 0,
    headless: true,
    viewport: null,
    args: ['--remote-debugging-port=0', '--window-size=1280,860', ...switches],
  });
  await context.route('**/*', (route) => toWindow(route));
  await context.exposeBinding('__deliver', ({ page, frame }, kind: 'invoke' | 'send', channel: string, args: unknown[]) => {
    const contents = contentsOf(page);
    if (contents === null) throw new Error('This page is no window of the app.');
    return deliver(kind, contents, contents.frame(frame), channel, args);
  });
  const port = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  return `http://127.0.0.1:${port}`;
}

export async function closeChromium(): Promise<void> {
  await context?.close();
  rmSync(profile, { recursive: true, force: true });
}

const contentsOf = (page: Page): WebContents | null => [...windows].find((window) => window.page === page)?.webContents ?? null;

async function toWindow(route: Route): Promise<void> {
  let frame: Frame;
  try {
    frame = route.request().frame();
  } catch {
    return route.abort('blockedbyclient'); // the first request of a window that no one opened on purpose
  }
  const contents = contentsOf(frame.page());
  return contents === null ? route.abort('blockedbyclient') : contents.route(route, frame);
}

/** One frame of a page; the same object each time, as the app compares them. */
class WebFrameMain {
  readonly playwright: Frame;
  constructor(frame: Frame) {
    this.playwright = frame;
  }
  get url(): string {
    return inward(this.playwright.url());
  }
  get origin(): string {
    const address = inward(this.playwright.url());
    return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/.exec(address)?.[0] ?? 'null';
  }
}

/**
 * A file a page hands out. Where it is to go the system's dialog asks, unless a path was set; here that dialog is always called
 * off. Only the file's place is tried: its bytes go to whoever joined this Chromium last, which is the test.
 */
class DownloadItem extends EventEmitter {
  readonly #download: Download;
  #path = '';
  constructor(download: Download) {
    super();
    this.#download = download;
  }
  getURL = (): string => inward(this.#download.url());
  getFilename = (): string => this.#download.suggestedFilename();
  setSavePath = (path: string): void => void (this.#path = path);
  getSavePath = (): string => this.#path;
  async save(): Promise<void> {
    const state = this.#path === '' ? 'cancelled' : await writeFile(this.#path, '').then(() => 'completed', () => 'interrupted');
    this.emit('done', {}, state);
  }
}

export class WebContents extends EventEmitter {
  readonly page: Promise<Page>;
  readonly session: StandInSession;
  #shown: Page | null = null;
  #frames = new WeakMap<Frame, WebFrameMain>();
  #mayOpen: OpenHandler = () => ({ action: 'allow' });
  #loading = '';

  /** How often the system was asked for its own definition of what is selected. */
  defined = 0;
  readonly debugger: StandInDebugger;
  readonly #preferences: Electron.WebPreferences;

  constructor(page: Promise<Page>, own: StandInSession, { session: _session, ...preferences }: Electron.WebPreferences) {
    super();
    this.page = page;
    this.debugger = makeDebugger(page, own);
    this.#preferences = preferences;
    this.session = own;
  }
  attach(page: Page): void {
    this.#shown = page;
    page.on('popup', (popup) => {
      const { action } = this.#mayOpen({ url: inward(popup.url()) });
      if (action !== 'deny') throw new Error('The app let a page open a window.');
      void popup.close();
    });
    page.on('download', (download) => {
      let prevented = false;
      const item = new DownloadItem(download);
      this.session.emit('will-download', { preventDefault: () => (prevented = true) }, item, this);
      this.session.recorded.downloads.push({ name: download.suggestedFilename(), passed: !prevented });
      if (prevented) void download.cancel();
      else void item.save();
    });
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed' }));
    page.on('domcontentloaded', () => this.emit('dom-ready'));
    page.on('load', () => this.emit('did-finish-load'));
  }
  showDefinitionForSelection(): void {
    if (process.platform !== 'darwin') throw new Error('Only macOS has this.');
    this.defined += 1;
  }
  frame(frame: Frame): WebFrameMain {
    const found = this.#frames.get(frame) ?? new WebFrameMain(frame);
    this.#frames.set(frame, found);
    return found;
  }
  get mainFrame(): WebFrameMain {
    if (this.#shown === null) throw new Error('Object has been destroyed');
    return this.frame(this.#shown.mainFrame());
  }
  getLastWebPreferences(): Electron.WebPreferences {
    return this.#preferences;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#mayOpen = handler;
  }
  setAudioMuted(): void {}
  setWebRTCIPHandlingPolicy(): void {}
  /** There is one page in a partition's Chromium; its process is the one that grows. */
  getOSProcessId = (): number => getAppMetrics()[0]?.pid ?? 0;
  getURL(): string {
    return this.#shown === null ? '' : inward(this.#shown.url());
  }
  send(channel: string, ...args: unknown[]): void {
    const copies = structuredClone(args);
    void this.page.then((page) => page.evaluate(([name, given]) => (window as unknown as { __hear(name: unknown, args: unknown): void }).__hear(name, given), [channel, copies]));
  }
  async load(url: string): Promise<void> {
    const page = await this.page;
    this.#loading = url.replace(/#.*$/s, '');
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
    await page.goto(outward(url), { waitUntil: 'load' });
  }
  reload(): void {
    this.#loading = this.getURL().replace(/#.*$/s, '');
    this.emit('did-start-navigation', { url: this.#loading, isMainFrame: true, isSameDocument: false });
    void this.#shown?.reload();
  }
  /** A navigation that the page asked for is put to the app first; a refused one answers 204, so that the page stays. */
  async route(route: Route, frame: Frame): Promise<void> {
    const request = route.request();
    const isMainFrame = frame === this.#shown?.mainFrame();
    const url = inward(request.url());
    if (request.isNavigationRequest() && !(isMainFrame && url === this.#loading)) {
      let prevented = false;
      const event = { url, isMainFrame, isSameDocument: false, frame: this.frame(frame), preventDefault: () => (prevented = true) };
      if (isMainFrame) this.emit('will-navigate', event);
      this.emit('will-frame-navigate', event);
      if (prevented) return route.fulfill({ status: 204 });
      if (isMainFrame) this.emit('did-start-navigation', event);
    }
    if (isMainFrame && request.isNavigationRequest()) this.#loading = '';
    return this.session.route(route);
  }
}

const destroyed = (): never => {
  throw new TypeError('Object has been destroyed');
};

const required = { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false } as const;
const forbidden = { webSecurity: false, allowRunningInsecureContent: true, experimentalFeatures: true, nodeIntegrationInSubFrames: true, nodeIntegrationInWorker: true } as const;

export class BrowserWindow extends EventEmitter {
  static getAllWindows = (): BrowserWindow[] => [...windows];
  readonly webContents: WebContents;
  readonly options: Electron.BrowserWindowConstructorOptions;
  page: Page | null = null;
  #bounds: Bounds;
  #state = { maximised: false, fullScreen: false, minimised: false, visible: false, focused: 0, background: '' };

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    const preferences = options.webPreferences ?? {};
    for (const [name, value] of Object.entries(required)) {
      if (preferences[name as keyof typeof required] !== value) throw new Error(`Unsafe webPreferences: ${name} must be ${value}.`);
    }
    for (const [name, value] of Object.entries(forbidden)) {
      if (preferences[name as keyof typeof forbidden] === value) throw new Error(`Unsafe webPreferences: ${name}.`);
    }
    this.options = options;
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.#state.background = options.backgroundColor ?? '';
    const own = (preferences.session as unknown as StandInSession | undefined) ?? session.fromPartition('');
    if (own.isOwn() && preferences.preload?.startsWith('/') !== true) throw new Error('preload must be an absolute path.');
    if (!own.isOwn() && preferences.preload !== undefined) throw new Error('A page that is not the app’s own gets no preload.');
    const preload = preferences.preload === undefined ? null : preloadScript(readFileSync(preferences.preload, 'utf8'));
    this.webContents = new WebContents(this.#openPage(preload, own), own, preferences);
    windows.add(this);
  }
  async #openPage(preload: string | null, own: StandInSession): Promise<Page> {
    if (context === null) throw new Error('A window can only be made once the app is ready.');
    const page = await (own.isOwn() ? context : await openPartition(own)).newPage();
    this.page = page;
    this.webContents.attach(page);
    if (preload !== null) await page.addInitScript(preload);
    page.once('load', () => this.emit('ready-to-show'));
    page.on('close', () => this.#gone());
    return page;
  }
  #gone(): void {
    if (!windows.delete(this)) return;
    // As in Electron, whoever still holds it and uses it is told so.
    for (const name of Object.keys(this)) if (name !== 'isDestroyed' && typeof this[name as 'show'] === 'function') this[name as 'show'] = destroyed;
    Object.assign(this.webContents, { send: destroyed, getURL: destroyed, reload: destroyed, load: destroyed, getOSProcessId: destroyed });
    this.emit('closed');
    if (windows.size === 0) whenAllClosed();
  }
  loadURL = (url: string): Promise<void> => this.webContents.load(url);
  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) void this.webContents.page.then((page) => page.close());
  }
  /** At once, without asking the page. */
  destroy(): void {
    void this.webContents.page.then((page) => page.close());
    this.#gone();
  }
  isDestroyed = (): boolean => !windows.has(this);
  show = (): void => void (this.#state.visible = true);
  isVisible = (): boolean => this.#state.visible;
  focus = (): void => void (this.#state.focused += 1);
  /** How often the app asked for the focus: the stand-in's windows have none. */
  timesFocused = (): number => this.#state.focused;
  minimize = (): void => void (this.#state.minimised = true);
  restore = (): void => void (this.#state.minimised = false);
  isMinimized = (): boolean => this.#state.minimised;
  maximize = (): void => void (this.#state.maximised = true);
  unmaximize = (): void => void (this.#state.maximised = false);
  setFullScreen = (on: boolean): void => void (this.#state.fullScreen = on);
  isFullScreen = (): boolean => this.#state.fullScreen;
  isMaximized = (): boolean => this.#state.maximised;
  setBounds = (bounds: Partial<Bounds>): void => void (this.#bounds = { ...this.#bounds, ...bounds });
  getBounds = (): Bounds => ({ ...this.#bounds });
  getNormalBounds = (): Bounds => ({ ...this.#bounds });
  setBackgroundColor = (colour: string): void => void (this.#state.background = colour);
  getBackgroundColor = (): string => this.#state.background;
}

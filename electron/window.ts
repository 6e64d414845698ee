import { BrowserWindow, nativeTheme, screen, session, type Session } from 'electron';
import type { Settings } from '../shared/settings.ts';
import { appOrigin, scheme } from './channels.ts';
import { complain } from './complain.ts';
import { pageColours } from './page-colours.ts';

/** What no page may have in any window of ours, the app's own and those in which pages run unseen. */
export const lockedDown = {
  sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
  webviewTag: false, webSecurity: true, spellcheck: false,
} as const;

/** What is kept of the window from one start to the next. `hash` is the renderer's own address: list, article, panes. */
export type WindowState = { x: number; y: number; width: number; height: number; maximised: boolean; fullScreen: boolean; hash: string };
export type WindowMemory = { get(): unknown; set(state: WindowState): void };

const size = { width: 1280, height: 860, minWidth: 480, minHeight: 420 };

/**
 * The one window's session: nothing on disk, no cache, no permission, no download but of what it wrote itself, no address but
 * the app's own. `lost` is told where such a file was to go when it could not be written.
 */
export function openSession(serve: (request: Request) => Promise<Response>, lost: (path: string) => void): Session {
  const own = session.fromPartition('lectern', { cache: false });
  own.protocol.handle(scheme, serve);
  own.setPermissionRequestHandler((_contents, permission, decide, details) => decide(may(permission, details.requestingUrl)));
  own.setPermissionCheckHandler((_contents, permission, origin) => may(permission, origin));
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event, item) => {
    if (!isOwnFile(item.getURL(), item.getFilename())) return event.preventDefault();
    // Completed, or called off in the system's dialog: the reader knows. Neither: nobody else would say so.
    item.once('done', (_event, state) => void (state === 'interrupted' && lost(item.getSavePath())));
  });
  // The built-in dictionaries would be fetched from a server of Google's.
  own.setSpellCheckerEnabled(false);
  own.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !/^(lectern-app|devtools|data|blob):/.test(details.url) }));
  return own;
}

type WindowOptions = {
  session: Session;
  /** The built preload's path. */
  preload: string;
  settings: () => Settings;
  memory: WindowMemory;
  dev: boolean;
  onOpen: (window: BrowserWindow) => void;
  onClosed: () => void;
  /** The page that listened for news is there no more; another may come. */
  onPageGone: () => void;
};

/** The app's one window: the one there is, if any, and the way to have it in front. */
export type Front = { window: () => BrowserWindow | null; come: () => void };

/** Keeps at most one window, opened when it is first wanted and again after it was closed. */
export function keepWindow(options: WindowOptions): Front {
  let window: BrowserWindow | null = null;
  const come = () => {
    if (window === null) {
      options.onPageGone();
      window = openWindow(options);
      window.on('closed', () => {
        window = null;
        options.onClosed();
      });
      options.onOpen(window);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  nativeTheme.on('updated', () => window?.setBackgroundColor(groundOf(options.settings())));
  return { window: () => window, come };
}

/** Opens the window where it was last, hidden until its first paint. */
function openWindow(options: WindowOptions): BrowserWindow {
  const kept = readWindowState(options.memory.get());
  const window = new BrowserWindow({
    ...size,
    ...(kept !== null && isOnScreen(kept) ? { x: kept.x, y: kept.y, width: kept.width, height: kept.height } : {}),
    show: false,
    title: 'Lectern',
    backgroundColor: groundOf(options.settings()),
    webPreferences: {
      preload: options.preload,
      session: options.session,
      ...lockedDown,
      devTools: options.dev,
    },
  });
  if (kept?.maximised === true) window.maximize();
  if (kept?.fullScreen === true) window.setFullScreen(true);
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const hash = /#.*$/s.exec(window.webContents.getURL())?.[0] ?? '';
    options.memory.set({ ...window.getNormalBounds(), maximised: window.isMaximized(), fullScreen: window.isFullScreen(), hash: hash.slice(0, 4_000) });
  });
  keepInside(window);
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) options.onPageGone();
  });
  reviveAfterCrash(window);
  window.loadURL(`${appOrigin}/${kept?.hash ?? ''}`).catch((error: unknown) => complain('The window could not be filled', error));
  return window;
}

/** A page that crashed has lost nothing: all it knew is in the library and in its address. One that crashes again at once stays down. */
function reviveAfterCrash(window: BrowserWindow): void {
  let last = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const again = Date.now() - last < 10_000;
    last = Date.now();
    complain(`The page ended (${reason})${again ? ' twice' : ''}`);
    if (reason !== 'clean-exit' && !again) window.webContents.reload();
  });
}

/** Every way out of the app's own two pages is shut; what is to open outside asks at the door (`ipc.ts`). */
function keepInside(window: BrowserWindow): void {
  const contents = window.webContents;
  contents.on('will-navigate', (event) => keepOnPage(event));
  contents.on('will-frame-navigate', (event) => keepOnPage(event));
  contents.on('will-redirect', (event) => keepOnPage(event));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function keepOnPage(event: { preventDefault(): void; url: string; isMainFrame: boolean }): void {
  if (!isOwnPage(event.url, event.isMainFrame)) event.preventDefault();
}

/**
 * Whether a download is a file that our own page has written: a list it hands out, by its ending too. Electron then asks
 * the reader where it is to go.
 */
export function isOwnFile(address: string, name: string): boolean {
  return address.startsWith('blob:') && isOwnAddress(address.slice('blob:'.length)) && /\.(?:html|md|opml)$/.test(name);
}

/** Copying text is all that our own page may do besides showing itself; no other page may do anything. */
function may(permission: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnAddress(origin);
}

/** Whether an address is of the app's own origin, by its parts: Node gives custom schemes no `origin` to compare. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${scheme}:` && url.host === 'app' && url.username === '' && url.password === '';
}

function isOwnPage(address: string, isMainFrame: boolean): boolean {
  const path = URL.parse(address)?.pathname;
  return isOwnAddress(address) && (isMainFrame ? path === '/' || path === '/index.html' : path === '/reader.html' || path === '/print.html');
}

/** Lets the system's own parts (title bar, menus, scroll bars) and `prefers-color-scheme` follow the preference. */
export function followAppearance(settings: Settings, window: BrowserWindow | null): void {
  nativeTheme.themeSource = settings.appearance === 'auto' ? 'system' : settings.appearance;
  window?.setBackgroundColor(groundOf(settings));
}

function groundOf({ darkTheme, lightTheme }: Settings): string {
  return pageColours[nativeTheme.shouldUseDarkColors ? darkTheme : lightTheme];
}

/** What a file says of a window, or null where it makes no sense. */
export function readWindowState(stored: unknown): WindowState | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { x, y, width, height, maximised, fullScreen, hash } = stored as Record<string, unknown>;
  if (!isPixels(x) || !isPixels(y) || !isPixels(width) || !isPixels(height) || width < size.minWidth || height < size.minHeight) return null;
  return { x, y, width, height, maximised: maximised === true, fullScreen: fullScreen === true, hash: typeof hash === 'string' && /^#\/[^\s]*$/.test(hash) ? hash : '' };
}

function isPixels(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 100_000;
}

/** A title bar that can be grabbed must be on a screen that is still there. */
function isOnScreen(bounds: { x: number; y: number; width: number; height: number }): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const across = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    return across >= 100 && bounds.y >= workArea.y - 8 && bounds.y < workArea.y + workArea.height - 60;
  });
}

import { app, BrowserWindow, session, type Session } from 'electron';
import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '../shared/failure.ts';
import type { RenderPage, RenderTask } from './library/saving/rendering.ts';
import type { DevTools } from './rendering/devtools.ts';
import { drivePage } from './rendering/drive-page.ts';
import { lockedDown } from './window.ts';

/** Milliseconds between two looks at how much memory the page takes. */
const weighing = 400;
/** Milliseconds for the end of a page to be known. */
const goodbye = 1_000;
/** The requests that a page's text may depend on. Pictures, fonts, frames, sockets and what only sends are refused at once. */
const wanted = new Set(['mainFrame', 'script', 'xhr', 'stylesheet', 'other']);

/**
 * The switches that take the engine's own network away, for the whole app: its window shows nothing but the app's own
 * scheme, and pages that are rendered get their answers through the debugger. Before the app is ready.
 */
export function cutNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-quic');
}

/** Renders in a window that is never shown, in a session of its own that keeps nothing; made for one page and destroyed with it. */
export function renderInWindow(): RenderPage {
  let own: Session | null = null;
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
    // Not closed like others, by asking the page: it may be too busy to answer.
    for (const window of BrowserWindow.getAllWindows()) if (own === window.webContents.session) window.destroy();
  });
  return async (task) => {
    const from = (own ??= session.fromPartition('render', { cache: false }));
    await shutIn(from);
    try {
      return await inWindow(from, task, () => quitting);
    } finally {
      await Promise.all([from.clearStorageData(), from.clearCache()]);
    }
  };
}

/** Everything a page could ask of the machine is refused, and a proxy that is not there stands before the network. */
async function shutIn(own: Session): Promise<void> {
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.removeAllListeners('will-download').on('will-download', (event) => event.preventDefault());
  own.setSpellCheckerEnabled(false);
  own.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !/^(?:https?|data|blob):/.test(details.url) || !wanted.has(details.resourceType) }));
  await own.setProxy({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
}

async function inWindow(own: Session, task: RenderTask, isQuitting: () => boolean) {
  const window = new BrowserWindow({
    show: false,
    width: 1280,
    height: 900,
    skipTaskbar: true,
    focusable: false,
    webPreferences: {
      session: own,
      ...lockedDown,
      images: false,
      webgl: false,
      plugins: false,
      disableDialogs: true,
      backgroundThrottling: false,
      autoplayPolicy: 'document-user-activation-required',
    },
  });
  const contents = window.webContents;
  contents.setAudioMuted(true);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A page that asks whether it may be left is not asked.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => void (/^https?:/.test(event.url) || event.preventDefault()));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');

  const { promise: gone, reject: lost } = Promise.withResolvers<never>();
  gone.catch(() => undefined);
  const tooMuch = (): void => lost(new FailureError({ kind: 'too-complex' }));
  contents.on('render-process-gone', tooMuch);
  // A page may close its own window. When the app ends, the library gives its pages up itself, and they wait for the next start.
  window.on('closed', () => void (isQuitting() || tooMuch()));
  const weigh = setInterval(() => {
    if (window.isDestroyed()) return;
    const page = app.getAppMetrics().find(({ pid }) => pid === contents.getOSProcessId());
    if ((page?.memory.workingSetSize ?? 0) * 1_024 > task.limits.memory) tooMuch();
  }, weighing);
  try {
    await window.loadURL('about:blank');
    contents.debugger.attach('1.3');
    return await drivePage(toolsOf(contents.debugger), task, gone);
  } catch (error) {
    // Calls to a page that ends break off a moment before its end is known.
    if (!(error instanceof FailureError)) await Promise.race([gone, wait(goodbye)]);
    throw error;
  } finally {
    clearInterval(weigh);
    if (!window.isDestroyed()) window.destroy();
  }
}

/** Electron's debugger as the protocol's own two ways. */
function toolsOf(own: Electron.Debugger): DevTools {
  return {
    // Of a window that is gone it throws at once.
    send: async (method, params = {}) => own.sendCommand(method, params),
    on(listener) {
      const hear = (_event: unknown, method: string, params: Record<string, unknown>, sessionId?: string): void => {
        if (!sessionId) listener(method, params);
      };
      own.on('message', hear);
      return () => own.off('message', hear);
    },
  };
}

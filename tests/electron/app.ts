import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createHash } from 'node:crypto';
import { closePartitions, getAppMetrics, switches } from './partition.ts';
import { setReady } from './session.ts';
import { BrowserWindow, closeChromium, onAllClosed, openChromium } from './window.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const paths: Record<string, string> = { home: homedir(), temp: tmpdir(), userData: join(homedir(), '.config', 'Lectern'), appData: join(homedir(), '.config') };

let ready = false;
let sandboxed = false;
let ending: 'no' | 'closing' | 'over' = 'no';
let lock: Server | null = null;
/** Settles when the first process has heard of this one, if this is not the first. */
let told = Promise.resolve();
let start = (): void => {};
const started = new Promise<void>((done) => (start = done));

/** The stand-in's `app`: order of start and end, paths, and the lock that makes it the only one. */
export const app = Object.assign(new EventEmitter(), {
  isPackaged: process.env['STAND_IN_DEV'] !== '1',
  name: 'Lectern',
  getVersion: () => version,
  getName: () => 'Lectern',
  getAppPath: () => root,
  getLocale: () => 'en-US',
  getPreferredSystemLanguages: () => (process.env['STAND_IN_LANGUAGES'] ?? 'en-US').split(','),
  isReady: () => ready,
  commandLine: {
    appendSwitch(name: string, value?: string): void {
      if (ready) throw new Error('Too late for a switch: the app is ready.');
      switches.push(value === undefined ? `--${name}` : `--${name}=${value}`);
    },
  },
  getAppMetrics,
  whenReady: () => started,
  enableSandbox(): void {
    if (ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    sandboxed = true;
  },
  getPath(name: string): string {
    const path = paths[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  },
  setPath(name: string, path: string): void {
    if (!path.startsWith('/') || !existsSync(path)) throw new Error(`${path} must be absolute, and there already`);
    paths[name] = path;
  },
  setAsDefaultProtocolClient: (scheme: string): boolean => /^[a-z]+$/.test(scheme),
  setAboutPanelOptions: (options: { applicationName: string; applicationVersion: string }): void => void options,
  requestSingleInstanceLock,
  quit(): void {
    if (ending !== 'no') return;
    if (prevented('before-quit')) return;
    ending = 'closing';
    const open = BrowserWindow.getAllWindows();
    if (open.length === 0) void end();
    for (const window of open) window.close();
  },
  exit(code = 0): void {
    ending = 'over';
    void leave(code);
  },
});

onAllClosed(() => {
  if (ending === 'closing') void end();
  else if (ending === 'no') {
    // Electron quits by itself unless the app listens.
    if (!app.emit('window-all-closed')) app.quit();
  }
});

function prevented(event: string): boolean {
  let stopped = false;
  app.emit(event, { preventDefault: () => (stopped = true) });
  return stopped;
}

async function end(): Promise<void> {
  if (prevented('will-quit')) {
    ending = 'no';
    return;
  }
  ending = 'over';
  app.emit('quit', {}, 0);
  await leave(0);
}

async function leave(code: number): Promise<void> {
  await told;
  await Promise.all([closeChromium(), closePartitions()]);
  if (lock !== null) rmSync(join(paths['userData'] ?? '', 'stand-in.lock'), { force: true });
  lock?.close();
  process.exit(code);
}

/**
 * The first process holds a file with its number in `userData` and listens at a socket named after that folder; a later
 * one, finding it alive, tells it its arguments and gets false. The real call tells at once; here the end of the process waits.
 */
function requestSingleInstanceLock(): boolean {
  const folder = paths['userData'] ?? '';
  mkdirSync(folder, { recursive: true });
  const path = join(tmpdir(), `lectern-stand-in-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.sock`);
  if (!takeFile(join(folder, 'stand-in.lock'))) {
    told = new Promise((done) => {
      const socket = connect(path, () => socket.end(JSON.stringify({ argv: process.argv, cwd: process.cwd() })));
      socket.on('close', () => done());
      socket.on('error', () => done());
      socket.resume();
    });
    return false;
  }
  rmSync(path, { force: true });
  lock = createServer({ allowHalfOpen: true }, (socket) => {
    let text = '';
    socket.on('data', (bytes) => (text += String(bytes)));
    socket.on('end', () => {
      const { argv, cwd } = JSON.parse(text) as { argv: string[]; cwd: string };
      app.emit('second-instance', {}, argv, cwd, {});
      socket.end();
    });
  }).listen(path);
  return true;
}

function takeFile(path: string): boolean {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return false;
  } catch {
    // No file, or its process is gone.
    writeFileSync(path, String(process.pid));
    return true;
  }
}

/** Starts Chromium and tells the app that it is ready; answers where a test can join Chromium. */
export async function becomeReady(): Promise<string | null> {
  await told;
  if (ending !== 'no') return null;
  const debuggerAddress = await openChromium();
  if (!sandboxed) throw new Error('The app did not ask for the sandbox before it was ready.');
  ready = true;
  setReady();
  app.emit('ready');
  start();
  return debuggerAddress;
}

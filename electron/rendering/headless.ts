import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '../../shared/failure.ts';
import { findBrowser } from '../installed-browser.ts';
import type { RenderPage, RenderTask } from '../library/saving/rendering.ts';
import { openPipe, type Piped } from './devtools.ts';
import { drivePage } from './drive-page.ts';
import { membersOf } from './process-group.ts';

/** Temporary profiles are called so, with the process that made them. */
const prefix = 'lectern-render-';
/** Milliseconds between two looks at how much memory the page takes. */
const weighing = 400;
/** Milliseconds for a browser that ends to be gone. */
const goodbye = 1_000;

/** Renders in the browser that is installed on this machine: started for one page, without a window, and ended with it. */
export function renderInBrowser(find: () => string | null = findBrowser): RenderPage {
  return async (task) => {
    const program = find();
    if (program === null) throw noEngine(task);
    await sweepProfiles();
    const profile = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
    try {
      return await inBrowser(program, profile, task);
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
  };
}

async function inBrowser(program: string, profile: string, task: RenderTask) {
  const child = spawn(program, renderFlags(profile), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A group of its own, so that all of it can be ended at once.
    detached: process.platform !== 'win32',
    env: { ...process.env, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
  });
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  const end = (): void => endAll(child);
  // A process that is left by `process.exit` in the midst of it takes the browser with it.
  process.once('exit', end);
  const { promise: gone, reject: lost } = Promise.withResolvers<never>();
  gone.catch(() => undefined);
  const weigh = setInterval(() => void isHeavy(child, profile, task.limits.memory).then((heavy) => heavy && lost(new FailureError({ kind: 'too-complex' })), () => undefined), weighing);
  try {
    const pipe = openPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
    const opening = openPage(pipe, lost).catch((error: unknown) => Promise.reject(noEngine(task, error)));
    const page = await Promise.race([opening, aborted(task.signal)]);
    return await drivePage(page, task, gone);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    // Calls break off a moment before the end of a page or a browser is known.
    await Promise.race([ended, gone, wait(goodbye)]);
    if (child.exitCode === null && child.signalCode === null) throw error;
    throw new FailureError({ kind: 'too-complex' }, { cause: error });
  } finally {
    clearInterval(weigh);
    end();
    await ended;
    await bury(child, profile);
    process.off('exit', end);
  }
}

/** An empty page that may do nothing but show itself; whatever else the browser opens is closed at once. */
async function openPage(browser: Piped, lost: (error: Error) => void) {
  await Promise.all([browser.send('Browser.setDownloadBehavior', { behavior: 'deny' }), browser.send('Browser.grantPermissions', { permissions: [] })]);
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  browser.on((method, params) => {
    const info = (params['targetInfo'] ?? {}) as { targetId?: string; type?: string };
    if (method === 'Target.targetCreated' && info.type === 'page' && info.targetId !== targetId) browser.send('Target.closeTarget', { targetId: info.targetId }).catch(() => undefined);
    if (method === 'Target.targetCrashed' && params['targetId'] === targetId) lost(new FailureError({ kind: 'too-complex' }));
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  return browser.page(String(sessionId));
}

/**
 * No network at all (every name and address leads nowhere, by a proxy that is not there), no picture, no sound, no
 * account, little memory. Requests are answered through the debugging pipe.
 */
export function renderFlags(profile: string, root: boolean = process.getuid?.() === 0): string[] {
  return [
    `--user-data-dir=${profile}`,
    '--headless=new',
    '--remote-debugging-pipe',
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--proxy-server=http://127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    // The same under its newer and its older name: the engine knows only one of them, and says nothing of the other.
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    '--disable-default-apps',
    '--disable-breakpad',
    '--disable-crash-reporter',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-notifications',
    '--disable-speech-api',
    '--no-pings',
    '--mute-audio',
    '--password-store=basic',
    '--use-mock-keychain',
    '--blink-settings=imagesEnabled=false',
    '--js-flags=--max-old-space-size=512',
    '--renderer-process-limit=1',
    '--disable-features=Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider,SpareRendererForSitePerProcess',
    ...(root ? ['--no-sandbox'] : []),
  ];
}

function endAll(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already, all of it.
  }
}

async function isHeavy({ pid }: ChildProcess, profile: string, limit: number): Promise<boolean> {
  const members = pid === undefined ? null : await membersOf(pid, profile);
  return members?.some(({ memory }) => memory > limit) === true;
}

/** Ends what left the group, and waits: a killed process that had much memory takes a moment to give it back. */
async function bury({ pid }: ChildProcess, profile: string): Promise<void> {
  if (pid === undefined) return;
  const until = performance.now() + goodbye * 5;
  while (performance.now() < until) {
    const left = (await membersOf(pid, profile)) ?? [];
    if (left.length === 0) return;
    for (const { id } of left) killOne(id);
    await wait(20);
  }
}

function killOne(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    const give = (): void => fail(new FailureError({ kind: 'cancelled' }));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}

const noEngine = ({ url }: RenderTask, cause?: unknown): FailureError => new FailureError({ kind: 'made-by-script', host: new URL(url).hostname, why: 'no-engine' }, { cause });

/** Profiles of processes that were killed before they could tidy up. */
async function sweepProfiles(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(tmpdir(), name);
    const facts = await lstat(path).catch(() => null);
    // Others write to that folder as well: what is not ours may be a trap.
    if (facts?.isDirectory() !== true || facts.uid !== (process.getuid?.() ?? facts.uid)) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

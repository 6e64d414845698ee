import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Input, Output, QuestionName } from '../shared/contract.ts';
import type { Reply } from '../shared/failure.ts';

/* A stage for end-to-end tests: a library in a folder of its own, the built browser host, and a real Chromium. */

export const root = resolve(import.meta.dirname, '..');

/** The Chromium of this machine: what `npm test` found, else the usual places. */
export function chromiumPath(): string {
  const places = [process.env['LECTERN_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  const found = places.find((path) => path !== '' && existsSync(path));
  if (found === undefined) throw new Error('There is no Chromium; set LECTERN_CHROMIUM or run npm test.');
  return found;
}

export async function launchChromium(args: string[] = []): Promise<Browser> {
  // Without a locale a download's name could not be told where it is not English.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>;
  return chromium.launch({ executablePath: chromiumPath(), env, args, chromiumSandbox: process.getuid?.() !== 0 });
}

/**
 * An empty home: nothing of this machine's user is read or written. `env` has every variable that leads there.
 * `remove` also ends what was started in it, so that a failing test leaves nothing running.
 */
export type Home = { folder: string; library: string; env: NodeJS.ProcessEnv; remove(): Promise<void> };
const running = new Map<ChildProcess, string | undefined>();

export async function makeHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-'));
  const library = join(folder, 'library');
  const run = join(folder, 'run');
  await mkdir(run, { mode: 0o700 });
  const { DISPLAY: _1, WAYLAND_DISPLAY: _2, INIT_CWD: _3, LECTERN_LIBRARY: _4, npm_lifecycle_event: _5, VITEST: _6, ...rest } = process.env;
  const env = {
    ...rest,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: run,
    APPDATA: join(folder, 'config'),
    LOCALAPPDATA: join(folder, 'data'),
    LC_ALL: 'en_GB.UTF-8',
    LECTERN_BROWSER: '',
    NODE_ENV: 'production',
  };
  return {
    folder,
    library,
    env,
    async remove() {
      const left = [...running].filter(([, where]) => where === folder).map(([child]) => child);
      await Promise.all(left.map((child) => new Promise<void>((done) => child.once('close', () => done()) && child.kill())));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What a finished program left behind. */
export type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs a program of this checkout's Node to its end. */
export async function runNode(args: string[], options: { env: NodeJS.ProcessEnv; cwd?: string; input?: string | Buffer }): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: options.cwd ?? root, env: options.env, stdio: 'pipe' });
  child.stdin.end(options.input ?? '');
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { code, stdout, stderr };
}

/** The command line on a home's library, from the real script. */
export function lectern(home: Home, args: string[], input?: string | Buffer): Promise<Ended> {
  return runNode([join(root, 'scripts', 'lectern.mjs'), '--library', home.library, ...args], { env: home.env, ...(input === undefined ? {} : { input }) });
}

/** A browser host that is up; `link` lets one browser in, once. */
export type Host = { child: ChildProcess; link: string; origin: string; output(): string; stop(signal?: NodeJS.Signals): Promise<number | null> };

/** Starts the built browser host without a window. */
export async function startHost(home: Home, args: string[] = []): Promise<Host> {
  return untilLink([join(root, 'dist', 'host', 'browser.js'), '--no-window', '--library', home.library, ...args], home.env);
}

/** Starts any program that prints a link, and waits for it. */
export async function untilLink(args: string[], env: NodeJS.ProcessEnv): Promise<Host> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  running.set(child, env['HOME']);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  child.once('close', () => running.delete(child));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const link = await new Promise<string>((found, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      if (/^http:\/\/127\.0\.0\.1:\d+\/open\?t=/.test(line)) found(line);
    });
    void ended.then((code) => fail(new Error(`The host ended with ${code} before it printed a link:\n${output}`)));
  });
  return {
    child,
    link,
    origin: new URL(link).origin,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

/** A page of Lectern, in a Chromium of its own, at the size of a laptop window. */
export type Stage = {
  home: Home;
  host: Host;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** Everything that went wrong in the page so far: errors, warnings of the security policy, failed requests. */
  faults: string[];
  /** Asks the library from inside the page; throws the failure's kind. */
  ask<N extends QuestionName>(name: N, input: Input<N>): Promise<Output<N>>;
  close(): Promise<void>;
};

export type StageOptions = { args?: string[]; width?: number; height?: number; colorScheme?: 'light' | 'dark'; locale?: string };

/** Sets the stage. Use `await using`-like care: call `close()` in `afterAll`. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const home = await makeHome();
  const host = await startHost(home, options.args);
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 860 },
    colorScheme: options.colorScheme ?? 'light',
    locale: options.locale ?? 'en-GB',
  });
  const page = await context.newPage();
  const faults = watchFaults(page);
  await page.goto(host.link);
  // Gone to another address before, the page would not have taken its key.
  await page.waitForFunction(() => localStorage.getItem('lectern-key') !== null);
  return {
    home,
    host,
    browser,
    context,
    page,
    faults,
    async ask(name, input) {
      return askFrom(page, name, input);
    },
    async close() {
      await browser.close();
      await host.stop();
      await home.remove();
    },
  };
}

/** Asks the library from inside a page of Lectern; throws the failure. */
export async function askFrom<N extends QuestionName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const reply = (await page.evaluate(askInPage, { name, input })) as Reply<unknown>;
  if (!reply.ok) throw new Error(JSON.stringify(reply.failure));
  return reply.value as never;
}

async function askInPage({ name, input }: { name: string; input: unknown }): Promise<unknown> {
  const response = await fetch(`/ask/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', 'lectern-key': localStorage.getItem('lectern-key')?.split('.')[0] ?? '' }, body: JSON.stringify(input) });
  return response.json();
}

/** Collects what the page complains of, from now on. */
export function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy|Trusted Type/i.test(message.text())) faults.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(String(error.stack ?? error)));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // What was on its way when the page was left is aborted, and is no fault.
    if (reason !== 'net::ERR_ABORTED') faults.push(`${request.url()} ${reason}`);
  });
  return faults;
}

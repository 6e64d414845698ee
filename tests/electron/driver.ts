import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type * as Electron from 'electron';
import { _electron, chromium, type Page } from 'playwright-core';
import type { record } from './electron.ts';

/** What a function run in the main process gets: Electron, or its stand-in with what it recorded. */
export type Main = typeof Electron & { record?: typeof record };
export type StartOptions = { home: string; args?: string[]; env?: Record<string, string> };

/** A running desktop app, in Electron or on the stand-in: the same script drives both. */
export type Desktop = {
  /** The app's window, once its page is loaded. */
  page(): Promise<Page>;
  /** Runs a function in the main process; it can use only its two arguments. */
  main<T, A = null>(run: (electron: Main, arg: A) => T | Promise<T>, arg?: A): Promise<T>;
  /** Starts the program once more in the same home and waits until that process ends; answers its exit code. */
  again(args: string[]): Promise<number | null>;
  /** Asks the app to quit; answers its exit code. */
  quit(): Promise<number | null>;
  /** Ends it whatever state it is in; for the end of a test. */
  end(): Promise<void>;
  /** Everything printed so far. */
  printed(): string;
};

export type Driver = { name: string; start(options: StartOptions): Promise<Desktop> };

const root = resolve(import.meta.dirname, '../..');
const built = join(root, 'dist/main/main.js');
const runner = join(import.meta.dirname, 'run.ts');

/** The variables a run starts from: a home of its own, nothing of this machine's preferences. */
function environment({ home, env = {} }: StartOptions): Record<string, string> {
  const kept = Object.fromEntries(['PATH', 'DISPLAY', 'LECTERN_CHROMIUM'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])));
  return { ...kept, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home, LANG: 'en_US.UTF-8', ...env };
}

/** The built main and preload, on the stand-in for Electron with a real Chromium. */
export const standInDriver: Driver = {
  name: 'stand-in',
  async start(options) {
    const env = environment(options);
    const child = fork(runner, [built, ...(options.args ?? [])], { env, silent: true, execArgv: ['--no-warnings'] });
    let printed = '';
    child.stdout?.on('data', (bytes) => (printed += String(bytes)));
    child.stderr?.on('data', (bytes) => (printed += String(bytes)));
    const exited = once(child, 'exit').then(([code]) => code as number | null);
    const waiting = new Map<number, { done: (value: unknown) => void; fail: (error: Error) => void }>();
    let count = 0;
    const address = await new Promise<string | null>((done) => {
      child.on('message', (message: { address: string } | { n: number; value?: unknown; error?: string }) => {
        if ('address' in message) return done(message.address);
        const { done: settle, fail } = waiting.get(message.n) ?? {};
        if (message.error === undefined) settle?.(message.value);
        else fail?.(new Error(message.error));
      });
      child.once('exit', () => {
        done(null);
        for (const { fail } of waiting.values()) fail(new Error(`The app has ended.\n${printed}`));
      });
    });
    // An app that only hands over what it was given may have ended by now: then there is nobody to connect to.
    const browser = address === null ? null : await chromium.connectOverCDP(address).catch(async (error: unknown) => {
      if ((await Promise.race([exited.then(() => 'ended'), setTimeout(10_000, 'running')])) === 'running') throw error;
      return null;
    });
    const main: Desktop['main'] = (run, arg) =>
      new Promise((done, fail) => {
        if (!child.connected) return fail(new Error(`The app has ended.\n${printed}`));
        waiting.set((count += 1), { done: done as (value: unknown) => void, fail });
        child.send({ n: count, source: run.toString(), arg: arg ?? null });
      });
    return {
      async page() {
        const context = browser?.contexts()[0];
        if (context === undefined) throw new Error(`The app has ended before it had a window.\n${printed}`);
        for (;;) {
          const page = context.pages().find((one) => one.url().startsWith('https://app.lectern-app.invalid/'));
          if (page !== undefined) {
            await page.waitForLoadState('load');
            return page;
          }
          const ended = exited.then(() => {
            throw new Error(`The app has ended.\n${printed}`);
          });
          await Promise.race([context.waitForEvent('page', { timeout: 1_000 }).catch(() => null), ended]);
        }
      },
      main,
      again: (args) => runAgain(args, env),
      async quit() {
        await browser?.close();
        await main(({ app }) => void app.quit()).catch(() => null);
        return exited;
      },
      async end() {
        await browser?.close().catch(() => null);
        if (child.exitCode === null && child.signalCode === null) await stop(child, exited);
      },
      printed: () => printed,
    };
  },
};

async function runAgain(args: string[], env: Record<string, string>): Promise<number | null> {
  const second = spawn(process.execPath, ['--no-warnings', runner, built, ...args], { env, stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number | null];
  return code;
}

/** By its own way out first, so that its Chromium goes with it. */
async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.connected) child.send({ n: 0, source: '({ app }) => app.exit(0)', arg: null });
  if ((await Promise.race([exited.then(() => 'ended'), setTimeout(5_000, 'running')])) === 'running') child.kill('SIGKILL');
  await exited;
}

/** The same in a real Electron, for machines that have its binary. */
export const electronDriver: Driver = {
  name: 'electron',
  async start(options) {
    const env = environment(options);
    const binary = electronBinary();
    if (binary === null) throw new Error('There is no Electron here.');
    const rootless = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = await _electron.launch({ executablePath: binary, args: [...rootless, built, ...(options.args ?? [])], env });
    let printed = '';
    const child = app.process();
    child.stdout?.on('data', (bytes) => (printed += String(bytes)));
    child.stderr?.on('data', (bytes) => (printed += String(bytes)));
    const exited = once(child, 'exit').then(([code]) => code as number | null);
    return {
      async page() {
        const page = app.windows()[0] ?? (await app.firstWindow());
        await page.waitForLoadState('load');
        return page;
      },
      main: (run, arg) => app.evaluate(run as never, (arg ?? null) as never) as never,
      async again(args) {
        const second = spawn(binary, [...rootless, built, ...args], { env, stdio: 'ignore' });
        const [code] = (await once(second, 'exit')) as [number | null];
        return code;
      },
      async quit() {
        await app.evaluate(({ app: electron }) => electron.quit()).catch(() => null);
        return exited;
      },
      end: () => app.close().catch(() => {}),
      printed: () => printed,
    };
  },
};

/** Electron's program where its package has downloaded one, else null. The package itself must not be imported: it would download. */
export function electronBinary(): string | null {
  const folder = join(root, 'node_modules/electron');
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return null;
  const path = join(folder, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/** Every driver that can run on this machine. */
export const drivers: Driver[] = electronBinary() === null ? [standInDriver] : [standInDriver, electronDriver];

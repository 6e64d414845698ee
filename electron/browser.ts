import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { ArticleId } from '../shared/article.ts';
import type { Ask } from '../shared/contract.ts';
import { explain } from '../shared/words/explain.ts';
import { failureOf } from './answer.ts';
import { startBrowserHost, type BrowserHost } from './browser-host.ts';
import { readLaunch } from './deep-link.ts';
import { openAccess, type Access } from './open.ts';
import { findBrowser, hasDisplay, openAppWindow } from './installed-browser.ts';
import { settingsFolder } from './places.ts';
import { join } from 'node:path';
import { systemWords } from './system-words.ts';

/*
 * The browser host: the same app in a window of an installed Chrome, Chromium or Edge, for machines without
 * Electron's binary, and for end-to-end tests. `node dist/host/browser.js [--library DIR] [--no-window] [url or file]…`
 */

const words = systemWords();

/** Saves what the launch named; answers the first article, to be shown. What fails is said and does not stop the rest. */
async function saveLaunch(ask: Ask, things: string[]): Promise<ArticleId | null> {
  const launch = readLaunch(things, process.cwd());
  let first: ArticleId | null = null;
  const urls = [...launch.urls, ...launch.offered];
  if (urls.length > 0) {
    const reply = await ask('save', { urls, typed: launch.urls.length > 0 });
    if (reply.ok) first = reply.value[0]?.id ?? null;
    else complain(explain(words, reply.failure).what);
  }
  for (const file of launch.files) {
    const reply = await ask('saveFile', { name: basename(file), base64: readFileSync(file).toString('base64') });
    if (reply.ok) first ??= reply.value.id;
    else complain(`${file}: ${explain(words, reply.failure).what}`);
  }
  const understood = launch.urls.length + launch.offered.length + launch.files.length;
  if (understood < things.length) complain(words.cli.someNotUnderstood);
  return first;
}

function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function tell(link: string, why: 'asked' | 'no-browser' | 'no-display' | 'browser-failed' | null): void {
  const said = why === null || why === 'asked' ? words.cli.openLink : words.cli.openLinkBecause[why];
  process.stdout.write(`${said}\n${link}\n`);
}

/** Asks the running Lectern to come forward; opens its link here if it cannot show a window itself. */
async function handOver(access: Extract<Access, { how: 'joined' }>, article: ArticleId | null, window: boolean): Promise<boolean> {
  const { shown, link } = await access.joined.show(article);
  if (shown) return true;
  if (link === null) return false;
  const browser = window && hasDisplay() ? findBrowser() : null;
  if (browser === null) tell(link, !window ? 'asked' : hasDisplay() ? 'no-browser' : 'no-display');
  else openAppWindow(browser, link, join(settingsFolder(), 'browser')).unref();
  return true;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { library: { type: 'string' }, 'no-window': { type: 'boolean' } },
    allowPositionals: true,
  });
  const window = values['no-window'] !== true;
  for (;;) {
    const access = await openAccess(values.library ?? null);
    const article = await saveLaunch(access.ask, positionals.splice(0));
    if (access.how === 'joined') {
      const done = await handOver(access, article, window);
      access.joined.close();
      if (done) return;
      // A command line has it and has no window to show: its turn ends soon.
      complain(words.cli.waitingForOther);
      await access.joined.ended;
      continue;
    }
    await live(await startBrowserHost(access.library, { window, article, tell }));
    return;
  }
}

/** Until the last window closes or the process is told to end. */
async function live(host: BrowserHost): Promise<void> {
  const signalled = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
  await Promise.race([host.done, signalled]);
  await host.close();
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    const { what, todo } = explain(words, failureOf(error));
    complain(`${what} ${todo}`);
    process.exit(1);
  },
);

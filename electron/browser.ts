import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ArticleId } from '../shared/article.ts';
import type { News } from '../shared/contract.ts';
import { explain, joinSentences } from '../shared/words/explain.ts';
import { failureOf } from './answer.ts';
import { startBrowserHost, type BrowserHost, type LinkReason } from './browser-host.ts';
import { noLaunch, readLaunch } from './deep-link.ts';
import { findBrowser, hasDisplay, openAppWindow } from './installed-browser.ts';
import type { Joined } from './join.ts';
import { carryOut } from './launch.ts';
import { openAccess } from './open.ts';
import { settingsFolder } from './places.ts';
import { untilSignalled } from './signals.ts';
import { systemWords } from './system-words.ts';

/*
 * The browser host: the same app in a window of an installed Chrome, Chromium or Edge, for machines without
 * Electron's binary, and for end-to-end tests. `node dist/host/browser.js [--library DIR] [--no-window] [url or file]…`
 */

const words = systemWords();

function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Prints a link that a person has to open, and why there is no window. */
function tellLink(link: string, why: LinkReason): void {
  process.stdout.write(`${why === 'asked' ? words.cli.openLink : words.cli.openLinkBecause[why]}\n${link}\n`);
}

function tellTrouble(news: News): void {
  if (news.about === 'trouble') complain(explain(words, news.failure).what);
}

/** Asks the running Lectern to come forward, or opens its link here; false when it has no window to show. */
async function handOver(joined: Joined, article: ArticleId | null, window: boolean): Promise<boolean> {
  const { shown, link } = await joined.show(article);
  if (shown) process.stdout.write(`${words.cli.shownThere}\n`);
  if (shown || link === null) return shown;
  const browser = window && hasDisplay() ? findBrowser() : null;
  if (browser === null) tellLink(link, !window ? 'asked' : hasDisplay() ? 'no-browser' : 'no-display');
  else openAppWindow(browser, link, join(settingsFolder(), 'browser')).unref();
  return true;
}

/** Until the last window closes or the process is told to end. */
async function live(host: BrowserHost): Promise<void> {
  await Promise.race([host.done, untilSignalled()]);
  await host.close();
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { library: { type: 'string' }, 'no-window': { type: 'boolean' } },
    allowPositionals: true,
  });
  const window = values['no-window'] !== true;
  let launch = readLaunch(positionals, process.cwd());
  if (launch.urls.length + launch.offered.length + launch.files.length + (launch.kept === null ? 0 : 1) < positionals.length) complain(words.cli.someNotUnderstood);
  let article: ArticleId | null = null;
  for (;;) {
    const access = await openAccess(values.library ?? null, { window: true });
    article = (await carryOut(launch, access.ask, tellTrouble)) ?? article;
    launch = noLaunch;
    if (access.how === 'own') return live(await startBrowserHost(access.library, access.settings, { window, article, tell: tellLink }));
    const done = await handOver(access.joined, article, window);
    access.joined.close();
    if (done) return;
    // A command line has the library and no window to show: its turn ends soon.
    complain(words.cli.waitingForOther);
    await access.joined.ended;
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    const { what, todo } = explain(words, failureOf(error));
    complain(joinSentences(what, todo));
    process.exit(1);
  },
);

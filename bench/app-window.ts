import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from 'playwright-core';
import { windowFlags } from '../electron/installed-browser.ts';
import { chromiumPath, makeHome, startHost, type Home, type Host } from '../tests/stage.ts';
import { sure, timesOf } from './pairs.ts';
import { cpu, memory, wakeUps } from './processes.ts';

/*
 * node bench/app-window.ts FOLDER [ROUNDS] [REST]     (after `npm run build`)
 * The app's own window beside a blank one with the same switches, in turns, each a browser of its own: from its start to its painted
 * list, its memory (PSS of all its processes) with the list and with an article, and what it does in REST seconds of rest with that.
 */
const [path = '', rounds = '5', restFor = '20'] = process.argv.slice(2);
const wait = (seconds: number) => new Promise((soon) => setTimeout(soon, seconds * 1_000));

type Figures = { painted: number; list: number; article: number; wakeUps: number; cpu: number };
const names = ['painted', 'list', 'article', 'wakeUps', 'cpu'] as const;

/** When the largest thing was painted, and with it the list, in milliseconds since `began`; the page is asked long after it. */
const paintedAt = (page: Page, began: number) => page.evaluate((from) => new Promise<number>((told) => {
  new PerformanceObserver((list) => told(performance.timeOrigin + Math.max(...list.getEntries().map(({ startTime }) => startTime)) - from)).observe({ type: 'largest-contentful-paint', buffered: true });
}), began);

async function openWindow(url: string, profile: string, rest: boolean, open: (page: Page) => Promise<void>): Promise<Figures> {
  const began = Date.now();
  const child = spawn(chromiumPath(), [...windowFlags(profile), '--headless=new', '--remote-debugging-port=0', `--app=${url}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const endpoint = await new Promise<string>((found) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        const at = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
        if (at !== undefined) found(at);
      });
    });
    await wait(3);
    const browser = await chromium.connectOverCDP(endpoint);
    const page = sure(browser.contexts()[0]?.pages()[0]);
    const painted = await paintedAt(page, began);
    const pid = sure(child.pid);
    const list = memory(pid);
    await open(page);
    await browser.close();
    // What was thrown away while it opened is still being tidied up after.
    await wait(rest ? 20 : 2);
    const article = memory(pid);
    const [woken, used] = [wakeUps(pid), cpu(pid)];
    const seconds = rest ? Number(restFor) : 0;
    await wait(seconds);
    return { painted, list, article, wakeUps: rest ? (wakeUps(pid) - woken) / seconds : NaN, cpu: rest ? (cpu(pid) - used) / seconds : NaN };
  } finally {
    const ended = new Promise((done) => child.once('close', done));
    child.kill();
    await ended;
  }
}

const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>blank</title><p>blank'));
await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
const profiles = mkdtempSync(join(tmpdir(), 'lectern-windows-'));
const blank = (rest: boolean) => openWindow(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, join(profiles, 'blank'), rest, async () => undefined);

/** Each start is that of a host and its window; the last place shown is the list, as after any day's use. */
async function ours(home: Home, rest: boolean): Promise<Figures> {
  const host: Host = await startHost(home);
  try {
    return await openWindow(host.link, join(profiles, 'ours'), rest, async (page) => {
      if ((await page.locator('[role=row]').count()) < 5) await page.goto(`${host.origin}/#/all`);
      await page.locator('[role=row]').nth(3).click();
      await page.locator('iframe').first().waitFor();
      await wait(2);
      // The next start begins at the list alone.
      if (!rest) await page.goto(`${host.origin}/#/all`);
      await wait(2);
    });
  } finally {
    await host.stop();
  }
}

const home = await makeHome();
home.library = path;
const [mine, bare]: [Figures[], Figures[]] = [[], []];
try {
  for (let round = -2; round < Number(rounds); round += 1) {
    const rest = round >= Number(rounds) - 2;
    const [a, b] = [await ours(home, rest), await blank(rest)];
    if (round < 0) continue;
    mine.push(a);
    bare.push(b);
  }
  for (const name of names) {
    const seen = (all: Figures[]) => all.map((each) => each[name]).filter((value) => !Number.isNaN(value));
    const [a, b] = [timesOf(seen(mine)).p50, timesOf(seen(bare)).p50];
    console.log(`${name.padEnd(8)} ours ${a.toFixed(1)} (${seen(mine).map((value) => value.toFixed(0)).join(' ')})  blank ${b.toFixed(1)} (${seen(bare).map((value) => value.toFixed(0)).join(' ')})  ×${(a / b).toFixed(2)}  + ${(a - b).toFixed(1)}`);
  }
} finally {
  server.close();
  await home.remove();
  rmSync(profiles, { recursive: true, force: true, maxRetries: 5 });
}

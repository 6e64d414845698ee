import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { launchChromium, makeHome, startHost, type Home } from '../tests/stage.ts';
import { makeLibrary } from './made-up-library.ts';
import { sure, timesOf } from './pairs.ts';
import { browserPid, memory, wakeUps, written } from './processes.ts';

/*
 * node bench/window.ts FOLDER=articles [FOLDER=articles …]     (after `npm run build`)
 * A real Chromium on the browser host, beside a blank page of the same server kind, in turns: from asking for the page to its
 * painted list; frames while the wheel turns, beside an empty page that scrolls; memory of all of Chromium's processes (PSS) with
 * the list and an article open, beside the blank page; the host's own memory beside `node -e` alone; and how long the host takes to listen.
 */
const rounds = 5;
const libraries = process.argv.slice(2).map((argument) => {
  const [path = '', count = '10000'] = argument.split('=');
  return { path, count: Number(count) };
});

const blank = createServer((request, response) => {
  const tall = request.url === '/tall' ? '<div style="height:12400000px;background:linear-gradient(#eee,#999) 0 0/100% 124px"></div>' : 'blank';
  response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>blank</title><body style="margin:0">${tall}`);
});
await new Promise<void>((up) => blank.listen(0, '127.0.0.1', up));
const empty = `http://127.0.0.1:${(blank.address() as AddressInfo).port}`;

/** Two frames after something is there it has been painted. */
const painted = (page: Page) => page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** From asking for the page to its being painted, in a tab of its own. */
async function open(context: { newPage(): Promise<Page> }, url: string, there: string): Promise<{ page: Page; took: number }> {
  const page = await context.newPage();
  const started = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator(there).first().waitFor();
  await painted(page);
  return { page, took: performance.now() - started };
}

/** The frames of so many turns of the wheel, in milliseconds. */
async function frames(page: Page, turns: number): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    let last = performance.now();
    const tick = (at: number) => {
      times.push(at - last);
      last = at;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frameTimes: times });
  });
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(16);
  }
  return page.evaluate(() => (window as unknown as { frameTimes: number[] }).frameTimes.slice(2));
}

const wait = (seconds: number) => new Promise((soon) => setTimeout(soon, seconds * 1_000));

/** A library that another version made is indexed anew first: that is not what is measured. */
async function untilQuiet(home: Home): Promise<void> {
  const host = await startHost(home);
  const pid = sure(host.child.pid);
  for (let [last, quiet] = [-1, 0]; quiet < 3; ) {
    await wait(1);
    quiet = written(pid) === last ? quiet + 1 : 0;
    last = written(pid);
  }
  await host.stop();
}

async function measure(home: Home, count: number): Promise<void> {
  await untilQuiet(home);
  const listening: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const host = await startHost(home);
    listening.push(performance.now() - started);
    // Every second one is killed: the next start must not be slower for it.
    await host.stop(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
    const begun = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    bare.push(performance.now() - begun);
  }
  const after = (killed: boolean) => timesOf(listening.filter((_, round) => round > 0 && (round % 2 === 1) === killed)).p50;
  console.log(`\n${count} articles\nhost listens after ${timesOf(listening).p50.toFixed(0)} ms, node alone ${timesOf(bare).p50.toFixed(0)} ms; after kill -9 ×${(after(true) / after(false)).toFixed(2)} of a clean end`);

  const host = await startHost(home);
  const browser = await launchChromium();
  try {
    const pid = browserPid();
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const first = await context.newPage();
    await first.goto(host.link);
    await first.close();
    const list = `${host.origin}/#/all`;
    const times = { list: [] as number[], blank: [] as number[] };
    for (let round = -1; round < rounds; round++) {
      for (const [name, url, there] of [['list', list, '[role=row] >> nth=5'], ['blank', empty, 'body']] as const) {
        const { page, took } = await open(context, url, there);
        if (round >= 0) times[name].push(took);
        await page.close();
      }
    }
    const [l, b] = [timesOf(times.list), timesOf(times.blank)];
    console.log(`painted list ${l.p50.toFixed(0)} ms, blank page ${b.p50.toFixed(0)} ms: + ${(l.p50 - b.p50).toFixed(0)} ms`);

    const { page: tall } = await open(context, `${empty}/tall`, 'div');
    await tall.mouse.move(200, 400);
    const plain = timesOf(await frames(tall, 120));
    await tall.close();
    const { page } = await open(context, list, '[role=row] >> nth=5');
    await page.mouse.move(400, 500);
    const ours = timesOf(await frames(page, 120));
    console.log(`frames while scrolling: p50 ${ours.p50.toFixed(1)} p95 ${ours.p95.toFixed(1)} max ${ours.max.toFixed(1)}, empty page p50 ${plain.p50.toFixed(1)} p95 ${plain.p95.toFixed(1)} max ${plain.max.toFixed(1)}: p95 ×${(ours.p95 / plain.p95).toFixed(2)}`);

    await page.locator('[role=row]').nth(3).click();
    await page.locator('iframe').first().waitFor();
    await page.waitForTimeout(1_500);
    const withUs = memory(pid);
    await page.close();
    const { page: alone } = await open(context, empty, 'body');
    await alone.waitForTimeout(1_500);
    console.log(`Chromium with list and article ${withUs.toFixed(0)} MB, with a blank page ${memory(pid).toFixed(0)} MB: + ${(withUs - memory(pid)).toFixed(0)} MB; host ${memory(sure(host.child.pid)).toFixed(0)} MB`);

    await context.close();
    await wait(3);
    const [woken, wrote] = [wakeUps(sure(host.child.pid)), written(sure(host.child.pid))];
    await wait(10);
    console.log(`idle, window closed, 10 s: ${((wakeUps(sure(host.child.pid)) - woken) / 10).toFixed(1)} wake-ups a second, ${written(sure(host.child.pid)) - wrote} bytes written`);
  } finally {
    await browser.close();
    await host.stop();
  }
}

for (const { path, count } of libraries) {
  await makeLibrary(path, count);
  const home = await makeHome();
  try {
    home.library = path;
    await measure(home, count);
  } finally {
    await home.remove();
  }
}
blank.close();

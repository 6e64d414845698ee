import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';
import { launchChromium, makeHome, root, startHost, type Host } from '../tests/stage.ts';

/*
 * node bench/stall.ts [addresses] [hosts]     (after `npm run build`; PROFILE=folder keeps CPU profiles of the host there)
 * Whether window and host answer while a great many addresses are pasted, saved, cancelled, tried again and found waiting
 * at the next start. For each phase: how long the host's event loop was held up (p99, longest), how long the window's
 * frames took (p95, longest), each also as a ratio to the same window idle.
 */
const count = Number(process.argv[2] ?? 10_000);
const hosts = Number(process.argv[3] ?? 40);

type Loop = { p50: number; p99: number; max: number; cpu: number; rss: number };
type Frames = { p50: number; p95: number; max: number };

const home = await makeHome();
const web = spawn(process.execPath, [join(root, 'bench', 'made-up-web.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = Number(await new Promise<string>((told) => createInterface({ input: web.stdout }).once('line', told)));
const delays = join(home.folder, 'delays.jsonl');
home.env['LOOP_DELAY'] = delays;
home.env['NODE_OPTIONS'] = `--import ${join(root, 'bench', 'loop-delay.mjs')}${process.env['PROFILE'] === undefined ? '' : ` --cpu-prof --cpu-prof-dir=${process.env['PROFILE']}`}`;
const browser = await launchChromium();
const results: Array<{ phase: string; took: number; loop: Loop; frames: Frames }> = [];

async function openWindow(host: Host): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.origin });
  const page = await context.newPage();
  await page.goto(host.link);
  await page.getByRole('navigation').first().waitFor();
  return page;
}

/** The loop since last asked. */
async function loopOf(host: Host): Promise<Loop> {
  const before = linesOf().length;
  host.child.kill('SIGUSR2');
  for (let round = 0; linesOf().length === before; round++) {
    if (round > 5_000) throw new Error('The host does not tell its delays');
    await new Promise((soon) => setTimeout(soon, 2));
  }
  return JSON.parse(linesOf().at(-1) ?? '') as Loop;
}
const linesOf = (): string[] => (existsSync(delays) ? readFileSync(delays, 'utf8').trim().split('\n') : []);

const beginFrames = (page: Page) =>
  page.evaluate(() => {
    const times: number[] = [];
    let last = performance.now();
    let on = true;
    const tick = (at: number) => {
      times.push(at - last);
      last = at;
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, {
      endFrames: () => {
        on = false;
        const sorted = times.slice(1).toSorted((a, b) => a - b);
        const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
        return { p50: at(0.5), p95: at(0.95), max: at(1) };
      },
    });
  });

async function measure(host: Host, page: Page, phase: string, work: () => Promise<unknown>): Promise<void> {
  await loopOf(host);
  await beginFrames(page);
  const started = performance.now();
  await work();
  const took = performance.now() - started;
  const frames = await page.evaluate(() => (window as unknown as { endFrames(): Frames }).endFrames());
  const found = { phase, took, loop: await loopOf(host), frames };
  results.push(found);
  const [idle] = results;
  const ms = (value: number) => value.toFixed(1).padStart(7);
  const ratio = (value: number, base: number) => `×${(value / Math.max(0.1, base)).toFixed(1)}`.padStart(7);
  const rest = idle === undefined ? '' : `${ratio(found.frames.p95, idle.frames.p95)}`;
  console.log(`${phase.padEnd(34)}${(took / 1_000).toFixed(1).padStart(6)} s  host p99 ${ms(found.loop.p99)} max ${ms(found.loop.max)} cpu ${(found.loop.cpu / took * 100).toFixed(0).padStart(3)}% rss ${found.loop.rss.toFixed(0)} MB  frame p50 ${ms(found.frames.p50)} p95 ${ms(found.frames.p95)} max ${ms(found.frames.max)} ${rest}`);
}

const wait = (seconds: number) => new Promise((soon) => setTimeout(soon, seconds * 1_000));
const ask = <T>(page: Page, name: string, input: unknown): Promise<T> =>
  page.evaluate(async (asked) => {
    const reply = await fetch(`/ask/${asked.name}`, { method: 'POST', headers: { 'content-type': 'application/json', 'lectern-key': localStorage.getItem('lectern-key')?.split('.')[0] ?? '' }, body: JSON.stringify(asked.input) });
    return ((await reply.json()) as { value: T }).value;
  }, { name, input });
const waitingIn = async (page: Page) => (await ask<{ waiting: number; working: number }>(page, 'queue', { count: 1 })).waiting;

try {
  let host = await startHost(home);
  let page = await openWindow(host);
  await measure(host, page, 'idle', () => wait(6));
  const urls = Array.from({ length: count }, (_, i) => `http://127.0.${Math.floor((i % hosts) / 250)}.${1 + (i % hosts) % 250}:${port}/page/${i}`).join('\n');
  await page.keyboard.press('Control+n');
  const field = page.getByRole('dialog').locator('textarea');
  await field.waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), urls);
  await measure(host, page, `pasting ${count}`, async () => {
    await page.keyboard.press('Control+v');
    await page.getByRole('button', { name: /^Save \d/ }).waitFor();
    await wait(1);
  });
  await measure(host, page, 'saving them (until told)', async () => {
    await page.getByRole('button', { name: /^Save \d/ }).click();
    await page.getByRole('button', { name: 'Done' }).waitFor({ timeout: 120_000 });
  });
  await measure(host, page, 'working, Add panel open', () => wait(8));
  await page.getByRole('button', { name: 'Done' }).click();
  await measure(host, page, 'working, Home open', () => wait(8));
  await page.evaluate(() => (location.hash = '#/inbox'));
  await measure(host, page, 'working, Inbox open', () => wait(8));
  await page.evaluate(() => (location.hash = '#/queue'));
  await measure(host, page, 'working, queue open', () => wait(8));
  await measure(host, page, 'cancel all', () => ask(page, 'cancel', { ids: 'all' }));
  const { rows } = await ask<{ rows: Array<{ id: string }> }>(page, 'list', { where: { list: 'failed' }, count: 1 });
  console.log(`cancelled ones in the failed list: ${rows.length}`);
  // From inside, so that handing 10,000 addresses in and their outcomes out is not counted.
  await page.evaluate((text) => Object.assign(window, { pasted: JSON.stringify({ urls: text.split('\n'), tags: [] }) }), urls);
  await measure(host, page, 'all saved once more', () =>
    page.evaluate(async () => {
      const { pasted } = window as unknown as { pasted: string };
      await (await fetch('/ask/save', { method: 'POST', headers: { 'content-type': 'application/json', 'lectern-key': localStorage.getItem('lectern-key')?.split('.')[0] ?? '' }, body: pasted })).arrayBuffer();
    }),
  );
  console.log(`waiting: ${await waitingIn(page)}`);
  await host.stop();
  const started = performance.now();
  host = await startHost(home);
  const up = performance.now() - started;
  page = await openWindow(host);
  await page.evaluate(() => (location.hash = '#/inbox'));
  await page.getByRole('listitem').or(page.getByRole('option')).first().waitFor();
  console.log(`start with ${await waitingIn(page)} waiting: host up in ${up.toFixed(0)} ms, list after ${(performance.now() - started).toFixed(0)} ms`);
  await measure(host, page, 'working after the restart', () => wait(6));
  await host.stop();
} finally {
  await browser.close();
  web.kill();
  await home.remove();
}

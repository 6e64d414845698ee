import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/*
 * node bench/saving.ts [pages]
 * Saves so many made-up pages with pictures from a loopback server twice, each way in a process of its own: by Lectern (extracted,
 * pictures checked and stored, the page kept packed, sealed, synced, indexed for searching) and by Readability on jsdom
 * with its pictures written beside it, nothing synced, checked or indexed. Prints pages a second and CPU a page. Then the server
 * is stopped and every stored article is opened in a real Chromium behind a proxy that counts whatever is asked of it.
 */
const pages = Number(process.argv[2] ?? 1_000);
const way = process.argv[3];

/** The addresses: forty hosts, so that the pause between two pages of one is no limit. */
const urlsOf = (port: string): string[] => Array.from({ length: pages }, (_, i) => `http://127.0.0.${1 + (i % 40)}:${port}/page/${i}`);

async function saveWithLectern(port: string, path: string): Promise<void> {
  const { openLibrary } = await import('../electron/library/library.ts');
  const { defaultSettings } = await import('../shared/settings.ts');
  const library = await openLibrary({ path, version: 'bench', settings: { get: () => defaultSettings, change: () => defaultSettings, onChange: () => () => undefined } });
  await library.answers.save({ urls: urlsOf(port), tags: [], typed: true });
  await library.idle();
  const { done, failed } = await library.answers.queue({ count: 1 });
  console.error(`Lectern: ${done} saved, ${failed} failed`);
  await library.close();
}

async function saveWithReadability(port: string, path: string): Promise<void> {
  const { Readability } = await import('@mozilla/readability');
  const { JSDOM } = await import('jsdom');
  const left = urlsOf(port).entries();
  let saved = 0;
  const work = async (): Promise<void> => {
    for (const [number, url] of left) {
      const dom = new JSDOM(await (await fetch(url)).text(), { url });
      const article = new Readability(dom.window.document as never).parse();
      const body = new JSDOM(article?.content ?? '', { url });
      for (const image of body.window.document.querySelectorAll('img')) {
        const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
        const name = `${createHash('sha256').update(bytes).digest('hex')}.png`;
        writeFileSync(join(path, name), bytes);
        image.setAttribute('src', name);
      }
      writeFileSync(join(path, `${number}.html`), `<!doctype html><meta charset="utf-8"><title>${article?.title ?? ''}</title>${body.serialize()}`);
      body.window.close();
      dom.window.close();
      saved++;
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  console.error(`Readability on jsdom: ${saved} saved`);
}

/** One way in a process of its own; answers seconds, CPU seconds of all its threads, and the most memory in MB. */
async function run(name: string, port: string, path: string): Promise<{ seconds: number; cpu: number; memory: number }> {
  const child = spawn(process.execPath, [import.meta.filename, String(pages), name, port, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((told, fail) => {
    createInterface({ input: child.stdout }).once('line', told);
    child.once('exit', (code) => fail(new Error(`${name} ended with ${code}`)));
  });
  return JSON.parse(line) as { seconds: number; cpu: number; memory: number };
}

/** Opens every stored article with nothing but a trap for a network; counts what was asked of it and which pictures did not show. */
async function openOffline(path: string): Promise<void> {
  const asked: string[] = [];
  const trap = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  }).on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((up) => trap.listen(0, '127.0.0.1', up));
  // Not needed by the two that are measured.
  const { launchChromium } = await import('../tests/stage.ts');
  const browser = await launchChromium([`--proxy-server=127.0.0.1:${(trap.address() as AddressInfo).port}`, '--proxy-bypass-list=<-loopback>', '--allow-file-access-from-files']);
  const page = await (await browser.newContext()).newPage();
  const remote: string[] = [];
  page.on('request', (request) => {
    if (!/^(?:file|data|about):/.test(request.url())) remote.push(request.url());
  });
  // What the browser itself wants at its start is no article's.
  await page.goto('about:blank');
  await wait(3_000);
  const own = asked.splice(0);
  let opened = 0;
  let pictures = 0;
  let missing = 0;
  const folder = join(path, 'articles');
  for (const year of readdirSync(folder)) {
    for (const name of readdirSync(join(folder, year))) {
      await page.goto(pathToFileURL(join(folder, year, name, 'article.html')).href, { waitUntil: 'load' });
      const [all, broken] = await page.evaluate(async () => {
        const images = [...document.images];
        await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
        return [images.length, images.filter((image) => image.naturalWidth === 0).length] as const;
      });
      opened++;
      pictures += all;
      missing += broken;
    }
  }
  // Given a moment for what a page may only think of later.
  await wait(500);
  await browser.close();
  trap.close();
  console.log(`offline: ${opened} articles opened, ${pictures} pictures shown, ${missing} missing, ${asked.length + remote.length} attempts to reach a network${asked.length > 0 ? `: ${asked.join(' ')}` : ''} (the browser's own at its start: ${own.length})`);
}

function weightOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true }).reduce((sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0), 0);
}

if (way === 'lectern' || way === 'readability') {
  const [port = '', path = ''] = process.argv.slice(4);
  const begun = performance.now();
  await (way === 'lectern' ? saveWithLectern : saveWithReadability)(port, path);
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ seconds: (performance.now() - begun) / 1_000, cpu: (user + system) / 1e6, memory: process.resourceUsage().maxRSS / 1_000 }));
  process.exit(0);
}

const web = spawn(process.execPath, [join(import.meta.dirname, 'made-up-web.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
const folders: string[] = [];
try {
  const port = await new Promise<string>((told) => createInterface({ input: web.stdout }).once('line', told));
  const found = new Map<string, { seconds: number; cpu: number; memory: number }>();
  for (const name of ['lectern', 'readability']) {
    const path = mkdtempSync(join(tmpdir(), `lectern-bench-${name}-`));
    folders.push(path);
    const facts = await run(name, port, path);
    found.set(name, facts);
    const { seconds, cpu, memory } = facts;
    console.log(`${name.padEnd(12)} ${(pages / seconds).toFixed(1).padStart(6)} pages/s  ${((1_000 * cpu) / pages).toFixed(1).padStart(6)} ms CPU a page  ${memory.toFixed(0).padStart(5)} MB at most  ${(weightOf(path) / pages / 1_000).toFixed(0).padStart(4)} kB a page on disk`);
  }
  const [ours, theirs] = [found.get('lectern'), found.get('readability')];
  if (ours && theirs) console.log(`Lectern beside Readability on jsdom: ${(ours.cpu / theirs.cpu).toFixed(2)} of its CPU, ${(theirs.seconds / ours.seconds).toFixed(2)} times its pages a second`);
  web.kill();
  await openOffline(folders[0] ?? '');
} finally {
  web.kill();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

import { createServer } from 'node:http';
import { createServer as listenRaw, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { askFrom, launchChromium, makeHome, root, untilLink, watchFaults } from './stage.ts';

/** What opening every article of a library without a network came to. `attempts` and `broken` are to be empty. */
export type Offline = {
  articles: number;
  /** Pictures that were shown, and those an article says it lacks. */
  pictures: number;
  lacking: number;
  /** Pictures that should have been shown and were not. */
  broken: string[];
  /** Whatever asked for a network: a request of the window's, a connection of the browser's or of the host's, or what the page's policy had to stop. */
  attempts: string[];
};

/**
 * Opens every ready article of a library in the built app's reader, in a real Chromium, with nothing but traps for a network:
 * one in place of the server that the articles came from, on its `port`, and one as everybody's proxy. `prove` may misbehave
 * in a page of that browser, to show that the traps hear it.
 */
export async function readOffline(library: string, port: number, prove?: (page: Page) => Promise<unknown>): Promise<Offline> {
  const attempts: string[] = [];
  const web = await listen(listenRaw((socket) => {
    attempts.push(`a connection to where the articles came from, port ${port}`);
    socket.destroy();
  }), port, '0.0.0.0');
  const byProxy = (url = '') => void (browsersOwn.test(url) || attempts.push(`by the proxy: ${url}`));
  const proxy = await listen(createServer((request, response) => {
    byProxy(request.url);
    response.writeHead(502).end();
  }).on('connect', (request, socket) => {
    byProxy(request.url);
    socket.destroy();
  }), 0, '127.0.0.1');
  const way = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const home = await makeHome();
  const host = await untilLink([join(root, 'dist', 'host', 'browser.js'), '--no-window', '--library', library], { ...home.env, HTTP_PROXY: way, HTTPS_PROXY: way, http_proxy: way, https_proxy: way, NO_PROXY: '', no_proxy: '' });
  const browser = await launchChromium([`--proxy-server=${way}`, `--proxy-bypass-list=<-loopback>;${new URL(host.origin).host}`]);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await context.newPage();
    const faults = watchFaults(page);
    context.on('request', (request) => {
      if (!request.url().startsWith(`${host.origin}/`) && !/^(?:data|blob|about):/.test(request.url())) attempts.push(`by the window: ${request.url()}`);
    });
    page.on('websocket', (socket) => attempts.push(`by the window: ${socket.url()}`));
    await page.goto(host.link);
    await page.getByRole('navigation').first().waitFor();
    if (prove) {
      const other = await context.newPage();
      await prove(other);
      // The window behind it draws nothing.
      await other.close();
    }
    const found: Offline = { articles: 0, pictures: 0, lacking: 0, broken: [], attempts };
    for (const id of (await askFrom(page, 'listed', { where: { list: 'all' } })).ids) {
      const { html, links, stage } = await askFrom(page, 'article', { id });
      if (stage.state !== 'ready') continue;
      const stored = html.match(/<img src="\/files\//g)?.length ?? 0;
      const shown = await page.evaluate(openAndLook, { id, isList: links !== null, stored });
      found.articles++;
      found.pictures += shown.pictures;
      found.lacking += html.match(/<img[^>]* data-missing=/g)?.length ?? 0;
      found.broken.push(...shown.broken.map((address) => `${id} ${address}`));
    }
    // A moment for what a page may only think of later.
    await page.waitForTimeout(500);
    attempts.push(...faults.filter((fault) => !fault.includes('Failed to load resource')).map((fault) => `in the window: ${fault}`));
    return found;
  } finally {
    await browser.close();
    await host.stop();
    await home.remove();
    for (const server of [web, proxy]) server.close();
  }
}

/** Where a Chromium turns on its own account, at any time. */
const browsersOwn = /^(?:https?:\/\/)?[\w.-]+\.(?:google|googleapis|gstatic|gvt1)\.com[:/]/;

function listen<S extends Server>(server: S, port: number, address: string): Promise<S> {
  return new Promise((up, fail) => server.once('error', fail).listen(port, address, () => up(server)));
}

/** Runs in the window. */
async function openAndLook({ id, isList, stored }: { id: string; isList: boolean; stored: number }): Promise<{ pictures: number; broken: string[] }> {
  const frames = () => new Promise((done) => requestAnimationFrame(done));
  const inFrame = () => document.querySelector('iframe')?.contentDocument?.getElementById('body');
  const before = inFrame()?.firstElementChild ?? null;
  location.hash = `#/all?article=${id}`;
  const until = performance.now() + 20_000;
  // A list page is no text in a frame.
  if (isList) await new Promise((done) => setTimeout(done, 500));
  else {
    while (inFrame()?.firstElementChild === before || !inFrame()?.firstElementChild) {
      if (performance.now() > until) throw new Error(`Article ${id} is not shown`);
      await frames();
    }
  }
  await frames();
  const images = [document, ...[...document.querySelectorAll('iframe')].flatMap((each) => each.contentDocument ?? [])].flatMap((each) => [...each.images]);
  const shown = images.filter((image) => image.hasAttribute('src'));
  for (const image of shown) image.loading = 'eager';
  await Promise.all(shown.map((image) => image.decode().catch(() => undefined)));
  const inText = [...(inFrame()?.querySelectorAll('img[src]') ?? [])].length;
  return {
    pictures: inText,
    broken: [...shown.filter((image) => image.naturalWidth === 0).map(({ src }) => src), ...(inText < stored ? [`${stored - inText} pictures are not in the frame`] : [])],
  };
}

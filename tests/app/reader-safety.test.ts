import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { readerPolicy } from '../../electron/policy.ts';
import { framePolicy, frameSandbox } from '../../renderer/reader/frame-policy.ts';
import { sanitise } from '../../electron/library/extract/clean.ts';
import { keepPictures } from '../../electron/library/saving/images.ts';
import { launchChromium, root } from '../stage.ts';
import { startWeb, type Behaviour, type Web } from '../web/web.ts';
import { attacksOn, type Attack } from './attacks.ts';

/*
 * Stored HTML passes three layers before it is seen: the sanitisers, the frame without script, the policy sent as a
 * header. Here each stands alone, the other two taken away, against every attack; and the attacks are shown to work
 * when nothing stands in their way.
 */

let browser: Browser;
let trap: Web;
let web: Web;
let attacks: Attack[];

const shown = (html: string) => `<!doctype html><meta charset="utf-8"><title>t</title><body>${html}`;

beforeAll(async () => {
  browser = await launchChromium();
  trap = await startWeb({ '/': '' });
  attacks = attacksOn(trap.origin);
  const code = await bundle();
  const send = (make: (attack: Attack) => string | Promise<string>, headers: Record<string, string> = {}): Behaviour =>
    async (_, response, path) => {
      const attack = attacks[Number(path.split('/').at(-1))];
      // A relative address out of an attack, such as the one that `<base>` would move.
      if (attack === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(shown(await make(attack)));
    };
  const setter = (prepare: string) => send(({ html }) =>
    `<div id="target"></div><script>${prepare}</script><script src="/set-html.js"></script>` +
    `<script>SetHtml.setHtml(document.getElementById('target'), ${JSON.stringify(html).replaceAll('<', '\\u003c')})</script>`);
  web = await startWeb({
    '/set-html.js': (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(code),
    '/raw/': send(({ html }) => html),
    '/sanitiser-at-save/': send(async ({ html }) => (await keepPictures({ root: '/nowhere', html: sanitise(html, 'https://a.example/'), lead: null, keep: false, bytesOf: () => Promise.reject(new Error()) })).html),
    '/sanitiser-at-display/': setter(''),
    '/sanitiser-without-native/': setter('delete Element.prototype.setHTML'),
    '/frame/': send(({ html }) => html),
    '/header/': send(({ html }) => html, { 'content-security-policy': readerPolicy }),
    '/show': '<!doctype html><title>show</title>',
  });
});
afterAll(async () => {
  await browser.close();
  await web.close();
  await trap.close();
});

/** The renderer's own doorway and the frame's own attributes, as they are shipped. */
async function bundle(): Promise<string> {
  const made = await build({
    root, configFile: false, logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: `${root}/renderer/reader/set-html.ts`, formats: ['iife'], name: 'SetHtml' } },
  });
  const output = [made].flat().flatMap((result) => ('output' in result ? result.output : []));
  const code = output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n');
  expect(code).toContain('setHTML');
  return code;
}

type Outcome = { ran: string[]; asked: string[] };

/** Shows every attack in a frame of its own, stirs it, and tells which ran and which reached the trap. */
async function show(layer: string, attributes: Record<string, string> = {}): Promise<Outcome> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.dismiss());
  const before = trap.hits.length;
  await page.goto(`${web.origin}/show`);
  const ran = await page.evaluate(async ({ layer, count, attributes }) => {
    const heard = new Set<number>();
    window.addEventListener('message', (event) => heard.add(Number(event.data)));
    const frames = await Promise.all(Array.from({ length: count }, async (_, number) => {
      const frame = document.createElement('iframe');
      for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
      frame.style.cssText = 'width:200px;height:100px';
      const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
      frame.src = `/${layer}/${number}`;
      document.body.append(frame);
      await loaded;
      return frame;
    }));
    const kinds = ['focus', 'mouseover', 'pointerenter', 'keydown', 'toggle', 'beforetoggle', 'scroll', 'animationend', 'transitionend', 'input'];
    for (const frame of frames) {
      let inside: Element[] = [];
      try {
        inside = [...(frame.contentDocument?.querySelectorAll('*') ?? [])].slice(0, 60);
      } catch {
        // It went elsewhere; the trap has heard of it.
      }
      for (const element of inside) {
        for (const kind of kinds) element.dispatchEvent(new Event(kind, { bubbles: true }));
        const href = element.getAttribute('href') ?? '';
        // Where a press on an ordinary link leads is for the reader's own listeners, and tested with them.
        if (!/^https?:/.test(href)) element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      }
    }
    // Nothing can be awaited that must not happen: two turns of the clock and the frames' own, then a round trip.
    await new Promise((done) => setTimeout(done, 700));
    return [...heard];
  }, { layer, count: attacks.length, attributes });
  await context.close();
  const name = (number: number) => attacks[number]?.name ?? String(number);
  const asked = new Set(trap.hits.slice(before).map((hit) => Number(hit.path.split('/')[1])));
  return { ran: ran.map(name), asked: [...asked].map(name) };
}

test('with nothing in their way the attacks work', async () => {
  const { ran, asked } = await show('raw');
  expect(ran.length).toBeGreaterThan(35);
  expect(asked.length).toBeGreaterThan(20);
});

const nothing: Outcome = { ran: [], asked: [] };

test('the sanitiser at saving is enough', async () => {
  expect(await show('sanitiser-at-save')).toEqual(nothing);
});

test('the sanitiser at display is enough, native and fallback', async () => {
  expect(await show('sanitiser-at-display')).toEqual(nothing);
  expect(await show('sanitiser-without-native')).toEqual(nothing);
});

test('the frame is enough', async () => {
  expect(await show('frame', { sandbox: frameSandbox, csp: framePolicy })).toEqual(nothing);
});

test('the header is enough', async () => {
  expect(await show('header')).toEqual(nothing);
});

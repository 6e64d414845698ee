import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, setStage, type Stage } from '../stage.ts';

/* A foreign page in a real Chromium, in the very browser that is let in, tries to read and to drive the browser host. */

let stage: Stage;
let stranger: Server;
let strangerPort: number;
let hits: string[];

beforeAll(async () => {
  hits = [];
  stranger = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Stranger</title><body>A foreign page</body>');
  });
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
  strangerPort = (stranger.address() as AddressInfo).port;
  stage = await setStage();
});
afterAll(async () => {
  await stage.close();
  stranger.closeAllConnections();
  await new Promise((done) => stranger.close(done));
});

/** Runs in the foreign page: everything a page can send, and what came back that could be read. */
async function attack(origin: string): Promise<Record<string, unknown>> {
  const tried: Record<string, unknown> = {};
  const attempt = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      tried[name] = await act();
    } catch {
      tried[name] = 'refused';
    }
  };
  const body = JSON.stringify({ urls: ['https://example.invalid/stranger'] });
  // Sent to the page with this function, so it cannot stand outside.
  // oxlint-disable-next-line unicorn/consistent-function-scoping
  const soon = (event: string, target: EventTarget): Promise<string> =>
    new Promise((done) => {
      target.addEventListener(event, () => done('loaded'));
      target.addEventListener('error', () => done('refused'));
    });
  await attempt('fetch', async () => (await fetch(`${origin}/ask/library`, { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{}' })).text());
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    await attempt(`no-cors ${type}`, async () => (await fetch(`${origin}/ask/save`, { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'content-type': type }, body })).text());
  }
  await attempt('get', async () => (await fetch(`${origin}/`, { credentials: 'include' })).text());
  await attempt('no-cors get', async () => (await fetch(`${origin}/`, { mode: 'no-cors', credentials: 'include' })).text());
  await attempt('beacon', async () => {
    navigator.sendBeacon(`${origin}/ask/save`, new Blob([body], { type: 'text/plain' }));
    return '';
  });
  await attempt('xhr', async () => {
    const request = new XMLHttpRequest();
    request.open('POST', `${origin}/ask/save`);
    request.withCredentials = true;
    request.setRequestHeader('content-type', 'application/json');
    const done = soon('load', request);
    request.send(body);
    return (await done) === 'loaded' ? request.responseText : 'refused';
  });
  await attempt('events', async () => {
    const source = new EventSource(`${origin}/news`, { withCredentials: true });
    const end = await soon('open', source);
    source.close();
    return end;
  });
  await attempt('socket', async () => soon('open', new WebSocket(`${origin.replace('http', 'ws')}/news`)));
  for (const kind of ['img', 'script', 'link', 'iframe', 'object', 'embed'] as const) {
    await attempt(kind, async () => {
      const element = document.createElement(kind);
      const end = soon('load', element);
      if (element instanceof HTMLLinkElement) {
        element.rel = 'stylesheet';
        element.href = `${origin}/assets/index.css`;
      } else if (element instanceof HTMLObjectElement) element.data = `${origin}/`;
      else (element as HTMLImageElement).src = `${origin}/${kind === 'img' ? 'favicon.ico' : ''}`;
      document.body.append(element);
      // A refused frame loads an error page, which may not be looked into and has another origin.
      const result = kind === 'iframe' || kind === 'object' || kind === 'embed' ? await Promise.race([end, new Promise((done) => setTimeout(() => done('nothing'), 1_000))]) : await end;
      if (kind !== 'iframe') return result === 'loaded' && kind !== 'object' && kind !== 'embed' ? 'loaded' : '';
      try {
        return (element as HTMLIFrameElement).contentDocument?.body.textContent ?? '';
      } catch {
        return '';
      }
    });
  }
  await attempt('form', async () => {
    const frame = document.createElement('iframe');
    frame.name = 'target';
    document.body.append(frame);
    const form = document.createElement('form');
    form.method = 'post';
    form.action = `${origin}/ask/save`;
    form.enctype = 'text/plain';
    form.target = 'target';
    const field = document.createElement('input');
    field.name = '{"urls":["https://example.invalid/form"],"x":"';
    field.value = '"}';
    form.append(field);
    document.body.append(form);
    const end = soon('load', frame);
    form.submit();
    await end;
    return '';
  });
  return tried;
}

/** True when a value tells nothing: refused, empty or opaque. */
const tellsNothing = (value: unknown) => value === 'refused' || value === '' || value === 'nothing';

test('a page on another port of this machine gets and changes nothing', async () => {
  const page = await stage.context.newPage();
  await page.goto(`http://127.0.0.1:${strangerPort}/`);
  const tried = await page.evaluate(attack, stage.host.origin);
  expect(Object.entries(tried).filter(([, value]) => !tellsNothing(value))).toEqual([]);
  expect(Object.keys(tried).length).toBeGreaterThan(15);
  // Nor by going there: a link from a foreign page is a cross-site request without a cookie.
  const answered = page.waitForResponse(`${stage.host.origin}/`);
  await page.evaluate((origin) => {
    const link = document.createElement('a');
    link.href = origin;
    document.body.append(link);
    link.click();
  }, stage.host.origin);
  expect((await answered).status()).toBe(403);
  await page.close();
  expect((await stage.ask('list', { where: { list: 'all' } })).total).toBe(0);
});

test('a rebound name gets nothing, even from a browser that is let in', async () => {
  const browser = await launchChromium(['--host-resolver-rules=MAP evil.example 127.0.0.1', '--disable-features=LocalNetworkAccessChecks']);
  try {
    const page = await browser.newPage();
    const rebound = `${stage.host.origin.replace('127.0.0.1', 'evil.example')}/`;
    // First the name leads to the stranger's own page, then it is rebound to this machine.
    await page.route(rebound, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Evil</title>' }));
    await page.goto(rebound);
    await page.unroute(rebound);
    const answers = await page.evaluate(async () => {
      const get = await fetch('/').then(async (answer) => [answer.status, await answer.text()], () => 'refused');
      const ask = await fetch('/ask/library', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(async (answer) => [answer.status, await answer.text()], () => 'refused');
      return [get, ask];
    });
    expect(answers).toEqual([[403, ''], [403, '']]);
  } finally {
    await browser.close();
  }
  expect((await stage.ask('list', { where: { list: 'all' } })).total).toBe(0);
});

test('our own page can reach nothing but us', async () => {
  const reached = await stage.page.evaluate(async (elsewhere) => {
    const tried = [
      fetch(elsewhere).then(() => 'fetched', () => 'refused'),
      new Promise((done) => {
        const image = new Image();
        image.addEventListener('load', () => done('loaded'));
        image.addEventListener('error', () => done('refused'));
        image.src = `${elsewhere}/pixel.png`;
      }),
    ];
    return Promise.all(tried);
  }, `http://127.0.0.1:${strangerPort}`);
  expect(reached).toEqual(['refused', 'refused']);
  expect(hits).not.toContain('/pixel.png');
  // The policy spoke up, as it should, and is not counted as a fault of the page.
  expect(stage.faults.splice(0).every((fault) => /Content Security Policy|csp/i.test(fault))).toBe(true);
});

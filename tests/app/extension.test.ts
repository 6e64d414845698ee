import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturePorts } from '../../shared/browser.ts';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';
import { png } from '../web/pictures.ts';
import { openOwnBrowser, openSite, type OwnBrowser } from './extension-stage.ts';

/*
 * The extension as readers have it, loaded into a real Chromium that is not Lectern's own window: paired by the code that
 * Preferences shows, pressed on a page that only a signed-in reader sees.
 */

let stage: Stage;
let own: OwnBrowser;
let site: Awaited<ReturnType<typeof openSite>>;

const sentences = ['The tide', 'The ferry', 'The old pilot', 'The lamp'].map((what) => `<p>${what} had been late all week, and the members of the harbour club had written about it in their book, every evening, in the same blue ink and with the same patience.</p>`).join('');

/** What of the browser's own interface is pressed here as if by hand; only the browser has types for the rest. */
declare const chrome: {
  tabs: { query(which: { url: string }): Promise<object[]> };
  contextMenus: { onClicked: { dispatch(click: object, tab: object | undefined): void } };
  commands: { onCommand: { dispatch(command: string, tab: object | undefined): void } };
};

/** What a member sees: text in a shadow root, a picture that comes late and only with the cookie, fields, programs. */
const memberPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The members' book</title>
<meta name="author" content="A. Pilot"><meta name="csrf-token" content="SECRET-TOKEN"><style>.x{color:red}</style></head><body>
<nav><a href="/">Start</a></nav>
<article><h1>The members' book</h1>${sentences}<harbour-text></harbour-text>
<p><img alt="The quay" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" data-late="/quay.png"></p>
<p>Between the two pictures stands a sentence that is long enough to be read by those who look at pictures.</p><p><img alt="The harbour" src="/harbour.png"></p>
<canvas width="300" height="200">CANVAS</canvas></article>
<form><input type="password" value="SECRET-PASSWORD"><textarea>SECRET-DRAFT</textarea></form>
<script>
const root = document.querySelector('harbour-text').attachShadow({ mode: 'open' });
root.innerHTML = '<p>Only in the shadow: the harbour master keeps a second book, which he shows to nobody, and in it every late ferry stands with its hour and its excuse.</p>';
for (const image of document.querySelectorAll('[data-late]')) image.src = image.dataset.late;
const typed = document.querySelector('input'); typed.value = 'SECRET-TYPED';
</script></body></html>`;

beforeAll(async () => {
  const quay = Buffer.from(png(1_200, 900));
  const harbour = Buffer.from(png(1_200, 800));
  site = await openSite((request, response) => {
    const signedIn = (request.headers.cookie ?? '').includes('member=1');
    const page = (text: string) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
    if (request.url === '/enter') return response.writeHead(200, { 'set-cookie': 'member=1', 'content-type': 'text/html' }).end('<title>In</title>');
    if (request.url?.startsWith('/open.html') === true) return page(`<!doctype html><title>Open</title><article><h1>Open to all</h1>${sentences}</article>`);
    if (request.url === '/harbour.png') return response.writeHead(200, { 'content-type': 'image/png' }).end(harbour);
    if (!signedIn) return response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Members only</h1>');
    if (request.url === '/quay.png') return response.writeHead(200, { 'content-type': 'image/png' }).end(quay);
    return page(memberPage);
  });
  stage = await setStage();
  own = await openOwnBrowser();
});
afterAll(async () => {
  await own?.close();
  await stage?.close();
  await site.close();
});

const dialog = (page: Page) => page.getByRole('dialog');

/** Opens the section of Preferences and asks for a code. */
async function askForCode(page: Page): Promise<string> {
  await page.goto(`${stage.host.origin}/#/home?panel=preferences`);
  await dialog(page).getByRole('button', { name: 'From your browser' }).click();
  await dialog(page).getByRole('button', { name: 'Pair a browser' }).click();
  const shown = await dialog(page).getByRole('status', { name: 'Code for the extension' }).textContent();
  return /(\d{4}) (\d{4})$/.exec(shown ?? '')?.slice(1).join('') ?? '';
}

async function readyArticle(url: string) {
  const { id } = await stage.ask('find', { what: url });
  if (id === null) throw new Error(`${url} is not in the library`);
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state).toBe('ready');
  return stage.ask('article', { id });
}

/** Waits for the popup's word and answers it. */
async function outcome(popup: Awaited<ReturnType<OwnBrowser['press']>>, part: 'page' | 'selection'): Promise<string> {
  await expect.poll(() => popup.evaluate<boolean>(`document.getElementById('${part}').disabled`)).toBe(false);
  await popup.evaluate(`document.getElementById('${part}').click()`);
  await expect.poll(() => popup.evaluate<boolean>(`document.getElementById('${part}').disabled`)).toBe(false);
  return popup.evaluate<string>("document.getElementById('outcome').textContent");
}

test('a browser that is not paired says so, and can still hand over the address', async () => {
  const page = await own.context.newPage();
  await page.goto(`${site.origin}/open.html`);
  const popup = await own.press(page);
  await expect.poll(() => popup.text()).toContain('This browser is not paired with Lectern yet.');
  expect(await popup.evaluate("document.getElementById('pair').hidden")).toBe(false);
  expect(await outcome(popup, 'page')).toBe('This browser is not paired with Lectern yet.');
  expect(await popup.evaluate("document.getElementById('address').hidden")).toBe(false);
  await popup.close();
  await page.close();
});

test('the code of Preferences pairs the browser; a wrong one says how many tries are left', async () => {
  const { pairing } = own;
  const code = await askForCode(stage.page);
  expect(code).toMatch(/^[1-5]\d{7}$/);
  expect(capturePorts.length).toBe(5);
  expect(await axe(stage.page, 'dialog')).toEqual([]);
  expect(await axe(pairing)).toEqual([]);
  const wrong = `${code.slice(0, 7)}${(Number(code[7]) + 1) % 10}`;
  await pairing.getByRole('textbox', { name: 'Code' }).fill(wrong);
  await pairing.getByRole('button', { name: 'Pair', exact: true }).click();
  await pairing.getByText('Not the code shown. Tries left: 4.').waitFor();
  await pairing.getByRole('textbox', { name: 'Code' }).fill(`${code.slice(0, 4)} ${code.slice(4)}`);
  await pairing.getByRole('textbox', { name: 'Name of this browser' }).fill('My browser');
  await pairing.getByRole('button', { name: 'Pair', exact: true }).click();
  await pairing.getByText('Paired. Press the Lectern button on any page to save it.').waitFor();
  await pairing.getByText('Paired; Lectern is running.').waitFor();
  await dialog(stage.page).getByRole('heading', { name: 'My browser' }).waitFor();
  expect(await dialog(stage.page).getByText('Code for the extension').count()).toBe(0);
  expect(await axe(stage.page, 'dialog')).toEqual([]);
});

test('a page behind a login becomes the article that failed before, as the reader sees it', async () => {
  const url = `${site.origin}/members.html`;
  const [saved] = await stage.ask('save', { urls: [url], tags: ['harbour'] });
  const id = saved?.id ?? '';
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state).toBe('failed');

  const page = await own.context.newPage();
  await page.goto(`${site.origin}/enter`);
  await page.goto(url);
  await page.waitForFunction(() => [...document.images].every((image) => image.naturalWidth > 1));
  const popup = await own.press(page);
  // The library's own tags complete what is typed.
  await expect.poll(async () => {
    await popup.evaluate("(() => { const field = document.getElementById('tags'); field.value = 'club, harb'; field.dispatchEvent(new Event('input')); })()");
    return popup.evaluate<string>("document.getElementById('known').textContent");
  }).toBe('harbour');
  await popup.evaluate("document.getElementById('tags').value = 'club, harbour/book'");
  expect(await outcome(popup, 'page')).toBe('Your library had this address; the article is now made from this page.');
  await popup.close();

  const article = await readyArticle(url);
  expect(article.id).toBe(id);
  expect(article.tags.toSorted()).toEqual(['club', 'harbour', 'harbour/book']);
  expect(article.title).toBe("The members' book");
  expect(article.byline).toBe('A. Pilot');
  expect(article.html).toContain('Only in the shadow: the harbour master');
  expect(article.html).toContain('The old pilot had been late');
  // Of a site on this machine both pictures come along: Lectern would not ask it on a page's word.
  expect(article.pictures.map(({ state }) => state)).toEqual(['stored', 'stored']);
  const kept = JSON.stringify(article);
  for (const secret of ['SECRET', 'CANVAS']) expect(kept).not.toContain(secret);
  // Nothing in the page itself was touched.
  expect(await page.evaluate(() => [document.querySelector('harbour-text')?.childNodes.length, 'lecternPage' in window])).toEqual([0, false]);
  await page.close();
});

test('of a site on the web only those pictures come along that Lectern could not get itself', async () => {
  const there = site.origin.replace('localhost', 'members.example');
  const page = await own.context.newPage();
  await page.goto(`${there}/enter`);
  await page.goto(`${there}/members.html`);
  await page.waitForFunction(() => [...document.images].every((image) => image.naturalWidth > 1));
  const popup = await own.press(page);
  expect(await outcome(popup, 'page')).toBe('Kept in Lectern.');
  await popup.close();
  const { pictures } = await readyArticle(`${there}/members.html`);
  expect(pictures.map(({ state, url }) => [state, url.slice(0, 15)])).toEqual([['stored', 'data:image/png;'], ['missing', 'http://members.']]);
  await page.close();
});

test('what is selected becomes the article, all of it and nothing else', async () => {
  const page = await own.context.newPage();
  await page.goto(`${site.origin}/open.html`);
  await page.evaluate(() => {
    const [, second, third] = document.querySelectorAll('p');
    if (!second?.firstChild || !third?.firstChild) throw new Error('no text');
    const range = document.createRange();
    range.setStart(second.firstChild, 'The ferry '.length);
    range.setEnd(third.firstChild, 'The old pilot had been late'.length);
    getSelection()?.addRange(range);
  });
  const popup = await own.press(page);
  expect(await outcome(popup, 'selection')).toBe('Kept in Lectern.');
  await popup.close();
  const article = await readyArticle(`${site.origin}/open.html`);
  expect(article.html.replaceAll(/<[^>]+>/g, '|')).toMatch(/^\|+had been late all week, .* patience\.\|+\s*\|*The old pilot had been late\|+$/);
  expect(article.url).toBe(`${site.origin}/open.html`);
  expect(article.title).toBe('Open');
  // The whole page afterwards replaces it.
  const again = await own.press(page);
  expect(await outcome(again, 'page')).toBe('Your library had this address; the article is now made from this page.');
  await again.close();
  await expect.poll(async () => (await stage.ask('article', { id: article.id })).html).toContain('The lamp had been late');
  await page.close();
});

/** Runs in a web page: every way a page has to ask an address, and what it noticed of the answer. */
async function probe(origin: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  const note = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    seen[name] = await act().then((value) => `got ${String(value)}`, (error: unknown) => (error instanceof Error ? error.name : 'error'));
  };
  // Sent to the page with this function, so it cannot stand outside.
  // oxlint-disable-next-line unicorn/consistent-function-scoping
  const loads = (element: HTMLElement): Promise<string> =>
    new Promise((done, fail) => {
      element.addEventListener('load', () => done('load'));
      element.addEventListener('error', () => fail(new Error('error')));
      document.body.append(element);
    });
  const body = JSON.stringify({ code: '12345678', name: 'x', former: null });
  for (const path of ['/hello', '/pair', '/capture', '/']) {
    await note(`post ${path}`, async () => (await fetch(origin + path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer x' }, body })).status);
    await note(`no-cors post ${path}`, async () => (await fetch(origin + path, { method: 'POST', mode: 'no-cors', body })).type);
    await note(`get ${path}`, async () => (await fetch(origin + path, { mode: 'no-cors' })).type);
  }
  await note('image', () => loads(Object.assign(new Image(), { src: `${origin}/hello` })));
  await note('script', () => loads(Object.assign(document.createElement('script'), { src: `${origin}/hello` })));
  await note('socket', () => new Promise((done, fail) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/hello`);
    socket.addEventListener('open', () => done('open'));
    socket.addEventListener('error', () => fail(new Error('error')));
  }));
  return seen;
}

test('a web page cannot tell the way in from a port where nobody listens', async () => {
  const code = await askForCode(stage.page);
  const port = capturePorts[Number(code[0]) - 1];
  const nobody = await openSite(() => undefined);
  await nobody.close();
  const page = await own.context.newPage();
  // Without the browser's own guard between a page and this machine, which may be off or older than it.
  await page.goto(`http://127.0.0.1:${new URL(site.origin).port}/open.html`);
  const closed = await page.evaluate(probe, nobody.origin.replace('localhost', '127.0.0.1'));
  expect(Object.keys(closed)).toHaveLength(15);
  expect(await page.evaluate(probe, `http://127.0.0.1:${port}`)).toEqual(closed);
  await page.close();
  const { code: shown, paired } = await stage.ask('browsers', {});
  expect(shown?.code).toBe(code);
  expect(paired).toHaveLength(1);
});

test('a link is sent as an address, from the menu; the key sends the page', async () => {
  const page = await own.context.newPage();
  await page.goto(`http://127.0.0.1:${new URL(site.origin).port}/open.html?key`);
  const linked = 'https://paper.example/linked';
  const press = async ({ linked, here }: { linked: string; here: string }) => {
    const [tab] = await chrome.tabs.query({ url: here });
    chrome.contextMenus.onClicked.dispatch({ menuItemId: 'link', linkUrl: linked }, tab);
    chrome.commands.onCommand.dispatch('save-page', tab);
  };
  await own.worker.evaluate(press, { linked, here: page.url() });
  await expect.poll(async () => (await stage.ask('find', { what: linked })).id).not.toBeNull();
  await expect.poll(async () => (await stage.ask('find', { what: page.url() })).id).not.toBeNull();
  expect((await readyArticle(page.url())).html).toContain('The lamp had been late');
  await page.close();
});

test('a browser that is forgotten is no longer heard', async () => {
  const { page } = stage;
  await dialog(page).getByRole('button', { name: 'Forget My browser' }).click();
  await dialog(page).getByText('No browser is paired yet.').waitFor();
  const tab = await own.context.newPage();
  await tab.goto(`${site.origin}/open.html`);
  const popup = await own.press(tab);
  await expect.poll(() => popup.text()).toContain('Lectern does not answer. It may be closed, or this browser is no longer paired.');
  expect(await popup.evaluate("document.getElementById('address').hidden")).toBe(false);
  if (process.env['SHOTS'] !== undefined) await writeFile(`${process.env['SHOTS']}/popup-forgotten.png`, await popup.screenshot());
  await popup.close();
  await tab.close();
  expect(stage.faults).toEqual([]);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runNode, setStage, type Stage } from '../stage.ts';
import { png } from '../web/pictures.ts';
import { makeFolder } from '../../scripts/extension.mjs';
import { openSite } from './extension-stage.ts';
import { firefoxPath, openFirefox, type Firefox, type Popup, type Tab } from './firefox-stage.ts';

/*
 * The extension as it is packed for Firefox, in a real one: paired by code, pressed on a page behind a login. And
 * Lectern's own window, opened there by its link. Firefox need not be installed; then all of this says that it was not tried.
 */

const path = firefoxPath();
let stage: Stage;
let firefox: Firefox;
let site: Awaited<ReturnType<typeof openSite>>;
let folder: string;

const sentences = ['The tide', 'The ferry', 'The old pilot', 'The lamp'].map((what) => `<p>${what} had been late all week, and the members of the harbour club had written about it in their book, every evening, in the same blue ink and with the same patience.</p>`).join('');
const memberPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The members' book</title><meta name="csrf-token" content="SECRET-TOKEN"></head><body>
<article><h1>The members' book</h1>${sentences}<harbour-text></harbour-text><shut-text></shut-text><p><img alt="The quay" src="/quay.png"></p></article>
<form><input type="password" value="SECRET-PASSWORD"></form>
<script>
document.querySelector('harbour-text').attachShadow({ mode: 'open' }).innerHTML = '<p>Only in the shadow: the harbour master keeps a second book, which he shows to nobody, and in it every late ferry stands with its hour and its excuse.</p>';
document.querySelector('shut-text').attachShadow({ mode: 'closed' }).innerHTML = '<p>Behind a closed door: the third book is read by the harbour cat alone, who has never told anybody what is written in it.</p>';
</script></body></html>`;

beforeAll(async () => {
  if (path === null) return;
  site = await openSite((request, response) => {
    const page = (text: string) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'self'; script-src 'self' 'unsafe-inline'; img-src 'self'; connect-src 'none'" }).end(text);
    if (request.url === '/enter') return response.writeHead(200, { 'set-cookie': 'member=1', 'content-type': 'text/html' }).end('<title>In</title>');
    if (!(request.headers.cookie ?? '').includes('member=1')) return response.writeHead(403).end('Members only');
    if (request.url === '/quay.png') return response.writeHead(200, { 'content-type': 'image/png' }).end(png(1_200, 900));
    return page(memberPage);
  });
  folder = await mkdtemp(join(tmpdir(), 'lectern-extension-'));
  makeFolder('firefox', folder);
  stage = await setStage();
  firefox = await openFirefox(path);
});
afterAll(async () => {
  await firefox?.close();
  await stage?.close();
  await site?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});
beforeEach(({ skip }) => skip(path === null, 'No Firefox is installed here.'));

const text = (tab: Tab | Popup) => tab.evaluate<string>('document.body.innerText');

async function readyArticle(url: string) {
  const { id } = await stage.ask('find', { what: url });
  if (id === null) throw new Error(`${url} is not in the library`);
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state).toBe('ready');
  return stage.ask('article', { id });
}

async function outcome(popup: Popup, part: 'page' | 'selection'): Promise<string> {
  await expect.poll(() => popup.evaluate<boolean>(`document.getElementById('${part}').disabled`)).toBe(false);
  await popup.evaluate(`document.getElementById('${part}').click()`);
  await expect.poll(() => popup.evaluate<boolean>(`document.getElementById('${part}').disabled`)).toBe(false);
  return popup.evaluate<string>("document.getElementById('outcome').textContent");
}

test('loaded into Firefox, the extension opens its page and is paired by the code', { timeout: 60_000 }, async () => {
  const origin = await firefox.install(folder);
  const pairing = await firefox.tabAt(`${origin}/pairing.html`);
  await expect.poll(() => text(pairing)).toContain('Not paired.');
  await stage.ask('pairBrowser', {});
  await expect.poll(async () => (await stage.ask('browsers', {})).code?.code ?? null).not.toBeNull();
  const code = (await stage.ask('browsers', {})).code?.code ?? '';
  await pairing.front();
  await pairing.click('#code');
  await pairing.type(code);
  await pairing.click('#pair');
  await expect.poll(() => text(pairing)).toContain('Paired; Lectern is running.');
  expect((await stage.ask('browsers', {})).paired.map(({ name }) => name)).toEqual([expect.stringMatching(/^Firefox/)]);
});

test('a page behind a login arrives whole, its tags with it, and nothing that was typed', { timeout: 60_000 }, async () => {
  const tab = await firefox.open(`${site.origin}/enter`);
  await tab.goto(`${site.origin}/book`);
  await tab.evaluate('document.images[0].decode()');
  const popup = await firefox.press();
  await popup.evaluate("document.getElementById('tags').value = 'club, harbour/book'");
  expect(await outcome(popup, 'page')).toBe('Kept in Lectern.');
  await popup.close();
  const article = await readyArticle(`${site.origin}/book`);
  expect(article.title).toBe("The members' book");
  expect(article.tags.toSorted()).toEqual(['club', 'harbour/book']);
  for (const part of ['The old pilot had been late', 'Only in the shadow', 'Behind a closed door']) expect(article.html).toContain(part);
  expect(article.pictures.map(({ state }) => state)).toEqual(['stored']);
  expect(JSON.stringify(article)).not.toContain('SECRET');
  await tab.close();
});

test('what is selected becomes the article', { timeout: 60_000 }, async () => {
  const tab = await firefox.open(`${site.origin}/selected`);
  await tab.evaluate("getSelection().selectAllChildren(document.querySelectorAll('p')[1])");
  const popup = await firefox.press();
  expect(await outcome(popup, 'selection')).toBe('Kept in Lectern.');
  await popup.close();
  const { html } = await readyArticle(`${site.origin}/selected`);
  expect(html).toContain('The ferry had been late');
  expect(html).not.toContain('The tide had been late');
  await tab.close();
});

test('the window of Lectern opens in Firefox: a list, an article with its picture, a highlight', { timeout: 60_000 }, async () => {
  firefox.faults.length = 0;
  const { id } = await readyArticle(`${site.origin}/book`);
  // The stage's own link is used up; another start hands one out for this browser.
  const { stdout } = await runNode([join(root, 'dist', 'host', 'browser.js'), '--no-window', '--library', stage.home.library], { env: stage.home.env });
  const tab = await firefox.open(/^http:\S+$/m.exec(stdout)?.[0] ?? '');
  await expect.poll(() => text(tab)).toContain('The members');
  await tab.evaluate(`location.hash = '#/all?article=${id}'`);
  await expect.poll(() => tab.evaluate<string>("document.querySelector('iframe')?.contentDocument?.body.innerText ?? ''")).toContain('Only in the shadow');
  await expect.poll(() => tab.evaluate<number>("document.querySelector('iframe').contentDocument.images[0]?.naturalWidth ?? 0")).toBeGreaterThan(1);
  await tab.evaluate("(() => { const { contentDocument: doc } = document.querySelector('iframe'); doc.getSelection().selectAllChildren(doc.querySelectorAll('#body p')[1]); })()");
  await tab.type('h');
  await expect.poll(async () => (await stage.ask('highlights', { id })).map(({ anchor }) => anchor.quote.slice(0, 9))).toEqual(['The ferry']);
  await expect.poll(() => tab.evaluate<number>("document.querySelector('iframe').contentWindow.CSS.highlights.get('mark-yellow')?.size ?? 0")).toBe(1);
  expect(firefox.faults).toEqual([]);
  await tab.close();
});

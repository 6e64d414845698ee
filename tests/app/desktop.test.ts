import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { commands, type Command } from '../../shared/commands.ts';
import type { Input, Output, QuestionName } from '../../shared/contract.ts';
import type { Reply } from '../../shared/failure.ts';
import { lecternLink } from '../../shared/highlight-link.ts';
import { en } from '../../shared/words/en.ts';
import { zhCN } from '../../shared/words/zh-CN.ts';
import { drivers, type Desktop } from '../electron/driver.ts';

/*
 * The desktop app from start to quit, as it is packaged. One script for the real Electron and, where its binary
 * cannot be had, for the stand-in.
 */

const paragraph = 'The lamp over the reading desk was lit before anyone came, and the pages had been laid out in their order, the oldest at the bottom. ';
const article = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The night reading room</title></head><body>
<nav><a href="/">Home</a> <a href="/papers">Papers</a></nav>
<article><h1>The night reading room</h1>${Array.from({ length: 8 }, (_, at) => `<p>${at + 1}. ${paragraph.repeat(3)}</p>`).join('')}
<p><img src="/lamp.png" alt="A lamp" width="200" height="100"></p></article></body></html>`;
/** A grey picture of 200 × 100: one byte a pixel, each row led by its filter's number. */
const lamp = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), pngChunk('IHDR', Buffer.from('000000c8000000640800000000', 'hex')), pngChunk('IDAT', deflateSync(Buffer.alloc(201 * 100, 0))), pngChunk('IEND', Buffer.alloc(0))]);

function pngChunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

let web: Server;
let origin = '';
beforeAll(async () => {
  web = createServer((request, response) => {
    if (request.url === '/lamp.png') response.setHeader('content-type', 'image/png').end(lamp);
    else response.setHeader('content-type', 'text/html; charset=utf-8').end(article);
  });
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => web.close(done)));

/** Everything waited for may take its time on a busy machine. */
const patient = { timeout: 30_000 };

/** Asks the library as the window does; throws where the answer is a failure. */
async function ask<N extends QuestionName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const reply = (await page.evaluate(([question, given]) => (window as unknown as { lectern: { ask(name: unknown, input: unknown): unknown } }).lectern.ask(question, given), [name, input] as const)) as Reply<Output<N>>;
  if (!reply.ok) throw new Error(JSON.stringify(reply.failure));
  return reply.value;
}

const titles = ({ menu }: typeof en) => [menu.file, menu.edit, menu.view, menu.article, menu.go, ...(process.platform === 'darwin' ? [menu.window] : []), menu.help];
const total = async (page: Page) => (await ask(page, 'list', { where: { list: 'all' } })).total;
const choose = (app: Desktop, id: string) => app.main(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
const hash = (page: Page) => page.evaluate(() => location.hash);
const stateOf = (page: Page, url: string) => async () => {
  const { id } = await ask(page, 'find', { what: url });
  return id === null ? null : (await ask(page, 'article', { id })).stage.state;
};

describe.each(drivers)('the desktop app on $name', (driver) => {
  let home = '';
  let app: Desktop;
  let page: Page;
  const start = async (args: string[] = [], env: Record<string, string> = {}) => {
    app = await driver.start({ home, args, env });
    page = await app.page();
    await page.locator('#main').waitFor();
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'lectern-desktop-'));
    await start([`${origin}/first`]);
  });
  afterAll(async () => {
    await app?.end();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });
  // One app for all of it, as a person would use it; every test leaves no panel open.
  afterEach(() => page.evaluate(() => void (location.hash = '#/home')));

  test('a first launch with an address saves and shows it', async () => {
    await expect.poll(stateOf(page, `${origin}/first`), patient).toBe('ready');
    await expect.poll(() => hash(page), patient).toContain('article=');
  });

  test('pairing opens the way in for browsers; turned off, it closes', async () => {
    await ask(page, 'pairBrowser', {});
    await expect.poll(async () => (await ask(page, 'browsers', {})).code?.code, patient).toMatch(/^[1-5]\d{7}$/);
    expect((await ask(page, 'browsers', {})).door).toBe('open');
    await ask(page, 'changeSettings', { captureDoor: false });
    await expect.poll(async () => (await ask(page, 'browsers', {})).door, patient).toBe('closed');
  });

  test('saves a pasted address through the window, and reads it', async () => {
    await choose(app, 'add');
    await page.getByLabel(en.add.field).fill(`${origin}/night`);
    await page.getByRole('button', { name: en.add.saveMany(1), exact: true }).or(page.getByRole('button', { name: en.add.save, exact: true })).click();
    await expect.poll(stateOf(page, `${origin}/night`), patient).toBe('ready');
    const { id } = await ask(page, 'find', { what: `${origin}/night` });
    const kept = await ask(page, 'article', { id: id ?? '' });
    expect(kept.title).toBe('The night reading room');
    expect(kept.certificate).toMatchObject({ pictures: 1, stored: 1 });

    await page.keyboard.press('Escape');
    await choose(app, 'go.inbox');
    await page.getByText('The night reading room').first().click();
    const body = page.frameLocator('iframe').locator('body');
    await expect.poll(() => body.innerText(), patient).toContain('The lamp over the reading desk');
    const picture = page.frameLocator('iframe').locator('img').first();
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), patient).toBe(200);
  });

  test('the window reaches three functions and nothing of Node', async () => {
    const found = await page.evaluate(() => ({
      bridge: Object.keys((window as unknown as { lectern: object }).lectern).toSorted(),
      node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron'].filter((name) => name in window),
    }));
    expect(found).toEqual({ bridge: ['ask', 'onNews', 'openExternal'], node: [] });
    const unknown = await page.evaluate(() => (window as unknown as { lectern: { ask(name: string, input: unknown): Promise<unknown> } }).lectern.ask('toString', {}));
    expect(unknown).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
    const extra = await page.evaluate(() => (window as unknown as { lectern: { ask(name: string, input: unknown): Promise<unknown> } }).lectern.ask('tags', { sql: 'drop table' }));
    expect(extra).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
    const preferences = await app.main(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences())[0]);
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInSubFrames: false, nodeIntegrationInWorker: false, webSecurity: true, webviewTag: false, spellcheck: false });
    for (const name of ['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures']) expect(preferences?.[name] ?? false).toBe(false);
  });

  test('the menu runs commands, and speaks the language of the interface', async () => {
    await choose(app, 'go.archive');
    await expect.poll(() => hash(page), patient).toMatch(/^#\/archive/);
    await choose(app, 'search');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    const labels = () => app.main(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).map(({ label }) => label).filter((label) => label !== 'Lectern'));
    expect(await labels()).toEqual(titles(en));
    await ask(page, 'changeSettings', { language: 'zh-CN' });
    expect(await labels()).toEqual(titles(zhCN));
    await expect.poll(() => page.evaluate(() => document.documentElement.lang), patient).toBe('zh-CN');
    const label = await app.main(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('article.archive')?.label);
    expect(label).toBe(zhCN.commands['article.archive']);
    const developing = await app.main((electron) => [electron.app.isPackaged, electron.Menu.getApplicationMenu()?.getMenuItemById('dev.tools')?.id === 'dev.tools']);
    expect(developing[1]).toBe(!developing[0]);
    await ask(page, 'changeSettings', { language: 'system' });
    await expect.poll(labels, patient).toEqual(titles(en));
  });

  test('every command is in the menu once; a bare letter is shown there but never taken from the page', async () => {
    const items = await app.main(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => (submenu?.items ?? []).map(({ id, accelerator, registerAccelerator }) => ({ id: id ?? '', accelerator: String(accelerator ?? ''), registerAccelerator }))));
    const macOnly = ['app.hide', 'app.hideOthers', 'app.showAll', 'window.minimize'];
    const wanted = (commands as readonly Command[]).filter(({ id, dev }) => dev === undefined && (process.platform === 'darwin' || !macOnly.includes(id))).map(({ id }) => id);
    expect(items.map(({ id }) => id).filter((id) => wanted.includes(id)).toSorted()).toEqual(wanted.toSorted());
    expect(items.filter(({ accelerator, registerAccelerator }) => /^[A-Z]$/.test(accelerator) && registerAccelerator)).toEqual([]);
    expect(items.filter(({ id }) => id === 'add').map(({ accelerator }) => accelerator)).toEqual(['CmdOrCtrl+N']);
  });

  test('a file that the window wrote itself may be saved, and no other download', async () => {
    const offered = () => page.waitForEvent('download');
    const press = (href: string, name: string) => page.evaluate(([to, called]) => {
      const link = document.createElement('a');
      link.href = to === 'own' ? URL.createObjectURL(new Blob(['# A list'], { type: 'text/markdown' })) : String(to);
      link.download = String(called);
      link.click();
    }, [href, name]);
    const tried = [['own', 'list.md'], ['own', 'list.exe'], ['data:text/html,x', 'data.html'], ['/index.html', 'page.html']] as const;
    for (const [href, name] of tried) await Promise.all([offered(), press(href, name)]);
    const seen = () => app.main(({ session }) => (session.fromPartition('lectern') as unknown as { recorded: { downloads: unknown[] } }).recorded.downloads);
    await expect.poll(seen).toEqual([{ name: 'list.md', passed: true }, { name: 'list.exe', passed: false }, { name: 'data.html', passed: false }, { name: 'page.html', passed: false }]);
  });

  test('nothing leads the window away', async () => {
    const before = page.url();
    const ways = [
      `location.href = '${origin}/away'`,
      `location.assign('file:///etc/passwd')`,
      `location.replace('${origin}/away')`,
      `location.href = '/reader.html'`,
      `document.body.append(Object.assign(document.createElement('a'), { href: '${origin}/away', id: 'w1', textContent: 'x' })); w1.click()`,
      `document.body.append(Object.assign(document.createElement('a'), { href: '${origin}/away', target: '_blank', id: 'w2', textContent: 'x' })); w2.click()`,
      `document.body.append(Object.assign(document.createElement('a'), { href: '${origin}/away', target: '_top', id: 'w3', textContent: 'x' })); w3.click()`,
      `document.body.append(Object.assign(document.createElement('a'), { href: '${origin}/lamp.png', download: 'x.png', id: 'w4', textContent: 'x' })); w4.click()`,
      `document.body.append(Object.assign(document.createElement('form'), { action: '${origin}/away', method: 'post', id: 'w5' })); w5.submit()`,
      `window.open('${origin}/away')`,
      `window.open('${origin}/away', 'named', 'noopener')`,
      `window.open('file:///etc/passwd')`,
      `document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=${origin}/away' }))`,
      `document.head.append(Object.assign(document.createElement('base'), { href: '${origin}/' }))`,
      `document.body.append(Object.assign(document.createElement('iframe'), { src: '${origin}/away' }))`,
      `document.body.append(document.createElement('webview')).src = '${origin}/away'`,
    ];
    let reached = 0;
    const count = () => void (reached += 1);
    web.on('request', count);
    for (const way of ways) await page.evaluate(way).catch(() => null);
    // Whatever was set off has had its turn once two more answers have come through the same door.
    await ask(page, 'tags', {});
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    web.off('request', count);
    expect(page.url()).toBe(before);
    expect(reached).toBe(0);
    expect(await app.main(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await page.evaluate(`fetch('${origin}/night').then(() => 'reached', () => 'blocked')`)).toBe('blocked');
  });

  test('addresses open outside only after a click, and only http and https', async () => {
    await app.main(({ shell }) => {
      Object.assign(globalThis, { outside: [] });
      shell.openExternal = async (url: string) => void (globalThis as unknown as { outside: string[] }).outside.push(url);
    });
    const outside = () => app.main(() => (globalThis as unknown as { outside: string[] }).outside);
    const open = (url: string) => page.evaluate((address) => (window as unknown as { lectern: { openExternal(url: string): void } }).lectern.openExternal(address), url);
    // Playwright's own evaluation counts as a click; a plain debugger's does not, once the last click has worn off.
    const debug = await page.context().newCDPSession(page);
    const alone = async (expression: string) => (await debug.send('Runtime.evaluate', { expression, userGesture: false, returnByValue: true })).result.value as unknown;
    await expect.poll(() => alone('navigator.userActivation.isActive'), patient).toBe(false);
    await alone(`window.lectern.openExternal('https://example.org/unasked')`);
    await alone(`window.lectern.ask('tags', {})`);
    await debug.detach();
    await page.locator('#main').click({ position: { x: 5, y: 5 } });
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'smb://host/share', 'ms-msdt:/id', '\\\\host\\share', 'lectern://save?url=https://a.example', 'vscode://x', 'https://a@b.example', ' ', 'http://']) await open(url);
    await open('https://example.org/asked');
    await expect.poll(outside, patient).toEqual(['https://example.org/asked']);
  });

  test('a second launch hands over what it was given and ends', async () => {
    expect(await app.again([`${origin}/second`, '--gpu-launcher=calc', '-x', 'javascript:alert(1)'])).toBe(0);
    await expect.poll(stateOf(page, `${origin}/second`), patient).toBe('ready');
    await expect.poll(() => hash(page), patient).toContain('article=');

    const file = join(home, 'a note.md');
    await writeFile(file, `# A note from a file\n\n${paragraph.repeat(4)}\n`);
    expect(await app.again([file])).toBe(0);
    await expect.poll(async () => (await ask(page, 'list', { where: { list: 'all' } })).rows.map(({ title }) => title), patient).toContain('A note from a file');
  });

  test('a link proposes an address and saves nothing by itself', async () => {
    const before = await total(page);
    expect(await app.again([`lectern://save?url=${encodeURIComponent(`${origin}/proposed`)}`])).toBe(0);
    await expect.poll(() => page.getByLabel(en.add.field).inputValue(), patient).toContain(`${origin}/proposed`);
    expect(await total(page)).toBe(before);
    expect(await app.again(['lectern://save?url=file:///etc/passwd', 'lectern://open?url=https://a.example'])).toBe(0);
    expect(await total(page)).toBe(before);
    await page.keyboard.press('Escape');
  });

  test('a link from one’s own notes shows the article and goes to the highlight; one that leads nowhere is told', async () => {
    const { id } = await ask(page, 'find', { what: `${origin}/first` });
    await page.evaluate(() => void (location.hash = '#/home'));
    expect(await app.again([lecternLink(id ?? '', '0123456789abcdefghjk')])).toBe(0);
    await expect.poll(() => hash(page), patient).toMatch(new RegExp(`article=${id}.*0123456789abcdefghjk`));
    expect(await app.again([lecternLink('zzzzzzzzzzzzzzzzzzzz')])).toBe(0);
    await page.getByText('is not in this library').first().waitFor();
  });

  test('the window comes back where it was, to the list it showed, with all that was kept', async () => {
    await ask(page, 'saveText', { text: `A text to find again\n\n${paragraph.repeat(3)}` });
    const before = await total(page);
    await choose(app, 'go.favourites');
    await expect.poll(() => hash(page), patient).toMatch(/^#\/favourites/);
    const place = { x: 140, y: 90, width: 1000, height: 700 };
    await app.main(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place);
    expect(await app.quit()).toBe(0);

    await start();
    expect(await app.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())).toEqual(place);
    expect(await hash(page)).toMatch(/^#\/favourites/);
    expect(await total(page)).toBe(before);
    expect((await ask(page, 'check', {})).problems).toEqual([]);
    await app.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 90_000, y: 90_000, width: 1000, height: 700 }));
    const kept = join(home, 'config/Lectern/window.json');
    expect(await app.quit()).toBe(0);
    const state = JSON.parse(await readFile(kept, 'utf8')) as { main: Record<string, unknown> };
    await writeFile(kept, JSON.stringify({ main: { ...state.main, x: 90_000, y: 90_000 } }));

    await start();
    const bounds = await app.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
    expect(bounds?.x).toBeLessThan(10_000);
  });

  test('preferences are in one file that every host reads; a broken one is set aside', async () => {
    await ask(page, 'changeSettings', { textSize: 23, appearance: 'dark' });
    expect(await app.main(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
    expect(await app.quit()).toBe(0);
    const file = join(home, 'config/Lectern/settings.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ textSize: 23, appearance: 'dark' });

    await writeFile(file, '{"textSize": 23, "lang');
    await start();
    expect((await ask(page, 'settings', {})).textSize).toBe(19);
    expect(await app.main(({ nativeTheme }) => nativeTheme.themeSource)).toBe('system');
  });
});

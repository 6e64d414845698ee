import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input, Output, QuestionName } from '../../shared/contract.ts';
import type { Failure, Reply } from '../../shared/failure.ts';
import { drivers, type Desktop } from '../electron/driver.ts';
import { chromiumPath, lectern, makeHome, startHost, type Home } from '../stage.ts';
import { png } from '../web/pictures.ts';
import { scriptPages } from '../web/script-pages.ts';
import { startWeb, type Web } from '../web/web.ts';

/* Pages made by script, in the built hosts: the desktop's hidden window, and the command line with the installed browser. */

let web: Web;
/** Stands for the reader's private network. */
let inside: Web;
beforeAll(async () => {
  inside = await startWeb({ '/': 'A router' });
  web = await startWeb({ ...scriptPages(inside.origin), '/boat.png': png(40, 30) });
});
afterAll(() => Promise.all([web.close(), inside.close()]));

const patient = { timeout: 60_000 };

async function ask<N extends QuestionName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const reply = (await page.evaluate(([question, given]) => (window as unknown as { lectern: { ask(name: unknown, input: unknown): unknown } }).lectern.ask(question, given), [name, input] as const)) as Reply<Output<N>>;
  if (!reply.ok) throw new Error(JSON.stringify(reply.failure));
  return reply.value;
}

describe.each(drivers)('the desktop app on $name', (driver) => {
  let home = '';
  let app: Desktop;
  let page: Page;
  const start = async () => {
    app = await driver.start({ home });
    page = await app.page();
    await page.locator('#main').waitFor();
  };
  const windows = () => app.main(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const save = async (path: string) => (await ask(page, 'save', { urls: [web.origin + path] }))[0]?.id ?? '';
  const settled = async (path: string) => {
    const id = await save(path);
    await expect.poll(async () => (await ask(page, 'article', { id })).stage.state, patient).toMatch(/ready|failed/);
    return ask(page, 'article', { id });
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'lectern-render-desktop-'));
    await start();
  });
  afterAll(async () => {
    await app?.end();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });

  test('a page that is empty until its script has run becomes an article, and its window is gone', async () => {
    const article = await settled('/late');
    expect(article).toMatchObject({ stage: { state: 'ready' }, title: 'The late boat', certificate: { pictures: 1, stored: 1 } });
    expect(await settled('/module')).toMatchObject({ stage: { state: 'ready' }, title: 'The late boat' });
    await expect.poll(windows, patient).toBe(1);
  });

  test('such a page has no preload, no Node, no permission, and no network but what is fetched for it', async () => {
    const id = await save('/spin');
    await expect.poll(windows, patient).toBe(2);
    const hidden = await app.main(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter((one) => !one.isVisible()).map(({ webContents }) => (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences()),
    );
    expect(hidden).toHaveLength(1);
    expect(hidden[0]).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, webSecurity: true });
    expect(hidden[0]?.['preload'] ?? '').toBe('');
    // Cancelled, it is gone at once, though its script never ends.
    await ask(page, 'cancel', { ids: [id] });
    await expect.poll(windows, patient).toBe(1);

    expect(await settled('/greedy')).toMatchObject({ stage: { state: 'ready' }, title: 'What it wants' });
    expect(inside.connections()).toBe(0);
    expect(web.hits.map(({ path }) => path).filter((path) => /beacon|write|opened|form|worker|frame|prerendered/.test(path))).toEqual([]);
    await expect.poll(windows, patient).toBe(1);
  });

  test('what floods memory or leads into a private network fails, and the window of the app stays', async () => {
    expect((await settled('/flood')).stage).toEqual({ state: 'failed', failure: { kind: 'too-complex' } });
    expect((await settled('/to-private')).stage).toEqual({ state: 'failed', failure: { kind: 'private-address', host: '127.0.0.1' } satisfies Failure });
    expect((await settled('/to-download')).stage).toEqual({ state: 'ready' });
    expect(inside.connections()).toBe(0);
    await expect.poll(windows, patient).toBe(1);
    expect(await page.evaluate(() => document.querySelector('#main') !== null)).toBe(true);
  });

  test('closing the app in the midst of it ends all of it, and the page waits for the next start', async () => {
    await ask(page, 'save', { urls: [`${web.origin}/spin?again`] });
    await expect.poll(windows, patient).toBe(2);
    await app.main(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.close();
    }).catch(() => null);
    await app.quit();
    await start();
    const { id } = await ask(page, 'find', { what: `${web.origin}/spin?again` });
    expect((await ask(page, 'article', { id: id ?? '' })).stage.state).toMatch(/waiting|working/);
    await ask(page, 'cancel', { ids: 'all' });
  });
});

describe('without Electron', () => {
  let home: Home;
  beforeAll(async () => {
    home = await makeHome();
    home.env = { ...home.env, LECTERN_BROWSER: chromiumPath() };
  });
  afterAll(() => home.remove());

  test('the command line renders in the installed browser, and says so when there is none', async () => {
    const added = await lectern(home, ['add', '--wait', '--json', `${web.origin}/late`]);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(added.stdout)).toMatchObject({ title: 'The late boat', state: 'ready' });
    const without = await lectern({ ...home, env: { ...home.env, LECTERN_BROWSER: '' } }, ['add', '--wait', `${web.origin}/module`]);
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('is made by script in the browser, and there is none here that could run it.');
    const wall = await lectern(home, ['add', '--wait', `${web.origin}/robot`]);
    expect(wall.stderr).toContain('shows a check for robots in place of the article');
    expect(wall.stderr).toContain('with the Lectern extension');
  });

  test('the browser host does the same, and takes the page it was at with it when it ends', async () => {
    const host = await startHost(home, [`${web.origin}/spin`]);
    await expect.poll(() => left(host.child.pid), patient).not.toEqual([]);
    await host.stop();
    expect(left(host.child.pid)).toEqual([]);
  });

  test('a host that is killed leaves no browser behind, and what it left on the disk goes with the next page', async () => {
    const host = await startHost(home, [`${web.origin}/spin?killed`]);
    await expect.poll(() => left(host.child.pid).length, patient).toBeGreaterThan(3);
    await host.stop('SIGKILL');
    await expect.poll(() => left(host.child.pid).filter((name) => !name.startsWith('lectern-render-')), patient).toEqual([]);
    await rm(home.library, { recursive: true, force: true });
    // What is gone is not made anew unasked.
    expect(await lectern(home, ['--make', 'add', '--wait', `${web.origin}/late`])).toMatchObject({ code: 0 });
    expect(left(host.child.pid)).toEqual([]);
  });
});

/** Temporary profiles that a process made, and the processes that use them. */
function left(pid: number | undefined): string[] {
  const mine = `lectern-render-${pid}-`;
  const users = readdirSync('/proc').filter((id) => /^\d+$/.test(id)).filter((id) => {
    try {
      return !/^State:\s*Z/m.test(readFileSync(`/proc/${id}/status`, 'utf8')) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(mine);
    } catch {
      return false; // ended while it was looked at
    }
  });
  return [...readdirSync(tmpdir()).filter((name) => name.startsWith(mine)), ...users];
}
